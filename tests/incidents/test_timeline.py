"""The timeline: counts per step."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from incidents.store import Store
from incidents.timeline import choose_step, count_by_step

MakeStore = Callable[..., Store]
SPANS = [(0, "day"), (45, "day"), (46, "week"), (400, "week"), (401, "month"), (10_000, "month")]


@pytest.mark.parametrize(("days", "step"), SPANS)
def test_step_fits_the_span(days: int, step: str) -> None:
    first = date(2021, 1, 1)
    assert choose_step(first, first + timedelta(days)) == step


def test_step_of_an_empty_table() -> None:
    assert choose_step(None, None) == "week"


STARTS = [
    ("day", [date(2021, 6, 28), date(2021, 7, 4), date(2021, 7, 5)]),
    ("week", [date(2021, 6, 28), date(2021, 7, 5)]),
    ("month", [date(2021, 6, 1), date(2021, 7, 1)]),
]


@pytest.mark.parametrize(("step", "starts"), STARTS, ids=[case[0] for case in STARTS])
def test_counts_per_step(make_store: MakeStore, step: str, starts: list[date]) -> None:
    days = ["2021-07-05", "2021-07-04", "2021-06-28"]
    counts = count_by_step(make_store(*({"date": day} for day in days)).incidents, step)
    assert counts["start"].tolist() == starts
    assert counts["incidents"].sum() == 3


def test_counts_per_type_and_direction(make_store: MakeStore) -> None:
    strike = {"type": "air strike", "direction": "strike by coalition"}
    counts = count_by_step(make_store(strike, strike, {"type": "air strike"}, {}).incidents, "week")
    assert counts["incidents"].tolist() == [2, 1, 1]
    assert counts["direction"].isna().tolist() == [False, True, True]


def test_an_incident_of_several_days_counts_at_its_first(make_store: MakeStore) -> None:
    long = {"date": "2021-06-30", "date_end": "2021-07-02"}
    counts = count_by_step(make_store(long).incidents, "month")
    assert counts["start"].tolist() == [date(2021, 6, 1)]


def test_nothing_to_count(make_store: MakeStore) -> None:
    counts = count_by_step(make_store().incidents, "day")
    assert list(counts.columns) == ["start", "type", "direction", "incidents"]
    assert counts.empty
