"""The matrix of reports and claims, and what was said when."""

from typing import Any

import pytest

from benchmarks.hostile_tables import matrix_of
from incidents.table.columns import CLAIM_COLUMNS, REPORT_COLUMNS
from incidents.telling.words.chronology import tell_chronology
from incidents.telling.words.matrix import (
    Cell,
    Matrix,
    list_differences,
    order_reports,
)
from incidents.telling.words.matrix import make_matrix as make_matrix_of
from tests.growth import IN_STEP, grow
from tests.incidents.kept_reports import keep_reports

Row = dict[str, Any]


def report(name: str, family: str = "", **more: Any) -> Row:
    row = {column.name: None for column in REPORT_COLUMNS}
    return {**row, "report": name, "family": family or None, **more}


def make_matrix(reports: list[Row], claims: list[Row]) -> Matrix:
    return make_matrix_of(keep_reports(reports), claims)


def claim(name: str, low: int | None, high: int | None, **more: Any) -> Row:
    row = {column.name: None for column in CLAIM_COLUMNS}
    return {**row, "report": name, "measure": "killed", "group": "all", "low": low, "high": high,
            **more}  # fmt: skip


def cells_of(matrix: Matrix, column: str = "killed") -> dict[str, Cell]:
    return {line.report: line.cells[column] for line in matrix.lines if column in line.cells}


FOUR = [report("a", "AFP"), report("b", "AP"), report("c", "TASS"), report("d", "SOHR")]


def test_a_row_for_each_report_and_a_cell_where_it_speaks() -> None:
    matrix = make_matrix(FOUR, [claim("a", 4, 4), claim("b", 0, 0, group="civilians")])
    assert [line.report for line in matrix.lines] == ["a", "b", "c", "d"]
    assert [(each.name, each.label) for each in matrix.headings] == [
        ("killed", "killed"), ("civilians_killed", "civilians killed")]  # fmt: skip
    assert {line.report: set(line.cells) for line in matrix.lines} == {
        "a": {"killed"}, "b": {"civilians_killed"}, "c": set(), "d": set()}  # fmt: skip
    assert cells_of(matrix)["a"] == Cell("4", 4, 4, "alone", 0, 0, 0)
    assert cells_of(matrix, "civilians_killed")["b"].text == "0"


AGREEMENTS = [
    ("alone", [(4, 4)], "alone"),
    ("one other says the same", [(4, 4), (4, 4)], "same"),
    ("one other says more", [(4, 4), (9, 9)], "contradicts"),
    ("one other's range holds it", [(4, 4), (4, 9)], "overlaps"),
    ("most say the same", [(4, 4), (4, 4), (4, 4), (9, 9)], "same"),
    ("most say another", [(9, 9), (4, 4), (4, 4), (4, 4)], "contradicts"),
    ("evenly split", [(4, 4), (4, 4), (9, 9)], "contradicts"),
    ("as many the same as in part", [(4, 4), (4, 4), (4, 9)], "same"),
    ("a little of each", [(4, 4), (4, 4), (4, 9), (9, 9)], "overlaps"),
    ("open above", [(14, None), (14, 14)], "overlaps"),
    ("open above, far below", [(14, None), (4, 4)], "contradicts"),
]


@pytest.mark.parametrize(("said", "agreement"), [case[1:] for case in AGREEMENTS],
                         ids=[case[0] for case in AGREEMENTS])  # fmt: skip
def test_agreement_with_most(said: list[tuple[int, int | None]], agreement: str) -> None:
    claims = [claim(row["report"], *pair) for row, pair in zip(FOUR, said, strict=False)]
    assert cells_of(make_matrix(FOUR, claims))["a"].agreement == agreement


def test_copies_of_an_agency_are_one_publisher() -> None:
    reports = [report("a", "AFP"), report("b", "AP"), report("b2", "AP"), report("b3", "AP")]
    claims = [claim("a", 4, 4), *(claim(each, 9, 9) for each in ("b", "b2", "b3"))]
    cells = cells_of(make_matrix(reports, claims))
    assert (cells["a"].contradicting, cells["b"].contradicting) == (1, 1)
    assert cells["b"].same == 0, "its own copies do not speak for it"


