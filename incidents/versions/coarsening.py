"""The tables of a version as readers see them: places, dates and texts no finer than a host allows.

What is left out, and why: ids, which are made of days and places, are replaced by names of chance;
rows lose their number and stand in the order of what is left; free texts go wherever anything is
coarsened, and other texts where they name what is hidden, or a word of the place does.
"""

from __future__ import annotations

import hmac
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.places.boundaries import Boundaries
from geo.places.points import EARTH_RADIUS_KM
from geo.places.precision import PRECISIONS, find_coarser, find_precision
from incidents.intake.placing.naming import PLACES, TEXTS, find_naming
from incidents.table.columns import DATE_PRECISIONS, RANGES, split_ids
from incidents.table.problem_kinds import KINDS
from incidents.table.protection import Protection

RULE = 2
"""Raised when the rule changes: what was made by an older one is made anew."""
_FREE = ("target_name", "summary", "match_reason")
_OF_PLACES = ("place", "site", "names", "origin", "origin_lat", "origin_lon")
_TEXTS = ("type", "direction", "target", "actor", "attribution", "weapon", "reported_by")
_TELLING = {
    **dict.fromkeys(
        ("reported_by", "publisher", "family"), ("reported_by", "publisher", "family", "voice")
    ),
    **dict.fromkeys(("lat", "lon"), ("lat", "lon", "names", "match")),
    **dict.fromkeys(("site", "gov"), ("names", "match")),
    **dict.fromkeys(("origin", "origin_lat", "origin_lon"), ("origin_lat", "origin_lon")),
    "place": ("site", "names", "match", "lat", "lon"),
}
"""What tells the same as a hidden column, or finds it: a place is found by its point."""
_LATTICE = np.linspace(0.0, 1.0, 5)
_FREE_OF_REPORTS = ("title", "url", "says_date", "says_who", "says_actor", "note", "denied_by")
_KM_PER_DEGREE = math.radians(1) * EARTH_RADIUS_KM
_PERIOD_CODES = {"week": "W-SUN", "month": "M", "year": "Y"}
_LETTERS = {"month": 7, "year": 4}
"""Letters of an ISO date that a period leaves."""

Frames = dict[str, pd.DataFrame]
FindNames = Callable[[pd.Series, pd.Series], "pd.Series[str]"]


