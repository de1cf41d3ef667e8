"""From a file or a folder to tables of text. Nothing is judged here, only read."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from incidents.intake.reading.apart import read_apart
from incidents.intake.reading.formats import read_content
from incidents.intake.reading.sizes import HOST, Limits, check_size
from incidents.intake.reading.tables import Table, Tables
from incidents.table.errors import TableError

__all__ = ["Table", "Tables", "read_table", "read_tables", "table_from_bytes"]

WORKBOOK_MEMORY, WORKBOOK_SECONDS = 3 << 30, 600
"""What reading a workbook of the host may take; enough for 60 million cells."""


def table_from_bytes(
    data: bytes, name: str, limit: int | None = None, limits: Limits = HOST
) -> Table:
    """Read the content of one file that the host chose; `name` is only used to speak of it.

    CSV (UTF-8, UTF-16, cp1252, cp1254, cp1256, cp1251, KOI8-R; comma, semicolon, tab or bar), XLSX,
    ODS and other workbooks, Parquet, JSON records, GeoJSON, GeoPackage, KML, KMZ, zipped Shapefile,
    FlatGeobuf; and one of these in a gzip or zip archive. What it is
    comes from the content, not from the name. `limit` is the largest file that is taken, in bytes.
    Files from strangers are for `read_apart`. So are workbooks and what GDAL reads, whoever they
    are from: a sheet of two cells can end the process that reads it
    (https://github.com/tafia/calamine/issues/693).

    Raises
    ------
    TableError
        There is no table in it, or it is too large; says why and what to do.
    """
    check_size(len(data), limit, name)
    apart = partial(read_apart, memory=WORKBOOK_MEMORY, seconds=WORKBOOK_SECONDS)
    return read_content(data, name, limits, apart)


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
