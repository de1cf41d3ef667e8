"""A report on the page of its incident."""

from datetime import date

import pytest

from incidents.table.columns import REPORT_COLUMNS
from incidents.telling.pages.reports import _report
from incidents.telling.words.matrix import make_matrix
from tests.incidents.kept_reports import keep_reports


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("2021-06-03", "3 Jun 2021"),
        ("2021-06", "Jun 2021"),
        ("2021", "2021"),
        (None, "date not shown"),
        (date(2021, 6, 3), "3 Jun 2021"),
    ],
    ids=["day", "month", "year", "unknown", "a version kept from before"],
)
def test_publication_is_shown_as_exactly_as_it_is_known(published: object, words: str) -> None:
    report: dict[str, object] = {
        **{column.name: None for column in REPORT_COLUMNS},
        "report": "r",
        "published": published,
    }
    (line,) = make_matrix(keep_reports([report]), []).lines
    assert f"<small>{words}</small>" in _report(line, report, {})


def test_only_what_cannot_both_be_right_is_marked() -> None:
    empty = {column.name: None for column in REPORT_COLUMNS}
    reports = keep_reports([{**empty, "report": name, "publisher": name} for name in "abc"])
    claim = {"measure": "killed", "group": "all"}
    said = [("a", 4, 4), ("b", 4, 5), ("c", 9, 9)]
    claims = [{**claim, "report": r, "low": low, "high": high} for r, low, high in said]
    matrix = make_matrix(reports, claims)
    chips = [_report(line, reports[n], {"killed": "killed"}) for n, line in enumerate(matrix.lines)]
    assert ["≠ killed" in chip for chip in chips] == [True, True, True]
    matrix = make_matrix(reports[:2], claims[:2])
    assert "≠" not in _report(matrix.lines[1], reports[1], {"killed": "killed"})