def test_of_several_reports_of_a_publisher_the_nearest_counts() -> None:
    reports = [report("a", "AFP"), report("b", "AP"), report("b2", "AP")]
    cells = cells_of(make_matrix(reports, [claim("a", 4, 4), claim("b", 9, 9), claim("b2", 4, 4)]))
    assert (cells["a"].same, cells["a"].contradicting) == (1, 0)


def test_reports_of_nobody_are_not_one_publisher() -> None:
    cells = cells_of(make_matrix([report("a"), report("b")], [claim("a", 4, 4), claim("b", 4, 4)]))
    assert cells["a"].same == 1


def test_a_superseded_report_is_shown_and_compared_but_nobody_with_it() -> None:
    reports = [report("a", "AFP"), report("b", "AP"), report("b2", "AP", supersedes="b; x")]
    matrix = make_matrix(reports, [claim("a", 2, 2), claim("b", 3, 3), claim("b2", 2, 2)])
    assert [line.is_superseded for line in matrix.lines] == [False, True, False]
    assert matrix.lines[2].corrects == ("b", "x")
    cells = cells_of(matrix)
    assert (cells["a"].same, cells["a"].contradicting) == (1, 0)
    assert cells["b"].agreement == "contradicts"
    assert not matrix.headings[0].is_disputed


def test_a_number_that_was_taken_back_stands_beside_nobody() -> None:
    reports = [report("a", "AFP"), report("b", "AP"), report("b2", "AP", supersedes="b")]
    cells = cells_of(make_matrix(reports, [claim("a", 2, 2), claim("b", 3, 3)]))
    assert (cells["a"].agreement, cells["b"].agreement) == ("alone", "contradicts")


def test_a_heading_tells_what_is_disputed() -> None:
    claims = [claim("a", 4, 4), claim("b", 9, 9)]
    claims += [claim("a", 1, 1, group="children"), claim("b", 1, 2, group="children")]
    matrix = make_matrix(FOUR, claims)
    assert {each.name: each.is_disputed for each in matrix.headings} == {
        "killed": True, "children_killed": False}  # fmt: skip


def test_differences_are_what_publishers_contradict_each_other_on() -> None:
    three = [*FOUR[:3], report("e", "AFP", supersedes="a")]
    matrix = make_matrix(three, [
        claim("a", 7, 7), claim("e", 4, 4), claim("b", 4, 9), claim("c", 5, 5),
        claim("a", 1, 1, group="civilians"), claim("b", 1, 2, group="civilians"),
    ])  # fmt: skip
    # What was corrected is no difference; nor is what can both be right.
    assert list_differences(matrix) == [("killed", [("4–9", 1), ("5", 1), ("4", 1)])]


def test_two_claims_of_a_report_are_one_cell() -> None:
    claims = [claim("a", 4, 4), claim("a", 7, 7), claim("b", 1, None), claim("b", 3, 3)]
    cells = cells_of(make_matrix(FOUR, claims))
    assert cells["a"].text == "4–7"
    assert (cells["b"].text, cells["b"].low, cells["b"].high) == ("1 or more", 1, None)


def test_a_claim_without_a_number_is_no_cell() -> None:
    matrix = make_matrix(FOUR, [claim("a", None, None), claim("x", 1, 1)])
    assert matrix.headings == ()


def test_munitions_date_and_actor_are_columns() -> None:
    reports = [
        report("a", "AFP", says_date="2021-07-07", says_actor="US"),
        report("b", "AP", says_date="2021-07", says_actor="US Air Force"),
        report("c", "TASS", says_date="2021-07-08"),
    ]
    matrix = make_matrix(reports, [claim("a", 14, 14, measure="launched", group=None)])
    assert [each.name for each in matrix.headings] == ["launched", "date", "actor"]
    dates = cells_of(matrix, "date")
    assert [dates[each].text for each in "abc"] == ["7 Jul 2021", "Jul 2021", "8 Jul 2021"]
    assert [dates[each].agreement for each in "abc"] == ["contradicts", "overlaps", "contradicts"]
    assert cells_of(matrix, "actor")["a"].agreement == "other words"


