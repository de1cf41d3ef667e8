"""Groups inside a bound, those at its edge, and all others: every incident is in one of them."""

from datetime import date

import ibis
import pandas as pd
import pytest

from geo.places.mercator import to_y
from incidents.asking.conditions import last_day
from incidents.asking.derived import MERCATOR_BITS
from incidents.asking.rolled.bounds import find_bound

DAYS = ("2021-06-30", "2021-07-01", "2021-07-15", "2021-07-16", "2021-07-31", "2021-08-01")
LONS = (43.999, 44.0, 44.0001, 44.3, 44.4999, 44.5, 44.5001, 47.0)


def make_incidents() -> ibis.Table:
    rows = [
        {"date": first, "date_end": last, "lon": lon, "lat": 33.0}
        for first in DAYS
        for last in (None, *DAYS)
        if last is None or last >= first
        for lon in LONS
    ]
    frame = pd.DataFrame(rows)
    for name in ("date", "date_end"):
        frame[name] = pd.to_datetime(frame[name]).dt.date
    frame["mx"] = ((frame["lon"] + 180) / 360 * 2**MERCATOR_BITS).astype("int32")
    schema = {"date": "date", "date_end": "date", "lon": "float64", "lat": "float64", "mx": "int32"}
    table = ibis.memtable(frame, schema=schema)
    return table.mutate(
        last_day=last_day(table),
        month=table.date.truncate("M"),
        end_month=table.date_end.truncate("M"),
    )


def count(rows: ibis.Table) -> int:
    return int(rows.count().to_pyarrow().as_py())


@pytest.mark.parametrize(
    ("end", "day", "inside", "edges"),
    [
        # Of 27 incidents that begin and end on one of `DAYS`, on each of `LONS`.
        ("first", 1, 25, []),
        ("first", 15, 7, [15]),
        ("first", 31, 7, [6]),
        ("last", 1, 7, [6]),
        ("last", 15, 7, [11]),
        ("last", 31, 25, []),
    ],
)
def test_days(end: str, day: int, inside: int, edges: list[int]) -> None:
    incidents = make_incidents()
    wanted = incidents.date <= ibis.literal(date(2021, 7, day))
    if end == "first":
        wanted = last_day(incidents) >= ibis.literal(date(2021, 7, day))
    bound = find_bound(wanted.op(), incidents, by_month=True, level=None)
    assert bound is not None and bound.inside is not None
    each = len(LONS)
    assert count(incidents.filter(*bound.inside(incidents))) == inside * each
    assert count(incidents.filter(*bound.inside_rows(incidents))) == inside * each
    told = [count(incidents.filter(*edge(incidents), wanted)) for edge in bound.edges]
    assert told == [number * each for number in edges]
    assert count(incidents.filter(wanted)) == (inside + sum(edges)) * each


