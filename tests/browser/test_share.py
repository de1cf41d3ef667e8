"""A link opens the same view for a colleague."""

import math
from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.dashboard import (
    ask,
    choose,
    choose_one,
    expect_sentence,
    in_navigation,
    in_panel,
    link_to,
    map_status,
    open_page,
    read_address,
    read_figures,
    read_place,
    read_share_link,
    sentence,
    turn_to,
    wait_for_address,
    wait_for_map,
    wait_in_map,
    wait_settled,
    zoom_with_wheel,
)

NewReader = Callable[..., Page]
EACH_KIND = {
    "dates": ["2021-02-01", "2021-07-20"],
    "country": ["IQ"],
    "type": ["rocket attack", "drone attack"],
    "who": ["coalition"],
    "killed": ["0", "3"],
    "basis": ["low"],
    "sources": ["2"],
    "precision": ["town"],
    "q": ["airport"],
}


def test_share_link_opens_the_same_view(server: str, page: Page, new_reader: NewReader) -> None:
    open_page(page, link_to(server, "", type="rocket attack"))
    wait_for_map(page)
    zoom_with_wheel(page)
    link = read_share_link(page)
    colleague = new_reader()
    open_page(colleague, link)
    wait_for_map(colleague)
    assert sentence(colleague).inner_text() == sentence(page).inner_text()
    assert read_figures(colleague) == read_figures(page)
    here, there = read_place(page), read_place(colleague)
    assert there["zoom"] == here["zoom"]
    assert there["lat"] == pytest.approx(here["lat"], abs=0.02)
    assert there["lng"] == pytest.approx(here["lng"], abs=0.02)
    version = ask(page, server, "health")["snapshot"]
    assert read_address(colleague)["data"] == [version]
    assert f"data={version}" in link


def test_share_link_follows_the_filters(server: str, page: Page) -> None:
    open_page(page, server)
    choose(page, "Type", "drone attack")
    wait_for_address(page, lambda query: query.get("type") == ["drone attack"])
    assert "type=drone+attack" in read_share_link(page)


def test_share_link_names_the_open_incident(server: str, page: Page, new_reader: NewReader) -> None:
    open_page(page, link_to(server, "", incident="IQ-2021-04-14-BASHIQA-1"))
    link = read_share_link(page)
    open_page(page, link)
    expect(page.locator(".st-key-card")).to_contain_text("Bashiqa")


def test_address_alone_restores_every_kind_of_filter(
    server: str, page: Page, new_reader: NewReader
) -> None:
    open_page(page, link_to(server, "", **EACH_KIND))
    expect_sentence(page, "killed among coalition personnel")
    expect_sentence(page, "with their lowest claims only")
    wait_settled(page)
    total = ask(page, server, "map", **EACH_KIND)["total"]
    assert 0 < total < 64
    assert read_figures(page)[0].split()[0] == str(total)
    colleague = new_reader()
    open_page(colleague, page.url)
    expect_sentence(colleague, sentence(page).inner_text())
    assert read_figures(colleague) == read_figures(page)


def set_harm(page: Page) -> None:
    """Ask for fighters killed, by the lowest claim."""
    choose_one(page, "Whose harm", "Fighters")
    wait_for_address(page, lambda query: "who" in query)
    in_panel(page).get_by_role("radio", name="Lowest").click()
    wait_for_address(page, lambda query: "basis" in query)
    least = in_panel(page).get_by_label("Killed: at least")
    least.fill("1")
    least.press("Enter")


def set_words_and_certainty(page: Page) -> None:
    """Ask for a word, a country, a number of publishers and a precision."""
    words = in_panel(page).get_by_label("Words")
    words.fill("oil field")
    words.press("Enter")
    wait_for_address(page, lambda query: "q" in query)
    in_panel(page).get_by_text("More filters").click()
    choose(page, "Country", "Syria")
    publishers = in_panel(page).get_by_label("Publishers")
    publishers.fill("2")
    publishers.press("Enter")
    wait_for_address(page, lambda query: "sources" in query)
    choose(page, "Place known to", "district")


BY_HAND: dict[str, tuple[Callable[[Page], None], Sequence[str], Sequence[str]]] = {
    "harm": (
        set_harm,
        ["with 1–57 killed among fighters", "with their lowest claims only"],
        ["who", "killed", "basis"],
    ),
    "words and certainty": (
        set_words_and_certainty,
        ["in Syria", "at least 2 publishers", "to the district or better", "mention “oil field”"],
        ["q", "country", "sources", "precision"],
    ),
}


@pytest.mark.parametrize(("set_filters", "words", "keys"), BY_HAND.values(), ids=list(BY_HAND))
def test_filters_set_by_hand_are_in_the_address(
    server: str,
    page: Page,
    set_filters: Callable[[Page], None],
    words: Sequence[str],
    keys: Sequence[str],
) -> None:
    open_page(page, link_to(server, "timeline"))
    set_filters(page)
    for part in words:
        expect_sentence(page, part)
    wait_for_address(page, lambda query: all(key in query for key in keys))
    wait_settled(page)
    said, figures = sentence(page).inner_text(), read_figures(page)
    assert 0 < int(figures[0].split()[0]) < 64
    open_page(page, page.url)
    expect_sentence(page, said)
    assert read_figures(page) == figures


