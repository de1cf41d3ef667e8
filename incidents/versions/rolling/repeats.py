"""What is told of rows whose id came before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from incidents.asking.differences import IDS
from incidents.table.problems import problems_at

_AT_ONCE = 200_000


def tell_repeated(part: str, paths: Sequence[Path]) -> Iterator[pd.DataFrame]:
    """A problem for each of the rows that `incidents.asking.rolled.joining.find_repeated` found."""
    for path in paths:
        for batch in pq.ParquetFile(path).iter_batches(_AT_ONCE):
            rows = batch.to_pandas()
            for file, own in rows.groupby("file", sort=True):
                own = own.sort_values("row")
                first = [
                    "a row that came before" if not name else f"row {row} of {name}"
                    for name, row in zip(own["first_file"], own["first_row"], strict=True)
                ]
                yield problems_at(
                    "id_brought_before", str(file), own["row"], IDS[part], own["id"],
                    first=first,
                )  # fmt: skip