@pytest.mark.parametrize(
    ("ends", "level", "inside", "edges"),
    [
        # Meridians of `LONS`; cells of level 14 are 0.35 degrees wide, of 8 a 64th of that.
        ((44.0, 44.5), 8, 1, [2, 2]),
        ((44.0, 44.5), 12, 1, [2, 2]),
        ((44.0, 44.5), 14, None, [5]),
        ((44.0, 44.5), 18, None, [5]),
        ((44.0001, 46.0), 8, 4, [1, 0]),
        ((44.0001, 46.0), 14, 4, [1, 0]),
        ((44.0001, 46.0), 18, None, [5]),
        ((-180.0, 180.0), 8, 8, [0, 0]),
        ((-180.0, 180.0), 18, 8, [0, 0]),
    ],
)
def test_window(
    ends: tuple[float, float], level: int, inside: int | None, edges: list[int]
) -> None:
    incidents = make_incidents()
    wanted = incidents.lon.between(*ends)
    bound = find_bound(wanted.op(), incidents, by_month=True, level=level)
    assert bound is not None
    each = count(incidents) // len(LONS)
    assert (bound.inside is None) == (inside is None)
    if bound.inside is not None:
        cells = incidents.mutate(mx=incidents.mx // 2**level)
        assert count(cells.filter(*bound.inside(cells))) == (inside or 0) * each
    assert count(incidents.filter(*bound.inside_rows(incidents))) == (inside or 0) * each
    told = [count(incidents.filter(*edge(incidents), wanted)) for edge in bound.edges]
    assert told == [number * each for number in edges]
    assert count(incidents.filter(wanted)) == ((inside or 0) + sum(edges)) * each


def test_a_window_just_beyond_whole_cells_has_next_to_nothing_at_its_edges() -> None:
    """Of a cell that the window barely touches, only what lies there is looked at."""
    step = 360 / 2**MERCATOR_BITS
    west = -180 + step * (10_000 << 10)
    lons = (west - 500 * step, west - 5.5 * step, west - 0.5 * step, west + 3 * 2**10 * step)
    rows = [{"lon": lon, "mx": int((lon + 180) / step)} for lon in lons]
    incidents = ibis.memtable(pd.DataFrame(rows), schema={"lon": "float64", "mx": "int32"}).mutate(
        lat=ibis.literal(33.0), date=ibis.date("2021-07-07"), date_end=ibis.null("date")
    )
    wanted = incidents.lon.between(west - 5 * step, west + (4 * 2**10 + 5) * step)
    bound = find_bound(wanted.op(), incidents, by_month=True, level=10)
    assert bound is not None
    edge, other = (incidents.filter(*each(incidents)) for each in bound.edges)
    assert edge.lon.to_pyarrow().to_pylist() == list(lons[1:3])
    assert count(edge.filter(wanted)) == 1 and count(other) == 0


@pytest.mark.parametrize(
    ("ends", "inside", "edges"),
    [
        # The northern end comes first.
        ((33.0, 36.5), [34.0, 36.0], [[36.5], [33.0]]),
        ((10.0, 89.0), [32.0, 33.0, 34.0, 36.0, 36.5, 37.0], [[], []]),
    ],
)
def test_window_from_south_to_north(
    ends: tuple[float, float], inside: list[float], edges: list[list[float]]
) -> None:
    """Rows of the map are counted from the north."""
    lats = (32.0, 33.0, 34.0, 36.0, 36.5, 37.0)
    rows = [{"lat": lat, "my": int(to_y(lat) * 2**MERCATOR_BITS)} for lat in lats]
    schema = {"lat": "float64", "my": "int32"}
    incidents = ibis.memtable(pd.DataFrame(rows), schema=schema).mutate(
        lon=ibis.literal(44.0), date=ibis.date("2021-07-07"), date_end=ibis.null("date")
    )
    wanted = incidents.lat.between(*ends)
    bound = find_bound(wanted.op(), incidents, by_month=True, level=12)
    assert bound is not None and bound.inside is not None

    def list_lats(rows: ibis.Table) -> list[float]:
        return sorted(rows.lat.to_pyarrow().to_pylist())

    cells = incidents.mutate(my=incidents.my // 2**12)
    assert list_lats(cells.filter(*bound.inside(cells))) == inside
    assert list_lats(incidents.filter(*bound.inside_rows(incidents))) == inside
    assert [list_lats(incidents.filter(*edge(incidents), wanted)) for edge in bound.edges] == edges


def test_where_a_window_lies_within_one_cell_nothing_is_inside() -> None:
    incidents = make_incidents()
    bound = find_bound(incidents.lon.between(44.1, 44.2).op(), incidents, True, 20)
    assert bound is not None and bound.inside is None and len(bound.edges) == 1


def test_other_conditions_are_no_bound() -> None:
    incidents = make_incidents()
    for condition in (incidents.lat >= 3, incidents.date == ibis.literal(date(2021, 7, 1))):
        assert find_bound(condition.op(), incidents, True, 12) is None
