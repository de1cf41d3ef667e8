"""The map as a picture to keep: what is on it, read back as XML."""

import re
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from geo.drawing.raster import embed_rules
from incidents.asking.facets import read_facets
from incidents.asking.store import Store
from incidents.serving.routes import SHIPPED
from incidents.table.sentences import VIEWS
from incidents.telling.files.map import draw_map_picture
from incidents.versions.catalog import Version
from tests.incidents.telling.pages.conftest import ask_of

SVG = "{http://www.w3.org/2000/svg}"


def draw(version: Version, query: str = "") -> ElementTree.Element:
    return ElementTree.fromstring(
        embed_rules(draw_map_picture(ask_of(version, query)), SHIPPED.classes)
    )


def list_words(drawn: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in drawn.iter(f"{SVG}text")]


def count(drawn: ElementTree.Element, class_: str) -> int:
    return sum(class_ in each.get("class", "").split() for each in drawn.iter())


@pytest.mark.parametrize("view", VIEWS)
def test_it_says_what_it_shows_of_which_version_and_whose_land_it_is(
    shipped: Version, view: str
) -> None:
    words = " | ".join(list_words(draw(shipped, f"view={view}&type=air+strike")))
    assert "Incidents of type air strike" in words
    assert (
        f"Boundaries: Natural Earth · Attacks in Iraq and Syria, version {shipped.snapshot.id}"
        in words
    )
    legends = {"incidents": "Toll unknown", "density": "Incidents per square:", "lines": "Target",
               "governorates": "No incident", "change": "More after"}  # fmt: skip
    assert legends[view] in words


def test_its_marks_are_those_of_the_filters_and_the_window(shipped: Version) -> None:
    whole, near = draw(shipped), draw(shipped, "bbox=42,33,44,34.5&z=8")
    assert "64 of 64 incidents on this map" in list_words(whole)
    assert count(whole, "count") > count(near, "count")
    dates = draw(shipped, "dates=2021-07-06&dates=2021-07-08")
    assert any("from 6 Jul 2021 to 8 Jul 2021" in words for words in list_words(dates))
    chosen = draw(shipped, "incident=IQ-2021-04-14-BASHIQA-1")
    assert count(chosen, "chosen") == 1


def test_it_stands_alone_and_leads_nowhere(shipped: Version) -> None:
    drawn = draw(shipped)
    assert not list(drawn.iter(f"{SVG}a")) and not list(drawn.iter(f"{SVG}image"))
    (style,) = drawn.iter(f"{SVG}style")
    # Every colour is in it, also that of other types.
    assert "var(" not in (style.text or "") and ".type-other" in (style.text or "")
    for name in re.findall(r"type-\w+", ElementTree.tostring(drawn, "unicode")):
        assert f".map .{name} " in (style.text or "")


HOSTILE = "</text><script>alert(1)</script>&<image href='http://x.example/'/>"


def test_text_of_a_table_stays_text(shipped: Version, make_store: Any) -> None:
    store: Store = make_store({"place": HOSTILE, "type": HOSTILE, "lat": 33.3, "lon": 44.4})
    asked = ask_of(shipped, "")
    facets = store.ask(read_facets)
    own = replace(asked, store=store, facets=facets, types=(HOSTILE,))
    drawn = ElementTree.fromstring(draw_map_picture(own))
    assert {each.tag.removeprefix(SVG) for each in drawn.iter()} <= {
        "svg", "g", "rect", "circle", "path", "line", "text", "title"
    }  # fmt: skip
    assert any("<script>" in (each.text or "").lower() for each in drawn.iter())


def test_it_says_whose_data_a_visitor_brought(shipped: Version) -> None:
    asked = ask_of(shipped, "")
    brought = replace(asked, table=replace(asked.table, brought=date(2026, 1, 2)))
    drawn = ElementTree.fromstring(draw_map_picture(brought))
    assert brought.table.band in list_words(drawn)
