"""The API's answer and its CSV hold the same numbers; unknown is null and an empty cell."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from incidents.asking.casualties.answer import Casualties, list_columns, read_casualties
from incidents.asking.filters import Filters
from incidents.asking.store import Store
from incidents.table.sentences import BASIS, BYS
from incidents.telling.files.casualties import to_csv, to_json

MakeStore = Callable[..., Store]


def read_csv(told: Casualties) -> list[dict[str, str]]:
    text = b"".join(to_csv(told)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def write_cell(value: Any) -> str:
    """A value of the JSON as it stands in the CSV."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


@pytest.mark.parametrize("basis", BASIS)
@pytest.mark.parametrize("by", BYS)
def test_json_and_csv_say_the_same(shipped: Any, by: str, basis: str) -> None:
    told = read_casualties(shipped.store, Filters(basis=basis), by)
    rows = json.loads(json.dumps(to_json(told)))["rows"]
    assert read_csv(told) == [{name: write_cell(row[name]) for name in row} for row in rows]
    assert len(rows) == len(told.rows)


def test_unknown_is_null_and_an_empty_cell(make_store: MakeStore) -> None:
    told = read_casualties(make_store({"type": "x"}), Filters(), "type")
    (row,), (cells,) = to_json(told)["rows"], read_csv(told)
    assert (row["low"], row["high"], row["unknown"]) == (None, None, 1)
    assert (cells["low"], cells["high"], cells["unknown"]) == ("", "", "1")


def test_a_formula_stays_text(make_store: MakeStore) -> None:
    told = read_casualties(make_store({"actor": "=1+1"}), Filters(), "actor")
    assert read_csv(told)[0]["value"] == "'=1+1"
    assert to_json(told)["rows"][0]["value"] == "=1+1"


@pytest.mark.parametrize("by", BYS)
def test_of_no_incident_the_csv_has_its_header(make_store: MakeStore, by: str) -> None:
    told = read_casualties(make_store(), Filters(), by)
    header = b"".join(to_csv(told)).decode("utf-8-sig").splitlines()[0]
    assert header.replace('"', "").split(",") == list(list_columns(by))
