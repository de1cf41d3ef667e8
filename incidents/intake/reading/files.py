"""From a file or a folder to tables of text. Nothing is judged here, only read."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from incidents.intake.reading.archives import (
    GZIP,
    ZIP,
    check_zip,
    is_zipped_workbook,
    unpack_gzip,
    unpack_zip,
)
from incidents.intake.reading.delimited import read_delimited
from incidents.intake.reading.geojson import is_json, read_geojson
from incidents.intake.reading.geopackage import SQLITE, read_geopackage
from incidents.intake.reading.parquet import PARQUET, read_parquet
from incidents.intake.reading.sizes import LARGEST_UNPACKED, check_size
from incidents.intake.reading.tables import Table, Tables
from incidents.intake.reading.workbooks import OLD_WORKBOOK, read_workbook
from incidents.table.errors import TableError
from incidents.table.problems import join_problems, make_problem, problems_frame

__all__ = ["Table", "Tables", "read_table", "read_tables", "table_from_bytes"]

_OTHER_FORMATS = {
    b"%PDF": "a PDF document",
    b"{\\rtf": "a text document",
    b"BZh": "a compressed file of another kind than zip and gzip",
    b"\xfd7zXZ": "a compressed file of another kind than zip and gzip",
    b"7z\xbc\xaf": "a compressed file of another kind than zip and gzip",
    b"Rar!": "a compressed file of another kind than zip and gzip",
}
_MARKUP = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype|!--|\?xml|html)", re.IGNORECASE)


def table_from_bytes(
    data: bytes, name: str, limit: int | None = None, unpacked: int = LARGEST_UNPACKED
) -> Table:
    """Read the content of one file, such as an upload; `name` is only used to speak of it.

    CSV (UTF-8, UTF-16, cp1252, cp1254, cp1256, cp1251; comma, semicolon or tab), XLSX and other
    workbooks, Parquet, GeoJSON, GeoPackage; and one of these in a gzip or zip archive. What it is
    comes from the content, not from the name. `limit` is the largest file that is taken, and
    `unpacked` what it may unpack to, in bytes.

    Raises
    ------
    TableError
        There is no table in it, or it is too large; says why and what to do.
    """
    check_size(len(data), limit, name)
    if data.startswith(GZIP):
        return _read_plain(unpack_gzip(data, name, unpacked), name, unpacked)
    if data.startswith(ZIP) and not is_zipped_workbook(data):
        content, used, others = unpack_zip(data, name, unpacked)
        table = _read_plain(content, name, unpacked)
        if not others:
            return table
        told = make_problem("file_unused", name, used=used, others=", ".join(others))
        return replace(table, problems=join_problems([problems_frame([told]), table.problems]))
    return _read_plain(data, name, unpacked)


def read_table(path: Path, limit: int | None = None) -> Table:
    """Read one file of at most `limit` bytes as a table of text.

    Raises
    ------
    TableError
        The file cannot be opened, is too large, or there is no table in it.
    """
    if path.is_dir():
        raise TableError(f"{path.name} is a folder. Choose a file with a table in it.")
    try:
        check_size(path.stat().st_size, limit, path.name)
        data = path.read_bytes()
    except FileNotFoundError:
        raise TableError(f"{path.name} is not there. Check the name of the file.") from None
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise TableError(f"{path.name} cannot be opened ({reason}). Check the file.") from error
    return table_from_bytes(data, path.name, limit)


def read_tables(path: Path) -> Tables:
    """Read a folder with `incidents.csv` (and `reports.csv`, `claims.csv`), or one flat file.

    Raises
    ------
    TableError
        A file cannot be read, or a folder has no `incidents.csv`.
    """
    if not path.is_dir():
        return Tables(read_table(path))
    if not (path / "incidents.csv").exists():
        raise TableError(f"The folder {path.name} has no file incidents.csv. Add it.")
    reports, claims = path / "reports.csv", path / "claims.csv"
    return Tables(
        read_table(path / "incidents.csv"),
        read_table(reports) if reports.exists() else None,
        read_table(claims) if claims.exists() else None,
    )


def _read_plain(data: bytes, name: str, unpacked: int) -> Table:
    """Read what is not packed, by how it begins."""
    is_workbook = data.startswith(ZIP) and is_zipped_workbook(data)
    if is_workbook:
        check_zip(data, name, unpacked)
    if is_workbook or data.startswith(OLD_WORKBOOK):
        return read_workbook(data, name, unpacked)
    if data.startswith((*ZIP, GZIP)):
        raise TableError(
            f"{name} holds another packed file. Unpack it and choose the table inside."
        )
    if data.startswith(PARQUET):
        return read_parquet(data, name, unpacked)
    if data.startswith(SQLITE):
        return read_geopackage(data, name, unpacked)
    for signature, words in _OTHER_FORMATS.items():
        if data.startswith(signature):
            raise TableError(f"{name} is {words}. Save the table as CSV UTF-8 or XLSX.")
    if _MARKUP.match(data):
        raise TableError(f"{name} is a web page or XML. Save the table as CSV UTF-8 or XLSX.")
    if is_json(data):
        return read_geojson(data, name, unpacked)
    return read_delimited(data, name)
