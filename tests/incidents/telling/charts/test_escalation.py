"""The chart of both sides, as Vega-Lite reads it."""

from datetime import date
from typing import Any

import altair as alt
import pytest

from incidents.asking.escalation.answer import Escalation, read_escalation
from incidents.asking.filters import Filters
from incidents.table.columns import ATTACK, STRIKE
from incidents.telling.charts.escalation import draw_escalation
from incidents.telling.words.escalation import describe_escalation, label_strike, say_answers

JULY = (date(2021, 7, 1), date(2021, 7, 31))
AXIS = (date(2021, 7, 1), date(2021, 8, 1))
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def told(make_store: Any) -> Escalation:
    day = {"date_precision": "day"}
    store = make_store(
        {**day, "direction": ATTACK, "place": HOSTILE},
        {**day, "direction": STRIKE, "date": "2021-07-09", "response_to": "A"},
        {**day, "direction": STRIKE, "date": "2021-07-10", "operation": "O", "gov": "Anbar"},
        {**day, "direction": STRIKE, "date": "2021-07-10", "operation": "O", "place": "Rutba"},
        {"direction": ATTACK, "date": "2021-07-01", "date_end": "2021-07-31", "response_to": "B"},
        {**day, "direction": "other", "date": "2021-07-12", "response_to": "C"},
    )
    return read_escalation(store, Filters(), JULY, step="day")


def test_bars_stand_and_hang(told: Escalation) -> None:
    spec = draw_escalation(told, AXIS, "#000000", "#ff0000")
    bars = spec["datasets"]["bars"]
    assert [(row.start.day, row.top, row.side) for row in bars.itertuples()] == [
        (7, 1, "attacks on the coalition"), (9, -1, "strikes by the coalition"),
        (10, -1, "strikes by the coalition")]  # fmt: skip


def test_lines_lead_from_what_is_answered_to_the_answer(told: Escalation) -> None:
    lines = draw_escalation(told, AXIS, "#000000", "#ff0000")["datasets"]["rows"]
    # The answer of July is of no known day: it has no line, but is told beside the chart.
    assert [(row.answered_at.day, row.answer_at.day, row.said) for row in lines.itertuples()] == [
        (7, 9, "2 days later"), (10, 12, "2 days later")]  # fmt: skip
    assert [(row["from"], row["to"]) for _, row in lines.iterrows()] == [(0.5, -0.5), (-0.5, 0)]
    assert len(say_answers(told)) == 3


def test_what_lies_outside_the_axis_is_not_drawn(told: Escalation) -> None:
    spec = draw_escalation(told, (date(2021, 7, 8), date(2021, 7, 10)), "#000000", "#ff0000")
    assert [row.start.day for row in spec["datasets"]["bars"].itertuples()] == [9]


@pytest.mark.parametrize("axis", [AXIS, (date(2021, 7, 20), date(2021, 7, 25))])
def test_is_what_vega_lite_takes(told: Escalation, axis: Any) -> None:
    spec = draw_escalation(told, axis, "#000000", "#ff0000")
    rows = {name: frame.astype(str).to_dict("records") for name, frame in spec["datasets"].items()}
    alt.LayerChart.from_dict({**spec, "datasets": rows})


def test_no_answer_can_be_picked_where_there_is_none(make_store: Any) -> None:
    store = make_store({"direction": STRIKE, "date_precision": "day"})
    spec = draw_escalation(read_escalation(store, Filters(), JULY), AXIS, "#000000", "#ff0000")
    assert (spec["params"], list(spec["datasets"])) == ([], ["bars"])


def test_in_words(told: Escalation) -> None:
    words = describe_escalation(told)
    assert words.startswith(
        "Incidents per day: 2 attacks on the coalition above the axis, 2 strikes by it below. "
    )
    assert "9 Jul 2021 · place not named answers 7 Jul 2021 · <img" in words
    assert label_strike(told, told.aftermath.strikes[1]) == "10 Jul 2021 · Anbar, Rutba"
