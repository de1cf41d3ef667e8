"""The drawn timeline. Looks are for eyes; here is what must not be wrong."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as Xml

import pandas as pd
import pytest

from incidents.asking.time.averages import average_weeks
from incidents.asking.time.steps import find_start
from incidents.asking.time.timeline import Timeline
from incidents.table.palette import STRIKES
from incidents.table.sentences import STEPS
from incidents.telling.charts.timeline import Chart, count_lanes, draw_timeline
from incidents.telling.charts.timeline_tips import list_tips
from tests.incidents.telling.charts.test_timeline_marks import count, intervals

HOSTILE = "<img src=x onerror=alert(1)>"
SPAN = (date(2021, 7, 1), date(2021, 8, 31))
TYPES = ("rocket attack", "air strike", "other")


def make(step: str, bars: pd.DataFrame, lines: pd.DataFrame | None = None, **own: Any) -> Chart:
    vague = intervals() if lines is None else lines
    timeline = Timeline(step, bars, vague, int(vague["incidents"].sum()))
    return Chart(timeline, TYPES, SPAN, **own)


def parse(chart: Chart, is_high: bool = False) -> Xml.Element:
    """The figure; it raises where a text is no text."""
    return Xml.fromstring(draw_timeline(chart, is_high))


def find(figure: Xml.Element, name: str, class_: str) -> list[Xml.Element]:
    return [each for each in figure.iter(name) if class_ in each.get("class", "").split()]


def measure(path: str) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of the bars of a path."""
    bars = re.findall(r"M([\d.-]+) ([\d.-]+)h([\d.]+)v(\d+)h-[\d.]+z", path)
    assert path == "".join(re.findall(r"M[^z]*z", path))
    return [tuple(map(float, bar)) for bar in bars]  # type: ignore[misc]


COUNTS = count(
    (date(2021, 7, 1), "rocket attack", "attack on coalition", 3),
    (date(2021, 7, 1), "air strike", "strike by coalition", 1),
    (date(2021, 8, 1), None, None, 2),
    (date(2021, 8, 1), HOSTILE, "other", 2),
)


@pytest.mark.parametrize("step", STEPS)
def test_every_incident_is_in_a_bar_of_its_step(step: str) -> None:
    starts = [find_start(day, step) for day in COUNTS["start"]]
    chart = make(step, COUNTS.assign(start=starts))
    figure = parse(chart)
    drawn = [each for each in figure.iter("path") if "z" in each.get("d", "")]
    bars = {each[0].text: measure(each.get("d", "")) for each in drawn}
    assert {name: sum(bar[3] for bar in held) for name, held in bars.items()} == {
        "rocket attack": 3,
        STRIKES: 1,
        "not stated": 2,
        HOSTILE: 2,
    }
    zero = float(find(figure, "path", "line")[0].get("d", "").split()[1].partition("h")[0])
    # What hangs begins where the others end.
    assert bars[STRIKES][0][1] == zero
    assert bars["rocket attack"][0][1] + bars["rocket attack"][0][3] == zero
    start, end = chart.axis
    for held in bars.values():
        for left, top, width, height in held:
            assert left >= 0 and left + width <= (end - start).days
            assert top >= 0 and height > 0


def test_the_days_outside_the_chosen_ones_are_pale() -> None:
    chart = make("day", COUNTS, dates=(date(2021, 8, 1), date(2021, 8, 5)))
    drawn = [each for each in parse(chart).iter("path") if "z" in each.get("d", "")]
    assert [each.get("class") for each in drawn] == [
        "type-0 pale",
        "strikes pale",
        "type-other",
        "type-other",
    ]


@pytest.mark.parametrize("step", STEPS)
def test_timeline_of_nothing(step: str) -> None:
    chart = make(step, count())
    figure = parse(chart)
    assert "No incidents." in find(figure, "svg", "marks")[0].get("aria-label", "")
    assert list_tips(chart)["steps"] == []


def test_a_type_keeps_its_colour_and_the_legend_its_entries_when_others_are_filtered_away() -> None:
    whole = make("day", COUNTS).timeline
    few = count((date(2021, 7, 2), "air strike", "other", 1))
    figure = parse(make("day", few, whole=whole))
    entries = [(each[0].get("class"), each[1].text) for each in figure.iter("li")]
    assert entries == [
        ("type-0", "rocket attack"),
        ("type-other", "not stated"),
        ("type-other", HOSTILE),
        ("strikes", f"{STRIKES}, below the line"),
    ]
    assert [each.get("class") for each in find(figure, "path", "type-1")] == ["type-1"]


BAR = count((date(2021, 7, 1), "other", "other", 1))


