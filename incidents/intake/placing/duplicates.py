"""Incidents that two tables may both hold: pointed out, never merged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.names.names import fold
from geo.places.points import EARTH_RADIUS_KM
from geo.places.precision import PRECISIONS, is_at_least
from incidents.table.problems import join_problems, problems_at

NEAR_KM = 5.0
"""How far apart two points may be, both known to the town or better, to be one place."""
MOST_OTHERS = 5
"""Likely duplicates of one row in one other table that are kept; the nearest ones."""
VAGUE_TYPES = ("other",)
"""Types that say only what an incident is not."""
PAIR_COLUMNS = ("dataset", "incident", "other_dataset", "other_incident", "distance_km")

MOST_DATASETS = 20
"""Other datasets in which a name or a cell is looked for; a few tables, not a column of labels."""
# Where one day, type and place fill a table, not every row is put beside every other one.
_MOST_CANDIDATES = 20
_BLOCK = 2_000_000  # pairs that are measured at a time
_PRECISE = [name for name in PRECISIONS if is_at_least(name, "town")]
# Cells of NEAR_KM: a near point is in the same cell or in one of the eight around it.
_CELL_LAT = float(np.degrees(NEAR_KM / EARTH_RADIUS_KM))
_ROW_OF_CELLS, _ALL_CELLS = 1 << 13, 1 << 26
_AROUND = [up * _ROW_OF_CELLS + right for up in (-1, 0, 1) for right in (-1, 0, 1)]
_LOOKED_UP = {"by_name": [0], "by_cell": _AROUND}

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Duplicates:
    """Likely duplicates.

    Attributes
    ----------
    pairs
        Columns `PAIR_COLUMNS`, one row per pair, in the order of the incidents; `distance_km` is
        missing where the place is not known to the town in both.
    problems
        A note for each row of a pair, which names the nearest other row.
    """

    pairs: pd.DataFrame
    problems: pd.DataFrame


def find_duplicates(incidents: pd.DataFrame) -> Duplicates:
    """Incidents of different datasets on the same day, of the same type, at the same place.

    The same place is the same name in the same governorate, or two points known to the town or
    better within `NEAR_KM`. Rows of one dataset never match, nor do rows of none; neither does a
    vague day or one of several, nor a type that is unknown or "other". Which row is right, or
    whether they tell one event at all, is not judged.

    Parameters
    ----------
    incidents
        Columns ``incident, dataset, date, date_end, date_precision, type, country, gov, place,
        lat, lon, precision, row``.

    Notes
    -----
    A row has at most `MOST_OTHERS` pairs with each of `MOST_DATASETS` later datasets, and time and
    memory are bounded for every table: a million rows take seconds.
    """
    rows = _take_comparable(incidents)
    pairs = _pair(rows)
    return Duplicates(_name_pairs(rows, pairs), _tell(rows, pairs))


def _take_comparable(incidents: pd.DataFrame) -> pd.DataFrame:
    """Rows with a day, a type and a dataset, where another dataset has the same day and type.

    ``by_name`` and ``by_cell`` are equal where day, type and the name of the place, or the cell
    that holds the point, are; -1 where there is none. The index is the position in the frame.
    """
    own = incidents.reset_index(drop=True)
    ends = own["date_end"].isna() | (own["date_end"] == own["date"])
    is_day = own["date_precision"].isna() | (own["date_precision"] == "day")
    is_known = own["type"].notna() & ~own["type"].isin(VAGUE_TYPES) & own["dataset"].notna()
    columns = ["incident", "dataset", "date", "type", "country", "gov", "place"]
    columns += ["lat", "lon", "precision", "row"]
    rows = own.loc[own["date"].notna() & ends & is_day & is_known, columns]
    when = rows.groupby(["date", "type"], sort=False).ngroup()
    datasets = pd.DataFrame({"when": when, "dataset": rows["dataset"]}).drop_duplicates()
    shared = when.isin(datasets.loc[datasets["when"].duplicated(), "when"])
    rows, numbers = rows[shared].copy(), when[shared].to_numpy(np.int64)
    rows["is_precise"] = (
        rows["lat"].notna() & rows["lon"].notna() & rows["precision"].isin(_PRECISE)
    )
    rows["by_name"] = _number_places(rows, numbers)
    rows["by_cell"] = _number_cells(rows, numbers)
    return rows


def _number_places(rows: pd.DataFrame, when: Codes) -> Codes:
    numbers, names = pd.factorize(rows["place"])
    folded = pd.array([fold(str(name)) or None for name in names], dtype="str")
    places = pd.Series(folded.take(numbers, allow_fill=True), index=rows.index, dtype="str")
    is_named = (places.notna() & rows["gov"].notna()).to_numpy()
    keys = pd.DataFrame({"country": rows["country"], "gov": rows["gov"], "place": places})
    keys["when"] = when
    codes = keys.groupby(list(keys), sort=False, dropna=False).ngroup().to_numpy(np.int64)
    return np.where(is_named, codes, -1)


def _number_cells(rows: pd.DataFrame, when: Codes) -> Codes:
    is_precise = rows["is_precise"].to_numpy()
    lats, lons = (np.where(is_precise, rows[name].to_numpy(float), 0.0) for name in ("lat", "lon"))
    # As wide in degrees as NEAR_KM is where the meridians are nearest to each other.
    narrowest = max(float(np.cos(np.radians(np.abs(lats).max(initial=0.0)))), 0.05)
    row = np.floor((lats + 90) / _CELL_LAT).astype(np.int64) + 1
    column = np.floor((lons + 180) / (_CELL_LAT / narrowest)).astype(np.int64) + 1
    return np.where(is_precise, when * _ALL_CELLS + row * _ROW_OF_CELLS + column, -1)


class _Shelf:
    """Rows by a key, then by dataset: of each key and dataset the first `_MOST_CANDIDATES`.

    Parameters
    ----------
    keys
        -1 where a row has none.
    """

    def __init__(self, keys: Codes, datasets: Codes) -> None:
        self._width = int(datasets.max(initial=0)) + 1
        rows = np.lexsort((datasets, keys))
        self._rows = rows[keys[rows] >= 0]
        self._keys, codes = np.unique(keys[self._rows], return_inverse=True)
        self._groups, self._starts, counts = np.unique(
            codes * self._width + datasets[self._rows], return_index=True, return_counts=True
        )
        self._counts = np.minimum(counts, _MOST_CANDIDATES)
        self._ends = np.concatenate([[0], np.cumsum(self._counts)])

    def find(self, wanted: Codes, datasets: Codes) -> tuple[Codes, Codes]:
        """The groups of a key that are of a later dataset: the first, and the one past the last."""
        codes = np.searchsorted(self._keys, wanted)
        is_there = np.isin(wanted, self._keys)
        first = np.searchsorted(self._groups, codes * self._width + datasets, side="right")
        past = np.searchsorted(self._groups, (codes + 1) * self._width)
        past = np.minimum(past, first + MOST_DATASETS)
        return first, np.where(is_there, past, first)

    def count(self, first: Codes, past: Codes) -> Codes:
        """How many rows these groups hold."""
        return np.asarray(self._ends[past] - self._ends[first])

    def list_rows(self, first: Codes, past: Codes) -> tuple[Codes, Codes]:
        """The rows of these groups, and for which of the asking ones each is."""
        at, groups = _spread(first, past - first)
        within, rows = _spread(self._starts[groups], self._counts[groups])
        return at[within], self._rows[rows]


def _spread(starts: Codes, counts: Codes) -> tuple[Codes, Codes]:
    """All numbers of runs, so many from each start, and which run each is of."""
    at = np.repeat(np.arange(len(counts)), counts)
    steps = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)
    return at, starts[at] + steps


def _pair(rows: pd.DataFrame) -> pd.DataFrame:
    """Pairs of rows of two datasets, by position: ``left``, ``right``, and their distance."""
    datasets = pd.factorize(rows["dataset"])[0].astype(np.int64)
    looks = []
    for name, offsets in _LOOKED_UP.items():
        keys = rows[name].to_numpy(np.int64)
        shelf = _Shelf(keys, datasets)
        for offset in offsets:
            first, past = shelf.find(np.where(keys >= 0, keys + offset, -1), datasets)
            looks.append((name, shelf, first, past))
    sizes = np.cumsum(sum(shelf.count(first, past) for _, shelf, first, past in looks))
    blocks = np.split(np.arange(len(rows)), np.flatnonzero(np.diff(sizes // _BLOCK)) + 1)
    found = []
    for block in blocks:
        parts = []
        for name, shelf, first, past in looks:
            at, right = shelf.list_rows(first[block], past[block])
            pairs = _measure(rows, block[at], right)
            parts.append(pairs if name == "by_name" else pairs[pairs["distance_km"] <= NEAR_KM])
        found.append(_take_nearest(pd.concat(parts), datasets))
    return pd.concat(found).sort_values(["left", "right"], ignore_index=True)


def _take_nearest(pairs: pd.DataFrame, datasets: Codes) -> pd.DataFrame:
    """Of each row and other dataset the nearest; those that have only the name in common last."""
    pairs = pairs.drop_duplicates(["left", "right"])
    pairs = pairs.sort_values(["left", "distance_km", "right"], ignore_index=True)
    others = datasets[pairs["right"].to_numpy()]
    return pairs[pairs.groupby(["left", others]).cumcount() < MOST_OTHERS]


def _measure(rows: pd.DataFrame, left: Codes, right: Codes) -> pd.DataFrame:
    """Pairs with their great-circle distance; missing where a point is vague (haversine)."""
    lat, lon = (np.radians(rows[name].to_numpy(float)) for name in ("lat", "lon"))
    half = np.sin((lat[right] - lat[left]) / 2) ** 2
    half += np.cos(lat[left]) * np.cos(lat[right]) * np.sin((lon[right] - lon[left]) / 2) ** 2
    distances = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    is_precise = rows["is_precise"].to_numpy()
    distances = np.where(is_precise[left] & is_precise[right], distances, np.nan)
    return pd.DataFrame({"left": left, "right": right, "distance_km": distances})


def _name_pairs(rows: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    sides = [rows[["dataset", "incident"]].iloc[pairs[name]] for name in ("left", "right")]
    cells = [side[name].reset_index(drop=True) for side in sides for name in side]
    return pd.DataFrame(dict(zip(PAIR_COLUMNS, [*cells, pairs["distance_km"]], strict=True)))


def _tell(rows: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """A note on each row of a pair: the nearest other one, and how many more there are."""
    turned = pairs.rename(columns={"left": "right", "right": "left"})
    both = pd.concat([pairs, turned]).sort_values(["left", "distance_km", "right"])
    counts = both.groupby("left")["right"].size()
    nearest = both.drop_duplicates("left")
    own, others = rows.iloc[nearest["left"]], rows.iloc[nearest["right"]]
    told = problems_at(
        "possible_duplicate",
        "",
        own["row"],
        other=others["incident"],
        dataset=others["dataset"],
        more=[_say_more(n) for n in counts[nearest["left"]]],
    )
    return join_problems([told.assign(file=own["dataset"].to_numpy())])


def _say_more(count: int) -> str:
    if count == 1:
        return ""
    return "; 1 more row fits, too" if count == 2 else f"; {count - 1} more rows fit, too"
