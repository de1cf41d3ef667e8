"""What a playback shows, asked of the store at once for all its pictures."""

import math
from collections.abc import Sequence
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.drawing.pictures import Circle
from geo.places.mercator import PictureWindow
from incidents.asking.conditions import MERCATOR_BITS, last_day, lies_within
from incidents.asking.derived import AREAS
from incidents.asking.extents import is_far
from incidents.asking.figures import Total
from incidents.asking.map.cells import CELL_PIXELS
from incidents.asking.map.playback_steps import Steps
from incidents.asking.store import read_rows, read_table
from incidents.asking.time.steps import CODES

SPOT_PIXELS = 16
"""Side of a cell where there are few incidents, and of one that gathers large areas."""
DRAWN = ("cell", "area")
"""Kinds of cells whose incidents are on the picture."""

Vector = NDArray[Any]
Groups = dict[str, Vector]
"""Columns of the same length; what is missing is not a number."""


def read_extent(chosen: ibis.Table) -> dict[str, Any]:
    """First and last day, number of placed incidents, and the window that holds them.

    Those that `is_far` tells are not in the window.
    """
    near = ~is_far(chosen)
    return read_rows(
        chosen.aggregate(
            first=chosen.date.min(),
            last=last_day(chosen).max(),
            placed=chosen.lat.count(),
            west=chosen.lon.min(where=near),
            south=chosen.lat.min(where=near),
            east=chosen.lon.max(where=near),
            north=chosen.lat.max(where=near),
        )
    )[0]


def _shift(window: PictureWindow, pixels: int) -> int:
    """How many bits of ``mx`` and ``my`` a cell of about so many pixels leaves out."""
    return max(0, round(MERCATOR_BITS + math.log2(pixels / window.world)))


def read_groups(
    chosen: ibis.Table,
    steps: Steps,
    window: PictureWindow,
    types: Sequence[str],
    are_many: bool,
) -> Groups:
    """Incidents by first step, last step, cell, type and operation, in one query for all pictures.

    `types` are those told apart; where incidents `are_many`, none is.

    Returns
    -------
    Groups
        ``start`` and ``end`` (numbers of steps; -1 before the first, one more than the last after
        it), ``kind`` (cell, area, outside, unplaced), ``spot`` (number of the cell), ``operation``,
        ``type`` (its place among the types; their number for any other), ``n``, sums of ``lat``
        and ``lon``, sums and maxima of the numbers killed.
    """
    code = CODES[steps.name]
    start = chosen.date.truncate(code)
    end = ibis.coalesce(chosen.date_end.truncate(code), start)
    inside = ibis.coalesce(lies_within(chosen, window.bbox), False)
    is_area = ibis.coalesce(chosen.precision.isin(AREAS), False)
    elsewhere = chosen.lat.isnull().ifelse("unplaced", "outside")
    fine = _shift(window, SPOT_PIXELS)
    coarse = _shift(window, CELL_PIXELS) if are_many else fine
    low, high = chosen.killed_min, chosen.killed_max
    rows = chosen.select(
        start=(chosen.date < steps.first).ifelse(ibis.null(), start),
        end=(last_day(chosen) > steps.last).ifelse(ibis.null(), end),
        kind=inside.ifelse(is_area.ifelse("area", "cell"), elsewhere),
        cx=inside.ifelse(is_area.ifelse(chosen.mx >> fine, chosen.mx >> coarse), -1),
        cy=inside.ifelse(is_area.ifelse(chosen.my >> fine, chosen.my >> coarse), -1),
        operation=chosen.operation,
        type=ibis.null("string") if are_many else chosen.type,
        lat=chosen.lat,
        lon=chosen.lon,
        low=low,
        # "At least 4" has no highest number: 4 is the most that anybody states.
        high=ibis.coalesce(high, low),
        unknown=(low.isnull() & high.isnull()).cast("int64"),
        is_open=(low.notnull() & high.isnull()).cast("int64"),
    )
    counted = rows.aggregate(
        by=["start", "end", "kind", "cx", "cy", "operation", "type"],
        n=rows.count(),
        lat=rows.lat.sum(),
        lon=rows.lon.sum(),
        low_sum=rows.low.sum().cast("float64"),
        low_max=rows.low.max().cast("float64"),
        high_sum=rows.high.sum().cast("float64"),
        high_max=rows.high.max().cast("float64"),
        unknown=rows.unknown.sum(),
        is_open=rows.is_open.max(),
    )
    table: pa.Table = read_table(counted)
    starts = pa.array(steps.starts, pa.date32())
    groups = {name: table[name].to_numpy() for name in ("kind", "n", *_SUMMED)}
    groups["start"] = _number(table["start"], starts, -1)
    groups["end"] = _number(table["end"], starts, len(starts))
    groups["operation"] = _number(table["operation"], table["operation"].unique().drop_null(), -1)
    groups["type"] = _number(table["type"], pa.array(types, pa.string()), len(types))
    cells = (groups["kind"] == "cell").astype("int64") << 62
    cells |= table["cx"].to_numpy().astype("int64") << 24 | table["cy"].to_numpy()
    groups["spot"] = np.unique(cells, return_inverse=True)[1]
    return groups


