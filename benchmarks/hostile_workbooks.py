"""Small workbooks that become large when they are read: one maker for each kind, of a size."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable

_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def write_workbook(rows: Iterable[str], shared: Iterable[str] = ()) -> bytes:
    """An XLSX file of one sheet; `rows` and `shared` texts are XML."""
    parts = {
        "[Content_Types].xml": [_CONTENT_TYPES],
        "_rels/.rels": [
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ],
        "xl/workbook.xml": [
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
        ],
        "xl/_rels/workbook.xml.rels": [
            f'<Relationships xmlns="{_PACKAGE}">'
            f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>"
        ],
        "xl/sharedStrings.xml": [f'<sst xmlns="{_MAIN}">', *shared, "</sst>"],
        "xl/worksheets/sheet1.xml": [
            f'<worksheet xmlns="{_MAIN}"><sheetData>',
            *rows,
            "</sheetData></worksheet>",
        ],
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in parts.items():
            with archive.open(name, "w") as part:
                for piece in pieces:
                    part.write(piece.encode())
    return written.getvalue()


def _cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


_HEAD_ROW = f'<row r="1">{_cell("A1", "date")}{_cell("B1", "place")}</row>'


def workbook_of_far_cells(size: int) -> bytes:
    """Each row has one cell, in the last column: the sheet is `size` times 16,384."""
    rows = (f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, size + 2))
    return write_workbook([_HEAD_ROW, *rows])


def workbook_of_two_corners(size: int) -> bytes:
    """Two cells, `size` rows and all columns apart."""
    return write_workbook([_HEAD_ROW, f'<row r="{size}"><c r="XFD{size}"><v>1</v></c></row>'])


def workbook_of_one_text(size: int) -> bytes:
    """Every cell of `size` rows is the same shared text of 100,000 letters."""
    cells = "".join(f'<c r="{column}{{0}}" t="s"><v>0</v></c>' for column in "ABCDEFGH")
    rows = (f'<row r="{n}">{cells.format(n)}</row>' for n in range(2, size + 2))
    return write_workbook([_HEAD_ROW, *rows], [f"<si><t>{'a' * 100_000}</t></si>"])


def workbook_of_empty_formulas(size: int) -> bytes:
    """`size` columns of 60 formulas without a value."""
    names = [_letters(n) for n in range(size)]
    head = "".join(_cell(f"{name}1", f"column {name}") for name in names)
    rows = (
        f'<row r="{n}">' + "".join(f'<c r="{name}{n}"><f>1+1</f></c>' for name in names) + "</row>"
        for n in range(2, 62)
    )
    return write_workbook([f'<row r="1">{head}</row>', *rows])


def _letters(number: int) -> str:
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def old_workbook_of_noise(size: int) -> bytes:
    """What begins like an old workbook whose table of sectors leads in a circle."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIII", header, 44, 1, 0, 0, 4096, 0, 1)
    struct.pack_into("<I", header, 76, 0)
    return bytes(header) + struct.pack("<I", 0) * 128 * size
