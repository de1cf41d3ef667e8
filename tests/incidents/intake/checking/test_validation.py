from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.intake.checking.validation import DTYPES, Validated, validate
from incidents.intake.reading.files import Tables, table_from_bytes
from incidents.table.columns import CLAIM_COLUMNS, COLUMNS, RANGES, REPORT_COLUMNS
from incidents.table.problem_kinds import KINDS

# name: text of a table, [row, column, kind] of its problems, rows that are accepted
BAD_TABLES = {
    "rows that say the same": (
        "date,place,killed\n2021-07-07,Hit,3\n2021-07-08,Hit,3\n2021-07-07,Hit,3\n",
        [[4, None, "row_alike"]],
        [2, 3, 4],
    ),
    "no rows": ("date,place\n", [[None, None, "table_empty"]], []),
    "no date column": (
        "place\nBaghdad\n",
        [[None, None, "column_missing"]],
        [],
    ),
    "no place and no coordinates": ("date\n2021\n", [[None, None, "place_columns_missing"]], [2]),
    "no place and one coordinate": (
        "date,lat\n2021,33\n",
        [[None, None, "place_columns_missing"], [None, "lat", "coordinates_half"]],
        [2],
    ),
    "points in another writing": (
        "date,place,mgrs\n2021,a,38SMB4099486410\n2021,b,here\n2021,c,\n",
        [[None, "mgrs", "point_read"], [3, "mgrs", "coordinate_invalid"]],
        [2, 3, 4],
    ),
    "columns without a use that look as if they had one": (
        'date,place,a,b,c\n2021,a,2021-07-07,"33.3152, 44.3661",3\n',
        [[None, each, "column_looks"] for each in ("a", "b", "c")],
        [2],
    ),
    "totals and headings": (
        "date,place,country,killed,wounded\nJanuary 2021,,,,\n2021-01-05,Baghdad,IQ,3,5\n"
        "2021-01-21,Baghdad,IQ,32,110\nTotal January,,,35,115\nFebruary 2021,,,,\n"
        "2021-02-15,Erbil,IQ,1,9\nTotal,,,36,124\n2021,,,36,124\n",
        [[row, None, "row_summary"] for row in (2, 5, 6, 8, 9)],
        [3, 4, 7],
    ),
    "the same under another id": (
        "id,date,place,country,killed\nA,2021-07-07,a,IQ,3\nB,2021-07-07,a,IQ,3\n"
        "C,2021-07-07,b,IQ,3\nD,2021-07-07,a,IQ,\nE,2021-07-07,a,IQ,\n",
        [[3, "id", "row_copied"]],
        [2, 3, 4, 5, 6],
    ),
    "unknown column": ("date,place,colour\n2021,a,red\n", [[None, "colour", "column_unused"]], [2]),
    "two columns for one thing": (
        "Date,event_date,place\n2021,2022,a\n",
        [[None, "event_date", "column_doubled"]],
        [2],
    ),
    "bounds and one column for both": (
        "date,place,killed,killed_min\n2021,a,9,1\n",
        [[None, "killed", "column_beside"]],
        [2],
    ),
    "no number in the column beside the bounds": (
        "date,place,deaths,killed,killed_max\n2021,a,1,some,\n2021,b,1,some,2\n2021,c,1,4-2,\n",
        [
            [None, "deaths", "column_doubled"],
            [None, "killed", "column_beside"],
            [2, "killed", "count_invalid"],
            [4, "killed", "range_reversed"],
        ],
        [2, 3, 4],
    ),
    "no date": ("date,place\n,a\n2021,b\n", [[2, "date", "date_missing"]], [3]),
    "not a date": ("Event Date,place\nsoon,a\n", [[2, "Event Date", "date_invalid"]], []),
    "ambiguous date": ("date,place\n03/04/2021,a\n", [[2, "date", "date_ambiguous"]], [2]),
    "days that are hardly meant": (
        "date,date_end,place,country\n2021-07-07,,a,IQ\n2031-07-07,,b,IQ\n1970-01-01,,c,IQ\n"
        "2021-07-07,2023-07-07,d,IQ\n2021-07-08,,e,IQ\n1921-07-08,,f,IQ\n",
        [
            [3, "date", "date_future"],
            [4, "date", "date_placeholder"],
            [5, "date_end", "date_span_long"],
            [7, "date", "date_placeholder"],
        ],
        [2, 3, 4, 5, 6, 7],
    ),
    "a table of 1970": ("date,place\n1970-01-01,a\n1970-03-04,b\n1971-01-01,c\n", [], [2, 3, 4]),
    "a time of another zone without a country": (
        "date,place\n2021-01-07T22:30Z,a\n2021-07-07T22:30Z,b\n",
        [[None, "date", "time_turned"], [2, "date", "time_zone_open"]],
        [2, 3],
    ),
    "half converted dates": (
        "date,place\n2021-04-03,a\n13/04/2021,b\n2021-05-03,c\n",
        [[None, "date", "dates_half_converted"]],
        [2, 3, 4],
    ),
    "bad last day": (
        "date,date_end,place\n2021,later,a\n",
        [[2, "date_end", "date_unreadable"]],
        [2],
    ),
    "ambiguous last day": (
        "date,date_end,place\n2021-04-01,03/04/2021,a\n",
        [[2, "date_end", "date_end_ambiguous"]],
        [2],
    ),
    "first and last day in one cell": ("date,place\n2021-04-01 – 2021-04-03,a\n", [], [2]),
    "last day in one cell and in its column": (
        "date,date_end,place\n2021-04-01/2021-04-03,2021-04-02,a\n"
        "2021-04-01 to 2021-04-03,2021-04-03,a\n2021-04-01 to 2021-04-03,,a\n",
        [[2, "date_end", "date_end_differs"]],
        [2, 3, 4],
    ),
    "ends before it begins in one cell": (
        "date,place\n2021-04-03 - 2021-04-01,a\n",
        [[2, "date", "dates_reversed"]],
        [2],
    ),
    "ambiguous days in one cell": (
        "date,place\n03/04/2021 - 05/04/2021,a\n",
        [[2, "date", "date_ambiguous"]],
        [2],
    ),
    "ends before it begins": (
        "date,date_end,place\n2021-07-08,2021-07-07,a\n",
        [[2, "date_end", "dates_reversed"]],
        [2],
    ),
    "unknown date precision": (
        "date,date_precision,place\n2021-07-07,hour,a\n",
        [[2, "date_precision", "choice_unknown"]],
        [2],
    ),
    "bad time": ("date,time,place\n2021,25:00,a\n", [[2, "time", "time_invalid"]], [2]),
    "unknown country": (
        "date,country,place\n2021,Narnia,a\n",
        [[2, "country", "country_unknown"]],
        [2],
    ),
    "below zero": (
        "date,place,killed_min\n2021,a,-3\n",
        [[2, "killed_min", "count_negative"]],
        [2],
    ),
    "not whole": (
        "date,place,wounded_max\n2021,a,2.5\n",
        [[2, "wounded_max", "count_invalid"]],
        [2],
    ),
    "too many": ("date,place,sources\n2021,a,99999999\n", [[2, "sources", "count_too_large"]], [2]),
    "words for a number": (
        "date,place,deaths\n2021,a,several\n2021,b,none\n2021,c,n/a\n2021,d,many\n",
        [
            [2, "deaths", "count_worded"],
            [3, "deaths", "count_zero"],
            [5, "deaths", "count_invalid"],
        ],
        [2, 3, 4, 5],
    ),
    "killed and wounded in one number": (
        'date,place,casualties\n2021,a,8\n2021,b,"3 killed, 5 wounded"\n2021,c,none\n',
        [
            [2, "casualties", "count_together"],
            [3, "casualties", "count_worded"],
            [4, "casualties", "count_worded"],
        ],
        [2, 3, 4],
    ),
    "lowest above highest": (
        "date,place,killed_min,killed_max\n2021,a,3,2\n",
        [[2, "killed_min", "range_reversed"]],
        [2],
    ),
    "lowest above highest in one cell": (
        "date,place,killed\n2021,a,4-2\n",
        [[2, "killed", "range_reversed"]],
        [2],
    ),
    "latitude off the globe": (
        "date,lat,lon\n2021,95,44\n",
        [[2, "lat", "coordinates_out_of_range"]],
        [2],
    ),
    "lost decimal point": (
        "date,lat,lng\n2021,33.1,4239\n",
        [[2, "lng", "coordinates_out_of_range"]],
        [2],
    ),
    "one zero": (
        "date,lat,lon\n2021,0,44.1\n2021,33.1,0\n",
        [[2, "lat", "coordinates_zero"], [3, "lat", "coordinates_zero"]],
        [2, 3],
    ),
    "zero, zero": ("date,lat,lon\n2021,0,0.0\n", [[2, "lat", "coordinates_zero"]], [2]),
    "one coordinate": ("date,lat,lon\n2021,33,\n", [[2, "lat", "coordinates_half"]], [2]),
    "no coordinate": ("date,lat,lon\n2021,33,east\n", [[2, "lon", "coordinate_invalid"]], [2]),
    "infinite coordinate": ("date,lat,lon\n2021,inf,44\n", [[2, "lat", "coordinate_invalid"]], [2]),
    "half a launch site": (
        "date,place,origin_lat,origin_lon\n2021,a,,44\n",
        [[2, "origin_lon", "coordinates_half"]],
        [2],
    ),
    "id used twice": (
        "id,date,place\nA,2021,a\nA,2022,b\nA,2023,c\n",
        [[3, "id", "id_repeated"], [4, "id", "id_repeated"]],
        [2],
    ),
    "id of a row set aside is free": (
        "id,date,place\nA,,a\nA,2022,b\n",
        [[2, "date", "date_missing"]],
        [3],
    ),
    "problems in order": (
        "date,place,killed,time\n2021,a,-1,99:99\nx,a,-1,\n",
        [
            [2, "killed", "count_negative"],
            [2, "time", "time_invalid"],
            [3, "date", "date_invalid"],
            [3, "killed", "count_negative"],
        ],
        [2],
    ),
}

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