_SUMMED = ("lat", "lon", "low_sum", "low_max", "high_sum", "high_max", "unknown", "is_open")


def _number(values: pa.ChunkedArray, known: pa.Array, other: int) -> Vector:
    """Place of each value among the known ones; `other` for those that are not."""
    numbers: Vector = pc.fill_null(pc.index_in(values, value_set=known), other).to_numpy()
    return numbers


def count_bars(groups: Groups, steps: int) -> list[int]:
    """Incidents on the map per step; one that may be in several steps is in each of them."""
    is_drawn = np.isin(groups["kind"], DRAWN)
    change = np.zeros(steps + 1, "int64")
    np.add.at(change, np.maximum(groups["start"][is_drawn], 0), groups["n"][is_drawn])
    after = np.minimum(groups["end"][is_drawn] + 1, steps)
    np.subtract.at(change, after, groups["n"][is_drawn])
    bars: list[int] = np.cumsum(change)[:steps].tolist()
    return bars


def pick(groups: Groups, chosen: Vector) -> Groups:
    """The groups for which `chosen` is true."""
    return {name: column[chosen] for name, column in groups.items()}


def find_circles(drawn: Groups, classes: Sequence[str]) -> list[Circle]:
    """One circle per cell, at the mean point of its incidents.

    `classes` are those of the types, with that of any other at the end; without them no circle
    tells its types.
    """
    n, lat, lon = (np.bincount(drawn["spot"], drawn[name]) for name in ("n", "lat", "lon"))
    areas = np.bincount(drawn["spot"], drawn["kind"] == "area")
    shares = _share_out(drawn, classes, len(n)) if classes else [()] * len(n)
    return [
        Circle(
            lon[spot] / n[spot], lat[spot] / n[spot], int(n[spot]), bool(areas[spot]), shares[spot]
        )
        for spot in np.flatnonzero(n).tolist()
    ]


def _share_out(
    drawn: Groups, classes: Sequence[str], spots: int
) -> list[tuple[tuple[str, int], ...]]:
    """For each spot its types, as classes, and their numbers."""
    places = drawn["spot"] * len(classes) + drawn["type"]
    counted = np.bincount(places, drawn["n"], spots * len(classes))
    return [
        tuple((name, int(own)) for name, own in zip(classes, row, strict=True) if own)
        for row in counted.reshape(spots, len(classes)).tolist()
    ]


def sum_killed(drawn: Groups) -> Total:
    """People killed in some groups; of an operation, its largest claims count, as in `figures`."""
    is_single = drawn["operation"] < 0
    operations = np.unique(drawn["operation"][~is_single], return_inverse=True)[1]

    def add(end: str) -> int | None:
        single, joint = drawn[f"{end}_sum"][is_single], drawn[f"{end}_max"][~is_single]
        largest = np.full(operations.max(initial=-1) + 1, np.nan)
        # Not a number, that is unknown, gives way to any number.
        np.fmax.at(largest, operations, joint)
        known = np.concatenate([single[~np.isnan(single)], largest[~np.isnan(largest)]])
        return int(known.sum()) if len(known) else None

    return Total(add("low"), add("high"), int(drawn["unknown"].sum()), bool(drawn["is_open"].any()))
