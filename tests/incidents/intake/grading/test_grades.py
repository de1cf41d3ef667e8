"""The grade of an incident: the rule as a table of cases, and its reasons in words."""

from datetime import date
from itertools import permutations
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.intake.grading.grades import RULES, explain_grade, grade_incidents
from incidents.table.columns import CLAIM_COLUMNS, GRADES, REPORT_COLUMNS
from incidents.table.sentences import GRADE_MARKS
from incidents.table.voices import mark_voices
from tests.incidents.kept_reports import keep_reports

Row = dict[str, Any]
PLACED: Row = {
    "incident": "A",
    "date": date(2021, 7, 7),
    "date_end": None,
    "date_precision": "day",
    "precision": "site",
    "sources": None,
}


def report(family: str, says_date: str | None = "2021-07-07", **more: Any) -> Row:
    row = {column.name: None for column in REPORT_COLUMNS}
    identity = {"report": f"r{family}{says_date}", "incident": "A", "publisher": f"{family} site"}
    return {**row, **identity, "family": family, "says_date": says_date, **more}


def claim(family: str, low: int | None, high: int | None, group: str = "all", **more: Any) -> Row:
    row = {column.name: None for column in CLAIM_COLUMNS}
    identity = {"report": f"r{family}2021-07-07", "incident": "A", "measure": "killed"}
    return {**row, **identity, "group": group, "low": low, "high": high, **more}


AFP, AP, REUTERS, TASS = (report(family) for family in ("AFP", "AP", "Reuters", "TASS"))
THREE = [AFP, AP, REUTERS]
SIDED = [report(family, stance="partisan") for family in ("X", "Y", "Z")]
SANA = report("SANA", stance="party")