def check(incidents: str, reports: str | None = None, claims: str | None = None) -> Validated:
    given = {"incidents": incidents, "reports": reports, "claims": claims}
    tables = {
        name: None if text is None else table_from_bytes(text.encode(), name)
        for name, text in given.items()
    }
    return validate(Tables(**tables), today=date(2030, 1, 1))


def tell(checked: Validated, *columns: str) -> list[list[object]]:
    cells = checked.problems[[*columns, "row", "column", "kind"]].astype(object)
    return cells.where(cells.notna(), None).to_numpy().tolist()


def read_one(text: str) -> dict[str, object]:
    """The one accepted incident of a table without problems."""
    checked = check(text)
    assert len(checked.incidents) == 1
    return checked.incidents.iloc[0].to_dict()


@pytest.mark.parametrize(("text", "problems", "rows"), BAD_TABLES.values(), ids=list(BAD_TABLES))
def test_bad_tables(text: str, problems: list[list[object]], rows: list[int]) -> None:
    checked = check(text)
    assert tell(checked) == problems
    assert checked.incidents["row"].tolist() == rows
    assert checked.read == len(rows) + checked.set_aside


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


def test_every_kind_of_a_cell_or_row_is_tried_here_or_is_for_the_locating() -> None:
    tried = {kind for _, problems, _ in BAD_TABLES.values() for _, _, kind in problems}
    tried |= {kind for _, _, problems, _ in BAD_SOURCES.values() for _, _, _, kind in problems}
    for cases in (CORRECTIONS, ANSWERS):
        tried |= {kind for _, problems, _ in cases.values() for _, kind in problems}
    located = {
        *(
            "governorate_unknown",
            "coordinates_elsewhere",
            "coordinates_swapped",
            "coordinates_outside_country",
        ),
        *("place_missing", "place_not_found", "place_ambiguous", "place_not_asked"),
    }
    # Rows that never reach the check: what is torn, or is no row of data.
    read = {
        *("row_too_short", "row_too_long", "row_cut_off", "quote_open", "header_repeated"),
        *("hxl_row", "title_row", "second_heading", "rows_in_cell", "possible_duplicate"),
        *("feature_invalid", "geometry_invalid", "geometry_not_point"),
        *("cell_error", "formula_empty", "geometry_elsewhere"),
        "groups_exceed_total",  # of ranges as they are derived: see test_totals
    }
    others = {kind.name for kind in KINDS.values() if kind.about in ("table", "profile")}
    assert set(KINDS) - tried - located - read <= others


