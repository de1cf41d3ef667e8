"""Casualties as JSON and as CSV: the same rows."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

import pyarrow as pa

from incidents.casualties.answer import Casualties, list_columns
from incidents.casualties.over_time import UNTIL
from incidents.casualties.parties import SAID
from incidents.casualties.rows import SUMS
from incidents.exports import BOM, defuse, write_csv

_TYPES: dict[str, pa.DataType] = {
    **dict.fromkeys((*SUMS, *UNTIL, *SAID, "sources", "difference", "differ"), pa.int64()),
    **dict.fromkeys(("open", "until_open", "is_rest"), pa.bool_()),
    **dict.fromkeys(("share_of_low", "share_of_high"), pa.float64()),
    **dict.fromkeys(("start", "end", "date", "date_end"), pa.date32()),
}


def to_json(casualties: Casualties) -> dict[str, Any]:
    """The answer of ``/api/casualties``; unknown is null."""
    told = asdict(casualties)
    return told | {
        "rows": [
            {
                name: value.isoformat() if isinstance(value, date) else value
                for name, value in row.items()
            }
            for row in told["rows"]
        ]
    }


def to_csv(casualties: Casualties) -> Iterator[bytes]:
    """The rows as CSV, UTF-8 with BOM; unknown is an empty cell.

    A text that starts like a formula gets an apostrophe in front.
    """
    names = list_columns(casualties.by)
    columns = [
        pa.array([row[name] for row in casualties.rows], _TYPES.get(name, pa.string()))
        for name in names
    ]
    batch = defuse(pa.RecordBatch.from_arrays(columns, names=list(names)))
    yield BOM + write_csv(pa.Table.from_batches([batch]), has_header=True)
