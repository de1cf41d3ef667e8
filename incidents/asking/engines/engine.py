"""What an engine is to the store: tables of a version, open, and statements that it runs."""

from collections.abc import Iterator
from typing import Protocol

import ibis
import pyarrow as pa

from incidents.table.own_columns import OwnColumn


class Tables(Protocol):
    """The tables of one version, open for questions from many threads at once.

    Attributes
    ----------
    own
        The own columns of its table, which its incidents have besides.
    size
        Bytes of memory that they take here, about.
    """

    own: tuple[OwnColumn, ...]
    size: int

    def table(self, name: str) -> ibis.Table:
        """One of them by its name, for the thread that asks."""


class Engine(Protocol):
    """Runs the expressions over tables that it has opened.

    Whatever engines do in different ways (the order of what is missing, the division of whole
    numbers, the first day of a week, letters without their marks) is levelled by how each of them
    writes its statements: the answers are the same.
    """

    @property
    def name(self) -> str:
        """Its name and version, as the page About has it."""

    def read(self, expression: ibis.Table) -> pa.Table:
        """All rows of an expression, its columns named and typed as Ibis has them.

        Raises
        ------
        DamagedError
            The tables have been damaged since they were opened.
        TableError
            They cannot be asked now.
        """

    def read_batches(self, expression: ibis.Table, size: int) -> Iterator[pa.RecordBatch]:
        """The same in pieces of about so many rows; it raises the same."""
