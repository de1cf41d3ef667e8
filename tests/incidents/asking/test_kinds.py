"""Kinds of filter values: what each takes, and what its schema says."""

import json
import re
from datetime import date
from typing import Any

import pytest

from incidents.asking.kinds import (
    AnyOf,
    AtLeast,
    DateRange,
    Kind,
    NumberRange,
    OneOf,
    Rectangle,
    Text,
    Word,
)

DAY = date(2021, 7, 7)
CASES: list[tuple[str, Kind, list[str], Any]] = [
    ("no date", DateRange(), [], None),
    ("one date", DateRange(), ["2021-07-07"], (DAY, DAY)),
    ("no number", NumberRange("people"), [""], None),
    ("nought", NumberRange("people"), ["0"], (0, 0)),
    ("nought and more", NumberRange("people"), ["3", "0"], (0, 3)),
    ("order is kept", AnyOf(), ["b", "a", "b"], ("b", "a")),
    ("label", AnyOf({"IQ": "Iraq"}), ["Iraq", "IQ", "SY"], ("IQ", "SY")),
    ("one of", OneOf(("low", "high")), ["low"], "low"),
    ("label of one", OneOf(("low", "high"), {"low": "Lowest"}), ["Lowest"], "low"),
    ("none of", OneOf(("low", "high")), [""], None),
    ("at least nought", AtLeast("publishers"), ["0"], 0),
    ("text", Text(), ["  a \n b "], "a b"),
    ("blank text", Text(), [" \t"], None),
    ("word", Word(), ["0a9f"], "0a9f"),
    ("bounds are rounded", Rectangle(), ["1.1234567,2,3,4"], (1.12346, 2, 3, 4)),
]


@pytest.mark.parametrize(("kind", "texts", "value"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])  # fmt: skip
def test_reads(kind: Kind, texts: list[str], value: Any) -> None:
    assert kind.parse(texts) == value
    if value is not None:
        assert kind.parse(kind.write(value)) == value


@pytest.mark.parametrize("kind", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_schema_is_plain_json(kind: Kind) -> None:
    assert json.loads(json.dumps(kind.schema)) == kind.schema


WINDOWS = [(0.0, 0.0, 0.0, 0.0), (-540.0, -90.0, 540.0, 90.0), (0.00001, -0.5, 44.12345, 1.1)]


@pytest.mark.parametrize("window", WINDOWS)
def test_bounds_are_written_as_their_schema_says(window: tuple[float, ...]) -> None:
    (text,) = Rectangle().write(window)  # type: ignore[arg-type]
    assert re.fullmatch(Rectangle.schema["pattern"], text)
    assert Rectangle().parse([text]) == window
