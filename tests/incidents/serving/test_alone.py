"""A part of a page alone, in the HTML that is sent first."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from incidents.table.sentences import EMBEDS
from incidents.table.settings import Settings
from incidents.versions.catalog import Catalog
from tests.hostile_rows import HOSTILE
from tests.incidents.serving.conftest import Document, MakeClient, read

HOLDS: dict[str, tuple[str, str]] = {
    "map": ("figure", "picture"),
    "timeline": ("figure", "bars"),
    "figures": ("div", "figures"),
    "list": ("div", "list"),
}
"""Element and class that is each part."""


def test_every_part_is_here() -> None:
    assert set(HOLDS) == set(EMBEDS)


@pytest.mark.parametrize("page", ["/", "/timeline", "/casualties"])
@pytest.mark.parametrize("part", EMBEDS)
def test_it_shows_that_part_and_the_way_to_the_whole(
    client: TestClient, part: str, page: str
) -> None:
    document = read(client, page, f"type=air+strike&embed={part}")
    shown = {name for name, (tag, class_) in HOLDS.items() if document.find(tag, class_)}
    assert shown == {part}
    assert not document.find("aside") and not document.find("header") and not document.find("nav")
    (way,) = [told for tag, told, _ in document.elements if tag == "a" and "rel" in told]
    assert (way["target"], way["rel"]) == ("_blank", "noopener")
    query = parse_qs(urlsplit(str(way["href"])).query)
    assert query["type"] == ["air strike"] and set(query) == {"type", "data"}
    assert urlsplit(str(way["href"])).path in ("./", page.removeprefix("/"))
    (words,) = document.find("p", "whole")
    assert words.startswith("Attacks in Iraq and Syria: Incidents of type air strike")
    bases = [told for tag, told, _ in document.elements if tag == "base"]
    assert bases == [{"target": "_blank"}]


def test_its_filters_apply(client: TestClient) -> None:
    whole, alone = (
        read(client, "/", f"type=air+strike&gov=Anbar{more}") for more in ("", "&embed=figures")
    )
    assert alone.figures == whole.figures != []


@pytest.mark.parametrize("value", ["true", "TRUE", "show_toolbar", "page", "", "<script>"])
def test_other_values_are_streamlits(client: TestClient, value: str) -> None:
    document: Document = read(client, "/", f"embed={value}")
    assert document.find("aside") and not document.find("p", "told")


@pytest.mark.parametrize("part", ["timeline", "list"])
def test_where_nothing_fits_it_says_so(client: TestClient, part: str) -> None:
    document = read(client, "/", f"q=nothing+of+this&embed={part}")
    assert "No incident fits" in document.find("p", "empty")[0]


def test_a_page_says_what_is_printed_of_it(client: TestClient) -> None:
    def find(path: str, query: str) -> Any:
        marks = [told.get("data-brief") for _, told, _ in read(client, path, query).elements]
        return [parse_qs(str(mark)) for mark in marks if mark]

    (overview,) = find("/", "type=air+strike&incident=A&bbox=1,2,3,4&z=5")
    assert set(overview) == {"type", "data"}
    (incident,) = find("/incident", "type=air+strike&incident=A")
    assert set(incident) == {"type", "data", "incident"}
    assert find("/", "embed=map") == []


@pytest.mark.parametrize("part", EMBEDS)
def test_whatever_a_table_holds_is_text(
    make_client: MakeClient,
    hostile_table: Path,
    shipped_settings: Settings,
    kept_snapshots: Path,
    part: str,
) -> None:
    catalog = Catalog(replace(shipped_settings, table=hostile_table, snapshots=kept_snapshots))
    catalog.start().result()
    client = make_client(catalog)
    for query in ({}, {"incident": f"HA {HOSTILE}"}, {"q": HOSTILE}):
        elements = Document(client.get("/", params=query | {"embed": part}).text).elements
        tags = {tag for tag, _, _ in elements}
        assert "main" in tags and not {"img", "iframe", "object", "form"} & tags
        for _, told, _ in elements:
            assert not any(name.startswith("on") for name in told)
            assert not str(told.get("href") or "").strip().lower().startswith("javascript:")
