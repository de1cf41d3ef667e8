"""The widgets follow the table of filters, and links fill them."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from incidents.asking.address import Address, from_query
from incidents.asking.display import Display
from incidents.asking.facets import COUNTED
from incidents.asking.figures import Figures, count_figures
from incidents.asking.filters import FILTER_KEYS as KEYS
from incidents.asking.filters import Filters, to_sentence
from incidents.asking.store import read_frame
from incidents.versions.catalog import get_catalog
from parts.panel.facet_counts import toggle

OpenPage = Callable[..., AppTest]
# An area is drawn on the map: it has no widget here.
# Of one table there is none to choose, and the shipped one holds attacks only.
HIDDEN = ("area", "dataset", "scope")
FILTER_KEYS = [key.name for key in KEYS if key.is_parameter and key.name not in HIDDEN]
WIDGETS = ("multiselect", "slider", "date_input", "selectbox", "text_input", "number_input")


def list_widgets(app: AppTest) -> list[Any]:
    return [each for kind in (*WIDGETS, "button_group") for each in app.sidebar.get(kind)]


def read_figures(app: AppTest) -> list[tuple[str, str, str]]:
    """Value, label and note of each figure on the page."""
    html = next(each.proto.body for each in app.get("html") if "figure-value" in each.proto.body)
    parts = [
        [unescape(text) for text in re.findall(rf'class="figure-{part}">(.*?)</span>', html)]
        for part in ("value", "label", "note")
    ]
    return list(zip(*parts, strict=True))


def expected_figures(filters: Filters) -> Figures:
    return count_figures(get_catalog().current.store.select(filters))


def test_one_bound_widget_per_filter(open_page: OpenPage) -> None:
    bound = [(each.key, each.proto.query_param_key) for each in list_widgets(open_page())]
    assert sorted(bound) == sorted((name, name) for name in FILTER_KEYS)


def test_widgets_offer_what_the_table_holds(open_page: OpenPage) -> None:
    app = open_page()
    incidents = read_frame(get_catalog().current.store.incidents)
    for name in ("type", "gov", "place", "actor", "weapon", "target", "direction"):
        assert set(app.multiselect(key=name).options) == set(incidents[name].dropna())
    assert app.date_input(key="dates").min == incidents["date"].min()
    assert app.slider(key="killed").max == 57


def list_counts(app: AppTest) -> dict[str, dict[str, Any]]:
    """What is handed to the lists of counts, by key."""
    data = [json.loads(each.proto.json) for each in app.sidebar.get("bidi_component")]
    return {each["name"]: each for each in data}


def test_options_of_each_filter_are_counted_under_all_filters(open_page: OpenPage) -> None:
    app = open_page("timeline", {"country": "Syria", "precision": "site", "q": "base & co"})
    counts = list_counts(app)
    assert set(counts) == set(COUNTED) - {"dataset"}
    queries = {each["query"] for each in counts.values()}
    snapshot = get_catalog().current.snapshot.id
    filters = Filters(country=("SY",), precision="site", q="base & co")
    asked = Address(filters, Display(data=snapshot))
    assert [from_query(query) for query in queries] == [(asked, ())]
    assert counts["country"]["chosen"] == ["SY"]
    assert counts["country"]["labels"]["SY"] == "Syria"
    assert counts["precision"]["chosen"] == ["site"]
    assert counts["type"]["chosen"] == []


def test_filters_without_options_are_not_counted(open_page: OpenPage, flat_table: Path) -> None:
    counts = list_counts(open_page(table=flat_table))
    assert "place" in counts
    assert not {"actor", "weapon", "direction"} & set(counts)


TOGGLES = {
    "one more": (["a"], [["b", True]], ["a", "b"]),
    "one less": (["a", "b"], [["a", False]], ["b"]),
    "both at once": (["a"], [["b", True], ["a", False]], ["b"]),
    "already so": (["a"], [["a", True], ["b", False]], ["a"]),
    "no option": (["a"], [["z", True]], ["a"]),
    "no text": (["a"], [[["b"], True], [None, True], ["b"], "bx", 7], ["a"]),
    "no list": (["a"], 7, ["a"]),
}


@pytest.mark.parametrize(("chosen", "changes", "expected"), TOGGLES.values(), ids=list(TOGGLES))
def test_clicks_choose_and_let_go(chosen: list[str], changes: Any, expected: list[str]) -> None:
    assert toggle(chosen, changes, ["a", "b", "c"]) == expected


LINKS = {
    "dates": ("2021-07-01", "2021-07-10"),
    "country": ("SY",),
    "gov": ("Anbar", "Baghdad"),
    "place": ("Ain al-Asad Air Base",),
    "type": ("drone attack",),
    "direction": ("strike by coalition",),
    "target": ("embassy",),
    "actor": ("United States",),
    "weapon": ("Katyusha rockets",),
    "killed": ("0", "4"),
    "wounded": ("1", "5"),
    "sources": ("3",),
    "grade": ("fair",),
    "precision": ("site",),
    "q": ("embassy",),
}


@pytest.mark.parametrize(("key", "texts"), LINKS.items(), ids=list(LINKS))
def test_link_restores_filter(open_page: OpenPage, key: str, texts: Sequence[str]) -> None:
    app = open_page(query={key: texts})
    filters = from_query([(key, text) for text in texts])[0].filters
    assert to_sentence(filters) in app.text[0].value
    assert read_figures(app)[0][0] == str(expected_figures(filters).incidents)
    assert not app.toast


def test_filters_of_links_cover_the_table_of_keys() -> None:
    assert set(LINKS) | {"who", "basis"} == set(FILTER_KEYS)


def test_link_restores_whose_harm_and_basis(open_page: OpenPage) -> None:
    app = open_page(query={"who": "fighters", "basis": "low", "killed": ("1", "4")})
    assert "with 1–4 killed among fighters, with their lowest claims only" in app.text[0].value


def test_link_opens_in_the_words_of_the_widgets(open_page: OpenPage) -> None:
    app = open_page(query={"country": "Syria", "who": "Fighters", "basis": "Lowest"})
    assert app.multiselect(key="country").value == ["SY"]
    assert app.selectbox(key="who").value == "fighters"


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


DROPPED = {
    "no filter": ({"colour": "red"}, '"colour" is not a filter'),
    "no date": ({"dates": "soon"}, "soon"),
    "no number": ({"killed": "many"}, "many"),
    "no such value": ({"type": "naval battle"}, "naval battle"),
    "beyond the table": ({"dates": ("1999-01-01", "1999-02-01")}, "nothing in this table"),
    "whole range": ({"killed": ("0", "57")}, "unknown tolls are shown, too"),
    "no such group": ({"who": "martians"}, "martians"),
}


@pytest.mark.parametrize(("query", "words"), DROPPED.values(), ids=list(DROPPED))
def test_dropped_parameter_is_told(open_page: OpenPage, query: dict[str, Any], words: str) -> None:
    app = open_page(query=query)
    assert not app.exception
    told = " ".join(each.value.replace("\\", "") for each in app.toast)
    assert "Left out of the link" in told
    assert words in told
    assert app.text[0].value.startswith("All incidents")


def test_dropped_parameter_is_told_once(open_page: OpenPage) -> None:
    app = open_page(query={"colour": "red"})
    assert len(app.toast) == 1
    app.run()
    assert len(app.toast) == 0


def test_reversed_ranges_are_turned(open_page: OpenPage) -> None:
    app = open_page(query={"dates": ("2021-07-10", "2021-07-01"), "killed": ("4", "0")})
    assert app.date_input(key="dates").value == (date(2021, 7, 1), date(2021, 7, 10))
    assert app.slider(key="killed").value == (0, 4)


def test_unknown_version_is_told(open_page: OpenPage) -> None:
    app = open_page(query={"data": "abcdef012345"})
    assert not app.exception
    assert "is not kept here" in app.warning[0].value


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
    assert "zanzibar" not in app.text[0].value
    assert "of type drone attack" in app.text[0].value


def test_clearing_all_filters(open_page: OpenPage) -> None:
    app = open_page(query={"type": "drone attack", "killed": ("0", "0"), "q": "base"})
    next(each for each in app.sidebar.button if each.label == "Clear all filters").click().run()
    assert app.text[0].value.startswith("All incidents")
    assert "type" not in app.query_params


def test_filter_of_a_flat_table(open_page: OpenPage, flat_table: Path) -> None:
    app = open_page(query={"place": "Ain al-Asad"}, table=flat_table)
    assert not app.exception
    assert read_figures(app)[0][0] == "1"
