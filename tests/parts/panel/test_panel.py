"""The panel follows the table of filters, links fill it, and what it asks goes into the address."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from incidents.asking.address import Address, from_query
from incidents.asking.display import Display
from incidents.asking.facets import COUNTED
from incidents.asking.filters import Filters
from incidents.asking.store import read_frame
from incidents.versions.catalog import get_catalog
from parts.panel.panel import list_chips, read_asked
from tests.opened import read_sentence
from tests.parts.panel.shown import (
    FILTER_KEYS,
    OpenPage,
    expected_figures,
    read_figures,
    read_panel,
)


def list_fields(app: AppTest) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in read_panel(app)["fields"]}


def test_one_control_per_filter(open_page: OpenPage) -> None:
    panel = read_panel(open_page())
    assert sorted(each["name"] for each in panel["fields"]) == sorted(FILTER_KEYS)
    placed = [name for section in panel["sections"] for name in section["names"]]
    assert set(FILTER_KEYS) <= set(placed)
    assert len(placed) == len(set(placed))


def test_controls_offer_what_the_table_holds(open_page: OpenPage) -> None:
    fields = list_fields(open_page())
    incidents = read_frame(get_catalog().current.store.incidents)
    for name in ("type", "gov", "place", "actor", "weapon", "target", "direction"):
        assert fields[name]["total"] == incidents[name].nunique()
    # Monitored until the 31st, though the last incident is of the 29th.
    assert (fields["dates"]["first"], fields["dates"]["last"]) == ("2021-01-01", "2021-07-31")
    assert fields["killed"]["most"] == 57


def test_numbers_are_asked_for_under_all_filters(open_page: OpenPage) -> None:
    app = open_page("timeline", {"country": "Syria", "precision": "site", "q": "base & co"})
    panel = read_panel(app)
    snapshot = get_catalog().current.snapshot.id
    filters = Filters(country=("SY",), precision="site", q="base & co")
    asked = Address(filters, Display(data=snapshot))
    assert from_query(panel["query"]) == (asked, ())
    assert panel["values"] == {"country": ["SY"], "precision": ["site"], "q": ["base & co"]}
    fields = list_fields(app)
    assert fields["country"]["labels"]["SY"] == "Syria"
    assert fields["precision"]["isSingle"] and not fields["country"]["isSingle"]
    counted = {name for name, field in fields.items() if field["control"] == "choices"}
    assert counted == set(COUNTED) - {"dataset"}


def test_filters_without_options_are_left_out(open_page: OpenPage, flat_table: Path) -> None:
    fields = list_fields(open_page(table=flat_table))
    assert "place" in fields
    assert not {"actor", "weapon", "direction", "killed"} & set(fields)


CHIPS = {
    "none": (Filters(), []),
    "two values": (Filters(type=("a", "b")), [("a", "Type: a"), ("b", "Type: b")]),
    "label": (Filters(country=("SY",)), [("SY", "Country: Syria")]),
    "days": (
        Filters(dates=(date(2021, 7, 1), date(2021, 7, 8))),
        [(None, "1–8 Jul 2021")],
    ),
    "numbers": (Filters(killed=(2, 5)), [(None, "Killed: 2 to 5")]),
    "one number": (Filters(killed=(0, 0)), [(None, "Killed: 0")]),
    "area": (Filters(area=(1.0, 2.0, 3.0, 4.0)), [(None, "Area drawn on the map")]),
    "claims": (Filters(basis="low"), [(None, "Claims: lowest")]),
    "group": (Filters(who="civilians"), [(None, "Whose harm: Civilians")]),
}


@pytest.mark.parametrize(("filters", "chips"), CHIPS.values(), ids=list(CHIPS))
def test_chips_say_what_is_set(filters: Filters, chips: list[tuple[str | None, str]]) -> None:
    assert [(each["value"], each["words"]) for each in list_chips(filters)] == chips


ASKED = {
    "one": ({"type": ["rocket attack"]}, Filters(type=("rocket attack",))),
    "none": ({}, Filters()),
    "reversed": ({"killed": ["5", "2"]}, Filters(killed=(2, 5))),
    "no filter": ({"data": ["abc"], "colour": ["red"]}, Filters()),
    "no list": ({"type": "rocket attack", "q": 7}, Filters()),
    "no texts": ({"type": [["a"], None, "b"]}, Filters(type=("b",))),
    "no date": ({"dates": ["soon"], "q": ["base"]}, Filters(q="base")),
}


@pytest.mark.parametrize(("values", "filters"), ASKED.values(), ids=list(ASKED))
def test_what_a_browser_sends_is_read_as_a_link(values: Any, filters: Filters) -> None:
    assert read_asked({"number": 3, "values": values}) == filters


@pytest.mark.parametrize(
    "asked", [None, 7, [], {}, {"number": "3", "values": {}}, {"number": -1, "values": {}}], ids=str
)
def test_what_is_no_question_changes_nothing(asked: Any) -> None:
    assert read_asked(asked) is None


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"type": "drone attack"},
        {"dates": ("2021-06-28", "2021-07-08")},
        {"who": "civilians", "killed": ("0", "56")},
        {"killed": ("0", "0")},
    ],
    ids=["all", "type", "dates", "civilians", "nobody killed"],
)
def test_figures_on_screen_are_those_of_the_domain(
    open_page: OpenPage, query: dict[str, Any]
) -> None:
    app = open_page(query=query)
    pairs = [
        (key, text)
        for key, texts in query.items()
        for text in ([texts] if isinstance(texts, str) else texts)
    ]
    figures = expected_figures(from_query(pairs)[0].filters)
    shown = read_figures(app)
    assert [value for value, _, _ in shown] == [
        f"{figures.incidents:,}",
        figures.killed.text,
        figures.wounded.text,
        figures.civilians.text,
    ]
    assert f"unknown for {figures.wounded.unknown:,} incident" in shown[2][2] or (
        figures.wounded.unknown == 0
    )


def test_figures_of_no_incident_claim_nothing(open_page: OpenPage) -> None:
    shown = read_figures(open_page(query={"q": "zanzibar"}))
    assert [(value, note) for value, _, note in shown] == [("0", "")] + [("–", "")] * 3


def test_nobody_killed_is_not_nothing_known(open_page: OpenPage) -> None:
    nobody = expected_figures(Filters(killed=(0, 0))) if open_page() else None
    assert nobody is not None
    everything = expected_figures(Filters())
    assert 0 < nobody.incidents < everything.incidents - everything.killed.unknown


def test_days_without_monitoring_are_told_not_cut_in_silence(open_page: OpenPage) -> None:
    app = open_page(query={"dates": ("2020-12-01", "2021-07-31")})
    assert "1 Jan – 31 Jul 2021" in app.toast[0].value.replace("\\", "")
    assert "from 1 Jan 2021 to 31 Jul 2021" in read_sentence(app)


def test_monitored_days_after_the_last_incident_are_kept(open_page: OpenPage) -> None:
    app = open_page(query={"dates": ("2021-07-01", "2021-07-31")})
    assert not app.toast
    assert "from 1 Jul 2021 to 31 Jul 2021" in read_sentence(app)


def test_known_numbers_only_can_be_asked_for(open_page: OpenPage) -> None:
    app = open_page(query={"killed": ("0", "57")})
    everything = expected_figures(Filters())
    assert not app.toast
    assert read_figures(app)[0][0] == str(everything.incidents - everything.killed.unknown)


@pytest.mark.parametrize("page", ["overview", "timeline", "casualties"])
def test_empty_result_names_the_filter_and_clears_it(open_page: OpenPage, page: str) -> None:
    app = open_page(page, {"q": "zanzibar", "type": "drone attack"})
    assert not app.exception
    assert any("No incident fits" in each.value for each in app.markdown)
    button = app.button(key="clear_q")
    assert "Words" in button.label
    assert "incidents" in button.label
    assert app.get("button") and not [each for each in app.button if each.key == "clear_type"]
    button.click().run()
    assert not app.exception
    assert "zanzibar" not in read_sentence(app)
    assert "of type drone attack" in read_sentence(app)


def test_clearing_all_filters_keeps_what_is_shown(open_page: OpenPage) -> None:
    query = {"type": "drone attack", "killed": ("0", "0"), "q": "zanzibar", "view": "density"}
    app = open_page(query=query)
    app.button(key="clear_all").click().run()
    assert read_sentence(app).startswith("All incidents")
    assert dict(app.query_params) == {"view": "density"}


def test_filter_of_a_flat_table(open_page: OpenPage, flat_table: Path) -> None:
    app = open_page(query={"place": "Ain al-Asad"}, table=flat_table)
    assert not app.exception
    assert read_figures(app)[0][0] == "1"
