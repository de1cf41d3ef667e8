"""A report on the page of its incident."""

from collections.abc import Mapping
from datetime import date

import pytest

from incidents.columns import REPORT_COLUMNS
from incidents.disagreement import Account
from pages._reports import _report


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
    report: Mapping[str, object] = {
        **{column.name: None for column in REPORT_COLUMNS},
        "published": published,
    }
    assert f"<small>{words}</small>" in _report(Account(report, (), False))