def test_filters_stay_from_page_to_page(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", type="drone attack", dates=["2021-05-01", "2021-07-29"]))
    said = sentence(page).inner_text()
    for name in ("Timeline", "Casualties", "Data", "Overview"):
        in_navigation(page).get_by_text(name, exact=True).click()
        path = "" if name == "Overview" else name.lower()
        page.wait_for_url(f"{server}/{path}?*", wait_until="commit")
        wait_for_address(page, lambda query: query.get("type") == ["drone attack"])
        wait_settled(page)
        expect_sentence(page, said)


def test_map_of_a_link_stays_where_the_link_says(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", bbox="43.5,32.8,45.2,34.0", z="9"))
    wait_for_map(page)
    # All of the link's window is on screen, and not much more of the world.
    window = "L.latLngBounds([[32.8, 43.5], [34.0, 45.2]])"
    wait_in_map(page, f"() => liveLayer.map.getBounds().pad(0.05).contains({window})")
    wait_in_map(page, "() => liveLayer.map.getZoom() >= 8")
    place = read_place(page)
    assert (place["lat"], place["lng"]) == (
        pytest.approx(33.4, abs=0.02),
        pytest.approx(44.35, abs=0.02),
    )


def test_many_filters_make_a_short_link_that_opens_the_same(
    server: str, page: Page, new_reader: NewReader
) -> None:
    counts = ask(page, server, "facets")
    most = {
        key: [name for name, _ in counts[key]["options"]][1:]
        for key in ("place", "actor", "weapon", "gov")
    }
    turns = [math.tau * number / 50 for number in range(50)]
    corners = [(42 + 9 * math.cos(turn), 33 + 7 * math.sin(turn)) for turn in turns]
    area = ",".join(f"{lon:.5f},{lat:.5f}" for lon, lat in corners)
    long = link_to(server, area=area, **most)
    assert len(long) > 2_000
    open_page(page, long)
    wait_for_map(page, "of ")
    words, figures, told = sentence(page).inner_text(), read_figures(page), map_status(page)
    shown = told.inner_text()
    link = read_share_link(page)
    assert len(link) < 300
    hrefs = page.locator("a").evaluate_all("links => links.map(link => link.href)")
    # The link to this page is its own address, as it was opened.
    assert [href for href in hrefs if len(href) > 300 and page.url not in href] == []
    choose(page, "Type", "rocket attack")
    expect_sentence(page, "rocket attack")
    assert len(page.url) < 300
    page.go_back()
    expect_sentence(page, words)
    turn_to(page, "Timeline")
    page.wait_for_url("**/timeline?*")
    assert len(page.url) < 300 and len(read_address(page)["f"]) == 1
    colleague = new_reader()
    open_page(colleague, link)
    wait_for_map(colleague, shown)
    assert sentence(colleague).inner_text() == words
    assert read_figures(colleague) == figures
    blocked = new_reader(java_script_enabled=False)
    blocked.goto(link)
    assert blocked.locator("#first-view h1").inner_text() == words


def test_share_offers_picture_brief_code_and_frame(
    server: str, page: Page, new_reader: NewReader
) -> None:
    open_page(
        page, link_to(server, "timeline", type="air strike", incident="IQ-2021-04-14-BASHIQA-1")
    )
    page.get_by_role("button", name="Share").click()
    link = page.get_by_label("Link to this view").input_value()
    brief = page.get_by_role("link", name="Brief").get_attribute("href")
    picture = page.get_by_role("link", name="Picture").get_attribute("href")
    assert brief and brief.startswith(f"{server}/api/brief.html?type=air+strike")
    assert "data=" in brief and "incident" not in brief
    told = page.request.get(brief)
    assert told.ok and 'class="record"' in told.text()
    drawn = page.request.get(str(picture))
    assert drawn.ok and drawn.headers["content-type"] == "image/png"
    code = page.get_by_role("img", name="QR code of the link")
    expect(code).to_be_visible()
    assert code.evaluate("each => each.complete && each.naturalWidth > 0")
    scanned = zxingcpp.read_barcodes(Image.open(BytesIO(code.screenshot())))
    assert [each.text for each in scanned] == [link]
    for part in ("Map", "Timeline", "Figures", "List"):
        page.get_by_label("Part to show").select_option(label=part)
        frame = page.get_by_label("Code to embed").input_value()
        assert f"embed={part.lower()}" in frame and frame.startswith(f'<iframe src="{server}/?')
    page.get_by_label("Code to embed").evaluate("each => each.blur()")
    expect(page.get_by_text("INCIDENTS_EMBEDDERS")).to_be_visible()
    page.keyboard.press("Escape")


def test_share_of_an_incident_offers_its_record(server: str, page: Page) -> None:
    open_page(page, link_to(server, "incident", incident="IQ-2021-04-14-BASHIQA-1"))
    page.get_by_role("button", name="Share").click()
    brief = page.get_by_role("link", name="Brief").get_attribute("href")
    assert brief and "incident=IQ-2021-04-14-BASHIQA-1" in brief
    expect(page.get_by_label("Code to embed")).to_be_hidden()
