"""A whole table, checked: each kind of problem is told, all columns are there, no row is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.intake.checking.validation import DTYPES
from incidents.table.columns import CLAIM_COLUMNS, COLUMNS, REPORT_COLUMNS
from incidents.table.problem_kinds import KINDS
from tests.incidents.intake.checking.bad_tables import BAD_TABLES
from tests.incidents.intake.checking.checked import check, read_one, tell
from tests.incidents.intake.checking.test_source_checks import ANSWERS, BAD_SOURCES, CORRECTIONS


@pytest.mark.parametrize(("text", "problems", "rows"), BAD_TABLES.values(), ids=list(BAD_TABLES))
def test_bad_tables(text: str, problems: list[list[object]], rows: list[int]) -> None:
    checked = check(text)
    assert tell(checked) == problems
    assert checked.incidents["row"].tolist() == rows
    assert checked.read == len(rows) + checked.set_aside


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
        "own_unreadable",  # of own columns as a version is made: see test_own_columns
        "id_brought_before",  # of rows that are rolled up part by part: see test_rollup
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
