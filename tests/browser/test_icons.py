"""Icons: the font that goes out is small, and every icon on a page is one, not its name."""

import pytest
from playwright.sync_api import Page

from tests.browser.dashboard import open_page

PAGES = ("", "casualties", "data", "incident?incident=IQ-2021-07-07-AIN-AL-ASAD-1")

WIDE = """() => [...document.querySelectorAll('[data-testid=stIconMaterial]')]
    .filter(icon => icon.offsetParent !== null)
    .map(icon => {
        const range = document.createRange();
        range.selectNodeContents(icon);
        const size = parseFloat(getComputedStyle(icon).fontSize);
        return [icon.textContent, range.getBoundingClientRect().width / size];
    })"""


@pytest.mark.parametrize("name", PAGES)
def test_every_icon_is_drawn(server: str, page: Page, name: str) -> None:
    open_page(page, f"{server}/{name}")
    page.evaluate("document.fonts.ready.then(() => null)")
    drawn = page.evaluate(WIDE)
    assert drawn
    assert [name for name, width in drawn if width > 1.2] == []
