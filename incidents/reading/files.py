"""From a file or a folder to tables of text. Nothing is judged here, only read."""

from __future__ import annotations

from pathlib import Path

from incidents.errors import TableError
from incidents.reading.delimited import read_delimited
from incidents.reading.tables import Table, Tables
from incidents.reading.workbooks import SIGNATURES, read_workbook

__all__ = ["Table", "Tables", "read_table", "read_tables", "table_from_bytes"]

_OTHER_FORMATS = {
    b"PAR1": "a Parquet file",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a compressed file",
    b"SQLite format 3": "a database",
}


def table_from_bytes(data: bytes, name: str) -> Table:
    """Read the content of one file, such as an upload; `name` is only used to speak of it.

    CSV (UTF-8, UTF-16 with BOM, cp1252, cp1254, cp1256, cp1251; comma, semicolon or tab) and
    workbooks. What it is comes from the content, not from the name.

    Raises
    ------
    TableError
        There is no table in it; says why and what to do.
    """
    if data.startswith(SIGNATURES):
        return read_workbook(data, name)
    for signature, words in _OTHER_FORMATS.items():
        if data.startswith(signature):
            raise TableError(f"{name} is {words}. Save the table as CSV UTF-8 or XLSX.")
    return read_delimited(data, name)


def read_table(path: Path) -> Table:
    """Read one file as a table of text.

    Raises
    ------
    TableError
        The file cannot be opened, or there is no table in it.
    """
    if path.is_dir():
        raise TableError(f"{path.name} is a folder. Choose a file, CSV or XLSX.")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise TableError(f"{path.name} is not there. Check the name of the file.") from None
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise TableError(f"{path.name} cannot be opened ({reason}). Check the file.") from error
    return table_from_bytes(data, path.name)


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
