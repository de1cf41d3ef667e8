"""What a session remembers: each reader's own, over all pages."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from parts.session import Session

OpenPage = Callable[..., AppTest]


def test_two_readers_remember_apart(open_page: OpenPage) -> None:
    first = open_page(query={"incident": "I001", "area": "42,33,45,35"})
    second = open_page()
    kept: list[Session] = [app.session_state["_session"] for app in (first, second)]
    assert kept[0] is not kept[1]
    views = [each.view for each in kept]
    assert all(view is not None for view in views)
    assert [view and view.filters.area for view in views] == [(42.0, 33.0, 45.0, 35.0), None]
    assert [view and view.display.incident for view in views] == ["I001", None]
    assert kept[1].versions == set()
