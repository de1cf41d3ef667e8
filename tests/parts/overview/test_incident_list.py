"""The list of incidents: its order and page come from the address, and go there."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="module")
def long_table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two hundred and fifty incidents: three pages."""
    first = date(2021, 1, 1)
    rows = [
        f"{first + timedelta(days=n)},Erbil,{n % 7},{'a' if n < 120 else 'b'}\n" for n in range(250)
    ]
    table = tmp_path_factory.mktemp("long") / "long.csv"
    table.write_text("date,place,killed_min,type\n" + "".join(rows), "utf-8")
    return table


def read_list(app: AppTest) -> dict[str, Any]:
    """What the list is told."""
    told = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    return next(each for each in told if "rows" in each)


def read_first(app: AppTest) -> str:
    return str(read_list(app)["rows"][0]["date"])


def read_param(app: AppTest, name: str) -> str | None:
    given = app.query_params.get(name)
    return given[0] if isinstance(given, list) else given


@pytest.mark.parametrize(
    ("query", "first", "rows"),
    [
        ({}, "7 Sep 2021", "1–100 of 250"),
        ({"page": "3"}, "19 Feb 2021", "201–250 of 250"),
        ({"sort": "date"}, "1 Jan 2021", "1–100 of 250"),
        ({"sort": "date", "page": "2"}, "11 Apr 2021", "101–200 of 250"),
        ({"page": "99"}, "19 Feb 2021", "201–250 of 250"),
        ({"page": "0", "sort": "nonsense"}, "7 Sep 2021", "1–100 of 250"),
    ],
    ids=str,
)
def test_opens_the_page_of_a_link(
    open_page: OpenPage, long_table: Path, query: dict[str, str], first: str, rows: str
) -> None:
    app = open_page("timeline", query, table=long_table)
    assert not app.exception
    assert read_first(app) == first
    assert read_list(app)["shown"] == rows


def test_rows_in_the_order_of_the_address(open_page: OpenPage, long_table: Path) -> None:
    told = read_list(open_page("timeline", {"sort": "-killed_max"}, table=long_table))
    assert told["rows"][0]["killed"] == "6+"
    assert (told["column"], told["direction"]) == ("killed_max", "Most first")
    assert told["page"] == 1


def test_all_columns_on_the_data_page(open_page: OpenPage, long_table: Path) -> None:
    app = open_page("data", {"sort": "date", "page": "2"}, table=long_table)
    assert not app.exception
    shown = app.dataframe[0].value
    assert (len(shown), str(shown["date"].iloc[0])[:10]) == (100, "2021-04-11")
    assert "names" not in shown.columns
    assert "101–200 of 250" in [each.value for each in app.caption]


def test_a_short_table_has_one_page(open_page: OpenPage, flat_table: Path) -> None:
    app = open_page("timeline", {"page": "2"}, table=flat_table)
    assert len(read_list(app)["rows"]) == 2
    assert read_list(app)["pages"] == 1
