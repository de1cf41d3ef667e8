"""What a row of a rolled-up table has besides its columns: where it is kept and how it is found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from incidents.asking.conditions import MERCATOR_BITS, OTHER
from incidents.asking.derived import EXTRA
from incidents.table.columns import (
    CLAIM_COLUMNS,
    COLUMNS,
    OTHER_EVENT,
    REPORT_COLUMNS,
    VOICE_COLUMNS,
    Column,
)
from incidents.table.problems import PROBLEM_COLUMNS

CELL_BITS = 6
"""A cell of partitions is one of ``2 ** CELL_BITS`` a side of the map: some 500 km in Iraq."""
_CELL = MERCATOR_BITS - CELL_BITS
_NEAR = _CELL - 4
UNPLACED = -1
"""The cell of what has no point."""
ROW_GROUP = 50_000
"""Rows of a file that are skipped together where a question does not ask for them."""
PARTS = ("incidents", "reports", "claims", "problems")

_TYPES = {"date": "DATE", "number": "DOUBLE", "count": "BIGINT", "flag": "BOOLEAN"}
_MATCHED = ("row", "located_by", "match", "match_reason", "names", "file")


def _type(columns: tuple[Column, ...], *more: str) -> dict[str, str]:
    typed = {column.name: _TYPES.get(column.type, "VARCHAR") for column in columns}
    return {**typed, **{name: "BIGINT" if name == "row" else "VARCHAR" for name in more}}


SCHEMAS = {
    "incidents": _type(COLUMNS, *_MATCHED),
    "reports": _type((*REPORT_COLUMNS, *VOICE_COLUMNS), "row", "file"),
    "claims": _type(CLAIM_COLUMNS, "row", "file"),
    "problems": {**dict.fromkeys(PROBLEM_COLUMNS, "VARCHAR"), "row": "BIGINT"},
}
"""Columns of each table, and their types in the database: the same in every file."""

# Half of eight bytes of a hash: a number that has a sign in either engine.
_PRINT = "(md5_number_lower(concat_ws(chr(31), {})) // 2)::BIGINT"
_FOUND = f"""
    coalesce(date_end, date) AS last_day,
    CAST(date_trunc('month', date) AS DATE) AS month,
    CAST(date_trunc('month', date_end) AS DATE) AS end_month,
    CAST(year(date) AS INTEGER) AS year,
    CASE WHEN mx IS NULL THEN {UNPLACED}
        ELSE CAST((my >> {_CELL}) * {1 << CELL_BITS} + (mx >> {_CELL}) AS INTEGER) END AS cell"""
PRINT = "print"
"""Column of prepared rows: a number made of all that a row says. Those of a partition name it."""
ADDED = ("mx", "my", "area", OTHER, "last_day", "month", "end_month", "year", "cell")
"""Columns that incidents have besides those of `SCHEMAS`."""
HIDDEN = ("file", *ADDED[4:])
"""Columns of incidents that no question knows of."""
ORDER = ("year", "cell", f"my >> {_NEAR}", f"mx >> {_NEAR}", "date", "incident")
"""The order in which incidents are kept: what is near each other stands together."""


def write_prepared(
    tables: dict[str, pa.Table], paths: dict[str, Path]
) -> list[tuple[int, int, int]]:
    """Write the tables of one part, typed as `SCHEMAS` say, incidents with `ADDED`.

    The answer lists year and cell of the partitions that its incidents belong to, and their number.

    Where a point lies on the square map is worked out here, by the words of the ordinary database:
    two engines would round the last digit otherwise.
    """
    with duckdb.connect(config={"threads": 1, "memory_limit": "600MB"}) as database:
        for name, table in tables.items():
            database.register("given", table)
            there = set(table.column_names)
            columns = ", ".join(
                f"CAST({_quote(column) if column in there else 'NULL'} AS {kind}) AS"
                f" {_quote(column)}"
                for column, kind in SCHEMAS[name].items()
            )
            source = f"SELECT {columns} FROM given"
            if name == "incidents":
                said = ", ".join(
                    f"coalesce({_quote(each)}::VARCHAR, chr(30))"
                    for each in SCHEMAS[name]
                    if each not in ("row", "file")
                )
                source = f"SELECT *, {_PRINT.format(said)} AS {PRINT} FROM ({source})"
                is_other = f"coalesce(category = '{OTHER_EVENT}', false) AS {OTHER}"
                source = f"SELECT *{EXTRA}, {is_other} FROM ({source})"
                source = f"SELECT *, {_FOUND} FROM ({source}) ORDER BY {', '.join(ORDER)}"
            database.execute(copy_to(source, paths[name]))
            database.unregister("given")
        found = f"SELECT year, cell, count(*) FROM '{paths['incidents']}' GROUP BY ALL ORDER BY ALL"
        return database.execute(found).fetchall()


def copy_to(source: str, path: Path, by: Sequence[str] = ()) -> str:
    """The statement that writes a query into a file; into files of a folder, one for each part."""
    to = str(path).replace("'", "''")
    parts = f", PARTITION_BY ({', '.join(by)}), WRITE_PARTITION_COLUMNS true" if by else ""
    pattern = ", FILENAME_PATTERN '{uuid}'" if by else ""
    return (
        f"COPY ({source}) TO '{to}' (FORMAT parquet, COMPRESSION zstd,"
        f" ROW_GROUP_SIZE {ROW_GROUP}{parts}{pattern})"
    )


def _quote(name: str) -> str:
    return f'"{name}"'