@pytest.mark.parametrize(
    "text",
    ["date,place\n2021-07-07,a\n", "date,place\n", "foo\n1\n"],
    ids=["one row", "no rows", "no date column"],
)
def test_every_column_is_there_in_its_type(text: str) -> None:
    incidents = check(text).incidents
    assert list(incidents.columns) == [*(column.name for column in COLUMNS), "row"]
    types = {column.name: DTYPES[column.type] for column in COLUMNS}
    assert incidents.dtypes.astype(str).to_dict() == {**types, "row": "int64"}


def test_absent_reports_and_claims_are_empty_tables() -> None:
    checked = check("date,place\n2021,a\n")
    assert list(checked.reports)[:-1] == [column.name for column in REPORT_COLUMNS]
    assert list(checked.claims)[:-1] == [column.name for column in CLAIM_COLUMNS]


def test_what_is_missing_is_unknown_and_never_zero() -> None:
    incident = read_one("date,place,killed_min,killed_max,wounded\n2021-07-07,a,,unknown,0\n")
    assert pd.isna(incident["killed_min"]) and pd.isna(incident["killed_max"])
    assert (incident["wounded_min"], incident["wounded_max"]) == (0, 0)
    assert all(pd.isna(incident[each.low]) for each in RANGES if each.name != "wounded")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        *(("Event_Date", "date"), ("DAY", "date"), ("дата", "date"), ("تاريخ", "date")),
        *(("Location", "place"), ("city", "place"), ("место", "place"), ("المكان", "place")),
        *(("Admin1", "gov"), ("notes", "summary"), ("event type", "type"), ("ID", "incident")),
        ("Claimed by", "actor"),
    ],
)
def test_columns_are_understood_by_name(header: str, name: str) -> None:
    start = "2021-07-07" if name == "date" else "text"
    rest = "place" if name == "date" else "date"
    incident = read_one(f"{header},{rest}\n{start},2021-07-07\n")
    assert str(incident[name]).startswith(start)


