"""Whether 03/04/2021 is March or April: by the other column of days, else by what the table is."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import pandas as pd

from geo.places.governorates import find_gov
from geo.places.packaged_places import COVERED
from incidents.intake.checking.date_orders import Order
from incidents.intake.checking.dates import find_proven_order, is_american, read_dates
from incidents.intake.checking.findings import Cells, Findings
from incidents.intake.checking.local_towns import find_share

_DAYS = ("date", "date_end")
_AREA = (29.0, 38.5), (35.0, 49.0)
"""Latitudes and longitudes of Iraq and Syria and what lies around, where days go first, too."""
_MOST = 0.5
_MILITARY = re.compile(r"KIA|WIA|DTG|MGRS|SIGACT|(?<![a-z])(?:kia|wia|dtg|mgrs)(?![a-z])")
"""Words of US reports in names of columns: such a table may write the month first."""


@dataclass(frozen=True)
class DayContext:
    """What days are checked beside: the rows' countries and points, and today."""

    countries: pd.Series
    lats: pd.Series
    lons: pd.Series
    today: dt.date | None = None


def find_usual_order(found: Findings, around: DayContext) -> Order:
    """The order of days and months where a column does not prove it; None where nothing tells.

    That of the other column of days; month first in the layouts of US sources; day first where the
    table is in Arabic or Russian, or of Iraq and Syria, unless it is written as in the US.
    """
    columns = [cells for name in _DAYS if (cells := found.plain(name)) is not None]
    proven = {order for cells in columns if (order := find_proven_order(cells)) is not None}
    if proven:
        return proven.pop() if len(proven) == 1 else None
    if found.is_month_first:
        return "mdy"
    if found.is_of_day_first():
        return "dmy"
    if any(map(is_american, columns)) or _MILITARY.search(found.all_headers()):
        return None
    return "dmy" if _is_local(found, around) else None


def _is_local(found: Findings, around: DayContext) -> bool:
    """Whether most rows are of Iraq or Syria: by the first of these that the table has."""
    countries = around.countries.dropna()
    if len(countries):
        return bool(countries.isin(COVERED).mean() > _MOST)
    govs, places = found.cells("gov"), found.cells("place")
    named = [] if govs is None else [text for text in govs.unique() if text]
    if named:
        return sum(find_gov(text) is not None for text in named) > _MOST * len(named)
    is_placed = around.lats.notna() & around.lons.notna()
    if is_placed.any():
        (south, north), (west, east) = _AREA
        inside = around.lats.between(south, north) & around.lons.between(west, east)
        return bool(inside[is_placed].mean() > _MOST)
    return places is not None and find_share(places) > _MOST


def find_open(dates: pd.DataFrame, cells: Cells) -> pd.Series:
    """Cells that an order of day and month would make a day: 03/04/2021, 03-04-21."""
    left = dates["precision"].isna()
    if not left.any():
        return dates["is_ambiguous"]
    return dates["is_ambiguous"] | (left & cells.str.match(r"\D*\d{1,2}-\d{1,2}-\d\d(?!\d)"))


def settle_order(found: Findings, dates: pd.DataFrame, usual: Order, name: str) -> pd.DataFrame:
    """Days of which the column does not tell the order, in the one that the table has; and told."""
    cells = found.cells(name)
    if usual is None or cells is None:
        return dates
    settled = read_dates(cells, usual)
    told = find_open(dates, cells) & settled["precision"].eq("day")
    if told.any():
        row = told.idxmax()
        found.tell_table(
            *("dates_ordered", found.header(name)),
            how="day first" if usual == "dmy" else "month first",
            count=f"{int(told.sum()):,}",
            example=cells[row],
            read=f"{settled['date'][row]:%Y-%m-%d}",
        )
    return settled
