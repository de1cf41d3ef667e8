"""The grade of an incident: the rule as a table of cases, and its reasons in words."""

from itertools import permutations
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.intake.grading.grades import RULES, explain_grade, grade_incidents
from incidents.table.columns import GRADES
from incidents.table.sentences import GRADE_MARKS
from incidents.table.voices import mark_voices
from tests.incidents.intake.grading.graded import CASES, PLACED, THREE, Row, claim, report
from tests.incidents.kept_reports import keep_reports


@pytest.mark.parametrize(("incident", "reports", "claims", "grade"), CASES.values(), ids=CASES)
def test_grade(incident: Row, reports: list[Row], claims: list[Row], grade: str | None) -> None:
    explained = explain_grade({**PLACED, **incident}, keep_reports(reports), claims)
    assert explained.grade == grade
    assert explained.reasons and all(each.endswith(".") for each in explained.reasons)


@pytest.mark.parametrize(("incident", "reports", "claims", "grade"), CASES.values(), ids=CASES)
def test_order_of_reports_and_claims_is_nothing(
    incident: Row, reports: list[Row], claims: list[Row], grade: str | None
) -> None:
    rows = {**PLACED, **incident}
    assert explain_grade(rows, keep_reports(reports[::-1]), claims[::-1]).grade == grade


def frames(*cases: tuple[Row, list[Row], list[Row], str | None]) -> tuple[pd.DataFrame, ...]:
    """All cases in one table, each with its own id, typed as the validator types them."""
    incidents, reports, claims = [], [], []
    for n, (incident, told, said, _) in enumerate(cases):
        mine = {"incident": f"A{n}"}
        incidents.append({**PLACED, **incident, **mine})
        for row in told:
            links = ";".join(f"{n}{each}" for each in (row["supersedes"] or "").split(";") if each)
            reports.append({"denied_by": None, **row, **mine, "report": f"{n}{row['report']}",
                            "supersedes": links})  # fmt: skip
        claims += [{**row, **mine, "report": f"{n}{row['report']}"} for row in said]
    table = pd.DataFrame(incidents, index=pd.RangeIndex(2, len(incidents) + 2, name="row"))
    days = {"date": "datetime64[s]", "date_end": "datetime64[s]", "sources": "Int64"}
    texts = {"incident": "str", "precision": "str", "date_precision": "str"}
    return (
        table.astype(days | texts),
        mark_voices(pd.DataFrame(reports).astype("str")),
        pd.DataFrame(claims).astype({"low": "Int64", "high": "Int64"}),
    )


def test_all_cases_at_once_are_graded_as_each_alone() -> None:
    incidents, reports, claims = frames(*CASES.values())
    grades = grade_incidents(incidents, reports, claims)
    assert list(grades.index) == list(incidents.index)
    assert grades.name == "grade"
    expected = [case[3] for case in CASES.values()]
    assert [None if pd.isna(grade) else grade for grade in grades] == expected


def test_no_row_of_any_table() -> None:
    incidents, reports, claims = (frame.iloc[:0] for frame in frames(*CASES.values()))
    assert grade_incidents(incidents, reports, claims).tolist() == []


def test_reports_and_claims_of_others_change_nothing() -> None:
    incidents, reports, claims = frames(CASES["three"], CASES["none and one"])
    alone = grade_incidents(incidents.iloc[:1], reports, claims)
    assert alone.tolist() == ["confirmed"]


def test_every_grade_has_a_mark_and_a_rule() -> None:
    assert set(GRADE_MARKS) == set(RULES) == set(GRADES)
    assert {case[3] for case in CASES.values()} == {*GRADES, None}


