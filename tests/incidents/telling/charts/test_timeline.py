"""The drawn timeline. Looks are for eyes; here is what must not be wrong."""

from datetime import date
from typing import Any

import altair
import pandas as pd
import pytest

from incidents.asking.time.averages import average_weeks
from incidents.asking.time.timeline import Timeline
from incidents.table.sentences import STEPS
from incidents.telling.charts.timeline import draw_timeline
from tests.incidents.telling.charts.test_timeline_marks import count, intervals

HOSTILE = "<img src=x onerror=alert(1)>"
SPAN = (date(2021, 7, 1), date(2021, 8, 31))
COLOURS = {"rocket attack": "#a00", "air strike": "#0a0", "other": "#888", "": "#888"}


def make(step: str, bars: pd.DataFrame, lines: pd.DataFrame | None = None) -> Timeline:
    vague = intervals() if lines is None else lines
    return Timeline(step, bars, vague, int(vague["incidents"].sum()))


def check(chart: dict[str, Any]) -> None:
    """Raise unless a chart is in the words of Vega-Lite, and leaves telling to its `alt`."""
    assert chart["config"]["mark"]["aria"] is False
    spec = {key: value for key, value in chart.items() if key != "datasets"}
    altair.LayerChart.from_dict(spec, validate=True)
    assert {each["data"]["name"] for each in chart["layer"] if "data" in each} == set(
        chart["datasets"]
    )


def list_data(chart: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for rows in chart["datasets"].values() for row in rows.to_dict("records")]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("brush", [None, "span"])
def test_timeline_draws(step: str, brush: str | None) -> None:
    counts = count(
        (date(2021, 7, 1), "rocket attack", "attack on coalition", 3),
        (date(2021, 7, 1), "air strike", "strike by coalition", 1),
        (date(2021, 8, 1), None, None, 2),
        (date(2021, 8, 1), HOSTILE, "other", 2),
    )
    dates = (date(2021, 8, 1), date(2021, 8, 5))
    chart = draw_timeline(make(step, counts), COLOURS, SPAN, dates, brush)
    check(chart)
    rows = [row for row in list_data(chart) if "incidents" in row]
    assert sum(row["incidents"] for row in rows) == 8
    assert {row["type"] for row in rows} == {"rocket attack", "air strike", "not stated", HOSTILE}
    assert [row["chosen"] for row in rows if row["type"] == HOSTILE] == [True]
    names = [each["name"] for each in chart.get("params", []) if each["name"] == "span"]
    assert names == ([] if brush is None else ["span"])


@pytest.mark.parametrize("step", STEPS)
def test_timeline_of_nothing(step: str) -> None:
    check(draw_timeline(make(step, count()), COLOURS, SPAN))


def test_a_type_keeps_its_colour_when_others_are_filtered_away() -> None:
    def paint(*types: str) -> dict[str, str]:
        counts = count(*((date(2021, 7, 1), each, "other", 1) for each in types))
        layers = draw_timeline(make("day", counts), COLOURS, SPAN)["layer"]
        scale = layers[0]["encoding"]["color"]["scale"]
        return dict(zip(scale["domain"], scale["range"], strict=True))

    assert paint("air strike") == {"air strike": "#0a0"}
    assert paint("other", "air strike", HOSTILE) == {
        "air strike": "#0a0",
        "other": "#888",
        HOSTILE: "#888",
    }


BAR = count((date(2021, 7, 1), "other", "other", 1))


def test_no_strip_without_intervals() -> None:
    chart = draw_timeline(make("day", BAR), COLOURS, SPAN)
    assert chart["layer"][0]["encoding"]["y"]["scale"]["range"][1] == 0


@pytest.mark.parametrize("height", [128, 300])
def test_intervals_stand_above_the_bars(height: int) -> None:
    lines = intervals((1, 31, 9), (5, 9, 3), (5, 12, 2))
    chart = draw_timeline(make("day", BAR, lines), COLOURS, SPAN, height=height)
    strip = chart["layer"][0]["encoding"]["y"]["scale"]["range"][1]
    marks = [each["mark"] for each in chart["layer"] if each["mark"]["type"] == "rect"]
    assert len(marks) == (2 if height == 128 else 3)
    assert all(mark["y2"] < strip <= height / 4 for mark in marks)
    told = {row["when"]: row["incidents"] for row in list_data(chart) if "lane" in row}
    assert told["1–31 Jul 2021"] == 9


