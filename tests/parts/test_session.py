"""What a session remembers: each reader's own, over all pages."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from parts.session import Session

OpenPage = Callable[..., AppTest]


def turn(app: AppTest, page: str) -> AppTest:
    return app.switch_page(f"{page}.py").run()


def test_two_readers_remember_apart(open_page: OpenPage) -> None:
    first = open_page(query={"incident": "I001", "area": "42,33,45,35"})
    second = open_page()
    kept: list[Session] = [app.session_state["_session"] for app in (first, second)]
    assert kept[0] is not kept[1]
    assert [each.area for each in kept] == [(42.0, 33.0, 45.0, 35.0), None]
    assert [each.page for each in kept] == ["", ""]
    assert kept[1].listed and kept[1].versions == set()


def test_the_order_of_the_list_outlives_pages_without_one(open_page: OpenPage) -> None:
    app = open_page(query={"sort": "-killed_max"})
    shown = app.session_state["_session"].listed
    turn(app, "about")
    del app.query_params["sort"]
    app = turn(app, "overview")
    assert not app.exception
    assert "-killed_max" in app.query_params["sort"]
    assert app.session_state["_session"].listed == shown
