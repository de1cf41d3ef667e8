"""Incidents that two tables may both hold: pointed out, never merged."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

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

# Where one day, type and place fill a table, not every row is put beside every other one.
_MOST_CANDIDATES = 20
_BLOCK = 20_000
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
    A row has at most `MOST_OTHERS` pairs with each later dataset, and time and memory are bounded
    for every table: a million rows take seconds.
    """
    rows = _take_comparable(incidents)
    found = [_pair_datasets(rows, *two) for two in combinations(rows["dataset"].unique(), 2)]
    pairs = pd.concat([_no_pairs(), *found]).sort_values(["left", "right"], ignore_index=True)
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


def _no_pairs() -> pd.DataFrame:
    return pd.DataFrame({"left": np.zeros(0, int), "right": np.zeros(0, int), "distance_km": 0.0})


def _pair_datasets(rows: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """Pairs of two datasets: the positions ``left`` and ``right``, and their distance."""
    numbers = rows[["by_name", "by_cell", "lat", "lon", "is_precise"]]
    left, right = (numbers[rows["dataset"] == name] for name in (first, second))
    shelves = {key: right.sort_values(key, kind="stable") for key in _LOOKED_UP}
    blocks = [left.iloc[start : start + _BLOCK] for start in range(0, len(left), _BLOCK)]
    return pd.concat([_no_pairs(), *(_pair_block(block, shelves) for block in blocks)])


def _pair_block(left: pd.DataFrame, shelves: dict[str, pd.DataFrame]) -> pd.DataFrame:
    found = [_no_pairs()]
    for key, offsets in _LOOKED_UP.items():
        keys, shelf = left[key].to_numpy(), shelves[key]
        for offset in offsets:
            wanted = np.where(keys >= 0, keys + offset, -1)
            at_left, at_right = _look_up(wanted, shelf[key].to_numpy())
            pairs = _measure(left.iloc[at_left], shelf.iloc[at_right])
            found.append(pairs if key == "by_name" else pairs[pairs["distance_km"] <= NEAR_KM])
    pairs = pd.concat(found).drop_duplicates(["left", "right"])
    # The nearest first; those that have only the name in common last.
    pairs = pairs.sort_values(["left", "distance_km", "right"], ignore_index=True)
    return pairs[pairs.groupby("left").cumcount() < MOST_OTHERS]


def _look_up(keys: Codes, shelf: Codes) -> tuple[Codes, Codes]:
    """Where in a sorted shelf each key stands: positions in `keys`, and those in `shelf`."""
    starts = np.searchsorted(shelf, keys, side="left")
    counts = np.minimum(np.searchsorted(shelf, keys, side="right") - starts, _MOST_CANDIDATES)
    counts[keys < 0] = 0
    at_keys = np.repeat(np.arange(len(keys)), counts)
    steps = np.arange(len(at_keys)) - np.repeat(np.cumsum(counts) - counts, counts)
    return at_keys, starts[at_keys] + steps


def _measure(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    """Pairs with their great-circle distance; missing where a point is vague (haversine)."""
    lat_a, lon_a, lat_b, lon_b = (
        np.radians(side[name].to_numpy(float)) for side in (left, right) for name in ("lat", "lon")
    )
    half = np.sin((lat_b - lat_a) / 2) ** 2
    half += np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    distances = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    is_precise = left["is_precise"].to_numpy() & right["is_precise"].to_numpy()
    distances = np.where(is_precise, distances, np.nan)
    return pd.DataFrame({"left": left.index, "right": right.index, "distance_km": distances})


def _name_pairs(rows: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    sides = [rows.loc[pairs[name], ["dataset", "incident"]] for name in ("left", "right")]
    cells = [side[name].reset_index(drop=True) for side in sides for name in side]
    return pd.DataFrame(dict(zip(PAIR_COLUMNS, [*cells, pairs["distance_km"]], strict=True)))


def _tell(rows: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """A note on each row of a pair: the nearest other one, and how many more there are."""
    turned = pairs.rename(columns={"left": "right", "right": "left"})
    both = pd.concat([pairs, turned]).sort_values(["left", "distance_km", "right"])
    counts = both.groupby("left")["right"].size()
    nearest = both.drop_duplicates("left")
    found = []
    own = rows.loc[nearest["left"]]
    for dataset in own["dataset"].unique():
        mine = (own["dataset"] == dataset).to_numpy()
        others = rows.loc[nearest["right"][mine]]
        found.append(
            problems_at(
                "possible_duplicate",
                dataset,
                own["row"][mine],
                other=others["incident"],
                dataset=others["dataset"],
                more=[_say_more(n) for n in counts[nearest["left"][mine]]],
            )
        )
    return join_problems(found)


def _say_more(count: int) -> str:
    if count == 1:
        return ""
    return "; 1 more row fits, too" if count == 2 else f"; {count - 1} more rows fit, too"
