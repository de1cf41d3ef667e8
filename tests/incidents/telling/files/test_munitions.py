"""Munitions as files: JSON and CSV say the same."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from incidents.asking.filters import Filters
from incidents.asking.munitions.answer import BY, read_munitions
from incidents.asking.store import Store
from incidents.table.sentences import BASIS
from incidents.telling.files.munitions import to_csv, to_json


@pytest.mark.parametrize("basis", BASIS)
@pytest.mark.parametrize("by", BY)
def test_json_and_csv_say_the_same(shipped: Any, by: str, basis: str) -> None:
    told = read_munitions(shipped.store, Filters(basis=basis), by)
    rows = json.loads(json.dumps(to_json(told)))["rows"]
    text = b"".join(to_csv(told)).decode("utf-8-sig")
    cells = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(cells) == len(rows) > 0
    for row, written in zip(rows, cells, strict=True):
        for name, value in row.items():
            if isinstance(value, bool):
                assert written[name] == str(value).lower()
            elif isinstance(value, float):
                assert float(written[name]) == pytest.approx(value)
            else:
                assert written[name] == ("" if value is None else str(value))


def test_a_formula_stays_text(make_store: Callable[..., Store]) -> None:
    store = make_store({"weapon": "=1+1", "launched_min": 4, "launched_max": 4})
    assert b"'=1+1" in b"".join(to_csv(read_munitions(store, Filters())))
