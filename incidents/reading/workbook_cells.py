"""Reads a spreadsheet file in a process of its own: bytes in, rows of text out.

The reader makes room for the whole rectangle around all cells, and a file of two kilobytes with
one cell in the last row and column asks for 500 GB. It then ends its process, whichever that is
(https://github.com/tafia/calamine/issues/693). So it runs as a script, with little memory, and
the dashboard goes on. Nothing of this package may be imported here.

Output: a line of JSON per sheet, its name and size; then a line per row of the first sheet that
holds anything, without the empty cells at its end.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from contextlib import suppress
from typing import Any

MEMORY = 3 << 30
"""Bytes that reading may take; enough for 60 million cells."""


def write_text(cell: Any) -> str:
    """Write one cell as the text that a CSV file would hold; missing is ""."""
    if cell is None or cell != cell:  # not a number
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        is_day = cell.time() == dt.time() and cell.tzinfo is None
        return cell.date().isoformat() if is_day else cell.isoformat(" ", "seconds")
    if isinstance(cell, dt.time):
        return cell.isoformat("minutes")
    if isinstance(cell, dt.timedelta):
        minutes = int(cell.total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return str(cell).strip()


def _main() -> None:
    with suppress(ImportError):  # not on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import python_calamine

    data = io.BytesIO(sys.stdin.buffer.read())
    workbook = python_calamine.CalamineWorkbook.from_filelike(data)
    sheets = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        and sheet.visible == python_calamine.SheetVisibleEnum.Visible
    ]
    filled: list[str] = []
    lines: list[str] = []
    for title in sheets:
        rows = workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
        if not any(any(cell != "" for cell in row) for row in rows):
            continue
        filled.append(title)
        if len(filled) == 1:
            lines = [json.dumps(_trim([write_text(cell) for cell in row])) for row in rows]
    sys.stdout.write("\n".join([json.dumps(filled), *lines]))


def _trim(cells: list[str]) -> list[str]:
    width = next((n for n in range(len(cells), 0, -1) if cells[n - 1] != ""), 0)
    return cells[:width]


if __name__ == "__main__":
    _main()