ORDER = [
    ("2021-07-07", "2021-07-08"),
    ("2021-07-31", "2021-07"),
    ("2021-07", "2021-08-01"),
    ("2021-12-31", "2021"),
    ("2021", "2022-01-01"),
    ("2021-07-07", None),
]


@pytest.mark.parametrize(("earlier", "later"), ORDER)
def test_order(earlier: str, later: str | None) -> None:
    rows = [report("a", published=later), report("b", published=earlier)]
    assert [row["published"] for row in order_reports(rows)] == [earlier, later]


def test_nothing() -> None:
    assert make_matrix([], []) == Matrix((), ())
    assert tell_chronology(Matrix((), ())) == ()


def test_what_was_said_when() -> None:
    reports = [
        report("a", "AFP", published="2021-07-07"),
        report("b", "AP", published="2021-07-07"),
        report("c", "TASS", published="2021-07-08"),
        report("d", "SOHR", published="2021-07"),
        report("e", "X"),
    ]
    claims = [claim("a", 3, 3), claim("b", 3, 3), claim("c", 3, 3), claim("d", 5, 5),
              claim("e", 7, 7), claim("c", 2, 2, measure="wounded")]  # fmt: skip
    told = [
        (moment.label, [[(each.text, each.is_new) for each in entry.remarks]
                        for entry in moment.entries])
        for moment in tell_chronology(make_matrix(reports, claims))
    ]  # fmt: skip
    assert told == [
        ("7 Jul 2021", [[("3", True)], [("3", True)]]),
        ("8 Jul 2021", [[("3", False), ("2", True)]]),
        ("Jul 2021", [[("5", False)]]),
        ("Day unknown", [[("7", False)]]),
    ]


def test_embassy_8_july_two_or_three_rockets(shipped: Any) -> None:
    incident = "IQ-2021-07-08-BAGHDAD-GREEN-ZONE-1"
    store = shipped.store
    matrix = make_matrix_of(store.find_reports(incident), store.find_claims(incident))
    launched = cells_of(matrix, "launched")
    assert {cell.text for cell in launched.values()} == {"2", "3"}
    assert launched["R-0302"] == Cell("2", 2, 2, "same", 8, 0, 7)
    assert launched["R-0303"] == Cell("3", 3, 3, "contradicts", 6, 0, 9)
    disputed = {each.name for each in matrix.headings if each.is_disputed}
    assert disputed == {"launched"}


def test_28_june_a_corrected_toll(shipped: Any) -> None:
    incident = "SY-2021-06-28-AL-BUKAMAL-1"
    store = shipped.store
    matrix = make_matrix_of(store.find_reports(incident), store.find_claims(incident))
    lines = {line.report: line for line in matrix.lines}
    assert lines["R-0214"].is_superseded and lines["R-0215"].corrects == ("R-0214",)
    assert [lines[each].cells["killed"].text for each in ("R-0214", "R-0215")] == ["7", "9"]
    moments = tell_chronology(matrix)
    labels = ["28 Jun 2021", "29 Jun 2021", "Jun 2021", "6 Jul 2021", "17 Jul 2021", "Day unknown"]
    assert [each.label for each in moments] == labels


def test_7_july_three_then_two_wounded(shipped: Any) -> None:
    incident = "IQ-2021-07-07-AIN-AL-ASAD-1"
    store = shipped.store
    matrix = make_matrix_of(store.find_reports(incident), store.find_claims(incident))
    wounded = cells_of(matrix, "wounded")
    assert (wounded["R-0263"].text, wounded["R-0263"].agreement) == ("3", "contradicts")
    assert (wounded["R-0288"].text, wounded["R-0288"].agreement) == ("2", "same")
    launched = cells_of(matrix, "launched")
    assert launched["R-0264"].agreement == "same", "14, as most say"
    assert launched["R-0265"].agreement == "contradicts", "17 to 30"


def test_reports_are_not_put_beside_each_other() -> None:
    assert grow(matrix_of, lambda given: make_matrix_of(*given), 300) < IN_STEP
