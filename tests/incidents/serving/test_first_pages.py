"""What a page's address asks for stands in its HTML, and is what the live page shows."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from incidents.asking.figures import count_figures
from incidents.asking.filters import Filters, to_sentence
from incidents.table.settings import Settings
from incidents.telling.pages.asked import PAGES
from incidents.telling.pages.figures import list_cards
from incidents.versions.catalog import Catalog, Version
from tests.hostile_rows import HOSTILE
from tests.incidents.serving.conftest import INDEX, Document, MakeClient, list_paths, read
from tests.opened import read_sentence

AIN_AL_ASAD = "IQ-2021-07-07-AIN-AL-ASAD-1"


@pytest.mark.parametrize("base", ["", "/attacks"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_its_link_shows(
    make_client: MakeClient, shipped_catalog: Catalog, page: str, base: str
) -> None:
    shipped_catalog.start().result()
    query = f"type=air+strike&incident={AIN_AL_ASAD}" if page == "incident" else "type=air+strike"
    path = list_paths(base)[page]
    document = read(make_client(shipped_catalog, base), path, query)
    (title,) = document.find("title")[:1]
    assert "Attacks in Iraq and Syria" in title and title != "Attacks in Iraq and Syria"
    (heading,) = document.find("h1")
    assert heading in title or page == "incident"
    told = [attributes for tag, attributes, _ in document.elements if tag in ("meta", "link")]
    (description,) = (each["content"] for each in told if each.get("name") == "description")
    assert description and len(description) < 400
    (canonical,) = (each["href"] for each in told if each.get("rel") == "canonical")
    assert canonical is not None and canonical.startswith(f"http://testserver{path}?")
    assert "type=air+strike" in canonical and ("incident=" in canonical) == (page == "incident")
    # A menu of links, with this page marked, that keep the filters.
    links = {text: a for (tag, a, t) in document.elements if tag == "a" for text in ["".join(t)]}
    assert links["Timeline"]["href"] == "timeline?type=air+strike"
    if page in ("overview", "timeline", "casualties", "data", "about"):
        assert links[PAGES[page]]["aria-current"] == "page"


def some(*values: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


def one(*values: str) -> st.SearchStrategy[list[str]]:
    return st.sampled_from(values).map(lambda value: [value])


DAYS = st.dates(date(2020, 12, 1), date(2021, 8, 31)).map(date.isoformat)
QUERIES = st.fixed_dictionaries(
    {},
    optional={
        "type": some("air strike", "rocket attack", "no such type"),
        "gov": some("Baghdad", "Anbar", "Deir ez-Zor"),
        "dates": st.lists(DAYS, min_size=2, max_size=2),
        "killed": st.lists(st.integers(0, 70).map(str), min_size=2, max_size=2),
        "basis": one("low", "high", "known"),
        "precision": one("site", "governorate"),
        "q": one("base", "قاعدة", "nothing like it"),
        "sort": one("date", "-killed_max", "place"),
    },
)


@given(query=QUERIES)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_figures_and_rows_are_those_of_the_live_page(
    client: TestClient, open_page: Callable[..., Any], query: dict[str, list[str]]
) -> None:
    live = open_page(query=query)
    pairs = [(name, text) for name, texts in query.items() for text in texts]
    document = Document(client.get("/", params=pairs).text)
    html = next(e.proto.body for e in live.get("html") if "figure-value" in e.proto.body)
    assert document.figures == Document(html).figures
    assert document.find("h1") == [read_sentence(live)]
    told = [json.loads(each.proto.json) for each in live.get("bidi_component")]
    lists = [each["rows"] for each in told if "rows" in each]
    if lists:
        names = ("date", "place", "killed", "wounded", "type")
        assert document.rows == [[row[name] for name in names] for row in lists[0]]
    else:
        assert "No incident fits all of these filters." in document.find("b")


LINKS: dict[str, Filters] = {
    "": Filters(),
    "type=air+strike": Filters(type=("air strike",)),
    "killed=1&killed=9&basis=low": Filters(killed=(1, 9), basis="low"),
    "dates=2021-07-08&dates=2021-07-07": Filters(dates=(date(2021, 7, 7), date(2021, 7, 8))),
    "gov=Nowhere": Filters(),
    "killed=0&killed=9999": Filters(killed=(0, 9999)),
    "nothing=1": Filters(),
}


@pytest.mark.parametrize("query", LINKS)
def test_what_cannot_be_used_of_a_link_is_told(
    client: TestClient, shipped: Version, query: str
) -> None:
    document, filters = read(client, "/", query), LINKS[query]
    figures = count_figures(shipped.store.select(filters))
    assert document.figures == [(c.value, c.label, c.note) for c in list_cards(figures)]
    assert document.find("h1")[0].startswith(to_sentence(filters))
    left_out = [text for text in document.find("p", "told") if "Left out of the link" in text]
    assert bool(left_out) == (filters == Filters() and query != "")


def test_the_map_has_the_marks_of_the_live_map(client: TestClient, shipped: Version) -> None:
    document = read(client)
    classes = [a.get("class") or "" for tag, a, _ in document.elements if tag in ("circle", "path")]
    total, placed = shipped.store.count(Filters())
    assert sum(each.startswith("area") for each in classes) > 5
    # Those beside the bars are none of the map's.
    texts = Counter(document.find("text")) - Counter(document.find("text", "count"))
    numbers = sum(int(text) for text in texts.elements() if text.isdigit())
    singles = sum(each.startswith("mark") for each in classes)
    assert numbers + singles == placed == total
    (status,) = document.find("p", "map-status")
    assert status == f"{total} of {total} incidents on screen"
    labels = [a.get("aria-label") for tag, a, _ in document.elements if tag == "svg"]
    assert f"Map. {status}." in labels


@pytest.mark.parametrize("view", ["density", "governorates", "lines", "change"])
def test_the_map_shows_the_view_of_the_link(client: TestClient, view: str) -> None:
    document = read(client, "/", f"view={view}")
    kinds = {
        "density": "square",
        "governorates": "governorate",
        "lines": "line",
        "change": "change",
    }
    names = [(a.get("class") or "").split()[:1] for _, a, _ in document.elements]
    assert [kinds[view]] in names
    shown = [text for text in document.find("b") if text.lower() == view]
    assert len(shown) == 1


def test_an_incident_that_is_open_stands_in_the_lists_place(client: TestClient) -> None:
    document = read(client, "/", f"incident={AIN_AL_ASAD}")
    assert "4–30 rockets at Ain al-Asad Air Base, 2–3 wounded" in document.find("h2")
    assert any("chosen" in (a.get("class") or "") for _, a, _ in document.elements)
    full = read(client, "/incident", f"incident={AIN_AL_ASAD}")
    assert "2–3 wounded" in full.find("h1")[0] and len(full.find("div", "report")) > 5
    gone = read(client, "/incident", "incident=nothing")
    assert "There is no such incident in this version of the table." in gone.find("b")


HOSTILE_PATHS = [*list_paths().values(), "/?view=governorates", "/?view=lines", "/?view=density"]


@pytest.mark.parametrize("path", HOSTILE_PATHS)
def test_whatever_a_table_holds_is_text(
    make_client: MakeClient, hostile_catalog: Catalog, path: str
) -> None:
    client = make_client(hostile_catalog)
    scripts, own = INDEX.count("<script") + 3, "http://testserver/"
    asked = {"incident": f"HA {HOSTILE}"}, {"q": HOSTILE, "gov": HOSTILE}, {HOSTILE: HOSTILE}
    for query in ({}, *asked):
        answer = client.get(path) if "?" in path else client.get(path, params=query)
        elements = Document(answer.text).elements
        tags = [tag for tag, _, _ in elements]
        assert tags.count("script") == scripts
        assert not {"img", "iframe", "object", "form", "base"} & set(tags)
        for tag, attributes, _ in elements:
            assert not any(name.startswith("on") for name in attributes), (tag, attributes)
            for name in ("href", "src"):
                address = attributes.get(name) or ""
                assert not address.strip().lower().startswith(("javascript:", "data:")), address
                assert tag == "a" or not address.startswith("http") or address.startswith(own), (
                    address
                )


@pytest.fixture(scope="module")
def hostile_catalog(
    hostile_table: Path, shipped_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Catalog:
    folder = tmp_path_factory.mktemp("hostile-snapshots")
    catalog = Catalog(replace(shipped_settings, table=hostile_table, snapshots=folder))
    catalog.start().result()
    return catalog


def test_a_version_that_is_not_kept_is_told_and_the_newest_shown(client: TestClient) -> None:
    document = read(client, "/", "data=abcdef123456")
    assert document.find("p", "told") == [
        'Version "abcdef123456" of the table is not kept here. The newest version is shown instead.'
    ]
    assert document.figures[0][0] == "64"


def test_the_version_that_a_link_names_is_shown(
    make_client: MakeClient, shipped_settings: Settings, tmp_path: Path
) -> None:
    table = tmp_path / "own.csv"
    table.write_text("date,place\n2021-07-07,Erbil\n", "utf-8")
    settings_of = replace(shipped_settings, table=table, snapshots=tmp_path / "kept")
    first = Catalog(settings_of).current.snapshot.id
    table.write_text("date,place\n2021-07-07,Erbil\n2021-07-08,Mosul\n", "utf-8")
    catalog = Catalog(settings_of)
    catalog.start().result()
    client = make_client(catalog)
    assert read(client).figures[0][0] == "2"
    document = read(client, "/", f"data={first}")
    assert document.figures[0][0] == "1" and document.find("div", "kicker") == [
        "Incidents in own.csv"
    ]
    links = [a["href"] or "" for tag, a, _ in document.elements if tag == "a"]
    assert all(f"data={first}" in each for each in links)
    compared = read(client, "/difference", f"against={first}")
    assert compared.find("td")[:3] == ["1", "0", "0"]
    # Its files are damaged: the page says so.
    folder = next(tmp_path.glob(f"kept/**/{first}*"))
    for file in folder.glob("*"):
        file.unlink() if file.suffix == ".duckdb" else file.write_bytes(b"nothing")
    damaged = read(make_client(Catalog(settings_of)), "/", f"data={first}")
    assert any(first in text for text in damaged.find("p", "told"))


def test_a_table_that_cannot_be_read_is_told(
    make_client: MakeClient, shipped_settings: Settings, broken_table: Path, tmp_path: Path
) -> None:
    catalog = Catalog(replace(shipped_settings, table=broken_table, snapshots=tmp_path / "kept"))
    answer = make_client(catalog).get("/timeline")
    assert answer.headers["cache-control"] == "no-store" and "etag" not in answer.headers
    (told,) = Document(answer.text).find("p", "told")
    assert "broken.csv" in told and "Traceback" not in answer.text
    assert 'id="first-view" data-waits' in answer.text


def test_an_empty_table_is_told(
    make_client: MakeClient, shipped_settings: Settings, empty_table: Path, tmp_path: Path
) -> None:
    catalog = Catalog(replace(shipped_settings, table=empty_table, snapshots=tmp_path / "kept"))
    catalog.start().result()
    client = make_client(catalog)
    for path in list_paths().values():
        document = read(client, path)
        assert document.find("h1")
    assert read(client).figures[0] == ("0", "incidents", "")


def test_many_marks_stay_small(make_client: MakeClient, many_catalog: Catalog) -> None:
    with make_client(many_catalog).stream("GET", "/", headers={"accept-encoding": "gzip"}) as got:
        size = len(b"".join(got.iter_raw()))
    assert size < 60_000


@pytest.fixture(scope="module")
def many_catalog(shipped_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """As many marks as the map draws one by one, each of its own kind and place."""
    table = tmp_path_factory.mktemp("many") / "many.csv"
    types = ("rocket attack", "drone attack", "air strike")
    rows = [
        f"2021-{1 + n % 12:02}-{1 + n % 28:02},Place number {n},{types[n % 3]},"
        f"{30 + n * 7919 % 60000 / 10000:.4f},{40 + n * 104729 % 70000 / 10000:.4f},site,"
        f"{n % 13 if n % 4 else ''}\n"
        for n in range(2000)
    ]
    head = "date,place,type,lat,lon,precision,killed_min\n"
    table.write_text(head + "".join(rows), "utf-8")
    folder = tmp_path_factory.mktemp("many-snapshots")
    catalog = Catalog(replace(shipped_settings, table=table, snapshots=folder))
    catalog.start().result()
    return catalog


def test_links_ask_for_what_they_say(client: TestClient) -> None:
    document = read(client, "/", "type=air+strike&gov=Baghdad")
    links = {
        attributes.get("aria-label") or "".join(text): attributes["href"]
        for tag, attributes, text in document.elements
        if tag == "a"
    }
    assert links["Clear Type"] == "./?gov=Baghdad"
    assert links["Density"] == "./?gov=Baghdad&type=air+strike&view=density"
    assert links["Casualties"] == "casualties?gov=Baghdad&type=air+strike"