@pytest.mark.parametrize(
    ("header", "cell", "low", "high"),
    [
        *(("Killed", "2-4", 2, 4), ("deaths", "4+", 4, None), ("fatalities", "3", 3, 3)),
        *(("deaths_min", "3", 3, None), ("Погибшие", "3", 3, 3), ("القتلى", "٣", 3, 3)),
    ],
)
def test_one_column_may_hold_both_bounds(
    header: str, cell: str, low: int | None, high: int | None
) -> None:
    incident = read_one(f"date,place,{header}\n2021-07-07,a,{cell}\n")
    bounds = [incident["killed_min"], incident["killed_max"]]
    assert [None if pd.isna(bound) else bound for bound in bounds] == [low, high]


@pytest.mark.parametrize(
    ("cells", "low", "high"),
    [
        (("9", "", ""), 9, 9),
        (("2-4", "", "unknown"), 2, 4),
        (("at least 4", "", ""), 4, None),
        (("9", "1", "2"), 1, 2),
        (("9", "1", ""), 1, None),
        (("9", "", "2"), None, 2),
        (("", "1", "2"), 1, 2),
        (("", "", ""), None, None),
    ],
)
def test_one_column_beside_the_bounds_fills_them_where_both_are_empty(
    cells: tuple[str, ...], low: int | None, high: int | None
) -> None:
    row = ",".join(cells)
    incident = read_one(f"date,place,killed,killed_min,killed_max\n2021-07-07,a,{row}\n")
    bounds = [incident["killed_min"], incident["killed_max"]]
    assert [None if pd.isna(bound) else bound for bound in bounds] == [low, high]


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("country", "Iraq", "IQ"),
        ("country", "العراق", "IQ"),
        ("country", "Сирия", "SY"),
        ("country", "jo", "JO"),
        ("country", "Yemen", "YE"),
        ("country", "اليمن", "YE"),
        ("country", "Йемен", "YE"),
        ("country", "united arab emirates", "AE"),
        ("country", "Украина", "UA"),
        ("type", "Rocket_Attack", "rocket attack"),
        ("type", "Airstrike", "air strike"),
        ("type", "Suicide bomb", "Suicide bomb"),
        ("direction", "Attack on Coalition", "attack on coalition"),
        ("time", "9:30 pm", "21:30"),
        ("time", "7:05", "07:05"),
        ("lat", "33,7856", 33.7856),
        ("lat", "٣٣.٥", 33.5),
        ("summary", "  <b>x</b> ", "<b>x</b>"),
        ("date_precision", "Week", "week"),
    ],
)
def test_cells(column: str, text: str, value: object) -> None:
    cells = {"date": "2021-07-07", "lat": "33", "lon": "44", column: text}
    quoted = ",".join(f'"{cell}"' for cell in cells.values())
    incident = read_one(f"{','.join(cells)}\n{quoted}\n")
    assert incident[column] == value


