"""Groups inside a bound, those at its edge, and all others: every incident is in one of them."""

from datetime import date

import ibis
import pandas as pd
import pytest

from incidents.asking.conditions import last_day
from incidents.asking.database import MERCATOR_BITS
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


@pytest.mark.parametrize("day", [date(2021, 7, 1), date(2021, 7, 15), date(2021, 7, 31)])
@pytest.mark.parametrize("end", ["first", "last"])
def test_days(day: date, end: str) -> None:
    incidents = make_incidents()
    wanted = incidents.date <= ibis.literal(day)
    if end == "first":
        wanted = last_day(incidents) >= ibis.literal(day)
    bound = find_bound(wanted.op(), incidents, by_month=True, level=None)
    assert bound is not None and bound.inside is not None
    assert bool(bound.edges) == (day.day == 15 or (end == "first") != (day.day == 1))
    inside = count(incidents.filter(*bound.inside(incidents)))
    assert inside == count(incidents.filter(*bound.inside_rows(incidents)))
    edges = [count(incidents.filter(*edge(incidents), wanted)) for edge in bound.edges]
    assert inside + sum(edges) == count(incidents.filter(wanted))


@pytest.mark.parametrize("level", [8, 12, 14, 18])
@pytest.mark.parametrize("ends", [(44.0, 44.5), (44.0001, 46.0), (-180.0, 180.0)])
def test_window(level: int, ends: tuple[float, float]) -> None:
    incidents = make_incidents()
    wanted = incidents.lon.between(*ends)
    bound = find_bound(wanted.op(), incidents, by_month=True, level=level)
    assert bound is not None
    inside = 0
    if bound.inside is not None:
        cells = incidents.mutate(mx=incidents.mx // 2**level)
        inside = count(cells.filter(*bound.inside(cells)))
        assert inside == count(incidents.filter(*bound.inside_rows(incidents)))
    edges = [count(incidents.filter(*edge(incidents), wanted)) for edge in bound.edges]
    assert inside + sum(edges) == count(incidents.filter(wanted))


def test_where_a_window_lies_within_one_cell_nothing_is_inside() -> None:
    incidents = make_incidents()
    bound = find_bound(incidents.lon.between(44.1, 44.2).op(), incidents, True, 20)
    assert bound is not None and bound.inside is None and len(bound.edges) == 1


def test_other_conditions_are_no_bound() -> None:
    incidents = make_incidents()
    for condition in (incidents.lat >= 3, incidents.date == ibis.literal(date(2021, 7, 1))):
        assert find_bound(condition.op(), incidents, True, 12) is None