CASES: dict[str, tuple[Row, list[Row], list[Row], str | None]] = {
    # How many publishers
    "one publisher": ({}, [AFP], [], "weak"),
    "two": ({}, [AFP, AP], [], "fair"),
    "three": ({}, THREE, [], "confirmed"),
    "copies of one agency are one voice": (
        {}, [AFP, *(report("AFP", report=f"copy {n}") for n in range(5))], [], "weak"),
    "without a family, the publisher is the voice": (
        {}, [report("", publisher=name, report=name) for name in ("a", "b", "c")], [], "confirmed"),
    "reports of nobody": (
        {}, [report("", publisher=None, report=str(n)) for n in range(3)], [], "weak"),
    "a superseded report is no voice": (
        {}, [AFP, report("AP", report="old"), report("Reuters", supersedes="old")], [], "fair"),
    # Who they are
    "partisan outlets are not counted": ({}, [AFP, *SIDED], [], "weak"),
    "nor parties": ({}, [AFP, AP, SANA], [], "fair"),
    "they take nothing away": ({}, [*THREE, *SIDED, SANA], [], "confirmed"),
    "partisan outlets alone": ({}, SIDED, [], "weak"),
    "an agency in a partisan outlet stays free": (
        {}, [AFP, AP, REUTERS, report("AFP", report="reprint", stance="partisan")], [],
        "confirmed"),
    # The day
    "a day beside it": ({}, [AFP, report("AP", "2021-07-08"), report("TASS", "2021-07-06")], [],
                        "confirmed"),
    "most name another day": ({}, [AFP, AP, *(report(x, "2021-07-10") for x in "abc")], [],
                              "fair"),
    "half name another day": ({}, [AFP, AP, report("a", "2021-07-10"), report("b", "2021-07-10")],
                              [], "fair"),
    "one names another day": ({}, [*THREE, report("a", "2021-07-10")], [], "confirmed"),
    "a month says nothing of the day": (
        {}, [AFP, AP, *(report(x, "2021-07") for x in "abc")], [], "confirmed"),
    "only one names the day": ({}, [AFP, report("AP", None), report("TASS", "July")], [], "fair"),
    "any of several days": (
        {"date_end": date(2021, 7, 10)}, [AFP, report("AP", "2021-07-10"), report("TASS", None)],
        [], "confirmed"),
    "known to a week": ({"date_precision": "week"}, THREE, [], "fair"),
    # The place
    "known to the town": ({"precision": "town"}, THREE, [], "confirmed"),
    "known to the district": ({"precision": "district"}, THREE, [], "fair"),
    "known to the governorate": ({"precision": "governorate"}, THREE, [], "fair"),
    "precision unknown": ({"precision": None}, THREE, [], "fair"),
    # Contradictions
    "none and one": ({}, THREE, [claim("AFP", 0, 0), claim("AP", 1, 1)], "contested"),
    "more than twice": ({}, THREE, [claim("AFP", 4, 4), claim("AP", 9, 9)], "contested"),
    "twice": ({}, THREE, [claim("AFP", 4, 4), claim("AP", 8, 8)], "confirmed"),
    "a little apart": ({}, THREE, [claim("AFP", 3, 3), claim("AP", 2, 2)], "confirmed"),
    "ranges that nearly meet": ({}, THREE, [claim("AFP", 1, 4), claim("AP", 8, 20)], "confirmed"),
    "an open top fits all above": ({}, THREE, [claim("AFP", 1, None), claim("AP", 9, 9)],
                                   "confirmed"),
    "but not what is far below": ({}, THREE, [claim("AFP", 9, None), claim("AP", 1, 1)],
                                  "contested"),
    "different groups": ({}, THREE, [claim("AFP", 0, 0, "civilians"), claim("AP", 9, 9)],
                         "confirmed"),
    "a narrower group": ({}, THREE, [claim("AFP", 1, 1, "children"),
                                     claim("AP", 4, 4, "children")], "contested"),
    "killed and wounded": ({}, THREE, [claim("AFP", 0, 0), claim("AP", 9, 9, measure="wounded")],
                           "confirmed"),
    "munitions": ({}, THREE, [claim("AFP", 4, 4, "", measure="launched"),
                              claim("AP", 30, 30, "", measure="launched")], "confirmed"),
    "one voice that changes its mind": (
        {}, [*THREE, report("AFP", report="later")],
        [claim("AFP", 0, 0), claim("AFP", 9, 9, report="later")], "confirmed"),
    "a corrected number": (
        {}, [*THREE, report("AFP", report="later", supersedes="rAFP2021-07-07")],
        [claim("AFP", 0, 0), claim("AP", 9, 9)], "confirmed"),
    "one without a number": ({}, THREE, [claim("AFP", 0, 0), claim("AP", None, None)],
                             "confirmed"),
    "a partisan outlet cannot contest": ({}, [*THREE, SIDED[0]],
                                         [claim("AFP", 1, 1), claim("X", 30, 30)], "confirmed"),
    "a party can": ({}, [*THREE, SANA], [claim("AFP", 1, 1), claim("SANA", 0, 0)], "contested"),
    "before weak": ({}, [AFP, SANA], [claim("AFP", 1, 1), claim("SANA", 0, 0)], "contested"),
    # Denials
    "denied": ({}, [AFP, AP, report("Reuters", denied_by="the coalition")], [], "contested"),
    "a denial that only a partisan outlet tells": (
        {}, [*THREE, report("X", stance="partisan", denied_by="the coalition")], [], "confirmed"),
    "a denial that was taken back": (
        {}, [AFP, AP, report("Reuters", report="old", denied_by="the coalition"),
             report("Reuters", supersedes="old")], [], "confirmed"),
    # No report in the table
    "no report, no number": ({}, [], [], None),
    "no report, none": ({"sources": 0}, [], [], "weak"),
    "no report, one": ({"sources": 1}, [], [], "weak"),
    "no report, two": ({"sources": 2}, [], [], "fair"),
    "no report, many": ({"sources": 12}, [], [], "fair"),
    "no report, a month": ({"sources": 12, "date_precision": "month"}, [], [], "weak"),
    "no report, a governorate": ({"sources": 12, "precision": "governorate"}, [], [], "weak"),
    "its reports count, not its number": ({"sources": 12}, [AFP], [], "weak"),
}  # fmt: skip


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
