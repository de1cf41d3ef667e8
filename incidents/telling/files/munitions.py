"""Munitions as JSON and as CSV: the same rows."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pyarrow as pa

from incidents.asking.exports import rows_to_csv
from incidents.asking.munitions.answer import MUNITION_COLUMNS, MunitionRows

_TYPES: dict[str, pa.DataType] = {
    name: pa.float64() if name in ("rate_low", "rate_high")
    else pa.bool_() if name == "is_rest" or name.endswith("_open")
    else pa.int64()
    for name in MUNITION_COLUMNS[1:]
}  # fmt: skip


def to_json(munitions: MunitionRows) -> dict[str, Any]:
    """The answer of ``/api/munitions``; unknown is null."""
    return asdict(munitions)


def to_csv(munitions: MunitionRows) -> Iterator[bytes]:
    """The rows as CSV; see `incidents.asking.exports.rows_to_csv`."""
    return rows_to_csv(munitions.rows, MUNITION_COLUMNS, _TYPES)
