"""From tables of text to typed tables and a list of every problem, in one pass.

A row is accepted, accepted with warnings, or set aside; none disappears.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from incidents.intake.checking.checks import (
    check_choice,
    check_country,
    check_name,
    check_text,
)
from incidents.intake.checking.count_checks import check_count, check_ranges
from incidents.intake.checking.date_orders import Order
from incidents.intake.checking.day_checks import check_days
from incidents.intake.checking.day_order import DayContext, find_usual_order
from incidents.intake.checking.findings import Findings, match_headers, missing
from incidents.intake.checking.grouped_cells import fill_groups
from incidents.intake.checking.ids import make_ids, tell_copies, tell_repeated
from incidents.intake.checking.links import check_responses
from incidents.intake.checking.point_checks import check_point, check_points
from incidents.intake.checking.sniffing import look_like
from incidents.intake.checking.source_checks import check_claims, check_reports
from incidents.intake.checking.summary_rows import take_summaries
from incidents.intake.reading.tables import Table, Tables
from incidents.table.columns import (
    ALSO,
    CLAIM_COLUMNS,
    COLUMNS,
    DISTRICT,
    POINT,
    RANGES,
    REPORT_COLUMNS,
    Column,
)
from incidents.table.problems import join_problems
from incidents.table.progress import Tell, tell_nobody

DTYPES = {
    "text": "str",
    "choice": "str",
    "time": "str",
    "date": "datetime64[s]",
    "partial date": "str",
    "number": "float64",
    "count": "Int64",
}
"""How each type of column is held; text, choices and times are missing where nothing is known.
Dates are midnights and become `date32` without loss."""


@dataclass(frozen=True)
class Validated:
    """Typed tables and what was found in them.

    `incidents`, `reports` and `claims` hold every column of COLUMNS, REPORT_COLUMNS and
    CLAIM_COLUMNS in this order (DTYPES says how), and `row`, the row in the file; `incidents` the
    `DISTRICT` too, where the table has it. `problems` are
    those of all files, in the order of file, row, column. `read` rows of incidents were read,
    `set_aside` of them are not in `incidents`.
    """

    incidents: pd.DataFrame
    reports: pd.DataFrame
    claims: pd.DataFrame
    problems: pd.DataFrame
    read: int

    @property
    def set_aside(self) -> int:
        return self.read - len(self.incidents)


def validate(
    tables: Tables,
    tell: Tell = tell_nobody,
    today: date | None = None,
) -> Validated:
    """Check every cell, and give the tables back in their types.

    Never raises because of what a table holds. The ranges of incidents are those of their own
    table; they are not derived from claims here. Whether coordinates lie in their country is not
    checked here either: that needs boundaries.

    Parameters
    ----------
    tell
        Is told how many of how many columns of the incidents are checked.
    today
        Days after it are told; None for not looking.
    """
    tables = replace(tables, incidents=fill_groups(take_summaries(tables.incidents)))
    has_reports = tables.reports is not None
    incidents, problems, order = _check_incidents(tables.incidents, tell, today, has_reports)
    reports, claims = _empty(REPORT_COLUMNS), _empty(CLAIM_COLUMNS)
    given = [tables.incidents]
    if tables.reports is not None:
        found = Findings(tables.reports, match_headers(tables.reports, REPORT_COLUMNS))
        reports = _finish(found, check_reports(found, incidents["incident"], order), REPORT_COLUMNS)
        problems += found.problems
        given.append(tables.reports)
    if tables.claims is not None:
        found = Findings(tables.claims, match_headers(tables.claims, CLAIM_COLUMNS))
        typed = check_claims(found, incidents["incident"], reports)
        claims = _finish(found, typed, CLAIM_COLUMNS)
        problems += found.problems
        given.append(tables.claims)
    everything = join_problems(
        [*(table.problems for table in given), *problems],
        files=[table.name for table in given],
        columns=[header for table in given for header in table.rows.columns],
    )
    return Validated(incidents, reports, claims, everything, tables.incidents.read)


def _check_incidents(
    table: Table, tell: Tell, today: date | None, is_order_wanted: bool
) -> tuple[pd.DataFrame, list[pd.DataFrame], Order]:
    """The rows, what is wrong with them and, if wanted, the order of their days and months."""
    found = Findings(table, match_headers(table, (*COLUMNS, *ALSO), RANGES, look_like))
    if table.read == 0:
        found.tell_table("table_empty")
    if not found.has("date"):
        found.tell_table("column_missing", wanted="date", found=found.all_headers())
        return _empty(COLUMNS), found.problems, None
    is_placed = found.has("lat") and found.has("lon")
    if not found.has("place") and not found.has(POINT.name) and not is_placed:
        found.tell_table("place_columns_missing", found=found.all_headers())
    typed = _type_cells(found, tell, today)
    typed["incident"] = make_ids(found, check_text(found, "incident"))
    if found.has("incident"):
        tell_repeated(found, typed["incident"], "incident")
        tell_copies(found)
    typed["response_to"] = check_responses(found, typed["incident"])
    columns = COLUMNS
    if found.has(DISTRICT.name):
        columns = (*COLUMNS, DISTRICT)
        typed[DISTRICT.name] = check_name(found, DISTRICT.name)
    order: Order = None
    if is_order_wanted:
        around = DayContext(typed["country"], typed["lat"], typed["lon"])
        order = find_usual_order(found, around)
    return _finish(found, typed, columns), found.problems, order


def _type_cells(found: Findings, tell: Tell, today: date | None) -> dict[str, pd.Series]:
    by_name = {column.name: column for column in COLUMNS}
    typed = {"country": check_country(found, "country")}
    points = check_points(found)
    typed |= {"lat": points.lat, "lon": points.lon}
    origin = ("origin_lat", "origin_lon")
    typed |= dict(zip(origin, check_point(found, *origin), strict=True))
    around = DayContext(typed["country"], typed["lat"], typed["lon"], today)
    typed |= check_days(found, by_name["date_precision"], around)
    tell(len(typed), len(COLUMNS))
    typed |= check_ranges(found, RANGES)
    for column in COLUMNS:
        if column.name in typed:
            continue
        tell(len(typed), len(COLUMNS))
        if column.type == "choice":
            typed[column.name] = check_choice(found, column)
        elif column.type == "count":
            typed[column.name] = check_count(found, column.name)
        elif column.name in ("incident", "response_to"):
            typed[column.name] = check_text(found, column.name)
        else:
            typed[column.name] = check_name(found, column.name)
    typed["precision"] = typed["precision"].fillna(points.precision)
    return typed


def _finish(
    found: Findings, typed: Mapping[str, pd.Series], columns: tuple[Column, ...]
) -> pd.DataFrame:
    """Put the accepted rows together, in the order of the columns."""
    if not typed:
        return _empty(columns)
    rows = pd.Series(found.index, index=found.index, dtype="int64")
    # Without copies, the columns that the file does not have share one array.
    whole = pd.DataFrame(
        {**{column.name: typed[column.name] for column in columns}, "row": rows}, copy=False
    )
    kept = whole[~found.aside] if found.aside.any() else whole
    return kept.reset_index(drop=True)


def _empty(columns: tuple[Column, ...]) -> pd.DataFrame:
    index = pd.RangeIndex(0)
    typed = {column.name: missing(index, DTYPES[column.type]) for column in columns}
    return pd.DataFrame({**typed, "row": pd.Series(dtype="int64", index=index)})