@pytest.mark.parametrize(
    ("date", "given", "precision"),
    [
        ("2021-07-07", "", "day"),
        ("2021-07-07", "week", "week"),
        ("2021-07", "day", "month"),
        ("2021", "month", "year"),
    ],
)
def test_a_date_is_no_more_precise_than_its_cell(date: str, given: str, precision: str) -> None:
    incident = read_one(f"date,date_precision,place\n{date},{given},a\n")
    assert incident["date_precision"] == precision


def test_one_day_has_no_last_day_and_a_month_ends_with_its_last() -> None:
    text = "date,date_end,place\n2021-07-07,2021-07-07,a\n2021-07,2021-08,a\n"
    ends = check(text).incidents["date_end"]
    assert pd.isna(ends[0])
    assert str(ends[1].date()) == "2021-08-31"


def test_ids_are_made_from_the_content_alone() -> None:
    first = check("date,place\n2021,a\n2021,b\n2021,a\n").incidents
    other = check("colour,Location,Day,time\nred,b,2021,\nred,a,2021,\n").incidents
    assert first["incident"].is_unique
    assert first["incident"][2] == first["incident"][0] + "-2"
    assert other["incident"].tolist() == [first["incident"][1], first["incident"][0]]


def test_the_later_row_of_an_id_names_the_first() -> None:
    checked = check("id,date,place\nA,2021,a\nA,2022,b\n")
    assert checked.problems["message"].tolist() == [
        'Row 3, column "id": "A" is already the id of row 2.'
    ]


def test_texts_that_say_nothing_are_unknown_but_ids_stay() -> None:
    table = table_from_bytes(
        (
            "id,date,country,gov,place,actor,weapon,type,attribution,summary\n"
            "NA,2021,n/a,NULL,(null),-99,None,Unknown,unknown,نا\n"
            "-9,2021,IQ,Nineveh,Hit,Unknown gunmen,X-ray,rocket attack,claimed,غير معروف\n"
        ).encode(),
        "a.csv",
    )
    checked = validate(Tables(table))
    rows = checked.incidents.astype("object").where(checked.incidents.notna(), None)
    columns = ["country", "gov", "place", "actor", "weapon", "type", "attribution", "summary"]
    assert rows["incident"].tolist() == ["NA", "-9"]
    assert rows[columns].values.tolist() == [
        [None, None, None, None, None, None, "unknown", "نا"],
        ["IQ", "Nineveh", "Hit", "Unknown gunmen", "X-ray", "rocket attack", "claimed", None],
    ]
    assert checked.problems.empty


def test_what_is_no_country_is_told_once_per_spelling_with_the_nearest() -> None:
    cells = ["IZ", "Irqa", "Irqa", "SY", "IS", "XX"]
    text = "date,place,country\n" + "".join(f"2021,a,{cell}\n" for cell in cells)
    checked = validate(Tables(table_from_bytes(text.encode(), "a.csv")))
    codes = checked.incidents["country"].astype("object").where(lambda each: each.notna(), None)
    assert codes.tolist() == ["IQ", None, None, "SY", "IL", None]
    told = checked.problems[checked.problems["kind"] == "country_unknown"]
    assert told["row"].tolist() == [3, 7]
    assert '"Irqa" (2 rows)' in told["message"].iloc[0]
    assert "nearest: Iraq." in told["message"].iloc[0]


