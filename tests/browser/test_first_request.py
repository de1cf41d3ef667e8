"""A server that has just started opens whatever link comes first."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from playwright.sync_api import Page, expect

from tests.browser.dashboard import (
    ask,
    expect_sentence,
    in_navigation,
    link_to,
    open_page,
    read_figures,
)

NewReader = Callable[..., Page]
StartServer = Callable[..., AbstractContextManager[str]]


def test_first_request_is_a_deep_link(start_server: StartServer, new_reader: NewReader) -> None:
    reader = new_reader()
    refused: list[str] = []
    reader.on(
        "response", lambda answer: refused.append(answer.url) if answer.status > 399 else None
    )
    with start_server() as server:
        query = {"type": "drone attack", "killed": ["0", "0"]}
        open_page(reader, link_to(server, "timeline", **query))
        expect(in_navigation(reader)).to_have_count(5)
        expect_sentence(reader, "of type drone attack, where sources say no people were killed")
        total = ask(reader, server, "map", **query)["total"]
        assert 0 < total < 64
        assert read_figures(reader)[0].split()[0] == str(total)
        # Nothing is looked for where it is not: what is announced, Streamlit below a page's path.
        assert refused == []
        reader.close()
