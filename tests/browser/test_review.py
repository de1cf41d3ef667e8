"""Names in doubt are decided on a map; the decisions are published; the difference is shown."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.dashboard import (
    MAP,
    PATIENCE_MS,
    in_map,
    map_frame,
    open_page,
    read_address,
    wait_for_address,
    wait_settled,
)

StartServer = Callable[..., AbstractContextManager[str]]
TABLE = """id,date,place,country
a,2021-07-01,Hit,IQ
b,2021-07-02,<b>Narnia</b>,IQ
c,2021-07-03,<b>Narnia</b>,IQ
d,2021-07-04,Baghdadd,IQ
"""


@pytest.fixture(scope="module")
def own_server(
    start_server: StartServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    table = tmp_path_factory.mktemp("own") / "own.csv"
    table.write_text(TABLE, "utf-8")
    with start_server(table) as server:
        yield server


def open_places(page: Page, server: str) -> None:
    open_page(page, f"{server}/data")
    page.get_by_role("tab", name="Review").click()
    page.get_by_text("Places in doubt").click()
    in_map(page).locator("text=Click where it lies").wait_for(timeout=PATIENCE_MS)
    wait_settled(page)


def decide(page: Page, rows: str) -> Locator:
    button = page.get_by_role("button", name=f"Decide for {rows}")
    expect(button).to_be_enabled(timeout=PATIENCE_MS)
    return button


def test_a_point_on_the_map_is_published_and_compared(own_server: str, page: Page) -> None:
    open_places(page, own_server)
    frame = page.locator(MAP)
    frame.scroll_into_view_if_needed()
    map_frame(page).evaluate("() => window.liveLayer.map.setView([33.5, 43.0], 9)")
    box = frame.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    point = page.get_by_label("Latitude, longitude")
    expect(point).to_have_value(re.compile(r"33\.\d{5}, 4[23]\.\d{5}"), timeout=PATIENCE_MS)
    page.get_by_label("Who decides").fill("Ana")
    page.get_by_label("Why", exact=True).fill("a letter")
    decide(page, "2 rows").click()
    expect(page.get_by_text("1 decision made")).to_be_visible(timeout=PATIENCE_MS)
    # The next name has candidates: a click on a number chooses it.
    in_map(page).locator(".incident-pick", has_text="2").click()
    expect(page.get_by_role("radio", name="2 ·")).to_be_checked(timeout=PATIENCE_MS)
    decide(page, "1 row").click()
    page.get_by_role("button", name="Publish 2 decisions").click()
    wait_for_address(page, lambda address: "data" in address)
    wait_settled(page)
    (made,) = read_address(page)["data"]
    page.get_by_role("tab", name="Versions").click()
    page.get_by_role("link", name="Compare").first.click()
    expect(page.get_by_role("tab", name="Changed (3)")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator(".change").first).to_contain_text("<b>Narnia</b>")
    expect(page.locator(".change").first).to_contain_text("override")
    assert read_address(page)["data"] == [made]


def test_a_point_in_another_country_is_not_taken(own_server: str, page: Page) -> None:
    open_places(page, own_server)
    page.get_by_label("Latitude, longitude").fill("35.5, 37.5")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This point is not in Iraq")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_role("button", name="Decide for")).to_be_disabled()
