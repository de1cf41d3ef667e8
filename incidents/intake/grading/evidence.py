"""What speaks for and against an incident: its publishers, its day and place, contradictions."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.places.precision import PRECISIONS, is_at_least
from incidents.table.columns import GROUPS, HARMS

PRECISE = "town"
"""A place known as exactly as this, or better, is precise."""
NEAR = pd.Timedelta(days=1)
"""A report may date an incident a day off: an attack at night, a day of another time zone."""
FACTOR = 2
"""Numbers differ widely if one is more than so many times the other; 0 and 1 always do."""

OF_INCIDENTS = ("incident", "date", "date_end", "date_precision", "precision", "sources")
OF_REPORTS = ("report", "incident", "voice", "stands", "stance", "says_date", "denied_by")
OF_CLAIMS = ("report", "incident", "measure", "group", "low", "high")
"""The columns that evidence is gathered from; ``denied_by`` need not be there."""

_PRECISE = [name for name in PRECISIONS if is_at_least(name, PRECISE)]


@dataclass(frozen=True)
class Evidence:
    """What the grades of incidents follow from.

    Attributes
    ----------
    counts
        One row per incident, with the index of the incidents: ``is_reported`` (a report is in the
        table), ``sources`` (as the table has it, missing if it does not say), ``free`` and
        ``sided`` (publishers without and with a stance), ``named`` and ``agreed`` (publishers
        without a stance that name a day, and this day), ``is_dated``, ``is_placed``,
        ``is_contradicted`` and ``is_denied``.
    voices, contradictions, denials
        As `list_voices`, `find_contradictions` and `find_denials` answer.
    """

    counts: pd.DataFrame
    voices: pd.DataFrame
    contradictions: pd.DataFrame
    denials: pd.DataFrame


def find_standing(incidents: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Reports that stand, with their voice and whether it may take sides.

    Parameters
    ----------
    incidents
        Column ``incident``, unique.
    reports
        Columns `OF_REPORTS`; ``denied_by`` need not be there.

    Returns
    -------
    pandas.DataFrame
        ``report``, ``at`` (the incident's place among `incidents`), ``voice``, ``is_free`` (no
        stance is known), ``is_party``, ``says_date`` and ``denied_by``. Reports on other incidents
        and of unknown publishers are left out.
    """
    at = _find_places(incidents["incident"], reports["incident"])
    is_heard = (at >= 0) & reports["voice"].notna().to_numpy() & reports["stands"].to_numpy(bool)
    stance = reports["stance"].fillna("")
    standing = reports[["report", "voice", "says_date"]].assign(
        at=at,
        is_free=stance.eq("").astype(bool),
        is_party=stance.eq("party").astype(bool),
        denied_by=reports["denied_by"].fillna("") if "denied_by" in reports else "",
    )
    return standing[is_heard]


def _find_places(known: pd.Series, asked: pd.Series) -> npt.NDArray[np.intp]:
    """Place of each text among the known ones, which are unique; -1 where it is not."""
    # Pandas looks a million texts of Arrow up one by one, in Python.
    texts = (pa.array(each.astype("str"), pa.large_string()) for each in (asked, known))
    places: npt.NDArray[np.intp] = pc.fill_null(pc.index_in(*texts), -1).to_numpy()
    return places


def list_voices(incidents: pd.DataFrame, standing: pd.DataFrame) -> pd.DataFrame:
    """Each publisher family of each incident, once.

    Returns
    -------
    pandas.DataFrame
        ``at``, ``voice``, ``is_free`` (some report of it is, so that an agency stays free where a
        partisan outlet reprints it), ``is_party``, ``names_day`` (a report of it names a day) and
        ``agrees`` (that day is the incident's, give or take `NEAR`).
    """
    first = pd.to_datetime(incidents["date"])
    last = pd.to_datetime(incidents["date_end"]).fillna(first)
    at = standing["at"].to_numpy()
    said = pd.to_datetime(standing["says_date"], format="%Y-%m-%d", errors="coerce").to_numpy()
    early, late = (first - NEAR).to_numpy()[at], (last + NEAR).to_numpy()[at]
    codes, names = pd.factorize(standing["voice"].to_numpy(object))
    told = standing[["at", "is_free", "is_party"]].assign(
        code=codes, names_day=~np.isnat(said), agrees=(said >= early) & (said <= late)
    )
    voices = told.groupby(["at", "code"], sort=False, as_index=False).max()
    return voices.assign(voice=pd.Index(names).take(voices["code"].to_numpy()))


