"""Reports and claims: what is set aside, what is told, what corrects and answers what."""

import pytest

from tests.incidents.intake.checking.checked import check, tell

INCIDENTS = "incident,date,place\nA,2021,a\nB,soon,b\nC,2021,c\n"
REPORTS = "report,incident,url\nR1,A,https://example.org/1\n"
# name: text of reports, text of claims, [file, row, column, kind], ids of reports and claims
BAD_SOURCES = {
    "report of no incident": (
        "report,incident\nR1,Z\nR2,A\n",
        None,
        [["reports", 2, "incident", "incident_unknown"]],
        ["R2"],
    ),
    "report of an incident set aside": (
        "report,incident\nR1,B\n",
        None,
        [["reports", 2, "incident", "incident_unknown"]],
        [],
    ),
    "script as address": (
        "report,incident,url\nR1,A,javascript:alert(1)\n",
        None,
        [["reports", 2, "url", "url_invalid"]],
        ["R1"],
    ),
    "report without id": (
        "report,incident\n,A\n",
        None,
        [["reports", 2, "report", "value_missing"]],
        [],
    ),
    "publication at no date": (
        "report,incident,published\nR1,A,soon\nR2,A,03/04/2021\n",
        None,
        [
            ["reports", 2, "published", "date_unreadable"],
            ["reports", 3, "published", "date_ambiguous"],
        ],
        ["R1", "R2"],
    ),
    "report twice": (
        "report,incident\nR1,A\nR1,A\n",
        None,
        [["reports", 3, "report", "id_repeated"]],
        ["R1"],
    ),
    "no column of incidents": (
        "report,title\nR1,x\n",
        None,
        [["reports", None, None, "column_missing"]],
        [],
    ),
    "claim of no report": (
        REPORTS,
        "claim,report,incident,measure,group,low\nC1,R9,A,killed,all,1\n",
        [["claims", 2, "report", "report_unknown"]],
        ["R1"],
    ),
    "claim of what is not counted": (
        REPORTS,
        "claim,report,incident,measure,group,low\nC1,R1,A,eaten,all,1\n",
        [["claims", 2, "measure", "measure_unknown"]],
        ["R1"],
    ),
    "claim without group": (
        REPORTS,
        "claim,report,incident,measure,group,low\nC1,R1,A,killed,,1\nC2,R1,A,launched,,14\n",
        [["claims", 2, "group", "value_missing"]],
        ["R1", "C2"],
    ),
    "claim of an unknown group or measure": (
        REPORTS,
        "claim,report,incident,measure,group,low\nC1,R1,A,killed,n/a,1\nC2,R1,A,unknown,all,1\n",
        [
            ["claims", 2, "group", "value_missing"],
            ["claims", 3, "measure", "value_missing"],
        ],
        ["R1"],
    ),
    "claims without the column of groups": (
        REPORTS,
        "claim,report,incident,measure,low\nC1,R1,A,killed,1\nC2,R1,A,wounded,1\n"
        "C3,R1,A,launched,14\nC4,R1,A,intercepted,1\n",
        [["claims", 2, "group", "value_missing"], ["claims", 3, "group", "value_missing"]],
        ["R1", "C3", "C4"],
    ),
    "munitions with a group": (
        REPORTS,
        "claim,report,incident,measure,group,low\n"
        "C1,R1,A,launched,all,1\nC2,R1,A,launched,fighters,1\n",
        [["claims", 3, "group", "group_needless"]],
        ["R1", "C1", "C2"],
    ),
    "claim on another incident than its report": (
        REPORTS,
        "claim,report,incident,measure,group,low\nC1,R1,C,killed,all,1\nC2,R1,A,killed,all,1\n",
        [["claims", 2, "incident", "claim_elsewhere"]],
        ["R1", "C2"],
    ),
    "claim without any reports": (
        "report,incident,supersedes\n",
        "claim,report,incident,measure,group,low\nC1,R1,A,killed,all,1\n",
        [["claims", 2, "report", "report_unknown"]],
        [],
    ),
    "claim without number": (
        REPORTS,
        "claim,report,incident,measure,group,low,high\nC1,R1,A,killed,all,,\n",
        [["claims", 2, "claim", "claim_empty"]],
        ["R1"],
    ),
    "claim with low above high": (
        REPORTS,
        "claim,report,incident,measure,group,low,high\nC1,R1,A,killed,all,3,2\n",
        [["claims", 2, "claim", "claim_empty"], ["claims", 2, "low", "range_reversed"]],
        ["R1"],
    ),
}


