"""Charts: what is drawn from a few counts. Looks are for eyes; here is what must not be wrong."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from incidents.charts import draw_ranges, draw_timeline, stack_bars

HOSTILE = "<img src=x onerror=alert(1)>"
SPAN = (date(2021, 7, 1), date(2021, 8, 31))
TYPES = ("rocket attack", "air strike", "other")
COLOURS = {"rocket attack": "#a00", "air strike": "#0a0", "other": "#888", "": "#888"}


def count(*rows: tuple[Any, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["start", "type", "direction", "incidents"])
    return frame.astype({"type": "str", "direction": "str", "incidents": "Int64"})


def list_data(chart: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for rows in chart["datasets"].values() for row in rows]


@pytest.mark.parametrize("step", ["day", "week", "month"])
@pytest.mark.parametrize("brush", [None, "span"])
def test_timeline_draws(step: str, brush: str | None) -> None:
    counts = count(
        (date(2021, 7, 1), "rocket attack", "attack on coalition", 3),
        (date(2021, 7, 1), "air strike", "strike by coalition", 1),
        (date(2021, 8, 1), None, None, 2),
        (date(2021, 8, 1), HOSTILE, "other", 2),
    )
    chart = draw_timeline(
        counts, step, COLOURS, SPAN, (date(2021, 8, 1), date(2021, 8, 5)), brush
    ).to_dict()
    rows = [row for row in list_data(chart) if "incidents" in row]
    assert sum(row["incidents"] for row in rows) == 8
    assert {row["type"] for row in rows} == {"rocket attack", "air strike", "not stated", HOSTILE}
    assert [row["chosen"] for row in rows if row["type"] == HOSTILE] == [True]
    names = [each["name"] for each in chart.get("params", []) if each["name"] == "span"]
    assert names == ([] if brush is None else ["span"])


@pytest.mark.parametrize("step", ["day", "week", "month"])
def test_timeline_of_nothing(step: str) -> None:
    assert draw_timeline(count(), step, COLOURS, SPAN).to_dict()["layer"]


def test_bars_outside_the_dates_are_pale() -> None:
    counts = count(*((date(2021, 7, day), "other", "other", 1) for day in (1, 2, 3)))
    rows = list_data(draw_timeline(counts, "day", COLOURS, SPAN, (date(2021, 7, 2),) * 2).to_dict())
    assert [row["chosen"] for row in rows if "chosen" in row] == [False, True, False]


def test_a_type_keeps_its_colour_when_others_are_filtered_away() -> None:
    def paint(*types: str) -> dict[str, str]:
        counts = count(*((date(2021, 7, 1), each, "other", 1) for each in types))
        layers = draw_timeline(counts, "day", COLOURS, SPAN).to_dict()["layer"]
        scale = layers[0]["encoding"]["color"]["scale"]
        return dict(zip(scale["domain"], scale["range"], strict=True))

    assert paint("air strike") == {"air strike": "#0a0"}
    assert paint("other", "air strike", HOSTILE) == {
        "air strike": "#0a0",
        "other": "#888",
        HOSTILE: "#888",
    }


def sums(by: str, *rows: tuple[Any, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[by, "low", "high", "unknown", "open"])
    return frame.astype({"low": "Int64", "high": "Int64"})


@pytest.mark.parametrize("by", ["month", "type", "group"])
def test_ranges_draw(by: str) -> None:
    first: Any = date(2021, 7, 1) if by == "month" else HOSTILE
    second: Any = date(2021, 8, 1) if by == "month" else None
    totals = sums(by, (first, 1, 3, 0, True), (second, None, None, 2, False))
    text = str(draw_ranges(totals, by, "People killed", "#111", "#222").to_dict())
    assert "1–3 or more" in text and "(+ 2 unknown)" in text
    assert ("Jul 2021" if by == "month" else HOSTILE) in text


@pytest.mark.parametrize("by", ["month", "type"])
def test_ranges_of_nothing(by: str) -> None:
    assert draw_ranges(sums(by), by, "People killed", "#111", "#222").to_dict()["layer"]


def test_strikes_hang_below_the_line_and_nothing_overlaps() -> None:
    strike = "strike by coalition"
    counts = count(
        (date(2021, 7, 1), "other", "other", 1),
        (date(2021, 7, 1), "rocket attack", "attack on coalition", 3),
        (date(2021, 7, 1), "air strike", strike, 2),
        (date(2021, 7, 1), "other", strike, 1),
    )
    bars = stack_bars(counts, "day", TYPES, None)
    spans = bars[["type", "bottom", "top"]].values.tolist()
    assert spans == [
        ["rocket attack", 0, 3],
        ["other", 3, 4],
        ["air strike", 0, -2],
        ["other", -2, -3],
    ]
