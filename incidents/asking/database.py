"""The DuckDB file of one snapshot: made from its Parquet files, and opened to be asked."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import duckdb

from incidents.asking.derived import CODED, EXTRA, MONTH, TOPS, add_codes, add_other
from incidents.asking.older_tables import add_missing, add_voices
from incidents.asking.own_tables import FindOwn, list_own
from incidents.table.columns import (
    CLAIM_COLUMNS,
    COLUMNS,
    REPORT_COLUMNS,
)
from incidents.table.errors import DamagedError, TableError, say_cause
from incidents.table.kept_files import (
    DRAFT,
    STALE,
    find_scratch,
    hash_file,
    list_names,
    make_draft,
    measure,
)
from incidents.table.own_columns import OwnColumn, OwnTable
from incidents.table.voices import RULE

Config = dict[str, str | bool | int | float | list[str]]

MEMORY = 400_000_000
"""Most bytes of memory that the tables of one version take; what does not fit stays on disk."""
MEMORY_TO_BUILD = 800_000_000
GROUP_BITS = 16
"""Bits of the codes by which rows are grouped, up to which each group has a place of its own."""
UNPACKED = 4
"""Bytes of a database for each byte of the snapshot, about."""
SMALL = 8_000_000
"""Bytes of a database below which no question needs the disk, or threads of its own."""

TABLES = ("incidents", "reports", "claims", "problems")
_SQL_TYPES = {"date": "DATE", "number": "DOUBLE", "count": "BIGINT"}
_TYPED = {
    name: {column.name: _SQL_TYPES.get(column.type, "VARCHAR") for column in columns}
    for name, columns in (
        ("incidents", COLUMNS), ("reports", REPORT_COLUMNS), ("claims", CLAIM_COLUMNS)
    )
}  # fmt: skip
_OWN_RULE = 1
"""To be counted up where other columns of the same sources are found."""
SCHEMA, _PLAIN_SCHEMA = (
    hashlib.sha256(f"{EXTRA}{TOPS}{MONTH}{CODED}{_TYPED}{RULE}{own}".encode()).hexdigest()[:8]
    for own in (f"{OwnColumn.__annotations__}{_OWN_RULE}", "")
)
"""A database made with other columns or by another rule is not opened, but made anew; that of a
version of which own columns are looked for, and of one where nobody does, are two."""
_HASH_LENGTH = 16
# Nothing here may fetch an extension from the network.
_OFFLINE: Config = {"autoinstall_known_extensions": "false"}


def open_database(folder: Path, find_own: FindOwn | None = None) -> duckdb.DuckDBPyConnection:
    """Open a snapshot's tables as a DuckDB database, read-only; make it first if need be.

    The Parquet files are the snapshot; the database is made from them once, to be asked faster:
    at a million rows 2 to 18 times, with a bounded memory. Its name holds its hash: one that is
    damaged, or that another version of DuckDB wrote, is made anew. Besides their columns, the
    incidents have ``mx`` and ``my``, their place on a square Web Mercator map of
    ``2 ** MERCATOR_BITS`` a side, ``area``: precision, country and governorate of those that are
    drawn as such, the top of each range, ``month_code``, codes of texts, and, if some are no
    attacks, ``is_other``. Columns that
    an older snapshot does not have are unknown in all rows, but for those that follow from others:
    they are worked out.
    What `find_own` finds are further columns of the incidents, listed in the table `OWN`.

    Raises
    ------
    DamagedError
        The snapshot's files cannot be read.
    TableError
        The database cannot be written.
    """
    begin = f"store-{_PLAIN_SCHEMA if find_own is None else SCHEMA}-"
    for path in _list_databases(folder, begin):
        # It may be gone by now: another process has found it damaged, too.
        with suppress(duckdb.Error, OSError):
            if _is_sound(path):
                return _connect(path, folder)
            path.unlink()
    try:
        # Another server may take the version away: then it stays away.
        with make_draft(folder, makes_home=False) as draft:
            built = _build_database(folder, draft, find_own)
            # Opened before it is named: nobody else can take it away before that.
            connection = _connect(built, folder)
            _keep(built, folder, begin)
            return connection
    except FileNotFoundError as error:
        raise _tell_damaged(folder) from error
    except OSError as error:
        return _hold_in_memory(folder, find_own, _tell_unwritten(folder, say_cause(error)))
    except TableError as error:
        return _hold_in_memory(folder, find_own, error)


def _hold_in_memory(
    folder: Path, find_own: FindOwn | None, why: TableError
) -> duckdb.DuckDBPyConnection:
    """The tables without a file, where the disk takes none: of a small version only.

    Raises
    ------
    TableError
        It is not small: `why`.
    DamagedError
        The snapshot's files cannot be read.
    """
    if find_size(folder) > SMALL * 2:
        raise why
    connection = duckdb.connect(":memory:", config=configure(folder.parent, folder.name, True))
    try:
        _fill(connection, folder, find_own)
    except duckdb.OutOfMemoryException:
        raise why from None
    except duckdb.Error as error:
        raise _tell_damaged(folder) from error
    return shut(connection)


def discard_database(folder: Path) -> None:
    """Remove the database of a snapshot, which can be made anew; whoever reads it goes on."""
    for path in _list_databases(folder):
        path.unlink(missing_ok=True)


def find_size(folder: Path) -> int:
    """Bytes of memory that an open database takes at the most, about."""
    sizes = []
    for path in _list_databases(folder):
        with suppress(FileNotFoundError):  # discarded by now: who has it open goes on
            sizes.append(path.stat().st_size)
    return min(max(sizes, default=UNPACKED * measure(folder)), MEMORY)


def _list_databases(folder: Path, begin: str = "store-") -> list[Path]:
    """Those whose names begin so; nothing where the version is gone by now, or cannot be read."""
    with suppress(OSError):
        names = [name for name in list_names(folder) if name.endswith(".duckdb")]
        return [folder / name for name in names if name.startswith(begin)]
    return []


def _is_sound(path: Path) -> bool:
    """Whether the file holds what was written; its name ends in hash and a word of chance."""
    *_, hashed, _ = path.stem.split("-")
    return hash_file(path).startswith(hashed)


def _connect(path: Path, folder: Path) -> duckdb.DuckDBPyConnection:
    config = configure(folder.parent, folder.name, path.stat().st_size < SMALL)
    return shut(duckdb.connect(str(path), read_only=True, config=config))


def shut(
    connection: duckdb.DuckDBPyConnection, but: Sequence[Path] = ()
) -> duckdb.DuckDBPyConnection:
    """The same, that reaches no file and no network any more, whatever it is asked.

    Its own file and its scratch it still reaches, and the files in the folders of `but`.
    """
    folders = ", ".join("'{}'".format(str(each).replace("'", "''")) for each in but)
    connection.execute(f"SET allowed_directories = [{folders}]")
    # It cannot be switched on again.
    connection.execute("SET enable_external_access = false")
    return connection


def configure(home: Path, name: str, is_small: bool) -> Config:
    """A bounded memory; what does not fit into it, unless all is small, goes to a draft of `home`.

    Raises
    ------
    OSError
        `home` cannot be written.
    """
    # Two databases must not spill into one folder.
    scratch = "" if is_small else str(find_scratch(home) / f"{name}-{uuid.uuid4().hex[:8]}")
    return {
        "memory_limit": f"{MEMORY}B",
        **({"threads": 1} if is_small else {}),
        "temp_directory": scratch,
        "perfect_ht_threshold": GROUP_BITS,
        **_OFFLINE,
    }


def _build_database(folder: Path, draft: Path, find_own: FindOwn | None = None) -> Path:
    path = draft / "store.duckdb"
    config: Config = {
        "memory_limit": f"{MEMORY_TO_BUILD}B",
        "autoinstall_known_extensions": "false",
    }
    try:
        with duckdb.connect(str(path), config=config) as database:
            _fill(database, folder, find_own)
            # Else it is written as the connection closes, which does not tell that it failed.
            database.execute("CHECKPOINT")
    except duckdb.Error as error:
        words = str(error)
        is_unwritten = draft.name in words and folder.is_dir()
        if is_unwritten or isinstance(error, duckdb.OutOfMemoryException):
            raise _tell_unwritten(folder, words.rpartition(": ")[2]) from error
        raise _tell_damaged(folder) from error
    return path


def _fill(database: duckdb.DuckDBPyConnection, folder: Path, find_own: FindOwn | None) -> None:
    own = None if find_own is None else find_own(folder)
    for name in TABLES:
        _add_table(database, folder, name, own)
    list_own(database, own)
    add_voices(database)


def _add_table(
    database: duckdb.DuckDBPyConnection, folder: Path, name: str, own: OwnTable | None
) -> None:
    source = str(folder / f"{name}.parquet").replace("'", "''")
    source = f"read_parquet('{source}')"
    if name in _TYPED:
        source = f"(SELECT *{add_missing(database, source, _TYPED[name])} FROM {source})"
    if name == "incidents":
        other = add_other(database, source)
        source = f"(SELECT *{EXTRA}{TOPS}{MONTH}{other} FROM {source})"
        source = f"(SELECT *{add_codes(database, source)} FROM {source})"
        if own is not None:
            database.register("own_cells", own.cells)
            source = f"{source} POSITIONAL JOIN own_cells"
    database.execute(f"CREATE TABLE {name} AS SELECT * FROM {source}")


def _keep(built: Path, folder: Path, begin: str) -> None:
    """Give a database its name, and remove those that nobody else may just be opening.

    No name is used twice: DuckDB would take one for another that is still open.
    """
    word = built.parent.name.removeprefix(DRAFT)
    path = folder / f"{begin}{hash_file(built)[:_HASH_LENGTH]}-{word}.duckdb"
    now = built.stat().st_mtime  # once it has its name, another may discard it
    built.rename(path)
    for old in _list_databases(folder, "store"):
        with suppress(OSError):
            if now - old.stat().st_mtime > STALE:
                old.unlink()


def _tell_damaged(folder: Path) -> DamagedError:
    return DamagedError(f'Version "{folder.name}" is damaged: a file cannot be read.')


def _tell_unwritten(folder: Path, reason: str) -> TableError:
    return TableError(f'Version "{folder.name}" cannot be prepared for questions: {reason}.')
