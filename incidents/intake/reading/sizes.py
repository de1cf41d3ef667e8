"""How large a file may be, packed and unpacked, and how large the table in it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from incidents.table.errors import TableError

MOST_COLUMNS = 5_000


@dataclass(frozen=True)
class Limits:
    """How large a file may become when it is read.

    Attributes
    ----------
    unpacked
        Bytes of what a packed file holds, and of all texts of a table.
    rows
        Rows of a table, blank ones too: a file of a thousand bytes can hold millions.
    cells
        Rows times columns, most of which a small file can leave empty.
    """

    unpacked: int
    rows: int
    cells: int


HOST = Limits(unpacked=2_000_000_000, rows=100_000_000, cells=1_000_000_000)
"""For files that whoever runs the dashboard chose."""
STRANGERS = Limits(unpacked=500_000_000, rows=3_000_000, cells=50_000_000)
"""For files that anybody may bring: about what can be read in 1.5 GB."""


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


def check_unpacked(size: int, limits: Limits, name: str) -> None:
    """Refuse a file that unpacks to more than the limit, as decompression bombs do.

    Raises
    ------
    TableError
        Says the limit and what to do.
    """
    if size > limits.unpacked:
        raise TableError(
            f"{name} unpacks to more than {limits.unpacked / 1e6:,g} MB. "
            "Split the table into smaller files."
        )


def is_within(rows: int, columns: int, limits: Limits) -> bool:
    """Whether a table has no more rows, columns and cells than it may."""
    return columns <= MOST_COLUMNS and rows <= limits.rows and rows * columns <= limits.cells


def check_shape(rows: int, columns: int, limits: Limits, name: str) -> None:
    """Refuse a table of too many rows, columns or cells.

    Raises
    ------
    TableError
        Says the number of rows and columns, and what to do.
    """
    if columns > MOST_COLUMNS:
        raise TableError(
            f"{name} has {columns:,} columns, and at most {MOST_COLUMNS:,} are read. Delete the "
            "columns that are not needed, or turn the table if its rows are the columns."
        )
    if not is_within(rows, columns, limits):
        raise TableError(
            f"{name} has {rows:,} rows and {columns:,} columns, which is too large to read. "
            "Delete empty rows and columns, or split the table."
        )


def _say_size(size: int) -> str:
    return f"{math.ceil(size / 1e5) / 10:,.1f} MB"