def find_contradictions(standing: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Harms on which publishers differ so widely that they cannot all be right.

    Two publishers contradict each other if the highest number of the one, taken `FACTOR` times,
    is still below the lowest number of the other: 0 and 1, 2 and 5. What is open above ("at
    least 4") contradicts only what is clearly less. All claims of a publisher make one range. A
    partisan outlet is not heard here, a party to the conflict is.

    Returns
    -------
    pandas.DataFrame
        ``at``, ``measure``, ``group``, ``least`` (the lowest of the highest numbers), ``part`` and
        ``most`` (the highest of the lowest numbers of that part: the group itself, or one of its
        groups where the total of one publisher is below what another says of a part).
    """
    heard = standing[standing["is_free"] | standing["is_party"]]
    counts = claims["measure"].isin(HARMS) & claims["group"].isin(GROUPS) & claims["low"].notna()
    place = _find_places(heard["report"], claims["report"])
    said = claims.loc[counts.to_numpy(dtype=bool) & (place >= 0)]
    place = place[counts.to_numpy(dtype=bool) & (place >= 0)]
    ranges = pd.DataFrame(
        {
            "at": heard["at"].to_numpy()[place],
            "measure": pd.Categorical(said["measure"], HARMS),
            "group": pd.Categorical(said["group"], GROUPS),
            "voice": pd.factorize(heard["voice"].to_numpy(object))[0][place],
            "low": _to_float(said["low"]),
            "high": _to_float(said["high"], np.inf),
        }
    )
    by = ["at", "measure", "group"]
    ranges = ranges.groupby([*by, "voice"], sort=False, observed=True, as_index=False).agg(
        low=("low", "min"), high=("high", "max")
    )
    widest = ranges.groupby(by, sort=False, observed=True, as_index=False).agg(
        least=("high", "min"), most=("low", "max")
    )
    widest["part"] = widest["group"]
    widest = pd.concat([widest, _compare_parts(ranges)], ignore_index=True)
    apart = widest[widest["least"] * FACTOR < widest["most"]]
    return apart.astype(
        {"measure": "str", "group": "str", "part": "str", "least": "int64", "most": "int64"}
    )


def _compare_parts(ranges: pd.DataFrame) -> pd.DataFrame:
    """What one publisher says of all people beside what others say of a group of them."""
    is_all = ranges["group"] == "all"
    whole = _keep_ends(ranges[is_all], ["at", "measure"], "high", is_lowest=True)
    parts = _keep_ends(ranges[~is_all], ["at", "measure", "group"], "low", is_lowest=False)
    pairs = whole.merge(parts, on=["at", "measure"], suffixes=("", "_part"))
    pairs = pairs[pairs["voice"] != pairs["voice_part"]]
    by = ["at", "measure", "group", "group_part"]
    ends = pairs.groupby(by, sort=False, observed=True, as_index=False).agg(
        least=("high", "min"), most=("low_part", "max")
    )
    return ends.rename(columns={"group_part": "part"})


def _keep_ends(
    ranges: pd.DataFrame, by: list[str], column: str, *, is_lowest: bool
) -> pd.DataFrame:
    """Of each group the rows that decide: all beside all of the other side would be too many.

    The end of one publisher among others than one more is that of the first or the second.
    """
    order = ranges.sort_values(column, ascending=is_lowest, kind="stable")
    ends = order.groupby(by, sort=False, observed=True).head(2).index
    firsts = ranges.groupby(by, sort=False, observed=True).head(1).index
    return ranges.loc[ends.union(firsts)]


def _to_float(numbers: pd.Series, missing: float = np.nan) -> npt.NDArray[np.float64]:
    whole = pd.to_numeric(numbers.replace("", None)).astype("Float64")
    found: npt.NDArray[np.float64] = whole.to_numpy("float64", na_value=missing)
    return found


def find_denials(standing: pd.DataFrame) -> pd.DataFrame:
    """Standing reports that tell who denies the incident: ``at``, ``voice``, ``denied_by``.

    One that only a partisan outlet tells of is left out.
    """
    is_heard = standing["is_free"] | standing["is_party"]
    return standing.loc[is_heard & standing["denied_by"].ne(""), ["at", "voice", "denied_by"]]


def gather_evidence(
    incidents: pd.DataFrame, reports: pd.DataFrame, claims: pd.DataFrame
) -> Evidence:
    """What speaks for and against each incident.

    Parameters
    ----------
    incidents
        Columns ``incident`` (unique), ``date``, ``date_end``, ``date_precision``, ``precision``
        and ``sources``, as the validator types them.
    reports, claims
        Their own columns; rows on other incidents change nothing.
    """
    standing = find_standing(incidents, reports)
    voices = list_voices(incidents, standing)
    contradictions, denials = find_contradictions(standing, claims), find_denials(standing)
    is_free, size = voices["is_free"], len(incidents)

    def count(rows: pd.Series) -> npt.NDArray[np.intp]:
        places = rows.to_numpy()
        return np.bincount(places[places >= 0], minlength=size)

    reported = pd.Series(_find_places(incidents["incident"], reports["incident"]))
    counts = pd.DataFrame(
        {
            "is_reported": count(reported) > 0,
            "sources": incidents["sources"].astype("Int64"),
            "free": count(voices.loc[is_free, "at"]),
            "sided": count(voices.loc[~is_free, "at"]),
            "named": count(voices.loc[is_free & voices["names_day"], "at"]),
            "agreed": count(voices.loc[is_free & voices["agrees"], "at"]),
            "is_dated": incidents["date_precision"].eq("day").fillna(False).astype(bool),
            "is_placed": incidents["precision"].isin(_PRECISE),
            "is_contradicted": count(contradictions["at"]) > 0,
            "is_denied": count(denials["at"]) > 0,
        },
        index=incidents.index,
    )
    return Evidence(counts, voices, contradictions, denials)
