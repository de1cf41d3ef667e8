"""A period against the one before: what counts, and when there is no comparison."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from incidents.asking.figures import Total
from incidents.asking.store import Store
from incidents.asking.time import trends as module
from incidents.asking.time.trends import (
    MOST_PLACES,
    NOTHING,
    PlaceChange,
    compare_periods,
    find_obstacle,
    list_periods,
    say_change,
    say_range_change,
)
from incidents.table.sentences import UNKNOWN

MakeStore = Callable[..., Store]
SPAN = (date(2021, 1, 1), date(2021, 7, 31))
JULY = (date(2021, 7, 1), date(2021, 7, 10))
JUNE = (date(2021, 6, 21), date(2021, 6, 30))


def make_rows(day: str, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"incident": f"{day} {n}", "date": day, **row} for n, row in enumerate(rows)]


def test_incidents_and_ranges_of_both_periods(make_store: MakeStore) -> None:
    store = make_store(
        *make_rows("2021-07-01", {"killed_min": 2, "killed_max": 5}, {}),
        *make_rows("2021-07-10", {"killed_min": 1, "killed_max": 1, "wounded_min": 3}),
        *make_rows("2021-06-30", {"killed_min": 1, "killed_max": 2}),
        *make_rows("2021-06-21", {}),
        *make_rows("2021-06-20", {"killed_min": 90, "killed_max": 90}),
        *make_rows("2021-07-11", {"killed_min": 90, "killed_max": 90}),
    )
    (trend,) = compare_periods(store.incidents, JULY, SPAN, True)
    assert (trend.dates, trend.before, trend.obstacle) == (JULY, JUNE, "")
    assert (trend.now.incidents, trend.earlier.incidents) == (3, 2)
    assert trend.now.killed == Total(3, 6, 1, False)
    assert trend.now.wounded == Total(3, 3, 2, True)
    assert trend.earlier.killed == Total(1, 2, 1, False)
    assert trend.earlier.wounded == Total(None, None, 2, False)


def test_an_operation_counts_once_in_each_period(make_store: MakeStore) -> None:
    part = {"operation": "O", "killed_min": 4, "killed_max": 9}
    store = make_store(
        *make_rows("2021-07-01", part, part | {"killed_max": 4}),
        *make_rows("2021-06-30", part),
    )
    (trend,) = compare_periods(store.incidents, JULY, SPAN, True)
    assert trend.now.killed == trend.earlier.killed == Total(4, 9, 0, False)


def test_an_incident_across_the_border_is_in_both_and_told(make_store: MakeStore) -> None:
    store = make_store(
        {"date": "2021-06-30", "date_end": "2021-07-01"},
        {"date": "2021-06-01", "date_end": "2021-07-31", "date_precision": "month"},
        {"date": "2021-07-10", "date_end": "2021-07-12"},
        {},
    )
    (trend,) = compare_periods(store.incidents, JULY, SPAN, True)
    assert (trend.now.incidents, trend.earlier.incidents, trend.shared) == (4, 2, 2)


def test_governorates_by_the_size_of_the_change(make_store: MakeStore) -> None:
    store = make_store(
        *make_rows("2021-07-01", *[{"gov": "Anbar"}] * 3, {"gov": "Basra"}, {}),
        *make_rows("2021-06-30", {"gov": "Anbar"}, *[{"gov": "Erbil"}] * 4, {"gov": "Basra"}),
    )
    (trend,) = compare_periods(store.incidents, JULY, SPAN, True)
    assert trend.places == [
        PlaceChange("Erbil", 0, 4),
        PlaceChange("Anbar", 3, 1),
        PlaceChange(None, 1, 0),
        PlaceChange("Basra", 1, 1),
    ]
    assert trend.more == 0


def test_governorates_beyond_the_list_are_counted(make_store: MakeStore) -> None:
    rows = make_rows("2021-07-01", *({"gov": f"G{n}"} for n in range(MOST_PLACES + 3)))
    (trend,) = compare_periods(make_store(*rows).incidents, JULY, SPAN, True)
    assert (len(trend.places), trend.more) == (MOST_PLACES, 3)


def test_quiet_periods(make_store: MakeStore) -> None:
    (trend,) = compare_periods(make_store().incidents, JULY, SPAN, True)
    assert (trend.now, trend.earlier, trend.places) == (NOTHING, NOTHING, [])
    assert trend.obstacle == ""


def test_latest_weeks_where_no_dates_are_chosen() -> None:
    assert list_periods(None, SPAN) == {
        "Last 4 weeks": (date(2021, 7, 4), date(2021, 7, 31)),
        "Last 52 weeks": (date(2020, 8, 2), date(2021, 7, 31)),
    }
    assert list_periods(JULY, SPAN) == {"Chosen dates": JULY}


def test_each_of_the_latest_periods_stands_for_itself(make_store: MakeStore) -> None:
    store = make_store(
        *make_rows("2021-07-31", {"gov": "Anbar"}),
        *make_rows("2021-06-10", {"gov": "Erbil"}, {"gov": "Erbil"}),
        *make_rows("2019-09-01", *[{"gov": "Basra"}] * 3),
    )
    span = (date(2019, 1, 1), date(2021, 7, 31))
    weeks, year = compare_periods(store.incidents, None, span, True)
    assert (weeks.now.incidents, weeks.earlier.incidents) == (1, 2)
    assert (year.now.incidents, year.earlier.incidents) == (3, 3)
    assert [place.gov for place in weeks.places] == ["Erbil", "Anbar"]
    assert [place.gov for place in year.places] == ["Basra", "Erbil", "Anbar"]


OBSTACLES = [
    ("all monitored", JULY, SPAN, True, ""),
    ("from the very first day", (date(2021, 1, 11), date(2021, 1, 20)), SPAN, True, ""),
    ("a day too early", (date(2021, 1, 10), date(2021, 1, 19)), SPAN, True,
     "Not monitored before 1 Jan 2021: no comparison."),
    ("not stated", (date(2021, 1, 10), date(2021, 1, 19)), SPAN, False,
     "The table begins on 1 Jan 2021: no comparison."),
    ("beyond the end", (date(2021, 7, 25), date(2021, 8, 1)), SPAN, True,
     "Not monitored after 31 Jul 2021: no comparison."),
    ("beyond the last incident", (date(2021, 7, 25), date(2021, 8, 1)), SPAN, False, ""),
]  # fmt: skip


@pytest.mark.parametrize(("dates", "span", "is_stated", "words"), [c[1:] for c in OBSTACLES],
                         ids=[case[0] for case in OBSTACLES])  # fmt: skip
def test_no_comparison_with_days_that_were_not_monitored(
    dates: Any, span: Any, is_stated: bool, words: str
) -> None:
    assert find_obstacle(dates, span, is_stated) == words


def test_nothing_is_asked_where_nothing_can_be_compared(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "sum_ranges", None)
    found = compare_periods(make_store({}).incidents, None, (JULY[0], JULY[1]), True)
    assert [trend.now for trend in found] == [NOTHING, NOTHING]
    assert all("no comparison" in trend.obstacle for trend in found)


CHANGES = [
    (60, 40, "+20 (+50%)"),
    (40, 60, "−20 (−33%)"),
    (30, 20, "+10 (+50%)"),
    # Of few, a change in per cent would say more than is known.
    (30, 19, "+11"),
    (4, 6, "−2"),
    (4, 4, "no change"),
    (0, 0, "no change"),
    (3, 0, "+3"),
    (0, 30, "−30 (−100%)"),
    (0, 3, "−3"),
    (1_001_000, 1_000, "+1,000,000 (+100,000%)"),
    (1001, 1000, "+1 (less than 1%)"),
    (None, 3, UNKNOWN),
    (3, None, UNKNOWN),
]


@pytest.mark.parametrize(("now", "earlier", "words"), CHANGES)
def test_says_a_change(now: int | None, earlier: int | None, words: str) -> None:
    assert say_change(now, earlier) == words


RANGES = [
    ("single numbers", (40, 40, False), (20, 20, False), "+20 (+100%)"),
    ("ranges", (30, 90, False), (20, 40, False), "lowest +10 (+50%), highest +50 (+125%)"),
    ("few", (3, 90, False), (2, 40, False), "lowest +1, highest +50 (+125%)"),
    ("open now", (3, 9, True), (2, 4, False), "lowest +1, highest unknown"),
    ("open before", (30, 90, False), (20, 40, True), "lowest +10 (+50%), highest unknown"),
    ("only up to", (None, 90, False), (20, 40, False), "lowest unknown, highest +50 (+125%)"),
    ("nobody says", (None, None, False), (2, 4, False), UNKNOWN),
    ("the same", (2, 4, False), (2, 4, False), "no change"),
]


@pytest.mark.parametrize(("now", "earlier", "words"), [case[1:] for case in RANGES],
                         ids=[case[0] for case in RANGES])  # fmt: skip
def test_a_change_of_ranges_stays_a_range(now: Any, earlier: Any, words: str) -> None:
    def total(low: int | None, high: int | None, is_open: bool) -> Total:
        return Total(low, high, 0, is_open)

    assert say_range_change(total(*now), total(*earlier)) == words
