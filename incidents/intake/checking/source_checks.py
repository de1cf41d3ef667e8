"""Checks of the reports and claims behind the incidents."""

from __future__ import annotations

import pandas as pd

from incidents.intake.checking.checks import (
    check_choice,
    check_name,
    check_partial_date,
    check_text,
    check_url,
)
from incidents.intake.checking.count_checks import check_count, check_order
from incidents.intake.checking.date_orders import Order
from incidents.intake.checking.findings import Findings, is_unknown
from incidents.intake.checking.ids import tell_repeated
from incidents.intake.checking.links import check_corrections
from incidents.table.columns import CLAIM_COLUMNS, HARMS, REPORT_COLUMNS, Column

# Of text columns, the others are ids, or the words of a source.
_NAMES = ("publisher", "family", "said_by", "denied_by")


def check_reports(
    found: Findings, incidents: pd.Series, usual: Order = None
) -> dict[str, pd.Series]:
    """Type the reports; those of no accepted incident are set aside.

    Gives no columns at all if one that is needed is not there. `usual` is the order of day and
    month that the table of incidents has.
    """
    if not _has_needed(found, REPORT_COLUMNS):
        return {}
    typed = _type_cells(found, REPORT_COLUMNS, usual)
    typed["url"] = check_url(found, "url")
    typed["says_date"] = check_partial_date(found, "says_date", is_free=True, usual=usual)
    _check_key(found, typed["incident"], incidents, "incident", "incident_unknown")
    tell_repeated(found, typed["report"], "report")
    typed["supersedes"] = check_corrections(found, pd.DataFrame(typed))
    return typed


def check_claims(
    found: Findings, incidents: pd.Series, reports: pd.DataFrame
) -> dict[str, pd.Series]:
    """Type the claims; those of no accepted incident or report, or without number, are set aside.

    So are those on another incident than their report, one of the accepted `reports`.
    Gives no columns at all if one that is needed is not there.
    """
    if not _has_needed(found, CLAIM_COLUMNS):
        return {}
    typed = _type_cells(found, CLAIM_COLUMNS)
    _check_key(found, typed["incident"], incidents, "incident", "incident_unknown")
    _check_key(found, typed["report"], reports["report"], "report", "report_unknown")
    _check_incident_of_report(found, typed, reports)
    typed["group"] = _check_group(found, typed["measure"], typed["group"])
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


def _type_cells(
    found: Findings, columns: tuple[Column, ...], usual: Order = None
) -> dict[str, pd.Series]:
    typed = {}
    for column in columns:
        if column.type == "choice":
            # A claim that counts nothing known is worth nothing.
            kind = "measure_unknown" if column.name in ("measure", "group") else "choice_unknown"
            typed[column.name] = check_choice(found, column, kind)
        elif column.type == "partial date":
            typed[column.name] = check_partial_date(found, column.name, usual=usual)
        elif column.type == "count":
            typed[column.name] = check_count(found, column.name)
        else:
            check = check_name if column.name in _NAMES else check_text
            typed[column.name] = check(found, column.name)
        if column.required:
            empty = found.cells(column.name) == ""
            if column.type == "choice":
                empty = is_unknown(found.cells(column.name))
            found.tell("value_missing", empty, column.name)
    return typed


def _check_key(found: Findings, keys: pd.Series, targets: pd.Series, name: str, kind: str) -> None:
    found.tell(kind, keys.notna() & ~keys.isin(targets), name)


def _check_incident_of_report(
    found: Findings, typed: dict[str, pd.Series], reports: pd.DataFrame
) -> None:
    own = typed["report"].map(reports.set_index("report")["incident"])
    differs = own.notna() & typed["incident"].notna() & (own != typed["incident"])
    found.tell("claim_elsewhere", differs, "incident", report=typed["report"], incident=own)


def _check_group(found: Findings, measures: pd.Series, groups: pd.Series) -> pd.Series:
    """Groups of people; a claim of people without one is set aside, munitions have none."""
    cells = found.cells("group")
    is_empty = pd.Series(True, index=found.index) if cells is None else is_unknown(cells)
    found.tell("value_missing", measures.isin(HARMS) & is_empty, "group")
    needless = measures.notna() & ~measures.isin(HARMS) & groups.notna()
    found.tell("group_needless", needless & (groups != "all"), "group")
    return groups.mask(needless)
