"""What a file is, by how it begins, and the reader for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from incidents.intake.reading.archives import (
    GZIP,
    ZIP,
    check_zip,
    is_zipped_workbook,
    unpack_gzip,
    unpack_zip,
)
from incidents.intake.reading.delimited import read_delimited
from incidents.intake.reading.geojson import is_json
from incidents.intake.reading.geopackage import SQLITE, read_geopackage
from incidents.intake.reading.parquet import PARQUET, read_parquet
from incidents.intake.reading.records import read_json
from incidents.intake.reading.sizes import Limits
from incidents.intake.reading.tables import Table
from incidents.intake.reading.vectors import is_vector, read_vector
from incidents.intake.reading.workbooks import OLD_WORKBOOK, read_workbook
from incidents.table.errors import TableError
from incidents.table.problems import join_problems, make_problem, problems_frame
from incidents.table.sentences import list_some

_OTHER_FORMATS = {
    b"%PDF": "a PDF document",
    b"{\\rtf": "a text document",
    b"BZh": "a compressed file of another kind than zip and gzip",
    b"\xfd7zXZ": "a compressed file of another kind than zip and gzip",
    b"7z\xbc\xaf": "a compressed file of another kind than zip and gzip",
    b"Rar!": "a compressed file of another kind than zip and gzip",
}
_MARKUP = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype|!--|\?xml|html)", re.IGNORECASE)


Reader = Callable[[bytes, str, Limits], Table]
"""From the bytes of a file, its name and its limits to a table."""


def read_content(data: bytes, name: str, limits: Limits, apart: Reader | None = None) -> Table:
    """Read the content of one file, packed or not, in this process; see `table_from_bytes`.

    `apart` reads, in a process of its own, what can end the one that reads it: workbooks and what
    GDAL reads. Without it, this process is that one.

    Raises
    ------
    TableError
        There is no table in it, or it is too large; says why and what to do.
    """
    if data.startswith(GZIP):
        return _read_plain(unpack_gzip(data, name, limits), name, limits, apart)
    if is_vector(data):
        return (apart or read_vector)(data, name, limits)
    if data.startswith(ZIP) and not is_zipped_workbook(data):
        content, used, others = unpack_zip(data, name, limits)
        table = _read_plain(content, name, limits, apart)
        if not others:
            return table
        told = make_problem("file_unused", name, used=used, others=list_some(others))
        return replace(table, problems=join_problems([problems_frame([told]), table.problems]))
    return _read_plain(data, name, limits, apart)


def _read_plain(data: bytes, name: str, limits: Limits, apart: Reader | None) -> Table:
    """Read what is not packed, by how it begins."""
    is_zipped = data.startswith(ZIP) and is_zipped_workbook(data)
    if is_zipped:
        check_zip(data, name, limits)
    if is_zipped or data.startswith(OLD_WORKBOOK):
        return (apart or read_workbook)(data, name, limits)
    if is_vector(data):
        return (apart or read_vector)(data, name, limits)
    if data.startswith((*ZIP, GZIP)):
        raise TableError(
            f"{name} holds another packed file. Unpack it and choose the table inside."
        )
    if data.startswith(PARQUET):
        return read_parquet(data, name, limits)
    if data.startswith(SQLITE):
        return read_geopackage(data, name, limits)
    for signature, words in _OTHER_FORMATS.items():
        if data.startswith(signature):
            raise TableError(f"{name} is {words}. Save the table as CSV UTF-8 or XLSX.")
    if _MARKUP.match(data):
        raise TableError(f"{name} is a web page or XML. Save the table as CSV UTF-8 or XLSX.")
    if is_json(data):
        return read_json(data, name, limits)
    return read_delimited(data, name, limits)
