"""Moving averages: full windows of full weeks only."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from incidents.asking.time.averages import MOST_POINTS, average_weeks

MONDAY = date(2021, 7, 5)


def weeks_of(*counts: int, below: bool = False) -> pd.DataFrame:
    rows = [(MONDAY + timedelta(weeks=n), below, each) for n, each in enumerate(counts) if each]
    frame = pd.DataFrame(rows, columns=["start", "below", "incidents"])
    return frame.astype({"incidents": "Int64"})


def span_of(days: int, before: int = 0) -> tuple[date, date]:
    return MONDAY - timedelta(before), MONDAY + timedelta(days - 1)


# incidents per week; days known from the first Monday on; window; averages
CASES = [
    ("no value until the window is full", (4, 0, 0, 4, 8), 35, 4, [2.0, 3.0]),
    ("a week without incidents is 0", (4, 0), 14, 2, [2.0]),
    ("a week that is not over does not count", (4, 4, 4), 20, 2, [4.0]),
    ("zeros up to the end", (4,), 28, 2, [2.0, 0.0, 0.0]),
    ("too few weeks", (4, 4, 4), 21, 4, []),
    ("one week", (3, 5), 14, 1, [3.0, 5.0]),
]


@pytest.mark.parametrize(("counts", "days", "window", "averages"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])  # fmt: skip
def test_averages(counts: tuple[int, ...], days: int, window: int, averages: list[float]) -> None:
    line = average_weeks(weeks_of(*counts), span_of(days), window, "week")
    assert line["average"].tolist() == averages
    ends = [MONDAY + timedelta(weeks=window + n) for n in range(len(averages))]
    assert line["end"].tolist() == ends


def test_a_first_week_that_was_not_wholly_monitored_is_left_out() -> None:
    line = average_weeks(weeks_of(9, 4), (MONDAY + timedelta(1), MONDAY + timedelta(13)), 1, "week")
    assert line["average"].tolist() == [4.0]


UNITS = [("day", 1.0), ("week", 7.0), ("month", 30.4375), ("quarter", 91.3125), ("year", 365.25)]


@pytest.mark.parametrize(("step", "average"), UNITS)
def test_in_the_unit_of_the_bars(step: str, average: float) -> None:
    line = average_weeks(weeks_of(7, 7, 7, 7), span_of(28), 4, step)
    assert line["average"].tolist() == pytest.approx([average])


def test_strikes_have_a_line_of_their_own() -> None:
    weeks = pd.concat([weeks_of(2, 4), weeks_of(0, 6, below=True)])
    line = average_weeks(weeks, span_of(14), 2, "week")
    assert line[["below", "average"]].values.tolist() == [[False, 3.0], [True, 3.0]]


@pytest.mark.parametrize("span", [span_of(28), (MONDAY, MONDAY)])
def test_no_incident_has_no_line(span: Any) -> None:
    assert average_weeks(weeks_of(), span, 4, "week").empty


def test_a_long_line_is_thinned() -> None:
    line = average_weeks(weeks_of(1), span_of(7 * 5 * MOST_POINTS), 4, "week")
    assert len(line) <= MOST_POINTS
