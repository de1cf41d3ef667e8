"""What tests of written pages share: views of a version, and documents read as a browser does."""

from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser

import pytest

from incidents.asking.address import from_query, insist
from incidents.asking.facets import read_facets
from incidents.serving.first_pages import make_asked
from incidents.serving.routes import SHIPPED
from incidents.table.settings import Settings
from incidents.telling.pages.asked import Asked
from incidents.telling.pages.brief import Sent, write_brief
from incidents.versions.catalog import Version

VOID = {"meta", "link", "br", "img", "input"}
SENT = Sent("https://news.example/attacks/", date(2026, 11, 26), date(2026, 11, 20))


class Written(HTMLParser):
    """Elements with their attributes, and the text of each with what is in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self._open: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}, []))
        if tag not in VOID:
            self._open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}, []))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self.elements[self._open.pop()][0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for at in self._open:
            self.elements[at][2].append(data)

    def find(self, tag: str = "", class_: str = "") -> list[str]:
        """Texts of the elements of a name and a class."""
        return [
            " ".join("".join(text).split())
            for name, told, text in self.elements
            if tag in ("", name) and class_ in ("", *told.get("class", "").split())
        ]

    def list_attributes(self, tag: str) -> list[dict[str, str]]:
        """Attributes of the elements of a name."""
        return [told for name, told, _ in self.elements if name == tag]


Ask = Callable[[str], Asked]


@pytest.fixture
def ask(shipped: Version) -> Ask:
    """Function that gives the view of a query on the shipped table."""
    return lambda query: ask_of(shipped, query)


def ask_of(version: Version, query: str) -> Asked:
    facets = version.store.ask(read_facets)
    address = insist(*from_query(query))
    settings = Settings(snapshots=version.snapshot.folder.parent)
    return make_asked("overview", version, facets, address, len(SHIPPED.types), settings)


def brief(asked: Asked, sent: Sent = SENT) -> Written:
    return Written(write_brief(asked, sent, SHIPPED))
