"""Packed files: one table in a zip or gzip archive, unpacked no further than a limit."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from pathlib import PurePosixPath

from incidents.intake.reading.sizes import Limits, check_unpacked
from incidents.table.errors import TableError
from incidents.table.sentences import list_some

GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the latter is an archive without files

_PIECE = 1 << 20
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What lies beside a table: descriptions, licences, and what operating systems add.
_ASIDE = ("readme", "license", "licence", "copying", "changelog", "datapackage")
_ASIDE_ENDINGS = (".md", ".pdf", ".html", ".htm", ".xml", ".docx", ".doc", ".png", ".jpg")


def unpack_gzip(data: bytes, name: str, limits: Limits) -> bytes:
    """Unpack a gzip file of one or more parts.

    Raises
    ------
    TableError
        It is damaged, cut off, or unpacks to more than `limits` allow.
    """
    pieces: list[bytes] = []
    size = 0
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
        while True:
            try:
                piece = packed.read(_PIECE)
            except (OSError, EOFError, zlib.error):
                raise _damaged(name) from None
            if piece == b"":
                return b"".join(pieces)
            size += len(piece)
            check_unpacked(size, limits, name)
            pieces.append(piece)


def is_zipped_workbook(data: bytes) -> bool:
    """Whether a zip archive is a spreadsheet of its own (XLSX, XLSB, ODS)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except MemoryError:
        raise
    except Exception:  # damaged archives raise many kinds
        return False
    return "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= set(names)


def check_zip(data: bytes, name: str, limits: Limits) -> None:
    """Refuse a zip archive whose files say that they unpack to more than `limits` allow.

    Raises
    ------
    TableError
        They do.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_unpacked(sum(each.file_size for each in archive.infolist()), limits, name)


def unpack_zip(data: bytes, name: str, limits: Limits) -> tuple[bytes, str, list[str]]:
    """Unpack the one table of a zip archive: its bytes, its name, the names that were passed over.

    Read-me files and the like are passed over by name.

    Raises
    ------
    TableError
        There is no table or more than one, it is damaged or has a password, or it unpacks to
        more than `limits` allow.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            table, others = _choose(archive, name)
            if table.flag_bits & 1:
                raise TableError(f"{name} has a password. Unpack it and choose the table inside.")
            if table.compress_type not in _PLAIN_METHODS:
                raise TableError(
                    f"{name} is packed in an unusual way. Unpack it and choose the table inside."
                )
            check_unpacked(table.file_size, limits, name)
            with archive.open(table) as packed:
                content = packed.read(limits.unpacked + 1)
    except (TableError, MemoryError):
        raise
    except Exception:  # damaged archives raise many kinds
        raise _damaged(name) from None
    check_unpacked(len(content), limits, name)
    return content, table.filename, others


def _choose(archive: zipfile.ZipFile, name: str) -> tuple[zipfile.ZipInfo, list[str]]:
    files = [each for each in archive.infolist() if not each.is_dir()]
    tables = [each for each in files if not _is_aside(each.filename)]
    if len(files) == 1:
        tables = files
    if not tables:
        raise TableError(f"{name} holds no table. Choose a file with a table in it.")
    if len(tables) > 1:
        listed = list_some([each.filename for each in tables])
        raise TableError(
            f"{name} holds more than one file: {listed}. Unpack it and choose one of them."
        )
    return tables[0], [each.filename for each in files if each is not tables[0]]


def _is_aside(filename: str) -> bool:
    path = PurePosixPath(filename.lower())
    is_hidden = path.name.startswith(".") or "__macosx" in path.parts
    return is_hidden or path.name.startswith(_ASIDE) or path.suffix in _ASIDE_ENDINGS


def _damaged(name: str) -> TableError:
    return TableError(
        f"{name} cannot be opened as a packed file or spreadsheet: it is damaged or cut off. "
        "Download or save it again."
    )
