"""Rows that are no incidents are set aside and told."""

import pytest

from tests.incidents.intake.checking.checked import check

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