CELL = st.one_of(
    st.sampled_from(["", "2021-07-07", "03/04/2021", "-1", "7", "2-4", "1e400", "nan", "0", "x"]),
    st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=6),
)
HEADER = ["id", "date", "date_end", "time", "country", "lat", "lon", "killed", "sources", "type"]


@settings(max_examples=20)
@given(st.lists(st.lists(CELL, min_size=len(HEADER), max_size=len(HEADER)), max_size=6))
def test_no_row_disappears(rows: list[list[str]]) -> None:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    checked = check("\n".join([",".join(HEADER), *quoted]) + "\n")
    errors = checked.problems[checked.problems["level"] == "error"]
    aside = set(errors["row"].dropna())
    assert len(aside) == checked.set_aside
    assert len(checked.incidents) + checked.set_aside == checked.read
    assert aside.isdisjoint(checked.incidents["row"])
    assert checked.incidents["incident"].is_unique


def find_numbers(text: str, *names: str) -> list[list[object]]:
    found = check(text).incidents[list(names)]
    return found.astype(object).where(found.notna(), None).values.tolist()


def test_a_cell_fills_the_range_of_another_column_that_says_nothing() -> None:
    text = 'date,place,killed,wounded\n2021,a,"3 killed, 5 wounded",\n2021,b,"1 dead, 2 hurt",7\n'
    names = ("killed_min", "killed_max", "wounded_min", "wounded_max")
    assert find_numbers(text, *names) == [[3, 3, 5, 5], [1, 1, 7, 7]]


def test_casualties_are_never_the_killed() -> None:
    text = 'date,place,casualties\n2021,a,8\n2021,b,"3 killed, 5 wounded"\n2021,c,none\n'
    names = ("killed_min", "wounded_min")
    assert find_numbers(text, *names) == [[None, None], [3, 5], [0, 0]]


def test_none_of_a_program_is_not_nobody() -> None:
    assert find_numbers("date,place,time,killed\n2021,a,None,None\n", "killed_min") == [[None]]
    assert find_numbers("date,place,time,killed\n2021,a,,None\n", "killed_min") == [[0]]


def test_cells_are_read_without_what_no_reader_sees() -> None:
    text = (
        "date,place,country,lat,lon,killed\n"
        "\u200f٢٠٢١‑٠٧‑٠٧\u200f,a,\u200eIQ\u200b,\u200f٣٣٫٣,\u00a044.4\u202f,\u2067٣\u2069\n"
    )
    names = ("country", "lat", "lon", "killed_min", "date")
    assert find_numbers(text, *names) == [["IQ", 33.3, 44.4, 3, pd.Timestamp("2021-07-07")]]


@pytest.mark.parametrize(
    ("text", "day", "time"),
    [
        ("date,place,country\n2021-07-07T22:30Z,a,IQ\n", "2021-07-08", "01:30"),
        ("date,place,country\n2021-01-07T22:30Z,a,IQ\n", "2021-01-08", "01:30"),
        ("date,place,country\n2021-01-07T22:30Z,a,SY\n", "2021-01-08", "00:30"),
        ("date,place,country\n2021-07-07T22:30Z,a,SY\n", "2021-07-08", "01:30"),
        ("date,place,country\n2005-07-07T22:30Z,a,IQ\n", "2005-07-08", "02:30"),
        ("date,place,lat,lon\n2021-01-07T22:30Z,a,33.3,44.4\n", "2021-01-08", "01:30"),
        ("date,place,lat,lon\n2021-01-07T22:30Z,a,33.5,36.3\n", "2021-01-08", "00:30"),
        ("date,place,country\n2021-07-07T22:30+03:00,a,IQ\n", "2021-07-07", "22:30"),
        ("date,place,country\n2021-07-07 22:30,a,IQ\n", "2021-07-07", "22:30"),
        ("date,place,country\n072230CJUL21,a,IQ\n", "2021-07-07", "22:30"),
        ("date,place,country\n1625697000000,a,IQ\n", "2021-07-08", "01:30"),
        ("date,time,place,country\n2021-07-07,22:30Z,a,IQ\n", "2021-07-08", "01:30"),
        ("date,time,place,country\n2021-07-07,2230,a,IQ\n", "2021-07-07", "22:30"),
        # Days that a program wrote as moments have no time.
        ("date,place,country\n2021-07-07T00:00:00Z,a,IQ\n", "2021-07-07", None),
        ("date,place,country\n2021-07-06T21:00:00Z,a,IQ\n", "2021-07-07", None),
        ("date,place,country\n1625616000000,a,IQ\n", "2021-07-07", None),
    ],
)
def test_moments_become_local(text: str, day: str, time: str | None) -> None:
    assert find_numbers(text, "date", "time") == [[pd.Timestamp(day), time]]


