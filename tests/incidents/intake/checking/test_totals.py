"""Groups against the total: what exceeds it is told, and no number is changed."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.intake.checking.totals import APART, check_totals, tell_excess
from incidents.table.columns import RANGE_COLUMNS


def incident(**ranges: Any) -> pd.DataFrame:
    row = {name: ranges.get(name) for name in RANGE_COLUMNS}
    return pd.DataFrame([row]).astype("Int64").assign(row=2)


CASES = {
    "nothing is known": ({}, []),
    "the parts fit": (
        {"killed_max": 4, "civilians_killed_min": 1, "fighters_killed_min": 3}, []
    ),
    "the parts exceed the whole": (
        {"killed_max": 4, "civilians_killed_min": 2, "fighters_killed_min": 3},
        [("killed_max", "4", "at most 4 killed, but civilians, fighters add up to at least 5")],
    ),
    "one part exceeds the whole": (
        {"wounded_max": 0, "security_forces_wounded_min": 1},
        [("wounded_max", "0", "at most 0 wounded, but security forces add up to at least 1")],
    ),
    "children are civilians, too": (
        {"killed_max": 3, "civilians_killed_min": 2, "civilians_killed_max": 3,
         "children_killed_min": 2},
        [],
    ),
    "more children than civilians": (
        {"civilians_killed_max": 1, "children_killed_min": 2},
        [("civilians_killed_max", "1", "at most 1 civilians killed, but children add up to")],
    ),
    "an open top has no bound": ({"killed_min": 1, "civilians_killed_min": 5}, []),
    "only the most of a part exceeds it": ({"killed_max": 1, "civilians_killed_max": 5}, []),
}  # fmt: skip


@pytest.mark.parametrize(("ranges", "told"), CASES.values(), ids=list(CASES))
def test_cases(ranges: dict[str, int], told: list[tuple[str, str, str]]) -> None:
    problems = check_totals(incident(**ranges), "own.csv")
    assert len(problems) == len(told)
    for (_, problem), (column, value, words) in zip(problems.iterrows(), told, strict=True):
        assert (problem["row"], problem["column"], problem["value"]) == (2, column, value)
        assert words in problem["message"]


def test_of_one_incident_in_sentences() -> None:
    row = incident(wounded_max=4, civilians_wounded_min=3, fighters_wounded_min=4)
    told = tell_excess(row.astype(object).where(row.notna(), None).iloc[0].to_dict())
    assert told == [
        "At most 4 wounded, but civilians, fighters add up to at least 7; both are shown."
    ]


numbers = st.none() | st.integers(0, 5)


@given(st.fixed_dictionaries({f"{group}_killed_min": numbers for group in APART}), numbers)
def test_no_sum_exceeds_its_total_untold(parts: dict[str, int | None], top: int | None) -> None:
    problems = check_totals(incident(killed_max=top, **parts), "own.csv")
    known = [each for each in parts.values() if each is not None]
    exceeds = top is not None and bool(known) and sum(known) > top
    assert (len(problems) == 1) == exceeds
