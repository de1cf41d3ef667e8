"""The tables of one snapshot, open for questions: Ibis over an engine."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import ibis
import pandas as pd
import pyarrow as pa

from incidents.asking.answers import Answers
from incidents.asking.conditions import choose_claims
from incidents.asking.engines.duck import DUCKDB, DuckTables
from incidents.asking.engines.engine import Engine, Tables
from incidents.asking.extents import Extent, ask_extent, is_far, make_extent
from incidents.asking.filters import Filters, to_expression
from incidents.asking.own_tables import FindOwn

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
AT_ONCE = 16
"""Pages for which is asked ahead at once; further ones ask for themselves, and none stands in line:
a server with much to do has no time for what may not be asked."""
Table = ibis.Table
"""Rows that are asked for, not yet read; what `Store.select` gives and the queries take."""

_AHEAD = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="ahead")
"""Threads that stay: to start one takes 5 ms, as it must first have its turn."""
_FREE = threading.BoundedSemaphore(AT_ONCE)

OpenTables = Callable[[Path, FindOwn | None], Tables]
"""Opens the tables of the version in a folder."""


class Store:
    """One snapshot's tables. Safe to use from many threads at once; nothing is ever written.

    It is closed when the last who holds it, or an expression of it, lets go: never while somebody
    reads. So nothing that lasts holds one but `incidents.asking.open_stores.OpenStores`.

    Parameters
    ----------
    folder
        Folder of the snapshot: one Parquet file per table of `TABLES`, and the database made
        from them, see `open_database`.
    answers
        Where its answers are kept; None for its own.
    find_own
        Finds its own columns when the database is made; None where nobody looks for them.
    open_tables
        Opens its tables in an engine.

    Attributes
    ----------
    own
        The own columns of its table, which its incidents have besides.
    """

    def __init__(
        self,
        folder: Path,
        answers: Answers | None = None,
        find_own: FindOwn | None = None,
        open_tables: OpenTables = DuckTables,
    ) -> None:
        self.folder = folder
        self._answers = Answers() if answers is None else answers
        self._tables = open_tables(folder, find_own)
        self.own, self.size = self._tables.own, self._tables.size

    def table(self, name: str) -> ibis.Table:
        """One table of `TABLES`, for the thread that asks."""
        return self._tables.table(name)

    @property
    def engine(self) -> str:
        """Name and version of what answers."""
        return find_engine(self.incidents).name

    @property
    def incidents(self) -> ibis.Table:
        """All incidents, one row each: columns of `incidents.table.columns` and the match's."""
        return self.table("incidents")

    def select(self, filters: Filters) -> ibis.Table:
        """The incidents that the filters ask for. Nothing is run."""
        return to_expression(filters, self.incidents)

    def ask(
        self,
        question: Callable[Concatenate["Store", Asked], Answer],
        *given: Asked.args,
        **named: Asked.kwargs,
    ) -> Answer:
        """Answer of ``question(store, …)``; kept for others, so not to be changed."""
        key = (self.folder, question, given, tuple(named.items()))
        return self._answers.get(key, lambda: question(self, *given, **named))

    def find_answer(
        self, question: Callable[Concatenate["Store", ...], Answer], *given: object
    ) -> Answer | None:
        """The answer of ``ask(question, …)`` if it is kept, or None."""
        found: Answer | None = self._answers.find((self.folder, question, given, ()))
        return found

    def ask_ahead(self, *questions: Callable[["Store"], object], patience: float = 0.0) -> None:
        """Have these asked by `ask`, in order; who asks the same waits for it, or hears why not.

        Waits for all of them so many seconds at the most: what is drawn in one go is drawn sooner
        than bit by bit. Where `AT_ONCE` others are at it, nothing is asked.
        """

        def ask_all() -> None:
            try:
                for question in questions:
                    with suppress(Exception):
                        question(self)
            finally:
                _FREE.release()

        if _FREE.acquire(blocking=False):
            wait([_AHEAD.submit(ask_all)], timeout=patience)

    def count(self, filters: Filters) -> tuple[int, int]:
        """Number of incidents that the filters ask for, and of those that have a point."""
        # Asked for with every window of the map, and the same for all of them.
        return self.ask(_count, filters)

    def count_far(self, filters: Filters) -> int:
        """Of the placed incidents, those that `is_far` tells."""
        return self.ask(_count_far, filters) if self.extent.far else 0

    @property
    def extent(self) -> Extent:
        """What the table holds at the most; asked once."""
        return self.ask(_read_extent)

    def find_incident(self, incident: str, basis: str = "range") -> dict[str, Any] | None:
        """One incident as a dict with None for what is unknown, or None if there is no such id.

        `basis` says which claims its ranges show, see `choose_claims`.
        """
        found = self.incidents.filter(self.incidents.incident == incident).limit(1)
        rows = read_rows(choose_claims(found, basis))
        return rows[0] if rows else None

    def find_reports(self, incident: str) -> list[dict[str, Any]]:
        """The reports on one incident, earliest publication first, undated last."""
        reports = self.table("reports")
        return read_rows(
            reports.filter(reports.incident == incident).order_by(
                [reports.published.asc(nulls_first=False), reports.report]
            )
        )

    def find_claims(self, incident: str) -> list[dict[str, Any]]:
        """The claims on one incident in the order of the table."""
        claims = self.table("claims")
        return read_rows(claims.filter(claims.incident == incident))

    def list_values(self, column: str, most: int) -> list[str]:
        """Distinct values of a text column, most frequent first, then by name; at most so many."""
        incidents = self.incidents
        counted = (
            incidents.filter(incidents[column].notnull())
            .group_by(incidents[column])
            .aggregate(n=ibis._.count())
            .order_by([ibis.desc("n"), column])
        )
        return [str(row[column]) for row in read_rows(counted.limit(most))]

    def find_values(self, column: str, values: Sequence[str]) -> set[str]:
        """Those of the values that occur in a text column."""
        incidents = self.incidents
        rows = incidents.filter(incidents[column].isin(values)).select(column).distinct()
        return {str(row[column]) for row in read_rows(rows)}


