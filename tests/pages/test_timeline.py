"""The Timeline page: what it says of the days, the averages and the change of late."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

OpenPage = Callable[..., AppTest]
ROWS = (
    "2020-01-06,Erbil", "2020-02-03,Erbil", "2021-06-15,Erbil", "2021-06,Erbil", "2021,Erbil",
    "2021-07-07,Erbil",
)  # fmt: skip


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text("date,place\n" + "\n".join(ROWS) + "\n", "utf-8")
    return path


def state(table: Path, first: str, last: str) -> None:
    package = {"temporal": {"start": first, "end": last}}
    table.with_name("own.datapackage.json").write_text(json.dumps(package), "utf-8")


def read_captions(app: AppTest) -> str:
    assert not app.exception
    return " ".join(str(each.value) for each in app.caption)


def list_trends(app: AppTest) -> list[str]:
    bodies = [each.proto.body for each in app.get("html")]
    return [body for body in bodies if body.startswith('<p class="trend-head">')]


def read_trends(app: AppTest) -> str:
    return " ".join(list_trends(app))


def test_a_table_that_does_not_say_when_it_was_monitored(open_page: OpenPage, table: Path) -> None:
    app = open_page("timeline", table=table)
    assert "an empty stretch may mean that nobody looked" in read_captions(app)
    # What "2021" may reach to is no day that is known: the last 4 weeks end with the last incident.
    assert "<b>Last 4 weeks</b> 10 Jun – 7 Jul 2021" in read_trends(app)
    assert "The table begins on 6 Jan 2020: no comparison." in read_trends(app)


def test_a_table_that_says_it(open_page: OpenPage, table: Path) -> None:
    state(table, "2020-01-01", "2021-07-31")
    app = open_page("timeline", table=table)
    assert "Monitored 1 Jan 2020 – 31 Jul 2021." in read_captions(app)
    assert "<b>Last 4 weeks</b> 4–31 Jul 2021" in read_trends(app)
    assert "Not monitored before 1 Jan 2020: no comparison." in read_trends(app)


@pytest.mark.parametrize("page", ["overview", "timeline"])
def test_both_pages_say_it(open_page: OpenPage, page: str) -> None:
    assert "Monitored 1 Jan – 31 Jul 2021." in read_captions(open_page(page))


STEPS = [
    ("Week", "2 incidents that lasted longer than one week, or whose day is not known, are in no"),
    ("Month", "1 incident that lasted longer than one month, or whose day is not known, is in no"),
    ("Year", ""),
]


@pytest.mark.parametrize(("step", "words"), STEPS, ids=[case[0] for case in STEPS])
def test_vague_incidents_are_told(open_page: OpenPage, table: Path, step: str, words: str) -> None:
    captions = read_captions(open_page("timeline", {"step": step}, table=table))
    assert words in captions
    assert ("lasted longer" in captions) is (words != "")


AVERAGES = [
    ({}, "", "Line:"),
    ({"average": "4 weeks"}, "Line: mean of the 4 weeks before each point, as incidents per", "-"),
    ({"average": "4"}, "It leaves out 2 incidents that belong to no single week.", "-"),
    ({"average": "52 weeks", "step": "Year"}, "as incidents per year.", "Fewer"),
    ({"average": "5 weeks"}, "", "Line:"),
]


@pytest.mark.parametrize(("query", "words", "absent"), AVERAGES)
def test_averages_are_told(
    open_page: OpenPage, table: Path, query: dict[str, Any], words: str, absent: str
) -> None:
    captions = read_captions(open_page("timeline", query, table=table))
    assert words in captions
    assert absent not in captions


def test_an_average_longer_than_the_table_is_told(open_page: OpenPage) -> None:
    app = open_page("timeline", {"average": "52 weeks"})
    assert "Fewer than 52 full weeks are known: there is no average." in read_captions(app)


def test_chosen_dates_are_compared_with_the_days_before(open_page: OpenPage) -> None:
    app = open_page("timeline", {"dates": ["2021-07-01", "2021-07-29"]})
    (table,) = list_trends(app)
    assert "<b>Chosen dates</b> 1–29 Jul 2021" in table and "2–30 Jun 2021" in table


def test_names_of_governorates_stay_text(
    open_page: OpenPage, hostile_table: Path, hostile: str
) -> None:
    found = read_trends(open_page("timeline", table=hostile_table))
    assert "trend-head" in found and "<img" not in found


def read_tables(app: AppTest, name: str) -> str:
    assert not app.exception
    bodies = [each.proto.body for each in app.get("html")]
    return " ".join(body for body in bodies if f'class="trends {name}"' in body)


def test_what_answers_what_and_what_followed(open_page: OpenPage) -> None:
    app = open_page("timeline")
    answers = read_tables(app, "answers")
    assert "26 Feb 2021 · al-Bukamal · air strike" in answers
    assert "<td>11 days later</td>" in answers
    followed = read_tables(app, "aftermath")
    assert "7 days after" in followed
    assert "28 Jun 2021 · al-Qaim, al-Bukamal</th><td>2</td><td>1</td><td>3</td>" in followed
    notes = [each.proto.body for each in app.get("html")]
    assert any("do not show that the strike caused them" in note for note in notes)


def test_the_days_after_a_strike_are_in_the_link(open_page: OpenPage) -> None:
    app = open_page("timeline", {"within": "30"})
    assert app.number_input(key="within").value == 30
    assert "30 days after" in read_tables(app, "aftermath")


def test_a_table_without_strikes_has_no_such_view(open_page: OpenPage, table: Path) -> None:
    app = open_page("timeline", table=table)
    assert read_tables(app, "aftermath") == ""
    assert not [each for each in app.number_input if each.key == "within"]
