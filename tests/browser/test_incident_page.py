"""The page of one incident: its reports, where they differ, its neighbours."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dashboard import (
    PATIENCE_MS,
    ask,
    in_map,
    link_to,
    list_rows,
    open_page,
    read_address,
    wait_for_address,
    wait_for_map,
    wait_settled,
)

AIN_AL_ASAD = "IQ-2021-07-07-AIN-AL-ASAD-1"
GREEN_ZONE = "IQ-2021-07-08-BAGHDAD-GREEN-ZONE-1"
SYRIAN_SIDE = "SY-2021-06-28-AL-BUKAMAL-1"
ARTICLE = {
    "Ain al-Asad": (AIN_AL_ASAD, [("All people", "unknown", "2–3")], {}, "Wounded"),
    "Green Zone": (GREEN_ZONE, [], {"Launched": "2–3", "Intercepted": "1"}, "Launched"),
    "Syrian side": (SYRIAN_SIDE, [("All people", "4–9", "3–4")], {}, "Killed"),
}


@pytest.mark.parametrize(
    ("incident", "tolls", "facts", "differs"), ARTICLE.values(), ids=list(ARTICLE)
)
def test_incident_of_the_article_shows_its_disagreement(
    server: str,
    page: Page,
    incident: str,
    tolls: list[tuple[str, ...]],
    facts: dict[str, str],
    differs: str,
) -> None:
    open_page(page, link_to(server, "incident", incident=incident))
    rows = page.get_by_test_id("stTable").locator("tbody tr")
    for toll in tolls:
        expect(rows.filter(has_text=toll[0])).to_have_text("".join(toll))
    for label, words in facts.items():
        fact = page.locator(f"dl.facts dt:text-is('{label}') + dd")
        expect(fact).to_have_text(words)
    difference = page.locator(".differences li").filter(has=page.locator(f"b:text-is('{differs}')"))
    expect(difference).to_have_count(1)
    expect(difference.locator("small").nth(1)).to_contain_text("report")
    assert page.locator(".chip.differs").count() >= 1
    wait_for_map(page, "Place known to the")


def test_reports_lead_to_their_sources(server: str, page: Page) -> None:
    open_page(page, link_to(server, "incident", incident=AIN_AL_ASAD))
    reports = page.locator(".report")
    expect(reports.first).to_be_visible(timeout=PATIENCE_MS)
    links = reports.locator("a").evaluate_all(
        "links => links.map(link => [link.href, link.target, link.rel])"
    )
    assert len(links) >= 3
    for href, target, rel in links:
        assert urlsplit(href).scheme in ("http", "https")
        assert (target, rel) == ("_blank", "noopener noreferrer")
    heading = page.locator("h3.section", has_text=re.compile(r"^\d+ reports"))
    assert reports.count() == int(heading.inner_text().split()[0])
    # A report that was corrected later is struck through, and so is in no difference.
    expect(page.get_by_text("copies of one agency count once")).to_be_visible()


def test_link_of_a_report_is_never_a_script(hostile_server: str, page: Page, hostile: str) -> None:
    open_page(page, link_to(hostile_server, "incident", incident=f"HB {hostile}"))
    reports = page.locator(".report")
    expect(reports).to_have_count(2)
    for href in reports.locator("a").evaluate_all("links => links.map(link => link.href)"):
        assert urlsplit(href).scheme in ("http", "https")


def test_neighbour_opens(server: str, page: Page) -> None:
    open_page(page, link_to(server, "incident", incident=SYRIAN_SIDE))
    expect(page.get_by_text("al-Qaim").first).to_be_visible(timeout=PATIENCE_MS)
    page.locator(".st-key-open_near_IQ-2021-06-28-AL-QAIM-1").get_by_role("button").click()
    wait_for_address(page, lambda query: query.get("incident") == ["IQ-2021-06-28-AL-QAIM-1"])
    wait_settled(page)
    expect(page.get_by_text("al-Qaim, Anbar, Iraq").first).to_be_visible()


def test_full_record_of_a_card_and_back(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", incident=GREEN_ZONE, type="rocket attack"))
    page.get_by_role("button", name="Full record").click()
    expect(page.locator(".report").first).to_be_visible(timeout=PATIENCE_MS)
    assert read_address(page)["incident"] == [GREEN_ZONE]
    wait_settled(page)
    page.get_by_role("link", name="Back to the overview").click()
    wait_for_map(page)
    expect(page.locator(".st-key-heading")).to_contain_text("of type rocket attack")


def test_unknown_incident(server: str, page: Page) -> None:
    open_page(page, link_to(server, "incident", incident="NO-SUCH"))
    expect(page.get_by_text("There is no such incident in this version")).to_be_visible()
    expect(list_rows(page).first).to_be_visible()


def test_row_of_the_list_opens_its_incident(server: str, page: Page) -> None:
    latest = ask(page, server, "map", place="Bashiqa")["features"][0]["properties"]["incident"]
    open_page(page, link_to(server, "", place="Bashiqa"))
    wait_for_map(page)
    list_rows(page).first.press("Enter")
    wait_for_address(page, lambda query: query.get("incident") == [latest])
    expect(page.locator(".st-key-card")).to_contain_text("Bashiqa")


def test_its_map_shows_that_incident_and_no_dead_controls(server: str, page: Page) -> None:
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    open_page(page, link_to(server, "incident", incident=AIN_AL_ASAD))
    frame = in_map(page)
    # Eight incidents lie at this spot.
    expect(frame.locator("path.incident-mark")).to_have_count(1, timeout=PATIENCE_MS)
    expect(frame.locator("path.incident-mark.chosen")).to_have_count(1)
    expect(frame.locator(".incident-spot, .incident-count")).to_have_count(0)
    names = [each.get_attribute("aria-label") for each in frame.get_by_role("button").all()]
    assert names == ["Zoom in", "Zoom out", "Whole area"]
    expect(frame.locator(".incident-legend")).to_contain_text("Rocket attack")
    expect(frame.locator(".incident-legend")).not_to_contain_text("Drone attack")
    assert [url for url in asked if "/api/map" in url] == []


def test_its_map_shows_an_area_as_an_area(server: str, page: Page) -> None:
    vague = "IQ-2021-07-11-BASRA-CONVOY-1"
    open_page(page, link_to(server, "incident", incident=vague))
    expect(in_map(page).locator(".incident-count")).to_have_count(1, timeout=PATIENCE_MS)
    expect(in_map(page).locator("path.incident-area.chosen")).to_have_count(1)
    expect(in_map(page).locator("path.incident-mark")).to_have_count(0)


def test_what_happened_cite_and_share_stand_at_the_top(server: str, page: Page) -> None:
    open_page(page, link_to(server, "incident", incident=AIN_AL_ASAD))
    words = "4–30 rockets at Ain al-Asad Air Base, 2–3 wounded"
    expect(page.locator(".st-key-heading h1")).to_have_text(words)
    expect(page).to_have_title(f"{words}, 7 Jul 2021 · Attacks in Iraq and Syria")
    for name in ("Cite", "Share"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Cite").click()
    expect(page.get_by_text(f"incident {AIN_AL_ASAD}, version").first).to_be_visible()
