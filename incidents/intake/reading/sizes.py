"""How large a file may be, packed and unpacked."""

from __future__ import annotations

import math

from incidents.table.errors import TableError

LARGEST_UNPACKED = 1_000_000_000
"""Bytes that a packed file may hold; also the cells of a table, each of which takes a byte."""


def check_size(size: int, limit: int | None, name: str) -> None:
    """Refuse a file of more than `limit` bytes before it is read.

    Raises
    ------
    TableError
        Says the size, the limit and what to do.
    """
    if limit is not None and size > limit:
        raise TableError(
            f"{name} is {_say_size(size)} large, and the limit is {limit / 1e6:,g} MB. "
            "Split the table, pack it with gzip or zip, or ask the host to raise the limit."
        )


def check_unpacked(size: int, limit: int, name: str) -> None:
    """Refuse a file that unpacks to more than `limit` bytes, as decompression bombs do.

    Raises
    ------
    TableError
        Says the limit and what to do.
    """
    if size > limit:
        raise TableError(
            f"{name} unpacks to more than {limit / 1e6:,g} MB. Split the table into smaller files."
        )


def check_cells(rows: int, columns: int, limit: int, name: str) -> None:
    """Refuse a table of more than `limit` cells, most of which a small file can leave empty.

    Raises
    ------
    TableError
        Says the number of rows and columns, and what to do.
    """
    if rows * columns > limit:
        raise TableError(
            f"{name} has {rows:,} rows and {columns:,} columns, which is too large to read. "
            "Delete empty rows and columns, or split the table."
        )


def _say_size(size: int) -> str:
    return f"{math.ceil(size / 1e5) / 10:,.1f} MB"