# name: incident, publisher, family and supersedes of reports R1, R2…; [row, kind]; ids that stay
CORRECTIONS = {
    "of its family": (["A,x,AFP,", "A,y,AFP,R1"], [], [None, "R1"]),
    "of its publisher, no family": (["A,x,,", "A,x,,R1"], [], [None, "R1"]),
    "of a family that is its publisher": (["A,x,AFP,", "A,AFP,,R1"], [], [None, "R1"]),
    "two, one twice": (["A,x,,", "A,x,,", "A,x,, R1 ;R2;R1;"], [], [None, None, "R1;R2"]),
    "a chain": (["A,x,,", "A,x,,R1", "A,x,,R2"], [], [None, "R1", "R2"]),
    "none": (["A,x,,-", "A,x,,n/a", "A,x,,;"], [], [None, None, None]),
    "itself": (["A,x,,R1"], [[2, "correction_of_itself"]], [None]),
    "no report": (["A,x,,R9;R8"], [[2, "correction_of_nothing"]], [None]),
    "a report set aside": (["Z,x,,", "A,x,,R1"], [[3, "correction_of_nothing"]], [None]),
    "by a report set aside": (["A,x,,", "Z,x,,R1"], [], [None]),
    "another incident": (["A,x,,", "C,x,,R1"], [[3, "correction_elsewhere"]], [None, None]),
    "another publisher": (["A,x,,", "A,y,,R1"], [[3, "correction_of_others"]], [None, None]),
    "another family": (["A,x,AFP,", "A,x,AP,R1"], [[3, "correction_of_others"]], [None, None]),
    "nobody known": (["A,,,", "A,,,R1"], [[3, "correction_of_others"]], [None, None]),
    "each other": (
        ["A,x,,R2", "A,x,,R1"],
        [[2, "correction_in_circle"], [3, "correction_in_circle"]],
        [None, None],
    ),
    "a circle, and one after and one before it": (
        ["A,x,,R3;R5", "A,x,,R1", "A,x,,R2", "A,x,,R1", "A,x,,"],
        [[row, "correction_in_circle"] for row in (2, 3, 4)],
        ["R5", None, None, "R1", None],
    ),
    "one good link of three": (
        ["A,x,,", "A,y,,", "A,x,,R2; R1 ;R9"],
        [[4, "correction_of_nothing"], [4, "correction_of_others"]],
        [None, None, "R1"],
    ),
}


# name: response_to of incidents A, B…; [row, kind]; ids that stay
ANSWERS = {
    "one": (["", "A"], [], [None, "A"]),
    "several, one twice": (["", "", " A; B;A;"], [], [None, None, "A;B"]),
    "each other": (["B", "A"], [], ["B", "A"]),
    "none": (["-", "n/a", ";"], [], [None, None, None]),
    "itself": (["A"], [[2, "answer_to_itself"]], [None]),
    "no incident": (["X; Y"], [[2, "answer_to_nothing"]], [None]),
    "one good link of three": (
        ["", "B;A;X"],
        [[3, "answer_to_itself"], [3, "answer_to_nothing"]],
        [None, "A"],
    ),
}


@pytest.mark.parametrize(
    ("reports", "claims", "problems", "ids"), BAD_SOURCES.values(), ids=list(BAD_SOURCES)
)
def test_bad_reports_and_claims(
    reports: str, claims: str | None, problems: list[list[object]], ids: list[str]
) -> None:
    checked = check(INCIDENTS, reports, claims)
    assert tell(checked, "file")[1:] == problems
    assert [*checked.reports["report"], *checked.claims["claim"]] == ids


