"""Escalation as JSON."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from incidents.asking.escalation.answer import Escalation


def to_json(escalation: Escalation) -> dict[str, Any]:
    """The answer of ``/api/escalation``; unknown is null, a range is a list of two numbers."""
    told = asdict(escalation)
    for strike in told["aftermath"]["strikes"]:
        strike["incidents"] = told["parts"][strike["strike"]]
    del told["parts"]
    json: dict[str, Any] = _to_json(told | {"notes": escalation.notes})
    return json


def _to_json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _to_json(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_to_json(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
