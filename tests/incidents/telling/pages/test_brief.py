"""The brief: all that a view shows, in one file that asks for nothing."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.asking.address import from_query, to_query
from incidents.asking.listing import sort_rows
from incidents.asking.store import read_rows
from incidents.serving.routes import SHIPPED
from incidents.table.settings import Settings
from incidents.telling.files.card import draw_card
from incidents.telling.pages import records
from incidents.telling.pages.brief import METHOD, write_brief
from incidents.telling.pages.document import write_document
from incidents.telling.pages.records import anchor
from incidents.versions.catalog import Catalog, Version
from tests.incidents.telling.pages.conftest import SENT, Ask, Written, ask_of, brief

AIN_AL_ASAD = "IQ-2021-07-07-AIN-AL-ASAD-1"


def list_incidents(written: Written) -> list[str]:
    return [
        told["id"] for told in written.list_attributes("section") if told.get("class") == "record"
    ]


@pytest.mark.parametrize("query", ["", "type=air+strike", "gov=Anbar&sort=killed_max", "q=base"])
def test_every_incident_of_the_filters_is_whole_in_it(ask: Ask, query: str) -> None:
    asked = ask(query)
    rows = read_rows(sort_rows(asked.store.select(asked.filters), asked.display.sort or "-date"))
    written = brief(asked)
    assert list_incidents(written) == [anchor(row["incident"]) for row in rows] != []
    told = written.find("section", "record")
    for row, words in zip(rows, told, strict=True):
        assert " ".join((row["summary"] or "").split()) in words
        assert row["grade"] is None or row["grade"] in words
        for report in asked.store.find_reports(row["incident"]):
            assert report["publisher"] in words and unquote(report["url"] or "") in words
    links = {told.get("href") for told in written.list_attributes("a")}
    urls = {r["url"] for row in rows for r in asked.store.find_reports(row["incident"]) if r["url"]}
    assert urls <= links


def test_it_says_where_it_comes_from_and_how_to_read_it(ask: Ask) -> None:
    asked = ask("type=air+strike")
    written = brief(asked)
    (whole,) = written.find("article", "brief")
    for words in (*METHOD, "CC BY 4.0", "Natural Earth", "Written 26 Nov 2026", "of 20 Nov 2026"):
        assert words in whole
    version = asked.table.snapshot
    link = f"https://news.example/attacks/?type=air+strike&data={version}"
    assert f"version {version} of 20 Nov 2026. {link} (seen 26 Nov 2026)." in whole
    assert [a["href"] for a in written.list_attributes("a")].count(link) == 2
    (qr,) = [svg for svg in written.list_attributes("svg") if svg.get("class") == "qr"]
    assert qr["aria-label"] == "QR code of the address"
    assert written.find("h3")[:2] == ["Killed per week", "Wounded per week"]


def test_without_a_server_it_names_no_address(ask: Ask) -> None:
    written = brief(ask("type=air+strike"), replace(SENT, place=""))
    links = [told["href"] for told in written.list_attributes("a")]
    assert all(urlsplit(link).scheme in ("http", "https") or link.startswith("#") for link in links)
    assert "written without a server" in written.find("article")[0]


@pytest.mark.parametrize("query", ["", f"incident={AIN_AL_ASAD}", "q=nothing+of+it"])
def test_it_asks_for_nothing_and_runs_nothing(ask: Ask, query: str) -> None:
    html = write_brief(ask(query), SENT, SHIPPED)
    written = Written(html)
    (policy,) = [m["content"] for m in written.list_attributes("meta") if "http-equiv" in m]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    tags = {tag for tag, _, _ in written.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "form", "image", "use", "base"}
    assert not re.search(r"url\((?!#)|@import|\bon\w+=|style=\"", html)
    assert all("src" not in told for _, told, _ in written.elements)
    for told in written.list_attributes("a"):
        is_outside = told["href"].startswith(("https://", "http://"))
        assert is_outside or told["href"].startswith("#")
        assert not is_outside or "noreferrer" in told["rel"]


def test_marks_of_the_map_lead_to_their_incidents(ask: Ask) -> None:
    written = brief(ask(""))
    targets = {told["id"] for _, told, _ in written.elements if "id" in told}
    leads = [a["href"][1:] for a in written.list_attributes("a") if a["href"].startswith("#")]
    assert leads and set(leads) <= targets


def test_of_an_incident_it_is_its_record(ask: Ask) -> None:
    written = brief(ask(f"type=air+strike&incident={AIN_AL_ASAD}"))
    assert list_incidents(written) == [anchor(AIN_AL_ASAD)]
    whole = written.find("article")[0]
    assert "Report by report" in whole and "Where reports differ" in whole
    assert "at Ain al-Asad" in written.find("h1")[0]
    (link,) = {a["href"] for a in written.list_attributes("a") if "/attacks/" in a["href"]}
    assert link.startswith("https://news.example/attacks/incident?")


def test_an_incident_that_is_not_there_is_told(ask: Ask) -> None:
    written = brief(ask("incident=<b>"))
    assert "Incident “<b>” is not in this version" in written.find("p", "told")[0]
    assert len(list_incidents(written)) == 64


def test_of_very_many_it_is_a_table_that_says_how_many(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incidents.telling.pages.brief.WHOLE", 50)
    written = brief(ask(""))
    assert list_incidents(written) == [] and len(written.find("tr")) == 65
    assert "64 incidents, in short because they are more than 50." in written.find("p", "note")[-1]
    for module in (records, "incidents.telling.pages.brief"):
        name = module if isinstance(module, str) else module.__name__
        monkeypatch.setattr(f"{name}.MOST_LISTED", 60)
    asked = ask("")
    written = brief(asked)
    assert len(written.find("tr")) == 61
    (told,) = [words for words in written.find("p", "note") if words.startswith("The first")]
    assert told.startswith("The first 60 of 64 incidents.")
    address = f"https://news.example/attacks/api/incidents.csv?data={asked.table.snapshot}"
    assert told.endswith(address)
    told = brief(asked, replace(SENT, place="")).find("article")[0]
    assert f"python -m incidents export {asked.table.snapshot} --format csv" in told


def some(*values: str) -> Any:
    return st.lists(st.sampled_from(values), max_size=2, unique=True)


QUERIES = st.fixed_dictionaries(
    {
        "type": some("rocket attack", "air strike", "roadside bomb"),
        "gov": some("Anbar", "Baghdad", "Erbil", "Deir ez-Zor"),
        "who": st.sampled_from([[], ["coalition"], ["fighters"], ["civilians"]]),
        "basis": st.sampled_from([[], ["low"], ["high"], ["known"]]),
        "killed": st.sampled_from([[], ["0", "9"], ["1", "99"]]),
        "dates": st.sampled_from([[], ["2021-02-01", "2021-04-30"], ["2021-06-01", "2021-07-31"]]),
    }
)


@given(QUERIES)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_brief_picture_and_page_have_the_same_figures(
    ask: Ask, drawn: dict[str, list[str]]
) -> None:
    pairs = [(key, value) for key, values in drawn.items() for value in values]
    asked = ask(to_query(from_query(pairs)[0]))
    written, page = brief(asked), Written(write_document(asked).body)

    def read(document: Written) -> list[tuple[str, ...]]:
        parts = (document.find("span", f"figure-{part}") for part in ("value", "label", "note"))
        return list(zip(*parts, strict=True))

    assert read(written) == read(page) and len(read(page)) == 4
    assert written.find("h1")[0] == page.find("h1")[0]
    picture = Written(draw_card(asked)).find("text")
    for value, label, _ in read(page):
        assert value in picture and label in picture
    count = int(read(page)[0][0].replace(",", ""))
    assert len(list_incidents(written)) == count == asked.store.count(asked.filters)[0]


def test_whatever_a_table_holds_is_text(
    hostile_table: Path, shipped_settings: Settings, tmp_path: Path, hostile: str
) -> None:
    catalog = Catalog(replace(shipped_settings, table=hostile_table, snapshots=tmp_path))
    catalog.start().result()
    version: Version = catalog.current
    names = [row["incident"] for row in read_rows(version.store.incidents[["incident"]])]
    for query in ("", f"incident={names[0].replace('&', '%26').replace('+', '%2B')}"):
        written = brief(ask_of(version, query))
        tags = {tag for tag, _, _ in written.elements}
        assert not tags & {"script", "img"}
        assert hostile.split()[0] in written.find("article")[0]
        for told in written.list_attributes("a"):
            assert urlsplit(told["href"]).scheme in ("http", "https", "")
    assert len(list_incidents(brief(ask_of(version, "")))) == len(names)