REASONS = {
    "three": [
        "3 independent publishers report it.",
        "Of 3 independent publishers that name a day, 3 give 7 Jul 2021, or a day beside it.",
        "Its place is known to the site.",
    ],
    "nor parties": [
        "2 independent publishers report it.",
        "Not counted as independent, parties to the conflict: SANA.",
        "Of 2 independent publishers that name a day, 2 give 7 Jul 2021, or a day beside it.",
        "Its place is known to the site.",
    ],
    "a party can": [
        "Killed: one publisher says none, another at least 1.",
        "3 independent publishers report it.",
        "Not counted as independent, parties to the conflict: SANA.",
        "Of 3 independent publishers that name a day, 3 give 7 Jul 2021, or a day beside it.",
        "Its place is known to the site.",
    ],
    "more than twice": [
        "Killed: one publisher says at most 4, another at least 9.",
        "3 independent publishers report it.",
        "Of 3 independent publishers that name a day, 3 give 7 Jul 2021, or a day beside it.",
        "Its place is known to the site.",
    ],
    "partisan outlets alone": [
        "No independent publisher reports it.",
        "Not counted as independent, they take sides: X, Y, Z.",
        "No independent publisher names the day.",
        "Its place is known to the site.",
    ],
    "denied": [
        "Denied by the coalition, according to Reuters.",
        "3 independent publishers report it.",
        "Of 3 independent publishers that name a day, 3 give 7 Jul 2021, or a day beside it.",
        "Its place is known to the site.",
    ],
    "known to the district": [
        "3 independent publishers report it.",
        "Of 3 independent publishers that name a day, 3 give 7 Jul 2021, or a day beside it.",
        "Its place is known to the district only.",
    ],
    "no report, no number": ["The table has no report on it, and no number of sources."],
    "no report, a month": [
        "The table counts 12 sources, but has no report: who they are cannot be checked.",
        "Its day is not exactly known.",
        "Its place is known to the site.",
    ],
}


@pytest.mark.parametrize("case", REASONS)
def test_reasons(case: str) -> None:
    incident, reports, claims, _ = CASES[case]
    found = explain_grade({**PLACED, **incident}, keep_reports(reports), claims)
    assert list(found.reasons) == REASONS[case]


ARTICLE = {
    "IQ-2021-07-07-AIN-AL-ASAD-1": "confirmed",
    "IQ-2021-07-08-BAGHDAD-GREEN-ZONE-1": "confirmed",
    "SY-2021-06-28-AL-BUKAMAL-1": "contested",
}


@pytest.mark.parametrize(("incident", "grade"), ARTICLE.items())
def test_incidents_of_the_article(shipped: Any, incident: str, grade: str) -> None:
    store = shipped.store
    found = store.find_incident(incident)
    explained = explain_grade(found, store.find_reports(incident), store.find_claims(incident))
    assert explained.grade == grade


def test_what_contests_28_june(shipped: Any) -> None:
    incident = "SY-2021-06-28-AL-BUKAMAL-1"
    store = shipped.store
    rows = store.find_incident(incident), store.find_reports(incident), store.find_claims(incident)
    assert explain_grade(*rows).reasons[:3] == (
        "Killed: one publisher says at most 4, another at least 9.",
        "Fighters killed: one publisher says at most 4, another at least 9.",
        "Civilians killed: one publisher says at most 1, another at least 4.",
    )


families = st.sampled_from(["AFP", "AP", "Reuters", "TASS", "Xinhua"])
RANK = {grade: n for n, grade in enumerate(("weak", "fair", "confirmed"))}


@settings(max_examples=30)
@given(told=st.lists(families, min_size=1, max_size=6), more=families)
def test_one_more_report_that_agrees_never_lowers_the_grade(told: list[str], more: str) -> None:
    rows = [report(family, report=f"{n}") for n, family in enumerate(told)]
    before = explain_grade(PLACED, keep_reports(rows), []).grade
    rows.append(report(more, report="more"))
    after = explain_grade(PLACED, keep_reports(rows), []).grade
    assert RANK[after or ""] >= RANK[before or ""]


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.sampled_from(["AFP", "AP", "Reuters"]), st.integers(0, 9), st.integers(0, 9)),
        max_size=4,
    )
)
def test_contested_is_what_two_publishers_cannot_both_mean(
    said: list[tuple[str, int, int]],
) -> None:
    claims = [claim(who, min(pair), max(pair)) for who, *pair in said]
    ranges: dict[str, tuple[int, int]] = {}
    for who, *pair in said:
        low, high = ranges.get(who, (9, 0))
        ranges[who] = (min(low, *pair), max(high, *pair))
    apart = any(2 * high < low for (_, high), (low, _) in permutations(ranges.values(), 2))
    assert (explain_grade(PLACED, keep_reports(THREE), claims).grade == "contested") == apart
