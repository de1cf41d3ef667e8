"""A table of text on its way from the process that read it to the one that wants it."""

from __future__ import annotations

import json
from typing import IO

import numpy as np
import pandas as pd
import pyarrow as pa

from incidents.intake.reading.tables import Table

_PLAIN = ("name", "read", "encoding", "separator", "tags", "origins")


def hand_over(table: Table, out: IO[bytes]) -> None:
    """Write a table: a line of JSON, and three streams of Arrow, column by column."""
    about = {name: getattr(table, name) for name in _PLAIN}
    about["columns"] = list(table.rows.columns)
    out.write(json.dumps(about).encode() + b"\n")
    # By their number: a file may call a column anything, even as the index is called.
    columns = [
        pa.array(cells, pa.large_string(), from_pandas=True) for _, cells in table.rows.items()
    ]
    columns.append(pa.array(table.rows.index, pa.int64()))
    numbered = pa.Table.from_arrays(columns, [str(number) for number in range(len(columns))])
    for each in (numbered, _to_arrow(table.problems), _to_arrow(table.torn)):
        with pa.ipc.new_stream(pa.PythonFile(out, "w"), each.schema) as stream:
            stream.write_table(each)


def take_over(source: IO[bytes]) -> Table:
    """Read the table that `hand_over` wrote, without copying its cells."""
    about = json.loads(source.readline())
    names = about.pop("columns")
    parts = []
    for _ in range(3):
        with pa.ipc.open_stream(pa.PythonFile(source, "r")) as stream:
            parts.append(stream.read_all())
    numbered, problems, torn = parts
    index = _to_index(numbered.column(len(names)).to_numpy())
    rows = numbered.drop_columns([str(len(names))]).to_pandas()
    rows = rows.astype("str").set_axis(names, axis=1).set_axis(index)
    return Table(rows=rows, problems=problems.to_pandas(), torn=torn.to_pandas(), **about)


def _to_index(numbers: np.ndarray) -> pd.Index:
    """The numbers of rows, which rise; without gaps they need no place."""
    first, last = (int(numbers[0]), int(numbers[-1])) if len(numbers) else (0, -1)
    is_whole = last - first + 1 == len(numbers)
    return pd.RangeIndex(first, last + 1, name="row") if is_whole else pd.Index(numbers, name="row")


def _to_arrow(frame: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(frame, preserve_index=False)
