"""Live pages say whose data they show, and who runs the dashboard."""

from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from incidents.versions.snapshots import list_snapshots
from tests.pages.bringing import OWN, click, drop, snapshot_of

OpenPage = Callable[..., AppTest]
PAGES = ("overview", "timeline", "casualties", "data", "about", "incident", "difference")


def read_html(app: AppTest) -> str:
    assert not app.exception
    return unescape("\n".join(each.proto.body for each in app.get("html")))


def test_every_page_of_a_visitors_version_bears_the_band(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, kept_snapshots: Path
) -> None:
    monkeypatch.setenv("INCIDENTS_OWNER", "The <b>Desk</b>")
    app = drop(open_page("data"), ("data.csv", OWN.encode()))
    app = click(click(app, "Check and place"), "Publish")
    made = snapshot_of(app)
    for page in PAGES:
        shown = read_html(open_page(page, {"data": made}))
        assert "Brought by a visitor, not by The <b>Desk</b>: “data”" in shown, page
        assert '<p class="brought"' not in read_html(open_page(page)), page


def test_lists_and_differences_name_it_as_a_visitors(
    open_page: OpenPage, kept_snapshots: Path
) -> None:
    """Also where its file is called as the shipped tables' folder is."""
    app = drop(open_page("data"), ("data.csv", OWN.encode()))
    made = snapshot_of(click(click(app, "Check and place"), "Publish"))
    listed = read_html(open_page("difference", {"data": made}))
    assert "data, brought by a visitor<small>" in listed
    own = next(each.id for each in list_snapshots(kept_snapshots) if each.id != made)
    shown = read_html(open_page("difference", {"data": own, "against": made}))
    assert "data, brought by a visitor<small>" in shown


def test_about_names_who_runs_it(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Who runs this" not in read_html(open_page("about"))
    monkeypatch.setenv("INCIDENTS_OWNER", "Desk & Co")
    monkeypatch.setenv("INCIDENTS_CONTACT", "https://desk.example/?i={incident}")
    shown = read_html(open_page("about"))
    assert "Desk & Co runs this dashboard" in shown
    assert 'href="https://desk.example/?i="' in shown
    monkeypatch.setenv("INCIDENTS_CONTACT", "desk@desk.example")
    assert 'href="mailto:desk@desk.example"' in read_html(open_page("about"))


def test_the_logo_is_a_file_of_the_host(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    icon = Path(__file__).resolve().parents[2] / "parts" / "chrome" / "icon.svg"
    monkeypatch.setenv("INCIDENTS_LOGO", str(icon))
    assert not open_page("about").exception
