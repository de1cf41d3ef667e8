"""The address: read by every run, written once by every action."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

SECONDS = 30


def script() -> None:
    """A page whose button changes the address, as any part of the dashboard does."""
    import streamlit as st

    from parts.address.current import ask_for, clear_filters, read_address
    from parts.address.list_order import write_order, write_page

    actions = {"ask": ask_for, "clear": clear_filters, "order": write_order, "page": write_page}
    name, arguments, changes = st.session_state["action"]
    st.button("Go", on_click=actions[name], args=arguments, kwargs=changes)
    address, dropped = read_address()
    st.text(f"{address.filters.type} {len(dropped)}")


CASES: dict[
    str, tuple[dict[str, Any], tuple[str, tuple[Any, ...], dict[str, Any]], dict[str, Any]]
] = {
    "a filter": ({}, ("ask", (), {"type": ("a", "b")}), {"type": ["a", "b"]}),
    "a filter and its days": (
        {"q": "base"},
        ("ask", (), {"gov": ("Anbar",), "dates": (date(2021, 7, 1), date(2021, 7, 8))}),
        {"dates": ["2021-07-01", "2021-07-08"], "gov": ["Anbar"], "q": ["base"]},
    ),
    "no longer a filter": (
        {"type": "a", "q": "base"},
        ("ask", (), {"type": None}),
        {"q": ["base"]},
    ),
    "the last one": ({"type": "a"}, ("ask", (), {"type": None}), {}),
    "what is usual": ({"who": "civilians"}, ("ask", (), {"who": "all"}), {}),
    "another filter leads to the first page": (
        {"page": "3", "sort": "date", "type": "a"},
        ("ask", (), {"type": ("b",)}),
        {"sort": ["date"], "type": ["b"]},
    ),
    "an incident leaves the page as it is": (
        {"page": "3"},
        ("ask", (), {"incident": "I1"}),
        {"page": ["3"], "incident": ["I1"]},
    ),
    "another order leads to the first page": (
        {"page": "3"},
        ("order", ("-killed_max",), {}),
        {"sort": ["-killed_max"]},
    ),
    "the usual order": ({"sort": "-killed_max"}, ("order", ("-date",), {}), {}),
    "a page": ({"sort": "date"}, ("page", (2,), {}), {"sort": ["date"], "page": ["2"]}),
    "the first page": ({"page": "2"}, ("page", (1,), {}), {}),
    "all filters": (
        {"type": "a", "killed": ["0", "4"], "view": "density", "data": "abc", "page": "2"},
        ("clear", (), {}),
        {"view": ["density"], "data": ["abc"]},
    ),
    "what is no key is gone": ({"colour": "red"}, ("ask", (), {"q": "x"}), {"q": ["x"]}),
    "nothing new": ({"type": "a"}, ("ask", (), {"type": ("a",)}), {"type": ["a"]}),
}


@pytest.mark.parametrize(("before", "action", "after"), CASES.values(), ids=list(CASES))
def test_an_action_changes_what_it_is_about(
    before: dict[str, Any], action: Any, after: dict[str, Any]
) -> None:
    app = AppTest.from_function(script, default_timeout=SECONDS)
    app.session_state["action"] = action
    for name, value in before.items():
        app.query_params[name] = value
    app.run()
    app.button[0].click().run()
    assert not app.exception
    found = {n: [v] if isinstance(v, str) else list(v) for n, v in app.query_params.items()}
    assert found == after
