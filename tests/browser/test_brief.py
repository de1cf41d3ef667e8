"""The brief in a browser without a network, and what is printed of a page."""

import io
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.dashboard import ask, link_to, open_page, watch_page
from tests.hostile_rows import HOSTILE

NewReader = Callable[..., Page]
AIN_AL_ASAD = "IQ-2021-07-07-AIN-AL-ASAD-1"
SIZES = {"A4": (595, 842), "Letter": (612, 792)}
"""Points of a sheet of paper."""


def squeeze(text: str) -> str:
    """Letters alone, none joined: where a line ends, a page may part a word."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def read_pdf(page: Page, **options: Any) -> PdfReader:
    return PdfReader(io.BytesIO(page.pdf(print_background=True, **options)))


def read_text(pdf: PdfReader) -> str:
    return squeeze("".join(each.extract_text() for each in pdf.pages))


def list_summaries(page: Page, server: str, **query: Any) -> list[str]:
    """What happened, in the words of the table, of every incident of the filters."""
    found = ask(page, server, "incidents.geojson", **query)
    return [squeeze(each["properties"]["summary"]) for each in found["features"]]


@pytest.mark.parametrize("paper", SIZES)
def test_a_browser_without_a_network_opens_and_prints_it(
    server: str, page: Page, chromium: Browser, tmp_path: Path, paper: str
) -> None:
    page.goto(link_to(server, "about"))
    summaries = list_summaries(page, server, gov="Anbar")
    file = tmp_path / "brief.html"
    file.write_bytes(page.request.get(link_to(server, "api/brief.html", gov="Anbar")).body())
    with chromium.new_context(offline=True) as context:
        reader = context.new_page()
        asked: list[str] = []
        said: list[str] = []
        reader.on("request", lambda request: asked.append(request.url))
        reader.on("console", lambda message: said.append(message.text))
        reader.goto(file.as_uri())
        expect(reader.get_by_role("heading", level=1)).to_contain_text("in Anbar")
        expect(reader.get_by_role("heading", level=2)).to_have_text(
            ["Map", "Over time", "Casualties", "Incidents", "How to read this", "Source"]
        )
        assert asked == [file.as_uri()] and said == []
        printed = read_pdf(reader, format=paper)
        wide = reader.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    told = read_text(printed)
    assert len(summaries) == 11 and [each for each in summaries if each not in told] == []
    for number, sheet in enumerate(printed.pages, 1):
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == pytest.approx(
            SIZES[paper], abs=2
        )
        assert f"Page{number}of{len(printed.pages)}" in squeeze(sheet.extract_text())


def test_no_map_is_cut(server: str, page: Page) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 970})
    page.goto(link_to(server, "api/brief.html"))
    box = page.locator(".picture svg").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 688
    assert box["height"] == pytest.approx(box["width"] * 440 / 720, rel=0.01)
    expect(page.locator(".map-status")).to_have_text("64 of 64 incidents on screen")
    outside = page.locator(".picture").evaluate(
        """figure => { const room = figure.getBoundingClientRect();
        return [...figure.querySelectorAll("a, .count")].filter(mark => {
          const box = mark.getBoundingClientRect();
          return box.left < room.left || box.right > room.right || box.top < room.top;
        }).length; }"""
    )
    assert outside == 0


@pytest.mark.parametrize("path", ["", "timeline", "casualties", "data", "about"])
def test_what_is_printed_of_a_page_is_every_incident_of_its_filters(
    server: str, new_reader: NewReader, path: str
) -> None:
    reader = new_reader(color_scheme="dark" if path == "" else "light")
    query = {"gov": "Anbar"} if path else {"gov": "Anbar", "incident": AIN_AL_ASAD}
    open_page(reader, link_to(server, path, **query))
    told = read_text(read_pdf(reader, format="A4"))
    summaries = list_summaries(reader, server, gov="Anbar")
    assert [each for each in summaries if each not in told] == []
    assert "Howtoreadthis" in told and "Page1of" in told
    # Nothing of the screen, and afterwards all of it again.
    assert "Dragtochoosedates" not in told and "ShareK" not in told
    expect(reader.locator("#printed")).to_have_count(0)
    expect(reader.get_by_test_id("stApp")).to_be_visible()


def test_what_is_printed_of_an_incident_is_its_record(server: str, new_reader: NewReader) -> None:
    reader = new_reader()
    open_page(reader, link_to(server, "incident", incident=AIN_AL_ASAD, gov="Anbar"))
    told = read_text(read_pdf(reader, format="Letter"))
    assert "Reportbyreport" in told and "27reports" in told
    own = squeeze(ask(reader, server, "incidents.geojson", q="Grad")["features"][0]["id"])
    assert own
    others = [each for each in list_summaries(reader, server, gov="Erbil") if each in told]
    assert others == []


def test_before_any_message_of_the_server_the_same_is_printed(
    server: str, new_reader: NewReader
) -> None:
    reader = new_reader()
    reader.route_web_socket("**/_stcore/stream", lambda socket: socket.close())
    reader.goto(link_to(server, type="air strike"))
    told = read_text(read_pdf(reader, format="A4"))
    summaries = list_summaries(reader, server, type="air strike")
    assert summaries and [each for each in summaries if each not in told] == []


def test_where_the_server_does_not_answer_it_says_so(server: str, new_reader: NewReader) -> None:
    reader = new_reader()
    open_page(reader, server)
    reader.evaluate(
        """() => { XMLHttpRequest.prototype.send = () => { throw new DOMException("away"); }; }"""
    )
    assert "Theservercannotbereached" in read_text(read_pdf(reader))


def test_hostile_text_is_text_on_paper(hostile_server: str, new_reader: NewReader) -> None:
    reader = new_reader()
    open_page(reader, hostile_server)
    told = read_text(read_pdf(reader, format="A4"))
    assert squeeze("<img src=x onerror=alert(1)>") in told
    tab = reader.context.new_page()
    watch = watch_page(tab)
    tab.goto(link_to(hostile_server, "api/brief.html"))
    expect(tab.get_by_role("heading", level=1)).to_be_visible()
    assert tab.locator("img, script, iframe").count() == 0
    assert HOSTILE.split()[0] in tab.inner_text("article")
    watch.assert_clean()
