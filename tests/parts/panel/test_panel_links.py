"""Links fill the panel, and what of them is dropped is told."""

from collections.abc import Sequence
from typing import Any

import pytest

from incidents.asking.address import from_query
from incidents.asking.filters import to_sentence
from tests.opened import read_sentence
from tests.parts.panel.shown import (
    FILTER_KEYS,
    OpenPage,
    expected_figures,
    read_figures,
    read_panel,
)

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
    assert to_sentence(filters) in read_sentence(app)
    assert read_figures(app)[0][0] == str(expected_figures(filters).incidents)
    assert not app.toast


def test_filters_of_links_cover_the_table_of_keys() -> None:
    assert set(LINKS) | {"who", "basis"} == set(FILTER_KEYS)


def test_link_restores_whose_harm_and_basis(open_page: OpenPage) -> None:
    app = open_page(query={"who": "fighters", "basis": "low", "killed": ("1", "4")})
    assert "with 1–4 killed among fighters, with their lowest claims only" in read_sentence(app)


def test_link_opens_in_the_words_of_the_widgets(open_page: OpenPage) -> None:
    app = open_page(query={"country": "Syria", "who": "Fighters", "basis": "Lowest"})
    values = read_panel(app)["values"]
    assert values == {"country": ["SY"], "who": ["fighters"], "basis": ["low"]}


DROPPED = {
    "no filter": ({"colour": "red"}, '"colour" is not a filter'),
    "no date": ({"dates": "soon"}, "soon"),
    "no number": ({"killed": "many"}, "many"),
    "no such value": ({"type": "naval battle"}, "naval battle"),
    "beyond the table": ({"dates": ("1999-01-01", "1999-02-01")}, "nothing in this table"),
    "no such group": ({"who": "martians"}, "martians"),
}


@pytest.mark.parametrize(("query", "words"), DROPPED.values(), ids=list(DROPPED))
def test_dropped_parameter_is_told(open_page: OpenPage, query: dict[str, Any], words: str) -> None:
    app = open_page(query=query)
    assert not app.exception
    told = " ".join(each.value.replace("\\", "") for each in app.toast)
    assert "Left out of the link" in told
    assert words in told
    assert read_sentence(app).startswith("All incidents")


def test_dropped_parameter_is_told_once(open_page: OpenPage) -> None:
    app = open_page(query={"colour": "red"})
    assert len(app.toast) == 1
    app.run()
    assert len(app.toast) == 0


def test_reversed_ranges_are_turned(open_page: OpenPage) -> None:
    app = open_page(query={"dates": ("2021-07-10", "2021-07-01"), "killed": ("4", "0")})
    values = read_panel(app)["values"]
    assert values == {"dates": ["2021-07-01", "2021-07-10"], "killed": ["0", "4"]}


def test_unknown_version_is_told(open_page: OpenPage) -> None:
    app = open_page(query={"data": "abcdef012345"})
    assert not app.exception
    assert "is not kept here" in app.warning[0].value
