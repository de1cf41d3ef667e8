"""Checks of days and times of day, which belong together: a zone moves both."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from incidents.intake.checking.checks import check_choice, tell_doubtful
from incidents.intake.checking.date_orders import Order
from incidents.intake.checking.dates import find_half_converted, last_days, read_dates
from incidents.intake.checking.day_order import (
    DayContext,
    find_open,
    find_usual_order,
    settle_order,
)
from incidents.intake.checking.findings import Cells, Findings, is_unknown
from incidents.intake.checking.local_time import find_homes, turn_local
from incidents.intake.checking.moments import read_time
from incidents.table.columns import DATE_PRECISIONS, Column

LONGEST = 366
"""Days of an incident above which the reader is asked whether that is meant."""
EMPTY_DAYS = ("1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01", "1970-01-01")
"""Days that programs write where no day is known."""
_LATER, _FAR = 5, 40
"""Years by which most of a table is later than such a day, or than any day, where it is told."""


def check_days(found: Findings, precisions: Column, around: DayContext) -> dict[str, pd.Series]:
    """First day, last day, precision and time; a row without a first day is set aside."""
    cells = found.plain("date")
    assert cells is not None, "a table without dates is refused before"
    dates = read_dates(found.cells("date"))
    usual: Order = None
    if find_open(dates, cells).any():
        usual = find_usual_order(found, around)
        dates = settle_order(found, dates, usual, "date")
    found.tell("date_missing", cells == "", "date")
    found.tell("date_invalid", dates["precision"].isna() & (cells != ""), "date")
    tell_doubtful(found, dates, "date")
    _tell_half_converted(found, cells)
    times = _check_times(found, dates)
    dates, clocks = _turn(found, dates, times, around, "date")
    precision = _coarser(dates["precision"], check_choice(found, precisions))
    last = _check_last_day(found, dates, usual, around)
    first = _begin(dates["date"], precision, dates["precision"], last)
    # "July" may be any day of it: a filter by dates must find it on each.
    vague = last_days(first, precision).where(precision.notna() & (precision != "day"))
    _tell_implausible(found, first, last, around.today)
    ends = last.fillna(vague)
    return {"date": first, "date_end": ends, "date_precision": precision, "time": clocks}


def _begin(first: pd.Series, precision: pd.Series, read: pd.Series, last: pd.Series) -> pd.Series:
    """First days: of a day that a column says is known to its month or year alone, that of it."""
    vague = (read == "day") & last.isna() & precision.isin(["month", "year"])
    if not vague.any():
        return first
    months = first.dt.to_period("M").dt.start_time.astype("datetime64[s]")
    years = first.dt.to_period("Y").dt.start_time.astype("datetime64[s]")
    first = first.mask(vague & (precision == "month"), months)
    return first.mask(vague & (precision == "year"), years).astype("datetime64[s]")


def _check_times(found: Findings, dates: pd.DataFrame) -> pd.DataFrame:
    """Times of day and their zones: of their own column, else of the cell of the date."""
    cells = found.plain("time")
    if cells is None:
        return dates[["time", "zone"]]
    codes, uniques = pd.factorize(cells)
    moments = [read_time(text) for text in uniques]
    own = pd.DataFrame(
        {
            "time": pd.Series(
                [None if each is None else each.time for each in moments], dtype="str"
            ),
            "zone": pd.Series(["" if each is None else each.zone for each in moments], dtype="str"),
        }
    )
    times = own.take(codes).set_axis(cells.index)
    found.tell("time_invalid", times["time"].isna() & ~is_unknown(cells), "time")
    return times.where(times["time"].notna(), dates[["time", "zone"]])


def _turn(
    found: Findings, dates: pd.DataFrame, times: pd.DataFrame, around: DayContext, name: str
) -> tuple[pd.DataFrame, pd.Series]:
    """Days and times in local time, and said where that changes them."""
    zones = times["zone"].fillna("").mask(dates["precision"] != "day", "")
    if not (zones != "").any():
        return dates, times["time"]
    homes = find_homes(around.countries, around.lons)
    days, clocks, failed = turn_local(dates["date"], times["time"], zones, homes)
    changed = (days != dates["date"]) | (clocks.fillna("") != times["time"].fillna(""))
    changed &= dates["date"].notna()
    if changed.any():
        row = changed.idxmax()
        found.tell_table(
            *("time_turned", found.header(name)),
            count=f"{int(changed.sum()):,}",
            example=f"{dates['date'][row]:%Y-%m-%d} {times['time'][row]} ({zones[row]})",
            read=f"{days[row]:%Y-%m-%d} {clocks[row]}",
        )
    found.tell("time_zone_open", failed, name)
    return dates.assign(date=days), _drop_midnights(clocks, changed)


def _drop_midnights(clocks: pd.Series, changed: pd.Series) -> pd.Series:
    """Without times that are all local midnight: a program wrote days as moments."""
    told = clocks[changed]
    return clocks.mask(changed) if len(told) and (told == "00:00").all() else clocks


def _check_last_day(
    found: Findings, starts: pd.DataFrame, usual: Order, around: DayContext
) -> pd.Series:
    """Last days: of their own column, else of a cell that holds the first and the last."""
    first, spans = starts["date"], starts["last"]
    last = _check_order_of_days(found, spans, first, "date")
    cells = found.plain("date_end")
    if cells is None:
        return last
    dates = read_dates(found.cells("date_end"))
    if find_open(dates, cells).any():
        usual = usual or find_usual_order(found, around)
        dates = settle_order(found, dates, usual, "date_end")
    found.tell("date_end_ambiguous", dates["is_ambiguous"], "date_end")
    found.tell("date_unreadable", dates["precision"].isna() & ~is_unknown(cells), "date_end")
    dates, _ = _turn(found, dates, dates[["time", "zone"]], around, "date_end")
    own = dates["last"].fillna(last_days(dates["date"], dates["precision"]))
    own = own.mask(dates["is_ambiguous"]).astype("datetime64[s]")
    differs = own.notna() & spans.notna() & (own != spans)
    found.tell("date_end_differs", differs, "date_end")
    return _check_order_of_days(found, own, first, "date_end").fillna(last.mask(own.notna()))


def _check_order_of_days(
    found: Findings, last: pd.Series, first: pd.Series, name: str
) -> pd.Series:
    """Last days that are not before the first; that of one day is missing."""
    is_reversed = last < first
    days = first.dt.strftime("%Y-%m-%d") if is_reversed.any() else first
    found.tell("dates_reversed", is_reversed, name, first_day=days)
    return last.mask(is_reversed | (last == first)).astype("datetime64[s]")


def _tell_half_converted(found: Findings, cells: Cells) -> None:
    where = find_half_converted(cells)
    if where.any():
        found.tell_table(
            *("dates_half_converted", found.header("date")),
            count=f"{int(where.sum()):,}",
            example=cells[where].iloc[0],
        )


def _tell_implausible(
    found: Findings, first: pd.Series, last: pd.Series, today: dt.date | None
) -> None:
    """Days that are hardly meant: they stay as they are."""
    if today is not None:
        # A day more: somewhere it is tomorrow already.
        tomorrow = pd.Timestamp(today) + pd.Timedelta(days=1)
        found.tell("date_future", first > tomorrow, "date")
        is_past = ~(first > tomorrow)
        found.tell("date_future", (last > tomorrow) & is_past, "date_end")
    length = (last - first).dt.days
    found.tell("date_span_long", (length > LONGEST).fillna(False), _name_end(found), days=length)
    years = first.dt.year
    middle = years.median()
    is_empty = first.isin(pd.to_datetime(list(EMPTY_DAYS))) & (years <= middle - _LATER)
    found.tell("date_placeholder", is_empty | (years <= middle - _FAR), "date")


def _name_end(found: Findings) -> str:
    return "date_end" if found.has("date_end") else "date"


def _coarser(first: pd.Series, second: pd.Series) -> pd.Series:
    """The coarser of two precisions; a missing one gives way to the other."""
    differs = second.notna() & (second != first)
    if not differs.any():
        return first
    ranks = {name: rank for rank, name in enumerate(DATE_PRECISIONS)}
    is_coarser = second[differs].map(ranks) > first[differs].map(ranks).fillna(-1)
    return first.mask(is_coarser.reindex(first.index, fill_value=False), second)