@dataclass(frozen=True)
class Coarsener:
    """Makes the coarse tables; `salt` is the secret that new ids are made with."""

    chosen: Mapping[str, Protection]
    boundaries: Boundaries
    salt: bytes

    def coarsen(self, tables: Frames) -> Frames:
        """The tables of `incidents.asking.database.TABLES`, coarse; the given ones stay."""
        incidents = tables["incidents"]
        names = incidents["dataset"].astype("object")
        rules = names.map(lambda name: self.chosen.get(name if isinstance(name, str) else ""))
        is_coarse = rules.notna()
        whose = pd.Series(rules.to_numpy(), index=incidents["incident"].to_numpy())
        whose = whose[~whose.index.duplicated()]
        parts = [self._coarsen_incidents(part, rule) for rule, part in _group(incidents, rules)]
        found = {
            "incidents": pd.concat([incidents[~is_coarse], *parts], ignore_index=True).sort_values(
                ["date", "incident"], kind="stable"
            ),
            "problems": _blank_problems(tables["problems"]),
        }
        for table, change in (("reports", self._coarsen_reports), ("claims", self._coarsen_claims)):
            frame = tables[table].reset_index(drop=True)
            rules = frame["incident"].map(whose)
            beside = _set_beside(frame, incidents)
            kept = frame[rules.isna().to_numpy()]
            parts = [
                change(part, rule, beside.loc[part.index]) for rule, part in _group(frame, rules)
            ]
            joined = pd.concat([kept, *parts], ignore_index=True) if parts else kept
            found[table] = joined.sort_values(["incident", table[:-1]], kind="stable")
        return found

    def _rename(self, ids: pd.Series) -> pd.Series:
        def rename(text: str) -> str:
            return _MARK + hmac.new(self.salt, text.encode(), "sha256").hexdigest()[:14]

        return _map(ids, rename)

    def _rename_several(self, cells: pd.Series) -> pd.Series:
        def rename(cell: str) -> str:
            return ";".join(self._rename(pd.Series(split_ids(cell), dtype="str")))

        return _map(cells, rename)

    def _coarsen_incidents(self, frame: pd.DataFrame, rule: Protection) -> pd.DataFrame:
        found = frame.copy()
        _hush(found, frame, rule, _TEXTS)
        if rule.moves:
            self._move(found, rule)
            _empty(found, _OF_PLACES)
            found["located_by"] = found["located_by"].where(found["lat"].notna())
            found["match"] = None
        if rule.period:
            _widen(found, rule.period)
        _empty(found, ("row", *_FREE, *_list_hidden(rule)))
        found["incident"] = self._rename(frame["incident"])
        found["operation"] = self._rename(found["operation"])
        found["response_to"] = self._rename_several(found["response_to"])
        return found

    def _move(self, found: pd.DataFrame, rule: Protection) -> None:
        """Put each point in the middle of its square, or at the label of its governorate."""
        if rule.km is None:
            self._move_to_labels(found)
            least = "governorate"
        else:
            self._move_to_squares(found, rule.km)
            least = find_precision(rule.km / math.sqrt(2)) or "country"
        found["precision"] = _map(
            found["precision"], lambda own: find_coarser(own, least) if own in PRECISIONS else least
        )

    def _move_to_labels(self, found: pd.DataFrame) -> None:
        inside = self.boundaries.find_governorates(found["lat"], found["lon"])
        found["gov"] = found["gov"].where(found["gov"].notna(), inside)
        labels = {
            (each.country, each.gov): (each.label_lat, each.label_lon)
            for each in self.boundaries.governorates
        }
        keys = zip(found["country"], found["gov"], strict=True)
        points = np.array([labels.get(key, (np.nan, np.nan)) for key in keys]).reshape(-1, 2)
        # What was on no map is on none now.
        points[found["lat"].isna().to_numpy()] = np.nan
        found["lat"], found["lon"] = points.T

    def _move_to_squares(self, found: pd.DataFrame, km: int) -> None:
        lats, lons = (found[name].to_numpy(float, na_value=np.nan) for name in ("lat", "lon"))
        south, west, north, east = _find_squares(lats, lons, km)
        found["lat"] = np.round((south + north) / 2, 5)
        found["lon"] = np.round((west + east) / 2, 5)
        # Of a square that lies in two, the governorate or country would tell which half.
        squares = pd.DataFrame({"south": south, "west": west, "north": north, "east": east})
        for name, find in (
            ("gov", lambda *point: self.boundaries.find_governorates(*point).fillna("")),
            ("country", self.boundaries.find_countries),
        ):
            is_whole = _lie_within(squares.assign(own=found[name].to_numpy()), find)
            found[name] = found[name].where(is_whole | np.isnan(lats))

    def _coarsen_reports(
        self, frame: pd.DataFrame, rule: Protection, beside: pd.DataFrame
    ) -> pd.DataFrame:
        found = frame.copy()
        _hush(found, beside, rule, ("publisher", "family", "voice"))
        for name in ("report", "incident"):
            found[name] = self._rename(frame[name])
        found["supersedes"] = self._rename_several(frame["supersedes"])
        if rule.period:
            letters = _LETTERS.get(rule.period, _LETTERS["month"])
            found["published"] = found["published"].str[:letters]
        _empty(found, ("row", *_FREE_OF_REPORTS, *_list_hidden(rule)))
        return found

    def _coarsen_claims(
        self, frame: pd.DataFrame, rule: Protection, beside: pd.DataFrame
    ) -> pd.DataFrame:
        hidden = {
            (each.measure, each.group) for each in RANGES if {each.low, each.high} & {*rule.hidden}
        }
        told = zip(frame["measure"], frame["group"].fillna(""), strict=True)
        found = frame.copy()
        _hush(found, beside, rule, ("said_by",))
        found = found[[key not in hidden for key in told]]
        for name in ("claim", "report", "incident"):
            found[name] = self._rename(found[name])
        _empty(found, ("row", "who", *_list_hidden(rule)))
        return found


_MARK = "p-"


def _group(frame: pd.DataFrame, rules: pd.Series) -> list[tuple[Protection, pd.DataFrame]]:
    different = dict.fromkeys(rule for rule in rules if isinstance(rule, Protection))
    return [(rule, frame[(rules == rule).to_numpy()]) for rule in different]