@pytest.mark.parametrize(("first", "is_shaded"), [(1, False), (8, True)])
def test_days_not_monitored_are_shaded(first: int, is_shaded: bool) -> None:
    monitored = (date(2021, 7, first), date(2021, 8, 31))
    chart = draw_timeline(make("day", BAR), COLOURS, SPAN, monitored=monitored)
    check(chart)
    texts = [each["mark"].get("text") for each in chart["layer"]]
    assert ("not monitored" in texts) is is_shaded
    assert [row["when"] for row in list_data(chart) if "share" in row] == (
        ["1–7 Jul 2021"] * is_shaded
    )


def test_averages_of_strikes_hang_below_and_are_told_as_positive() -> None:
    weeks = pd.DataFrame(
        {"start": [date(2021, 7, 5)] * 2, "below": [False, True], "incidents": [4, 2]}
    )
    averages = average_weeks(weeks, SPAN, 4, "week")
    chart = draw_timeline(make("week", BAR), COLOURS, SPAN, averages=averages)
    check(chart)
    rows = [row for row in list_data(chart) if "average" in row]
    assert {(row["what"], row["average"], row["said"]) for row in rows} >= {
        ("others", 1, 1),
        ("strikes by coalition", -0.5, 0.5),
    }
    assert rows[0]["until"] == "1 Aug 2021"


def test_both_sides_of_the_line_share_no_colour() -> None:
    counts = count(
        (date(2021, 7, 1), "air strike", "other", 1),
        (date(2021, 7, 1), "air strike", "strike by coalition", 1),
    )
    chart = draw_timeline(make("day", counts), COLOURS, SPAN, ink="#123456")
    encoding = chart["layer"][0]["encoding"]
    scale = encoding["color"]["scale"]
    told = dict(zip(scale["domain"], scale["range"], strict=True))
    assert told == {"air strike": "#0a0", "strikes by the coalition": "rgba(18, 52, 86, 0.38)"}
    above = {row["shown"] for row in list_data(chart) if row.get("top", 0) > 0}
    below = {row["shown"] for row in list_data(chart) if row.get("top", 0) < 0}
    assert (above, below) == ({"air strike"}, {"strikes by the coalition"})
    # The legend says what hangs below.
    assert "below the line" in encoding["color"]["legend"]["labelExpr"]
    assert {row["type"] for row in list_data(chart) if "shown" in row} == {"air strike"}


def test_the_legend_names_no_strikes_where_there_are_none() -> None:
    scale = draw_timeline(make("day", BAR), COLOURS, SPAN)["layer"][0]["encoding"]["color"]["scale"]
    assert scale["domain"] == ["other"]


def test_filters_change_nothing_but_the_rows() -> None:
    """The browser then takes the rows into the chart that stands, and makes no new one."""
    counts = count(
        (date(2021, 7, 1), "rocket attack", "attack on coalition", 3),
        (date(2021, 7, 1), "air strike", "strike by coalition", 100),
        (date(2021, 8, 1), None, None, 2),
    )
    whole = make("day", counts, intervals((1, 31, 9), (5, 9, 3)))

    def draw(filtered: Timeline) -> dict[str, Any]:
        chart = draw_timeline(filtered, COLOURS, SPAN, whole=whole)
        return {name: part for name, part in chart.items() if name != "datasets"}

    assert draw(whole) == draw(make("day", counts[:1], intervals((5, 9, 3))))
    assert draw(whole) == draw(make("day", counts[:0]))


@pytest.mark.parametrize(("bars", "renderer"), [(2_000, "svg"), (2_001, "canvas")])
def test_many_bars_are_drawn_on_a_canvas(bars: int, renderer: str) -> None:
    counts = count(*((date(2021, 7, 1), str(number), "other", 1) for number in range(bars)))
    chart = draw_timeline(make("day", BAR), COLOURS, SPAN, whole=make("day", counts))
    assert chart["usermeta"]["embedOptions"]["renderer"] == renderer
