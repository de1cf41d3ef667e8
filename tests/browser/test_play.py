"""Play: a window of days moves through time, the map follows, stopping keeps its days."""

import re
from datetime import date

from playwright.sync_api import Page, expect

from incidents.table.sentences import say_date
from tests.browser.dashboard import (
    PATIENCE_MS,
    ask,
    choose,
    expect_sentence,
    in_map,
    link_to,
    list_rows,
    map_frame,
    map_status,
    open_page,
    read_address,
    read_figures,
    read_place,
    sentence,
    turn_to,
    wait_for_address,
    wait_for_map,
    wait_in_map,
    wait_settled,
)


def open_player(page: Page) -> None:
    in_map(page).get_by_role("button", name="Play through time").click()
    wait_in_map(page, "() => liveLayer.player && liveLayer.playing")


def playing(page: Page) -> list[str]:
    days: list[str] = map_frame(page).evaluate("() => liveLayer.playing")
    return days


def test_the_page_follows_the_window_and_its_address_stays(server: str, page: Page) -> None:
    open_page(page, server)
    wait_for_map(page, "of 64 incidents")
    place, entries = read_place(page), page.evaluate("() => history.length")
    map_frame(page).evaluate("() => { window.marker = 'mine'; }")
    open_player(page)
    # The table begins on Friday 8 January 2021; a week starts on Monday.
    wait_in_map(page, "() => liveLayer.playing && liveLayer.playing[0] === '2021-01-11'")
    expect(sentence(page)).to_contain_text(re.compile("from .* to "), timeout=PATIENCE_MS)
    wait_in_map(page, "() => liveLayer.playing && liveLayer.playing[0] === '2021-01-25'")
    in_map(page).get_by_role("button", name="Pause").click()
    days = playing(page)
    total = ask(page, server, "map", dates=days)["total"]
    first, last = (say_date(date.fromisoformat(day)) for day in days)
    expect_sentence(page, f"from {first} to {last}")
    wait_settled(page)
    assert read_figures(page)[0].split()[0] == str(total)
    expect(list_rows(page)).to_have_count(total)
    # The bars of other days are pale.
    expect(page.locator(".bars path.pale")).not_to_have_count(0)
    assert "dates" not in read_address(page)
    assert page.evaluate("() => history.length") == entries
    assert map_frame(page).evaluate("() => window.marker") == "mine"
    assert read_place(page) == place
    in_map(page).get_by_role("button", name="Close").click()
    expect_sentence(page, "All incidents")
    wait_settled(page)
    assert read_figures(page)[0].split()[0] == "64"


def test_a_player_that_is_left_leaves_nothing_behind(server: str, page: Page) -> None:
    open_page(page, server)
    wait_for_map(page, "of 64 incidents")
    open_player(page)
    expect(sentence(page)).to_contain_text(re.compile("from .* to "), timeout=PATIENCE_MS)
    turn_to(page, "About")
    turn_to(page, "Overview")
    wait_for_map(page, "of 64 incidents")
    expect_sentence(page, "All incidents")


def test_days_without_an_incident_are_shown_in_their_turn(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", type="air strike"))
    wait_for_map(page)
    open_player(page)
    in_map(page).get_by_role("button", name="Pause").click()
    in_map(page).get_by_label("Position in time").fill("20")
    days = playing(page)
    assert ask(page, server, "map", dates=days, type="air strike")["total"] == 0
    expect(page.locator(".figure").first).to_contain_text("0", timeout=PATIENCE_MS)
    expect(list_rows(page)).to_have_count(0)
    expect(page.get_by_text("No incident fits")).to_have_count(0)
    expect(page.locator(".st-key-timeline .bars")).to_be_visible()


def test_stop_leaves_the_window_in_the_filters(server: str, page: Page) -> None:
    open_page(page, server)
    wait_for_map(page, "of 64 incidents")
    open_player(page)
    in_map(page).get_by_role("button", name="Pause").click()
    in_map(page).get_by_label("Length of the window").select_option("4")
    in_map(page).get_by_label("Position in time").fill("10")
    wait_in_map(page, "() => liveLayer.playing[0] === '2021-03-15'")
    assert playing(page) == ["2021-03-15", "2021-04-11"]
    in_map(page).get_by_role("button", name="Stop and keep these dates").click()
    wait_for_address(page, lambda query: query.get("dates") == ["2021-03-15", "2021-04-11"])
    expect_sentence(page, "from 15 Mar 2021 to 11 Apr 2021")
    total = ask(page, server, "map", dates=["2021-03-15", "2021-04-11"])["total"]
    wait_for_map(page, f"of {total} incidents on screen")
    expect(in_map(page).locator(".incident-player")).to_be_hidden()
    wait_settled(page)
    assert read_figures(page)[0].split()[0] == str(total)


def test_close_shows_all_dates_again(server: str, page: Page) -> None:
    open_page(page, server)
    wait_for_map(page, "of 64 incidents")
    open_player(page)
    in_map(page).get_by_role("button", name="Close").click()
    wait_for_map(page, "of 64 incidents on screen")
    assert "dates" not in read_address(page)


def test_play_stays_within_the_chosen_dates_and_ends(server: str, page: Page) -> None:
    dates = ["2021-07-06", "2021-07-08"]
    open_page(page, link_to(server, "", dates=dates))
    wait_for_map(page)
    open_player(page)
    wait_in_map(page, "() => !liveLayer.player.isRunning")
    assert playing(page) == ["2021-07-08", "2021-07-08"]
    in_map(page).get_by_role("button", name="Play", exact=True).click()
    wait_in_map(page, "() => liveLayer.playing[0] === '2021-07-06'")


def test_animation_is_saved_as_a_gif(server: str, page: Page) -> None:
    """Of the filters as they are when it is saved."""
    open_page(page, link_to(server, "", dates=["2021-07-06", "2021-07-08"]))
    wait_for_map(page)
    open_player(page)
    wait_in_map(page, "() => !liveLayer.player.isRunning")
    before = map_status(page).inner_text()
    choose(page, "Type", "drone attack")
    expect(map_status(page)).not_to_have_text(before, timeout=PATIENCE_MS)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_download() as download:
        in_map(page).get_by_role("button", name="animation").click()
    assert download.value.path().read_bytes()[:6] == b"GIF89a"
    assert download.value.suggested_filename.endswith("-playback.gif")
    (address,) = [url for url in asked if "playback.gif" in url]
    assert "type=drone+attack" in address and "dates=2021-07-06" in address


def test_animation_that_is_too_long_is_not_offered(server: str, page: Page) -> None:
    open_page(page, server)
    wait_for_map(page)
    open_player(page)
    in_map(page).get_by_role("button", name="Pause").click()
    in_map(page).get_by_label("Step of the window").select_option("day")
    save = in_map(page).get_by_role("button", name="animation")
    expect(save).to_be_enabled()
    map_frame(page).evaluate(
        "() => { liveLayer.player.span = ['2020-01-01', '2021-07-29']; liveLayer.measurePlayer(); }"
    )
    expect(save).to_be_disabled()
    expect(save).to_contain_text("Too long")


def test_failed_animation_is_told(server: str, page: Page) -> None:
    page.route("**/api/playback.gif?*", lambda route: route.fulfill(status=503, body="Try later."))
    open_page(page, link_to(server, "", dates=["2021-07-06", "2021-07-08"]))
    wait_for_map(page)
    open_player(page)
    wait_in_map(page, "() => !liveLayer.player.isRunning")
    in_map(page).get_by_role("button", name="animation").click()
    wait_for_map(page, "Try later.")