@pytest.mark.parametrize(("is_high", "lanes"), [(False, 2), (True, 3)])
def test_intervals_stand_in_lanes_and_are_told(is_high: bool, lanes: int) -> None:
    lines = intervals((1, 31, 9), (5, 9, 3), (5, 12, 2))
    chart = make("day", BAR, lines, lanes=count_lanes(is_high))
    figure = parse(chart, is_high)
    assert f"lanes-{lanes}" in figure.get("class", "")
    drawn = find(figure, "rect", "interval")
    assert len({each.get("y") for each in drawn}) == len(drawn) == lanes
    assert drawn[0].get("x") == "0%"
    assert drawn[0].get("width") == "50%"
    told = list_tips(chart)["lanes"]
    assert [(lane, first, last) for lane, first, last, _ in told][:2] == [(0, 0, 31), (1, 4, 9)]
    assert told[0][3][0] == "Some time in 1–31 Jul 2021: 9 incidents"


def test_no_lanes_without_intervals() -> None:
    figure = parse(make("day", BAR))
    assert figure.get("class") == "bars"
    assert not find(figure, "svg", "lanes")


@pytest.mark.parametrize(("first", "is_shaded"), [(1, False), (8, True)])
def test_days_not_monitored_are_shaded(first: int, is_shaded: bool) -> None:
    monitored = (date(2021, 7, first), date(2021, 8, 31))
    chart = make("day", BAR, monitored=monitored)
    shades = [(each.get("x"), each.get("width")) for each in find(parse(chart), "rect", "gap")]
    assert shades == [("0", "7")] * is_shaded
    told = [(0, 7, "Not monitored: 1–7 Jul 2021")] * is_shaded
    assert list_tips(chart)["gaps"] == told


def test_averages_of_strikes_hang_below_and_are_told_as_positive() -> None:
    weeks = pd.DataFrame(
        {"start": [date(2021, 7, 5)] * 2, "below": [False, True], "incidents": [4, 2]}
    )
    chart = make("week", BAR, averages=average_weeks(weeks, SPAN, 4, "week"))
    figure = parse(chart)
    zero = float(find(figure, "path", "line")[0].get("d", "").split()[1].partition("h")[0])
    heights = [
        {float(point.split()[1]) for point in each.get("d", "")[1:].split("L")}
        for each in find(figure, "path", "mean")
    ]
    assert [max(zero - each for each in line) for line in heights] == [1, 0]
    assert [min(zero - each for each in line) for line in heights] == [0, -0.5]
    told = dict(list_tips(chart)["means"])
    end = (date(2021, 8, 2) - chart.axis[0]).days
    assert told[end] == (
        "Mean per week, weeks up to 1 Aug 2021: 1 (others), 0.5 (strikes by coalition)"
    )


def test_the_pointer_is_told_each_type_of_its_step() -> None:
    tips = list_tips(make("month", COUNTS))
    assert tips["days"] == 62
    assert [step[:3] for step in tips["steps"]] == [[0, 31, "Jul 2021"], [31, 62, "Aug 2021"]]
    assert [[tips["words"][word], n] for word, n in tips["steps"][0][3]] == [
        ["rocket attack, attack on coalition", 3],
        ["air strike, strike by coalition", 1],
    ]
    assert [n for _, n in tips["steps"][1][3]] == [2, 2]
    # Of one direction only, it says nothing.
    assert list_tips(make("month", BAR))["words"] == ["other"]


def test_the_axis_is_that_of_all_days_whatever_is_filtered() -> None:
    whole = make("day", COUNTS)
    few = replace(whole, timeline=replace(whole.timeline, bars=BAR))
    days = [find(parse(each), "svg", "days")[0] for each in (whole, few)]
    assert Xml.tostring(days[0]) == Xml.tostring(days[1])


def test_counts_of_millions_are_exact() -> None:
    many = count(
        (date(2021, 7, 1), "other", "other", 123_456_789), (date(2021, 7, 1), "air strike", "a", 1)
    )
    figure = parse(make("day", many))
    (bar,), (small,) = (
        measure(find(figure, "path", name)[0].get("d", "")) for name in ("type-2", "type-1")
    )
    assert bar[3] == 123_456_789
    assert small[1:] == (bar[3], small[2], 1)
    assert bar[1] == 0
    assert find(figure, "text", "count")[-1].text == "100M"


def test_a_day_has_room_for_its_bar() -> None:
    counts = count(*((SPAN[0] + timedelta(days=n), "other", "other", 1) for n in range(62)))
    bars = measure(find(parse(make("day", counts)), "path", "type-2")[0].get("d", ""))
    assert [bar[0] for bar in bars] == list(range(62))
    assert all(0 < bar[2] < 1 for bar in bars)
