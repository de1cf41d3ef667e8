"""The list of incidents: its order and page come from the address, and go there."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

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


def read_first(app: AppTest) -> str:
    return str(app.dataframe[0].value.iloc[0]["Date"])[:10]


def read_param(app: AppTest, name: str) -> str | None:
    given = app.query_params.get(name)
    return given[0] if isinstance(given, list) else given


@pytest.mark.parametrize(
    ("query", "first", "rows"),
    [
        ({}, "2021-09-07", "1–100 of 250"),
        ({"page": "3"}, "2021-02-19", "201–250 of 250"),
        ({"sort": "date"}, "2021-01-01", "1–100 of 250"),
        ({"sort": "date", "page": "2"}, "2021-04-11", "101–200 of 250"),
        ({"page": "99"}, "2021-02-19", "201–250 of 250"),
        ({"page": "0", "sort": "nonsense"}, "2021-09-07", "1–100 of 250"),
    ],
    ids=str,
)
def test_opens_the_page_of_a_link(
    open_page: OpenPage, long_table: Path, query: dict[str, str], first: str, rows: str
) -> None:
    app = open_page("timeline", query, table=long_table)
    assert not app.exception
    assert read_first(app) == first
    assert rows in [each.value for each in app.caption]


def test_other_filters_lead_to_the_first_page(open_page: OpenPage, long_table: Path) -> None:
    app = open_page("timeline", {"page": "3", "sort": "date"}, table=long_table)
    app.multiselect(key="type").select("b").run()
    assert "1–100 of 130" in [each.value for each in app.caption]
    assert read_first(app) == "2021-05-01"
    assert (read_param(app, "page"), read_param(app, "sort")) == (None, "date")


def test_another_order_leads_to_the_first_page(open_page: OpenPage, long_table: Path) -> None:
    app = open_page("timeline", {"page": "2"}, table=long_table)
    app.selectbox(key="_sort_column").select("killed_max").run()
    assert (read_param(app, "page"), read_param(app, "sort")) == (None, "-killed_max")
    assert app.dataframe[0].value.iloc[0]["Killed"] == "6+"
    assert app.button(key="_turn").label == "Most first"
    app.button(key="_turn").click().run()
    assert read_param(app, "sort") == "killed_max"
    app.selectbox(key="_sort_column").select("date").run()
    assert read_param(app, "sort") is None


def test_all_columns_on_the_data_page(open_page: OpenPage, long_table: Path) -> None:
    app = open_page("data", {"sort": "date", "page": "2"}, table=long_table)
    assert not app.exception
    shown = app.dataframe[0].value
    assert (len(shown), str(shown["date"].iloc[0])[:10]) == (100, "2021-04-11")
    assert "names" not in shown.columns
    assert "101–200 of 250" in [each.value for each in app.caption]


def test_a_short_table_has_one_page(open_page: OpenPage, flat_table: Path) -> None:
    app = open_page("timeline", {"page": "2"}, table=flat_table)
    assert len(app.dataframe[0].value) == 2
    assert not [each for each in app.caption if " of 2" in each.value]
