"""Spreadsheet files: XLSX, and what else the same reader understands (XLS, XLSB, ODS)."""

from __future__ import annotations

import json
import subprocess
import sys

import pandas as pd

from incidents.checking.problems import make_problem, problems_frame
from incidents.errors import TableError
from incidents.reading import workbook_cells
from incidents.reading.headings import LOOKED_AT, check_header, find_heading
from incidents.reading.sizes import check_cells
from incidents.reading.tables import Table, make_table

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_LONGEST = 600  # seconds


def read_workbook(data: bytes, name: str, unpacked: int) -> Table:
    """Read the first visible sheet that holds anything as a table of text.

    Dates become ISO text, whole numbers have no decimal point. Row numbers are those of the sheet.

    Raises
    ------
    TableError
        The bytes are no workbook, no sheet holds column names, or a sheet has more than
        `unpacked` cells.
    """
    filled, rows = _read_rows(data, name)
    numbered = [(number, cells) for number, cells in enumerate(rows, 1) if cells]
    if not numbered:
        raise TableError(f"{name} is empty. Choose a file with a table in it.")
    problems = []
    if len(filled) > 1:
        others = ", ".join(filled[1:])
        problems.append(make_problem("sheet_unused", name, used=filled[0], others=others))
    width = max(len(cells) for _, cells in numbered)
    check_cells(len(rows), width, unpacked, name)
    rows = [cells + [""] * (width - len(cells)) for cells in rows]
    top = [(number, rows[number - 1]) for number, _ in numbered[: LOOKED_AT + 1]]
    heading = find_heading(top, name)
    check_header(heading.names, heading.row, name, is_narrow=False)
    body = pd.DataFrame(
        rows[heading.last :],
        index=pd.RangeIndex(heading.last + 1, len(rows) + 1),
        columns=range(width),
        dtype="str",
    )
    found = [problems_frame(problems), heading.problems]
    return make_table(name, heading.names, body, found, torn=heading.torn, tags=heading.tags)


def _read_rows(data: bytes, name: str) -> tuple[list[str], list[list[str]]]:
    """Read the titles of the sheets that hold anything, and the rows of the first of them."""
    script = [sys.executable, "-I", "-X", "utf8", workbook_cells.__file__]
    try:
        # Standard input and output, so that nothing is left on the disk.
        done = subprocess.run(script, input=data, capture_output=True, timeout=_LONGEST)
    except subprocess.TimeoutExpired:
        raise TableError(f"{name} takes too long to read. Save the table as CSV UTF-8.") from None
    if done.returncode != 0:
        raise TableError(
            f"{name} cannot be opened as a spreadsheet, or is too large for one. "
            "Save the table again as XLSX or CSV UTF-8."
        )
    filled, *rows = (json.loads(line) for line in done.stdout.split(b"\n"))
    return filled, rows
