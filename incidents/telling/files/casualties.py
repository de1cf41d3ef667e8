"""Casualties as JSON and as CSV: the same rows."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

import pyarrow as pa

from incidents.asking.casualties.answer import Casualties, list_columns
from incidents.asking.casualties.over_time import UNTIL
from incidents.asking.casualties.parties import SAID
from incidents.asking.casualties.rows import SUMS
from incidents.asking.exports import rows_to_csv

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
    """The rows as CSV; see `incidents.asking.exports.rows_to_csv`."""
    return rows_to_csv(casualties.rows, list_columns(casualties.by), _TYPES)