def _map(cells: pd.Series, change: Callable[[str], str]) -> pd.Series:
    """Each different text changed once; what is missing stays so."""
    changed = {text: change(str(text)) for text in cells.dropna().unique()}
    return cells.astype("object").map(changed).astype("str")


def _empty(frame: pd.DataFrame, names: tuple[str, ...]) -> None:
    for name in names:
        if name in frame:
            frame[name] = frame[name].mask(np.ones(len(frame), dtype=bool))


def _set_beside(frame: pd.DataFrame, incidents: pd.DataFrame) -> pd.DataFrame:
    """Rows of reports or claims with what the table says of their incident."""
    names = ["incident", *(name for name in (*PLACES, *TEXTS) if name in incidents)]
    cells = incidents[list(dict.fromkeys(names))].drop_duplicates("incident")
    own = [name for name in cells if name == "incident" or name not in frame]
    return frame.merge(cells[own], on="incident", how="left").set_axis(frame.index)


def _list_hidden(rule: Protection) -> tuple[str, ...]:
    """The columns that a host hides, and those that tell them; a point that was moved stays."""
    led = {each for name in rule.hidden for each in _TELLING.get(name, ())}
    if rule.moves and not {"lat", "lon"} & {*rule.hidden}:
        led -= {"lat", "lon"}
    return tuple(dict.fromkeys((*rule.hidden, *sorted(led))))


def _hush(found: pd.DataFrame, frame: pd.DataFrame, rule: Protection, names: Sequence[str]) -> None:
    """Empty what of the texts `names` tells a hidden cell of its row in `frame`."""
    led = (*(PLACES if rule.moves else ()), *(each for each in _list_hidden(rule) if each in TEXTS))
    hidden = [each for each in led if each in frame]
    for name, is_naming in (find_naming(frame, names, hidden) if hidden else {}).items():
        found[name] = found[name].mask(is_naming)


def _find_squares(
    lats: np.ndarray, lons: np.ndarray, km: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """South, west, north, east of the square that holds each point: rows of equal height."""
    height = km / _KM_PER_DEGREE
    south = np.floor(lats / height) * height
    width = km / (_KM_PER_DEGREE * np.maximum(np.cos(np.radians(south + height / 2)), 0.05))
    west = np.floor(lons / width) * width
    return south, west, south + height, west + width


def _lie_within(squares: pd.DataFrame, find: FindNames) -> np.ndarray:
    """Whether nothing of a square is of another name than its own; each different one once.

    It is looked up at points of a lattice: what `find` names nowhere, tells nothing.
    """
    looked = squares.drop_duplicates().reset_index(drop=True)
    is_whole = np.ones(len(looked), dtype=bool)
    for up, along in itertools.product(_LATTICE, _LATTICE):
        lats = looked["south"] + up * (looked["north"] - looked["south"])
        lons = looked["west"] + along * (looked["east"] - looked["west"])
        name = find(lats, lons)
        is_whole &= (name.isna() | name.eq(looked["own"])).fillna(False).to_numpy(bool)
    found = squares.merge(looked.assign(is_whole=is_whole), on=list(squares), how="left")
    whole: np.ndarray = found["is_whole"].to_numpy(bool)
    return whole


def _widen(found: pd.DataFrame, period: str) -> None:
    """Days to the whole period, as a vague day of the table is kept: first, last, how exactly."""
    code = _PERIOD_CODES[period]
    first = pd.to_datetime(found["date"])
    last = pd.to_datetime(found["date_end"]).fillna(first)
    found["date"] = first.dt.to_period(code).dt.start_time.dt.date
    found["date_end"] = last.dt.to_period(code).dt.end_time.dt.date
    order = {name: rank for rank, name in enumerate(DATE_PRECISIONS)}
    found["date_precision"] = _map(
        found["date_precision"].fillna(period),
        lambda own: max(own, period, key=lambda each: order.get(each, 0)),
    )
    _empty(found, ("time",))


def _blank_problems(problems: pd.DataFrame) -> pd.DataFrame:
    """Which kinds of problems there are, and how many; cells and rows are in their sentences."""
    found = problems.copy()
    titles = {name: f"{kind.title}." for name, kind in KINDS.items()}
    found["message"] = found["kind"].map(titles).fillna("A problem.").astype("str")
    found["remedy"] = "Ask whoever runs this page."
    _empty(found, ("row", "column", "value"))
    return found
