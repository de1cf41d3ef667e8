"""The map's colours: of the style sheet whenever it comes, on light and dark ground."""

import re
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Frame, Page, Route, expect

from geo.drawing.maps import ASSETS
from incidents.table.sentences import VIEWS
from tests.browser.dashboard import (
    in_map,
    link_to,
    map_frame,
    open_page,
    wait_in_map,
)

NewReader = Callable[..., Page]
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
PAINTED = "#map_div path, #map_div svg circle, #map_div svg text, .incident-dot, .incident-square"
PAINTS = f"""() => [...document.querySelectorAll("{PAINTED}")].flatMap((node) => {{
  const {{ fill, stroke, backgroundColor }} = getComputedStyle(node);
  return node instanceof SVGElement ? [fill, stroke] : [backgroundColor];
}})"""


def read_colour(name: str, scheme: Scheme) -> str:
    """A colour of the style sheet, as browsers tell it."""
    light, dark = re.findall(rf"{name}: #(\w+);", (ASSETS / "live-layer.css").read_text("utf-8"))
    own = dark if scheme == "dark" else light
    return "rgb({}, {}, {})".format(*(int(own[i : i + 2], 16) for i in (0, 2, 4)))


def expect_land(page: Page, scheme: Scheme) -> None:
    land = in_map(page).locator("path.incident-land:not(.around)").first
    expect(land).to_have_css("fill", read_colour("--land", scheme))
    expect(land).to_have_css("stroke", read_colour("--line-thin", scheme))
    around = in_map(page).locator("path.incident-land.around").first
    expect(around).to_have_css("fill", read_colour("--land-around", scheme))


def list_paints(frame: Frame) -> set[str]:
    paints: list[str] = frame.evaluate(PAINTS)
    return set(paints)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("view", VIEWS)
def test_a_late_style_sheet_still_gives_all_colours(
    server: str, new_reader: NewReader, view: str, scheme: Scheme
) -> None:
    page = new_reader(color_scheme=scheme)
    held: list[Route] = []
    page.route("**/live-layer.css?*", lambda route: held.append(route))
    open_page(page, link_to(server, "", view=view))
    wait_in_map(page, "() => window.liveLayer && liveLayer.land && liveLayer.answer")
    # The page has it fetched ahead; the frame asks for it itself.
    assert held
    for each in held:
        each.continue_()
    expect_land(page, scheme)
    # Black is what a browser paints with where it knows of no colour.
    assert "rgb(0, 0, 0)" not in list_paints(map_frame(page))


@pytest.mark.parametrize("view", VIEWS)
def test_a_change_of_theme_is_followed(server: str, new_reader: NewReader, view: str) -> None:
    page = new_reader(color_scheme="light")
    open_page(page, link_to(server, "", view=view))
    wait_in_map(page, "() => window.liveLayer && liveLayer.land && liveLayer.answer")
    expect_land(page, "light")
    light = list_paints(map_frame(page))
    map_frame(page).evaluate("() => { window.marker = 'mine'; }")
    page.emulate_media(color_scheme="dark")
    expect_land(page, "dark")
    assert not list_paints(map_frame(page)) & light - {"none", "rgba(0, 0, 0, 0)"}
    assert map_frame(page).evaluate("() => window.marker") == "mine"
