"""Incidents of a brief: whole, each with its reports; or, of very many, as rows."""

import hashlib
from collections.abc import Sequence
from html import escape
from typing import Any

from incidents.asking.listing import LISTED, sort_rows
from incidents.asking.records import Record, join_records, read_records
from incidents.asking.store import read_rows
from incidents.table.own_columns import OwnColumn
from incidents.table.sentences import GRADE_MARKS
from incidents.telling.pages.asked import Asked
from incidents.telling.pages.incident import write_facts
from incidents.telling.pages.matrix import write_matrix
from incidents.telling.pages.reports import write_differences, write_reports
from incidents.telling.words.incident import say_origin_of_place, say_where
from incidents.telling.words.listing import list_cells
from incidents.telling.words.matrix import list_differences, make_matrix

WHOLE, MOST_LISTED = 500, 5_000
"""Incidents that a brief tells whole, and those that it lists where they are more."""
COLUMNS = ("Date", "Type", "Place", "Killed", "Wounded", "Confidence", "Publishers")


def anchor(incident: str) -> str:
    """The id of an incident's part of the document, whatever its own id holds."""
    return f"i-{hashlib.sha256(incident.encode('utf-8', 'replace')).hexdigest()[:12]}"


def write_whole(asked: Asked, order: str, rows: Sequence[dict[str, Any]] = ()) -> str:
    """The incidents of the filters, at most `WHOLE`; or those of these rows, with all claims."""
    if rows:
        records = join_records(asked.store, list(rows))
    else:
        records = read_records(asked.store, asked.filters, order, WHOLE)
    written = (_write_record(each, bool(rows), asked.store.own) for each in records)
    return f'<div class="records{" alone" if rows else ""}">{"".join(written)}</div>'


def _write_record(record: Record, is_alone: bool, own: Sequence[OwnColumn]) -> str:
    row, reports = record.row, record.reports
    matrix = make_matrix(reports, record.claims)
    claims = write_matrix(matrix) if is_alone else ""
    place = escape(say_origin_of_place(row))
    return (
        f'<section class="record" id="{anchor(row["incident"])}"><div class="happened">'
        f"{write_facts(row, '' if is_alone else 'h3', own)}</div>"
        f'<p class="note" dir="auto">{place}</p>'
        f"{write_differences(list_differences(matrix), [])}{claims}"
        f"{write_reports(matrix, reports, row['sources'])}</section>"
    )


def write_listed(asked: Asked, order: str) -> str:
    """The incidents of the filters as rows, at most `MOST_LISTED`."""
    rows = sort_rows(asked.store.select(asked.filters), order).limit(MOST_LISTED)
    told = read_rows(rows[[*LISTED, "gov", "country", "grade", "sources"]])
    head = "".join(f'<th scope="col" class="{name.lower()}">{name}</th>' for name in COLUMNS)
    body = "".join(_write_row(row) for row in told)
    return f'<table class="listed"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _write_row(row: dict[str, Any]) -> str:
    date, kind, _, killed, wounded = list_cells(row)
    grade = f"{GRADE_MARKS[row['grade']]} {row['grade']}" if row["grade"] else "not graded"
    sources = "?" if row["sources"] is None else f"{row['sources']:,}"
    cells = (date, kind, say_where(row), killed, wounded, grade, sources)
    told = "".join(
        f'<td class="{name.lower()}" dir="auto">{escape(cell)}</td>'
        for name, cell in zip(COLUMNS, cells, strict=True)
    )
    return f'<tr id="{anchor(row["incident"])}">{told}</tr>'