def test_a_table_in_arabic_or_russian_has_days_first() -> None:
    for place, day in (
        ("بغداد", "2021-04-03"),
        ("Багдад", "2021-04-03"),
        ("Baghdad", "2021-01-01"),
    ):
        assert find_numbers(f"date,place\n03/04/2021,{place * 3}\n", "date") == [
            [pd.Timestamp(day)]
        ]
    text = "date,place\n03/04/2021,بغداد بغداد بغداد\n04/13/2021,بغداد بغداد بغداد\n"
    assert find_numbers(text, "date")[0] == [pd.Timestamp("2021-03-04")]


def test_a_day_known_to_its_month_alone_is_any_day_of_it() -> None:
    text = "date,date_precision,place\n2021-07-16,month,a\n2021-07-16,year,b\n2021-07-16,week,c\n"
    days = ["2021-07-01", "2021-07-31"], ["2021-01-01", "2021-12-31"], ["2021-07-16", "2021-07-22"]
    assert find_numbers(text, "date", "date_end") == [[*map(pd.Timestamp, each)] for each in days]


POINTS = {
    "in place": "date,place\n2021,38SMB4099486410\n",
    "among words of place": "date,place\n2021,Baghdad (MGRS 38SMB4099486410)\n",
    "in lat": "date,place,lat,lon\n2021,a,38SMB4099486410,\n",
    "in lat and lon": "date,place,lat,lon\n2021,a,38S MB 40994 86410,38S MB 40994 86410\n",
    "a pair in lat": 'date,place,lat,lon\n2021,a,"33.3152, 44.3661",\n',
    "metres": "date,place,latitude,longitude\n2021,a,3937216.62,4938811.66\n",
    "metres in X and Y": "date,X,Y\n2021,4938811.66,3937216.62\n",
    "degrees and minutes": "date,lat,lon\n2021,33 18 54.7 N,44 21 58 E\n",
    "one column": 'date,coordinates\n2021,"33.3152, 44.3661"\n',
    "own columns first": 'date,lat,lon,coordinates\n2021,33.3152,44.3661,"36.1, 43.1"\n',
    "one column where the others are empty": "date,lat,lon,wkt\n2021,,,POINT (44.3661 33.3152)\n",
}


@pytest.mark.parametrize("name", POINTS)
def test_given_coordinates_are_read_wherever_they_stand(name: str) -> None:
    checked = check(POINTS[name])
    row = checked.incidents.iloc[0]
    assert (row["lat"], row["lon"]) == pytest.approx((33.3152, 44.3661), abs=1e-3)
    assert not set(checked.problems["kind"]) & {"coordinate_invalid", "coordinates_half"}


def test_metres_somewhere_else_are_out_of_range() -> None:
    checked = check("date,place,lat,lon\n2021,a,6000000,200000\n")
    assert checked.incidents["lat"].isna().all()
    assert set(checked.problems["kind"]) == {"coordinates_out_of_range"}


