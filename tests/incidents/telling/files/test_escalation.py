"""Escalation as JSON."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from incidents.asking.escalation.answer import read_escalation
from incidents.asking.filters import Filters
from incidents.asking.store import Store
from incidents.table.columns import ATTACK, STRIKE
from incidents.telling.files.escalation import to_json

JULY = (date(2021, 7, 1), date(2021, 7, 31))


def test_as_json(make_store: Callable[..., Store]) -> None:
    def happen(day: int, direction: str, **more: Any) -> dict[str, Any]:
        return {
            "date": f"2021-07-{day:02d}",
            "date_precision": "day",
            "direction": direction,
            **more,
        }

    store = make_store(
        happen(3, ATTACK), happen(4, ATTACK), happen(5, STRIKE), happen(6, ATTACK, response_to="C")
    )
    told = json.loads(json.dumps(to_json(read_escalation(store, Filters(), JULY))))
    assert told["known"] == ["2021-07-01", "2021-07-31"]
    assert told["aftermath"]["strikes"][0] == {
        "strike": "C", "day": "2021-07-05", "incidents": ["C"], "same_day": [0, 0],
        "before": None, "after": [1, 1], "share": pytest.approx(6 / 25)}  # fmt: skip
    assert told["incidents"]["D"]["direction"] == ATTACK
    assert told["notes"]