@pytest.mark.parametrize(("cells", "problems", "kept"), ANSWERS.values(), ids=list(ANSWERS))
def test_answers(cells: list[str], problems: list[list[object]], kept: list[str | None]) -> None:
    rows = "".join(f"{chr(65 + n)},2021-07-07,Hit,{cell}\n" for n, cell in enumerate(cells))
    checked = check("incident,date,place,response_to\n" + rows)
    assert [[row, kind] for row, _, kind in tell(checked)] == problems
    found = checked.incidents["response_to"]
    assert found.astype(object).where(found.notna(), None).tolist() == kept


def test_what_is_set_aside_is_not_answered() -> None:
    checked = check("incident,date,place,response_to\nA,no day,Hit,\nB,2021-07-07,Hit,A\n")
    assert tell(checked)[-1] == [3, "response_to", "answer_to_nothing"]


@pytest.mark.parametrize(("rows", "problems", "kept"), CORRECTIONS.values(), ids=list(CORRECTIONS))
def test_corrections(rows: list[str], problems: list[list[object]], kept: list[str | None]) -> None:
    numbered = "\n".join(f"R{number},{row}" for number, row in enumerate(rows, start=1))
    checked = check(INCIDENTS, f"report,incident,publisher,family,supersedes\n{numbered}\n")
    found = [[row, kind] for file, row, _, kind in tell(checked, "file") if file == "reports"]
    assert [each for each in found if each[1] != "incident_unknown"] == problems
    links = checked.reports["supersedes"]
    assert links.astype(object).where(links.notna(), None).tolist() == kept


def test_a_correction_that_does_not_count_is_told_with_its_id() -> None:
    reports = "report,incident,publisher,supersedes\nR1,A,x,\nR2,A,y,R1\n"
    message = check(INCIDENTS, reports).problems["message"].tolist()[-1]
    assert message == (
        'Row 3, column "supersedes": not of the same family or publisher: R1; '
        "the link is not used, and the numbers still count."
    )


def test_munitions_have_no_group() -> None:
    claims = "claim,report,incident,measure,group,low\nC1,R1,A,launched,all,1\n"
    assert check(INCIDENTS, REPORTS, claims).claims["group"].isna().all()


@pytest.mark.parametrize(
    ("column", "text", "stays"),
    [
        ("published", "2021-06-03", "2021-06-03"),
        ("published", "3 June 2021, 10:00", "2021-06-03"),
        ("published", "2021-06", "2021-06"),
        ("published", "июнь 2021", "2021-06"),
        ("published", "2021", "2021"),
        ("published", "unknown", None),
        ("published", "soon", None),
        ("published", "", None),
        ("says_date", "7 July 2021", "2021-07-07"),
        ("says_date", "Wednesday night", "Wednesday night"),
        ("says_date", "", None),
    ],
)
def test_dates_of_reports_are_as_exact_as_given(column: str, text: str, stays: str | None) -> None:
    reports = check(INCIDENTS, f'report,incident,{column}\nR1,A,"{text}"\n').reports
    assert (None if reports[column].isna()[0] else reports[column][0]) == stays
    assert reports[column].dtype == "str"


@pytest.mark.parametrize(
    ("incidents", "days", "read"),
    [
        # As the table of incidents proves, or is; but a column that proves itself goes first.
        ("A,13/04/2021,Iraq", "03/04/2021", "2021-04-03"),
        ("A,04/13/2021,Iraq", "03/04/2021", "2021-03-04"),
        ("A,2021-04-03,Iraq", "03/04/2021", "2021-04-03"),
        ("A,13/04/2021,Iraq", "03/04/2021\nR2,A,04/13/2021", "2021-03-04"),
        ("A,2021-04-03,France", "03/04/2021", "2021"),
    ],
)
def test_days_of_reports_go_in_the_order_of_the_table(incidents: str, days: str, read: str) -> None:
    checked = check(f"id,date,country\n{incidents}\n", f"report,incident,published\nR1,A,{days}\n")
    assert checked.reports["published"][0] == read
    told = tell(checked, "file")
    is_told = ["reports", None, "published", "dates_ordered"] in told
    assert is_told == (len(read) == 10 and "R2" not in days)
