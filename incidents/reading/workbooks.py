"""Spreadsheet files: XLSX, and what else the same reader understands (XLS, XLSB, ODS)."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pandas as pd
import python_calamine

from incidents.checking.problems import make_problem, problems_frame
from incidents.errors import TableError
from incidents.reading.tables import Table, check_header, make_table

SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # zip (XLSX, ODS) and the old XLS


def read_workbook(data: bytes, name: str) -> Table:
    """Read the first visible sheet that holds anything as a table of text.

    Dates become ISO text, whole numbers have no decimal point. Row numbers are those of the sheet.

    Raises
    ------
    TableError
        The bytes are no workbook, or no sheet holds column names.
    """
    try:
        sheets = _read_sheets(data)
    except Exception as error:
        # The reader raises a different error for each way in which a file can be damaged.
        raise TableError(
            f"{name} cannot be opened as a spreadsheet. Save the table again as XLSX or CSV UTF-8."
        ) from error
    filled = {title: rows for title, rows in sheets.items() if any(any(row) for row in rows)}
    if not filled:
        raise TableError(f"{name} is empty. Choose a file with a table in it.")
    used, rows = next(iter(filled.items()))
    problems = []
    if len(filled) > 1:
        others = ", ".join(list(filled)[1:])
        problems.append(make_problem("sheet_unused", name, used=used, others=others))
    start = next(number for number, row in enumerate(rows) if any(row))
    header = rows[start]
    check_header(header, start + 1, name, is_narrow=False)
    body = pd.DataFrame(
        rows[start + 1 :],
        index=pd.RangeIndex(start + 2, len(rows) + 1),
        columns=range(len(header)),
        dtype="str",
    )
    return make_table(name, header, body, [problems_frame(problems)])


def _read_sheets(data: bytes) -> dict[str, list[list[str]]]:
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    visible = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        and sheet.visible == python_calamine.SheetVisibleEnum.Visible
    ]
    return {
        title: [
            [_to_text(cell) for cell in row]
            for row in workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
        ]
        for title in visible
    }


def _to_text(cell: Any) -> str:
    """Write one cell as the text that a CSV file would hold."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        is_day = cell.time() == dt.time()
        return cell.date().isoformat() if is_day else cell.isoformat(" ", "seconds")
    if isinstance(cell, dt.time):
        return cell.isoformat("minutes")
    if isinstance(cell, dt.timedelta):
        minutes = int(cell.total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return str(cell).strip()