def _count(store: Store, filters: Filters) -> tuple[int, int]:
    chosen = store.select(filters)
    row = read_rows(chosen.aggregate(total=chosen.count(), placed=chosen.lat.count()))[0]
    return row["total"], row["placed"]


def _count_far(store: Store, filters: Filters) -> int:
    chosen = store.select(filters)
    return read_count(chosen.filter(is_far(chosen)))


def _read_extent(store: Store) -> Extent:
    return make_extent(read_rows(ask_extent(store.incidents))[0])


def find_engine(expression: ibis.Table) -> Engine:
    """Who runs an expression: the engine that has opened its tables."""
    engine: Engine = getattr(expression.get_backend(), "engine", DUCKDB)
    return engine


def read_table(expression: ibis.Table) -> pa.Table:
    """Run an expression.

    Raises
    ------
    DamagedError
        The database has been damaged since it was opened.
    TableError
        There is too little memory, or room on the disk.
    """
    return find_engine(expression).read(expression)


def read_count(expression: ibis.Table) -> int:
    """How many rows an expression has."""
    return int(read_rows(expression.aggregate(n=expression.count()))[0]["n"])


def read_rows(expression: ibis.Table) -> list[dict[str, Any]]:
    """Run an expression; rows as dicts, what is missing as None."""
    rows: list[dict[str, Any]] = read_table(expression).to_pylist()
    return rows


def read_frame(expression: ibis.Table) -> pd.DataFrame:
    """Run an expression; a frame with nullable integers, so that unknown never becomes 0 or NaN."""
    frame: pd.DataFrame = read_table(expression).to_pandas(types_mapper=_find_dtype)
    return frame


def read_batches(expression: ibis.Table, size: int) -> Iterator[pa.RecordBatch]:
    """Run an expression and hand its rows out in pieces of about `size`.

    It has a connection to itself: the pieces are taken one by one, on any thread, while the
    connection of the thread that asked answers other questions, each of which would end this one.
    """
    return find_engine(expression).read_batches(expression, size)


def _find_dtype(arrow_type: Any) -> Any:
    return pd.Int64Dtype() if pa.types.is_integer(arrow_type) else None
