"""Claims of reports and the ranges that follow from them."""

from collections.abc import Iterable, Mapping

import pandas as pd

from incidents.table.columns import GROUPS, HARMS, MUNITIONS, RANGE_COLUMNS, range_name


def range_stem(measure: str, group: str = "all") -> str:
    """Name of a range without its end: ``killed``, ``civilians_killed``, ``launched``."""
    return measure if measure in MUNITIONS else range_name(group, measure)


def find_superseded(reports: pd.DataFrame) -> pd.Index:
    """Ids of the reports that another report corrects.

    Parameters
    ----------
    reports
        One row per report with the columns ``report`` and ``supersedes`` (ids separated by
        ``;``, empty or missing for most). A report that names itself is not superseded by it.

    Returns
    -------
    pandas.Index
        Unique ids, whether or not a report of that id is in the table.
    """
    links = reports.loc[reports["supersedes"].fillna("").ne(""), ["report", "supersedes"]]
    links = links.assign(supersedes=links["supersedes"].astype(str).str.split(";"))
    links = links.explode("supersedes")
    named = links["supersedes"].astype(str).str.strip()
    return pd.Index(named[named.ne("") & named.ne(links["report"].astype(str))].unique())


def find_superseded_ids(reports: Iterable[Mapping[str, str | None]]) -> set[str]:
    """Ids that another of these reports corrects; the rule of `find_superseded` for a few rows."""
    return {
        named.strip()
        for report in reports
        for named in (report["supersedes"] or "").split(";")
        if named.strip() and named.strip() != report["report"]
    }


def find_voices(reports: pd.DataFrame) -> pd.Series:
    """Whose voice each report is: its family, else its publisher; missing if it names neither."""
    families, publishers = (reports[name].replace("", pd.NA) for name in ("family", "publisher"))
    return families.fillna(publishers)


def derive_ranges(reports: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Ranges and number of sources of each incident, from its reports and their claims.

    A range runs from the smallest ``low`` to the largest ``high`` over the claims of reports
    that no other report supersedes. Where a claim that is open above (``high`` missing: "at least
    n") lies above all that the others state, the range is open, too: its high end is missing.
    Without a claim both ends are missing, never 0. Groups are not added up, and nothing is
    carried from one group to another. Claims of an unknown measure or group are left out;
    to report them is the validator's work.

    Parameters
    ----------
    reports
        Columns ``report``, ``incident``, ``publisher``, ``family``, ``supersedes``. Every link
        of ``supersedes`` is trusted; to check them is the validator's work.
    claims
        Columns ``report``, ``incident``, ``measure``, ``group``, ``low``, ``high``; numbers
        as numbers or as text.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``incident`` (sorted), the columns of `RANGE_COLUMNS` and ``sources``
        (distinct voices by `find_voices`, superseded reports included), all ``Int64``.

    Raises
    ------
    ValueError
        If a ``low`` or ``high`` is not a whole number.
    """
    sources = find_voices(reports).groupby(reports["incident"]).nunique().rename("sources")
    standing = claims[~claims["report"].isin(find_superseded(reports))]
    ranges = _spread(standing)
    incidents = sources.index.union(ranges.index).rename("incident")
    table = ranges.reindex(incidents).assign(sources=sources.reindex(incidents).fillna(0))
    return table.astype("Int64")


def _spread(claims: pd.DataFrame) -> pd.DataFrame:
    low, high = _whole(claims["low"]), _whole(claims["high"])
    long = pd.DataFrame(
        {"incident": claims["incident"], "stem": _claim_stems(claims), "min": low}
    ).assign(max=high, open=low.where(high.isna()))
    by = long.dropna(subset=["stem"]).groupby(["incident", "stem"])
    ends = by.agg({"min": "min", "max": "max", "open": "max"})
    # "At least 14" beside 14 ends at 14; beside 9, or alone, nobody says where it ends.
    ends["max"] = ends["max"].mask((ends["open"] > ends["max"]).fillna(False))
    wide = ends[["min", "max"]].unstack("stem")
    wide.columns = pd.Index([f"{stem}_{end}" for end, stem in wide.columns])
    return wide.reindex(columns=list(RANGE_COLUMNS))


def _claim_stems(claims: pd.DataFrame) -> pd.Series:
    """Stem of each claim's range; missing where the measure or the group is none of ours."""
    known = {(harm, group): range_stem(harm, group) for harm in HARMS for group in GROUPS}
    known |= {(munition, ""): munition for munition in MUNITIONS}
    words = claims["measure"].astype(str) + "|" + claims["group"].fillna("").astype(str)
    return words.map({"|".join(pair): stem for pair, stem in known.items()})


def _whole(numbers: pd.Series) -> pd.Series:
    try:
        return pd.to_numeric(numbers.replace("", None)).astype("Int64")
    except (TypeError, ValueError) as error:
        raise ValueError(f"A claim's {numbers.name} is not a whole number: {error}.") from error
