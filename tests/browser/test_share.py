"""A link opens the same view for a colleague."""

from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dashboard import (
    ask,
    choose,
    expect_sentence,
    link_to,
    open_page,
    read_address,
    read_figures,
    read_place,
    read_share_link,
    sentence,
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
    expect_sentence(page, "killed among coalition personnel (lowest claim)")
    wait_settled(page)
    total = ask(page, server, "map", **EACH_KIND)["total"]
    assert 0 < total < 64
    assert read_figures(page)[0].split()[0] == str(total)
    colleague = new_reader()
    open_page(colleague, page.url)
    expect_sentence(colleague, sentence(page).inner_text())
    assert read_figures(colleague) == read_figures(page)


def type_words(page: Page) -> None:
    box = page.get_by_test_id("stSidebar").get_by_label("Words")
    box.fill("embassy")
    box.press("Enter")


def pick_harm(page: Page) -> None:
    page.get_by_test_id("stSidebar").get_by_label("Whose harm").click()
    page.get_by_role("option", name="Fighters").click()
    wait_settled(page)
    move_slider(page)


def move_slider(page: Page) -> None:
    handle = page.get_by_test_id("stSidebar").get_by_role("slider", name="Killed").first
    handle.focus()
    handle.press("ArrowRight")
    wait_for_address(page, lambda query: "killed" in query)


def pick_lowest(page: Page) -> None:
    page.get_by_test_id("stSidebar").get_by_text("Lowest").click()
    wait_for_address(page, lambda query: "basis" in query)
    move_slider(page)


def open_more(page: Page) -> None:
    page.get_by_test_id("stSidebar").get_by_text("More filters").click()


def pick_country(page: Page) -> None:
    open_more(page)
    choose(page, "Country", "Syria")


def pick_sources(page: Page) -> None:
    open_more(page)
    field = page.get_by_test_id("stSidebar").get_by_role("spinbutton", name="publishers")
    field.fill("4")
    field.press("Enter")


def pick_precision(page: Page) -> None:
    open_more(page)
    page.get_by_test_id("stSidebar").get_by_role("combobox", name="Place known to").click()
    page.get_by_role("option", name="site", exact=True).click()


HANDS: dict[str, tuple[Callable[[Page], None], str, Sequence[str]]] = {
    "words": (type_words, "that mention “embassy”", ["q"]),
    "killed": (move_slider, "with 1–57 killed (highest claim)", ["killed"]),
    "whose": (pick_harm, "killed among fighters", ["who", "killed"]),
    "lowest": (pick_lowest, "(lowest claim)", ["basis", "killed"]),
    "country": (pick_country, "in Syria", ["country"]),
    "publishers": (pick_sources, "reported by at least 4 publishers", ["sources"]),
    "precision": (pick_precision, "placed to the site or better", ["precision"]),
}


@pytest.mark.parametrize(("set_filter", "words", "keys"), HANDS.values(), ids=list(HANDS))
def test_filter_set_by_hand_is_in_the_address(
    server: str,
    page: Page,
    set_filter: Callable[[Page], None],
    words: str,
    keys: Sequence[str],
) -> None:
    open_page(page, link_to(server, "timeline"))
    set_filter(page)
    expect_sentence(page, words)
    wait_for_address(page, lambda query: all(key in query for key in keys))
    wait_settled(page)
    said, figures = sentence(page).inner_text(), read_figures(page)
    open_page(page, page.url)
    expect_sentence(page, said)
    assert read_figures(page) == figures


def test_filters_stay_from_page_to_page(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", type="drone attack", dates=["2021-05-01", "2021-07-29"]))
    said = sentence(page).inner_text()
    for name in ("Timeline", "Casualties", "Data", "Overview"):
        page.get_by_role("banner").get_by_role("link", name=name, exact=True).click()
        wait_for_address(page, lambda query: query.get("type") == ["drone attack"])
        wait_settled(page)
        expect_sentence(page, said)


def test_map_of_a_link_stays_where_the_link_says(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", bbox="43.5,32.8,45.2,34.0", z="9"))
    wait_for_map(page)
    wait_in_map(page, "() => liveLayer.map.getZoom() === 9")
    place = read_place(page)
    assert (place["lat"], place["lng"]) == (
        pytest.approx(33.4, abs=0.02),
        pytest.approx(44.35, abs=0.02),
    )
