"""Munitions: what was launched, intercepted and impacted, and the share intercepted."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from incidents.asking.figures import Total
from incidents.asking.munitions.sums import Munitions, Rate, say_rate, sum_munitions
from incidents.asking.store import Store

MakeStore = Callable[..., Store]
Bounds = tuple[int | None, int | None]
NOBODY: Bounds = (None, None)


def fired(launched: Bounds, intercepted: Bounds, operation: str | None = None) -> dict[str, Any]:
    return {
        "launched_min": launched[0],
        "launched_max": launched[1],
        "intercepted_min": intercepted[0],
        "intercepted_max": intercepted[1],
        "operation": operation,
    }


def count(make_store: MakeStore, *rows: dict[str, Any]) -> Munitions:
    return sum_munitions(make_store(*rows).incidents)[0][1]


# launched, intercepted: impacted, share intercepted, both as the reader sees them
SINGLE = [
    ("both known", (3, 3), (1, 1), "2", "1 of 3"),
    ("ranges", (2, 3), (1, 1), "1–2", "1 of 2–3"),
    ("wide ranges", (4, 30), (2, 6), "0–28", "2–6 of 4–30"),
    ("all intercepted", (2, 2), (2, 2), "0", "2 of 2"),
    ("none intercepted", (2, 2), (0, 0), "2", "0 of 2"),
    ("up to all intercepted", (1, 3), (1, 3), "0–2", "1–3 of 1–3"),
    ("many launched", (40, 40), (10, 20), "20–30", "25–50%"),
    ("hardly any of many intercepted", (999, 999), (1, 1), "998", "<1%"),
    ("from 20 on in per cent", (20, 20), (1, 1), "19", "5%"),
    ("below 20 as counts", (19, 19), (1, 1), "18", "1 of 19"),
    ("none launched", (0, 0), (0, 0), "0", "unknown"),
    ("interception unknown", (14, 14), NOBODY, "unknown", "unknown"),
    ("launch unknown", NOBODY, (1, 1), "unknown", "unknown"),
    ("nothing known", NOBODY, NOBODY, "unknown", "unknown"),
    ("more intercepted than launched", (2, 3), (5, 5), "unknown", "unknown"),
    ("perhaps more intercepted than launched", (2, 3), (1, 5), "0–2", "1–3 of 2–3"),
    ("at least so many launched", (10, None), (2, 2), "8 or more", "unknown"),
    ("at least so many intercepted", (10, 10), (2, None), "up to 8", "unknown"),
    ("both open", (10, None), (2, None), "unknown", "unknown"),
    ("at most so many launched", (None, 5), (1, 1), "up to 4", "unknown"),
    ("at most so many intercepted", (5, 5), (None, 2), "3 or more", "unknown"),
]  # fmt: skip


def say(rate: Rate) -> str:
    return say_rate(rate.low, rate.high, rate.stopped, rate.of)


@pytest.mark.parametrize(
    ("launched", "intercepted", "impacted", "rate"),
    [case[1:] for case in SINGLE],
    ids=[case[0] for case in SINGLE],
)
def test_one_incident(
    make_store: MakeStore, launched: Bounds, intercepted: Bounds, impacted: str, rate: str
) -> None:
    found = count(make_store, fired(launched, intercepted))
    assert (found.impacted.text, say(found.rate)) == (impacted, rate)


SUMS = [
    ("two incidents", [fired((2, 3), (1, 1)), fired((4, 4), (0, 1))],
     Total(4, 6, 0, False), Rate(1 / 7, 2 / 6, (1, 2), (6, 7), 2, 0)),
    ("an unknown one adds nothing", [fired((2, 2), (1, 1)), fired((14, 14), NOBODY)],
     Total(1, 1, 1, False), Rate(0.5, 0.5, (1, 1), (2, 2), 1, 1)),
    ("nothing known", [fired((14, 14), NOBODY), fired(NOBODY, (1, 1))],
     Total(None, None, 2, False), Rate(None, None, (None, None), (None, None), 0, 2)),
    ("no incident", [], Total(None, None, 0, False),
     Rate(None, None, (None, None), (None, None), 0, 0)),
    ("an operation once", [fired((4, 4), (1, 1), "O"), fired((6, 6), (1, 3), "O")],
     Total(3, 5, 0, False), Rate(1 / 6, 3 / 6, (1, 3), (6, 6), 2, 0)),
    ("an operation beside others", [fired((4, 4), (1, 1), "O"), fired((6, 6), (1, 1), "O"),
                                    fired((2, 2), (1, 1))],
     Total(6, 6, 0, False), Rate(2 / 8, 2 / 8, (2, 2), (8, 8), 3, 0)),
    ("an operation known in part", [fired((4, 4), (1, 1), "O"), fired((6, 6), NOBODY, "O")],
     Total(3, 3, 1, False), Rate(1 / 4, 1 / 4, (1, 1), (4, 4), 1, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "impacted", "rate"), [case[1:] for case in SUMS],
                         ids=[case[0] for case in SUMS])  # fmt: skip
def test_several_incidents(
    make_store: MakeStore, rows: list[dict[str, Any]], impacted: Total, rate: Rate
) -> None:
    found = count(make_store, *rows)
    assert (found.impacted, found.rate) == (impacted, rate)


def test_launched_and_intercepted_are_summed_over_all(make_store: MakeStore) -> None:
    rows = [fired((14, 17), NOBODY), fired((2, 2), (1, 1)), fired(NOBODY, NOBODY)]
    found = count(make_store, *rows)
    assert found.launched == Total(16, 19, 1, False)
    assert found.intercepted == Total(1, 1, 2, False)


def test_by_column(make_store: MakeStore) -> None:
    rocket, drone = {"type": "rocket attack"}, {"type": "drone attack"}
    store = make_store(
        {**fired((2, 2), (1, 1)), **rocket}, {**fired((3, 3), (3, 3)), **drone},
        {**fired((5, 5), NOBODY), **rocket}, fired((7, 7), (0, 0)),
    )  # fmt: skip
    rows = sum_munitions(store.incidents, ["type"])
    told = {
        row["type"]: (row["incidents"], each.impacted.text, say(each.rate)) for row, each in rows
    }
    assert told == {
        "rocket attack": (2, "1", "1 of 2"), "drone attack": (1, "0", "3 of 3"),
        None: (1, "7", "0 of 7"),
    }  # fmt: skip


slow = settings(max_examples=10)
ends = st.none() | st.integers(0, 9)


@st.composite
def shots(draw: st.DrawFn) -> dict[str, Any]:
    pairs = []
    for _ in range(2):
        low, high = draw(ends), draw(ends)
        if low is not None and high is not None:
            low, high = sorted((low, high))
        pairs.append((low, high))
    return fired(*pairs, draw(st.sampled_from([None, None, "O"])))


@slow
@given(st.lists(shots(), max_size=6))
def test_ends_are_in_order_and_a_share_is_a_share(
    make_store: MakeStore, rows: list[dict[str, Any]]
) -> None:
    found = count(make_store, *rows)
    low, high = found.impacted.low, found.impacted.high
    assert low is None or (high is not None and 0 <= low <= high)
    assert found.rate.known + found.rate.unknown == len(rows)
    if found.rate.low is not None:
        assert found.rate.high is not None
        assert 0 <= found.rate.low <= found.rate.high <= 1


@slow
@given(
    st.lists(shots(), max_size=6),
    st.sampled_from([fired((14, 14), NOBODY), fired(NOBODY, (3, 3)), fired(NOBODY, NOBODY)]),
)
def test_what_is_unknown_on_either_side_changes_neither_impacts_nor_share(
    make_store: MakeStore, rows: list[dict[str, Any]], unknown: dict[str, Any]
) -> None:
    before, after = count(make_store, *rows), count(make_store, *rows, unknown)
    assert (after.impacted.low, after.impacted.high) == (before.impacted.low, before.impacted.high)
    assert after.impacted.unknown == before.impacted.unknown + 1
    assert (after.rate.low, after.rate.high) == (before.rate.low, before.rate.high)
    assert after.rate.unknown == before.rate.unknown + 1


@slow
@example([(0, 0, 0, 1), (0, 1, 0, 0)])
@given(st.lists(st.tuples(*[st.integers(0, 4)] * 4), min_size=1, max_size=3))
def test_the_ends_are_reached_and_never_passed(
    make_store: MakeStore, drawn: list[tuple[int, int, int, int]]
) -> None:
    """Every reading of the claims by which nothing more was intercepted than launched."""
    ranges = [(tuple(sorted(four[:2])), tuple(sorted(four[2:]))) for four in drawn]
    found = count(make_store, *(fired(*pair) for pair in ranges))
    readings = {(0, 0)}
    for (low, high), (least, most) in ranges:
        if least <= high:
            readings = {
                (of + n, stopped + k)
                for of, stopped in readings
                for n in range(low, high + 1)
                for k in range(least, most + 1)
                if k <= n
            }
    known = any(least <= high for (_, high), (least, _) in ranges)
    rests = [of - stopped for of, stopped in readings]
    expected = (min(rests), max(rests)) if known else (None, None)
    assert (found.impacted.low, found.impacted.high) == expected
    shares = [stopped / of for of, stopped in readings if of > 0]
    if found.rate.low is not None and found.rate.high is not None:
        assert found.rate.low <= min(shares) + 1e-9
        assert found.rate.high == pytest.approx(max(shares))


def test_shipped_table(shipped: Any) -> None:
    found = sum_munitions(shipped.store.incidents)[0][1]
    assert found.launched.unknown + found.rate.known <= 64
    rows = shipped.store.incidents.to_pyarrow().to_pylist()
    both = [r for r in rows if r["launched_min"] is not None and r["intercepted_min"] is not None]
    assert found.rate.known == len(both) == 64 - found.impacted.unknown
    assert found.rate.low == sum(r["intercepted_min"] for r in both) / sum(
        r["launched_max"] for r in both
    )


ARTICLE = {
    "IQ-2021-07-07-AIN-AL-ASAD-1": ("4–30", "unknown", "unknown", "unknown"),
    "IQ-2021-07-08-BAGHDAD-GREEN-ZONE-1": ("2–3", "1", "1–2", "1 of 2–3"),
    "SY-2021-06-28-AL-BUKAMAL-1": ("unknown", "unknown", "unknown", "unknown"),
}


@pytest.mark.parametrize(("incident", "texts"), ARTICLE.items())
def test_incidents_of_the_article(shipped: Any, incident: str, texts: tuple[str, ...]) -> None:
    incidents = shipped.store.incidents
    found = sum_munitions(incidents.filter(incidents.incident == incident))[0][1]
    fates = (found.launched, found.intercepted, found.impacted)
    told = (*(fate.text for fate in fates), say(found.rate))
    assert told == texts
