"""Claims of reports and the ranges that follow from them."""

import pandas as pd

from incidents.table.columns import GROUPS, HARMS, MUNITIONS, RANGE_COLUMNS, range_name


def range_stem(measure: str, group: str = "all") -> str:
    """Name of a range without its end: ``killed``, ``civilians_killed``, ``launched``."""
    return measure if measure in MUNITIONS else range_name(group, measure)


def derive_ranges(reports: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Ranges and number of sources of each incident, from its reports and their claims.

    A range runs from the smallest ``low`` to the largest ``high`` over the claims of reports
    that stand. Where a claim that is open above (``high`` missing: "at least
    n") lies above all that the others state, the range is open, too: its high end is missing.
    Without a claim both ends are missing, never 0. Groups are not added up, and nothing is
    carried from one group to another. Claims of an unknown measure or group are left out;
    to report them is the validator's work.

    Parameters
    ----------
    reports
        Columns ``report``, ``incident`` and those that `incidents.table.voices.mark_voices` adds.
    claims
        Columns ``report``, ``incident``, ``measure``, ``group``, ``low``, ``high``; numbers
        as numbers or as text.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``incident`` (sorted), the columns of `RANGE_COLUMNS` and ``sources``
        (distinct voices, also of reports that do not stand), all ``Int64``.

    Raises
    ------
    ValueError
        If a ``low`` or ``high`` is not a whole number.
    """
    sources = reports.groupby("incident")["voice"].nunique().rename("sources")
    corrected = reports.loc[~reports["stands"], "report"]
    standing = claims[~claims["report"].isin(corrected)]
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