SUMMARIES = {
    "in the place": ("id,date,place,killed,wounded\n1,2021-01-05,a,3,5\n,2021,Total,3,5\n", [3]),
    "Russian": ("date,place,killed\n2021-01-05,a,3\nИтого за январь,,3\n", [3]),
    "Arabic": ("date,place,killed\n2021-01-05,a,3\n,المجموع,3\n", [3]),
    "sums since the last one": (
        "date,place,killed,wounded\n2021-01-05,a,3,5\n2021-01-06,b,1,1\n2021-01,,4,6\n"
        "2021-02-05,c,2,2\n2021-02-06,c,1,2\n2021-02,,3,4\n2021,,7,10\n",
        [4, 7, 8],
    ),
    "none": (
        "date,place,killed,wounded\n2021-01-05,Total oil field,3,5\n2021-01-06,a,1,1\n"
        "2021-01-07,,4,6\n2021-01-08,,9,9\n",
        [4],
    ),
    "a vague incident": ("date,place,killed\n2021-01,Hit,3\n2021,Erbil,3\n2021-02-02,b,1\n", []),
    "months and their sums": (
        "date,place,country,killed\nJuly 2021,,,\n2021-07-07,Hit,IQ,3\n2021-07-08,b,IQ,2\n"
        "Subtotal July,,,5\nAugust 2021,,,\n2021-08-07,c,IQ,4\n2021-08-08,d,IQ,1\n"
        "Subtotal August,,,5\nGrand total,,,10\n",
        [2, 5, 6, 9, 10],
    ),
    "mostly months alone": (
        "date,place,killed\n2021-01,,\n2021-02,,\n2021-03-01,Hit,3\n2021-04,,\n",
        [],
    ),
    "few columns": ("date,place\n2021-01,\n2021-02-02,b\n", []),
    "numbers without places": ("date,killed,wounded\n2021,1,2\n2022,1,2\n2023,5,5\n", []),
}


@pytest.mark.parametrize("name", SUMMARIES)
def test_rows_that_are_no_incidents(name: str) -> None:
    text, rows = SUMMARIES[name]
    checked = check(text)
    found = checked.problems
    assert found.loc[found["kind"] == "row_summary", "row"].tolist() == rows
    assert checked.read == len(checked.incidents) + len(rows)


GROUPED = {
    "days": ("date,place\n2021-01-05,a\n,b\n,c\n2021-01-07,d\n", "date", [5, 5, 5, 7]),
    "areas": (
        "gov,date,place\nAnbar,2021-01-05,a\n,2021-01-05,b\n,2021-01-05,c\nErbil,2021-01-05,d\n"
        ",2021-01-05,e\n",
        "gov",
        ["Anbar", "Anbar", "Anbar", "Erbil", "Erbil"],
    ),
    "a day again": ("date,place\n2021-01-05,a\n,b\n2021-01-05,d\n", "date", [5, 5]),
    "days in no order": (
        "date,place\n2021-01-05,a\n,b\n2021-01-04,c\n2021-01-09,d\n",
        "date",
        [5, 4, 9],
    ),
    "one day missing": (
        "date,place\n2021-01-01,a\n,b\n2021-01-04,c\n2021-01-09,d\n",
        "date",
        [1, 4, 9],
    ),
    "areas below one alone": (
        "country,date,place\nIQ,2021-01-05,a\nSY,2021-01-05,b\n,2021-01-05,c\n,2021-01-05,d\n",
        "country",
        ["IQ", "SY", None, None],
    ),
    "the first is empty": ("date,place\n,a\n2021-01-04,c\n,d\n2021-01-09,d\n", "date", [4, 9]),
    "an area that comes back": (
        "gov,date,place\nAnbar,2021-01-05,a\n,2021-01-05,b\n,2021-01-05,c\nErbil,2021-01-05,d\n"
        ",2021-01-05,e\n,2021-01-05,e\nAnbar,2021-01-05,f\n",
        "gov",
        ["Anbar", None, None, "Erbil", None, None, "Anbar"],
    ),
    "places": ("date,place\n2021-01-05,a\n2021-01-05,\n2021-01-06,\n", "place", ["a", None, None]),
}


@pytest.mark.parametrize("name", GROUPED)
def test_what_a_sheet_shows_once_for_several_rows(name: str) -> None:
    text, column, wanted = GROUPED[name]
    cells = [row[0] for row in find_numbers(text, column)]
    assert [getattr(cell, "day", cell) for cell in cells] == wanted
