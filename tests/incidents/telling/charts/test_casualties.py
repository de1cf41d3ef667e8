"""Charts of casualties: what a mark stands for. Looks are for eyes."""

import json
from datetime import date
from typing import Any

import altair
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.asking.casualties.rows import Row, make_row
from incidents.asking.figures import Total
from incidents.telling.charts.bands import draw_band, draw_running
from incidents.telling.charts.bars import Bar, draw_bars
from incidents.telling.charts.grammar import Spec

HOSTILE = "<img src=x onerror=alert(1)>"
AXIS = (date(2021, 6, 1), date(2021, 9, 1))
COLOURS = ("#111111", "#2222ff")


def draw(*bars: Bar) -> Spec:
    return draw_bars(bars, *COLOURS)


def check(spec: Spec) -> Any:
    """What Streamlit sends; Altair knows whether it is Vega-Lite."""
    rows = {
        name: json.loads(frame.to_json(orient="records", date_format="iso"))
        for name, frame in spec["datasets"].items()
    }
    whole = {**spec, "datasets": rows}
    altair.LayerChart.from_dict(whole, validate=True)
    return rows["rows"]


def step(month: int, total: Total, until: Total) -> Row:
    start, end = date(2021, month, 1), date(2021, month + 1, 1)
    row = make_row({"incidents": 3, "stated": 3}, total, Total(None, None, 3, False))
    told = (until.low, until.high, until.is_open, until.unknown)
    names = ("until_low", "until_high", "until_open", "until_unknown")
    return {"start": start, "end": end, **row, **dict(zip(names, told, strict=True))}


def test_a_bar_without_a_number_has_words_and_no_length() -> None:
    rows = check(
        draw(
            Bar("a", "1–3", 1, 3, [("Range", "1–3")]),
            Bar(HOSTILE, "unknown", None, None, [("Range", "unknown")]),
            Bar("c", "0", 0, 0, [("Range", "0")]),
        )
    )
    assert [(row["low"], row["high"], row["words"]) for row in rows] == [
        (1, 3, "1–3"), (None, None, "unknown"), (0, 0, "0")]  # fmt: skip
    assert rows[1]["label"] == HOSTILE


def test_shares_are_told_in_words_and_in_no_per_cent() -> None:
    spec = draw_bars([Bar("a", "1 of 11", 0.1, 0.1, [])], *COLOURS, are_shares=True)
    (axis,) = {
        json.dumps(layer["encoding"]["x"]["axis"])
        for layer in spec["layer"]
        if "axis" in layer["encoding"].get("x", {})
    }
    assert "%" not in axis
    assert all(f"'{word}'" in axis for word in ("none", "half", "all"))
    check(spec)


def list_tests(spec: Spec) -> list[str]:
    """What each layer that stands for a number asks of its rows."""
    return [
        layer["transform"][0]["filter"]
        for layer in spec["layer"]
        if any("low" in str(each) or "high" in str(each) for each in layer["encoding"].values())
    ]


def test_only_known_numbers_are_drawn() -> None:
    rows = [step(6, Total(None, None, 3, False), Total(None, None, 3, False))]
    for spec in (
        draw(Bar("a", "unknown", None, None, [])),
        draw_band(rows, "month", AXIS, *COLOURS),
        draw_running(rows, "month", AXIS, *COLOURS),
    ):
        tests = list_tests(spec)
        # Without a test, Vega-Lite draws what is missing as 0.
        assert len(tests) >= 3
        assert all("isValid(" in test for test in tests)


def test_bands_of_steps() -> None:
    rows = [
        step(6, Total(4, 7, 0, True), Total(4, 7, 0, True)),
        step(7, Total(None, None, 3, False), Total(4, 7, 3, True)),
    ]
    told = check(draw_band(rows, "month", AXIS, *COLOURS))
    assert [(row["when"], row["range"], row["no_number"]) for row in told] == [
        ("Jun 2021", "4–7 or more", "none"), ("Jul 2021", "unknown", "3 incidents")]  # fmt: skip
    told = check(draw_running(rows, "month", AXIS, *COLOURS))
    assert [(row["low"], row["high"], row["unknown"]) for row in told] == [(4, 7, 0), (4, 7, 3)]


def test_a_running_sum_reaches_to_the_end_of_the_axis() -> None:
    spec = draw_running(
        [step(6, Total(1, 1, 0, False), Total(1, 1, 0, False))], "month", AXIS, *COLOURS
    )
    assert list(spec["datasets"]["line"]["start"]) == [
        pd.Timestamp("2021-06-01", tz="UTC"), pd.Timestamp("2021-09-01", tz="UTC")]  # fmt: skip


def test_charts_of_nothing() -> None:
    for spec in (draw(), draw_band([], "month", AXIS, *COLOURS),
                 draw_running([], "month", AXIS, *COLOURS)):  # fmt: skip
        assert check(spec) == []


bounds = st.none() | st.integers(0, 10**9)


@settings(max_examples=30)
@given(pairs=st.lists(st.tuples(bounds, bounds), min_size=1, max_size=5))
def test_unknown_is_0_in_no_chart(pairs: list[tuple[int | None, int | None]]) -> None:
    bars = [Bar("a", "b", low, high, []) for low, high in pairs]
    totals = [Total(low, high, 1, False) for low, high in pairs]
    rows = [step(6 + i, total, total) for i, total in enumerate(totals)]
    for spec in (draw(*bars), draw_band(rows, "month", AXIS, *COLOURS),
                 draw_running(rows, "month", AXIS, *COLOURS)):  # fmt: skip
        frame = spec["datasets"]["rows"]
        found = [tuple(None if pd.isna(each) else int(each) for each in pair)
                 for pair in zip(frame["low"], frame["high"], strict=True)]  # fmt: skip
        assert found == pairs


@pytest.mark.parametrize("number", [10, 100_000])
def test_long_words_leave_room_for_the_name(number: int) -> None:
    bar = Bar("name", f"{number:,} or more (+ {number:,} unknown)", number, number, [])
    limits = [layer["mark"].get("limit") for layer in draw(bar)["layer"]]
    (limit,) = [each for each in limits if each]
    assert limit["expr"].startswith("max(70, width - ")
    assert int(limit["expr"].rpartition(" ")[2].rstrip(")")) > 6 * len(bar.words)
