"""Checks of the reports and claims behind the incidents."""

from __future__ import annotations

import pandas as pd

from incidents.checks import (
    check_choice,
    check_count,
    check_date,
    check_order,
    check_text,
    check_url,
)
from incidents.columns import CLAIM_COLUMNS, HARMS, REPORT_COLUMNS, Column
from incidents.findings import Findings
from incidents.ids import tell_repeated


def check_reports(found: Findings, incidents: pd.Series) -> dict[str, pd.Series]:
    """Type the reports; those of no accepted incident are set aside.

    Gives no columns at all if one that is needed is not there.
    """
    if not _has_needed(found, REPORT_COLUMNS):
        return {}
    typed = _type_cells(found, REPORT_COLUMNS)
    typed["url"] = check_url(found, "url")
    _check_key(found, typed["incident"], incidents, "incident", "incident_unknown")
    tell_repeated(found, typed["report"], "report")
    return typed


def check_claims(found: Findings, incidents: pd.Series, reports: pd.Series) -> dict[str, pd.Series]:
    """Type the claims; those of no accepted incident or report, or without number, are set aside.

    Gives no columns at all if one that is needed is not there.
    """
    if not _has_needed(found, CLAIM_COLUMNS):
        return {}
    typed = _type_cells(found, CLAIM_COLUMNS)
    _check_key(found, typed["incident"], incidents, "incident", "incident_unknown")
    _check_key(found, typed["report"], reports, "report", "report_unknown")
    needs_group = typed["measure"].isin(HARMS) & typed["group"].isna()
    if found.has("group"):
        found.tell("value_missing", needs_group & (found.cells("group") == ""), "group")
    low, high = typed["low"], typed["high"]
    if found.has("low"):
        low, high = check_order(found, low, high, "low")
    typed["low"], typed["high"] = low, high
    found.tell("claim_empty", low.isna() & high.isna(), "claim")
    tell_repeated(found, typed["claim"], "claim")
    return typed


def _has_needed(found: Findings, columns: tuple[Column, ...]) -> bool:
    absent = [each.name for each in columns if each.required and not found.has(each.name)]
    for name in absent:
        found.tell_table("column_missing", wanted=name, found=found.all_headers())
    return not absent


def _type_cells(found: Findings, columns: tuple[Column, ...]) -> dict[str, pd.Series]:
    typed = {}
    for column in columns:
        if column.type == "choice":
            # A claim that counts nothing known is worth nothing.
            kind = "measure_unknown" if column.name in ("measure", "group") else "choice_unknown"
            typed[column.name] = check_choice(found, column, kind)
        elif column.type == "date":
            typed[column.name] = check_date(found, column.name)
        elif column.type == "count":
            typed[column.name] = check_count(found, column.name)
        else:
            typed[column.name] = check_text(found, column.name)
        if column.required:
            found.tell("value_missing", found.cells(column.name) == "", column.name)
    return typed


def _check_key(found: Findings, keys: pd.Series, targets: pd.Series, name: str, kind: str) -> None:
    found.tell(kind, keys.notna() & ~keys.isin(targets), name)
