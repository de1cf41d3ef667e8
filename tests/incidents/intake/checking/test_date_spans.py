"""Cells that hold the first and the last day."""

import pandas as pd
import pytest

from incidents.intake.checking.dates import read_dates


def read_span(*texts: str) -> tuple[str, str, str] | None:
    """First day, last day and precision of the first of some texts; None where it is no span."""
    first = read_dates(pd.Series(texts, dtype="str")).iloc[0]
    if pd.isna(first["last"]):
        return None
    return str(first["date"].date()), str(first["last"].date()), first["precision"]


@pytest.mark.parametrize(
    "text",
    [
        *("2017-03-05 – 2017-03-07", "2017-03-05 - 2017-03-07", "2017-03-05-2017-03-07"),
        *("2017-03-05 — 2017-03-07", "2017-03-05 to 2017-03-07", "2017-03-05/2017-03-07"),
        *("2017-03-05T21:00/2017-03-07T03:00", "2017-03-05 21:00 - 2017-03-07 03:00"),
        *("20170305/20170307", "5 March 2017 – 7 March 2017", "5–7 March 2017", "March 5-7, 2017"),
        *("5 March – 7 March 2017", "March 5 – March 7, 2017", "05.03.2017-07.03.2017"),
        *("5-7 Mar 2017", "٥ - ٧ آذار ٢٠١٧", "2017-03-05 إلى 2017-03-07", "5 по 7 марта 2017 г."),
    ],
)
def test_a_cell_may_hold_the_first_and_the_last_day(text: str) -> None:
    assert read_span(text) == ("2017-03-05", "2017-03-07", "day")


@pytest.mark.parametrize(
    ("texts", "span"),
    [
        (["2017-03 – 2017-05"], ("2017-03-01", "2017-05-31", "month")),
        (["2017/2018"], ("2017-01-01", "2018-12-31", "year")),
        (["28 June – 2 July 2021"], ("2021-06-28", "2021-07-02", "day")),
        (["28/03/2021 - 02/04/2021"], ("2021-03-28", "2021-04-02", "day")),
        (["03/04/2021 - 05/04/2021", "28/04/2021"], ("2021-04-03", "2021-04-05", "day")),
        (["03/04/2021 - 05/04/2021"], ("2021-01-01", "2021-12-31", "year")),
    ],
)
def test_a_span_is_known_as_well_as_its_days(texts: list[str], span: tuple[str, str, str]) -> None:
    assert read_span(*texts) == span


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2017-03-05",
            "05-Jan-2022",
            "7-8-2021",
            "2021-07-07T21:30:00+0000",
            "2021-07",
            "8 Jul 2021",
        ),
        *("2017-03-05 – 2017", "2017-03-05 - later", "2017-03-05/07", "5-7", "2017-03-05 - 23:00"),
        *("2017-03-05 - 2017-03-07 - 2017-03-09", "-", "2017-03-05 -", "1-2/3/2017"),
        "2017-03-05" + "x" * 200 + "- 2017-03-07",
    ],
)
def test_what_is_no_span(text: str) -> None:
    assert read_span(text) is None
