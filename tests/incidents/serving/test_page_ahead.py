"""Beside the map's answer, what its page will ask for is asked."""

import time
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from incidents.asking.display import Display
from incidents.asking.engines.duck import DuckEngine
from incidents.asking.figures import read_figures
from incidents.asking.filters import Filters
from incidents.asking.overview import ask_overview
from incidents.asking.store import Store
from incidents.serving.page_ahead import PAGE
from incidents.table.palette import order_types
from incidents.versions.catalog import Version

KINDS = {"type": "rocket attack", "gov": "Anbar"}
FILTERS = Filters(type=("rocket attack",), gov=("Anbar",))


@pytest.fixture
def count_reads(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many questions the database has been asked."""
    asked: list[object] = []
    read = DuckEngine.read

    def count(self: DuckEngine, expression: object) -> object:
        asked.append(expression)
        return read(self, expression)  # type: ignore[arg-type]

    monkeypatch.setattr(DuckEngine, "read", count)
    return lambda: len(asked)


def wait_until_quiet(count: Callable[[], int]) -> int:
    """The number of questions once no more come."""
    before = -1
    while before != count():
        before = count()
        time.sleep(0.3)
    return before


def ask_all(store: Store, shipped: Version, **shown: object) -> None:
    span = shipped.snapshot.monitored
    assert span is not None
    types = order_types(store.ask(read_types), 12)
    ask_overview(store, FILTERS, Display(**shown), span, types, patience=20)  # type: ignore[arg-type]


def read_types(store: Store) -> list[str]:
    return store.list_values("type", 100)


def test_the_page_finds_its_answers(
    api_client: TestClient, shipped: Version, count_reads: Callable[[], int]
) -> None:
    page = "?step=month&sort=-killed&page=3&incident=x"
    answer = api_client.get("/api/map", params=KINDS, headers={PAGE: page})
    assert answer.status_code == 200
    shipped.store.ask(read_types)
    asked = wait_until_quiet(count_reads)
    ask_all(shipped.store, shipped, step="month", sort="-killed")
    assert count_reads() == asked
    # Of another order, only the list.
    ask_all(shipped.store, shipped, step="month", sort="date")
    assert count_reads() == asked + 1


def test_without_the_header_nothing_is_asked_ahead(
    api_client: TestClient, shipped: Version, count_reads: Callable[[], int]
) -> None:
    few = Filters(type=("drone attack",), gov=("Erbil",))
    params = {"type": "drone attack", "gov": "Erbil"}
    assert api_client.get("/api/map", params=params).status_code == 200
    asked = wait_until_quiet(count_reads)
    # The counts of the map are told with the figures, nothing else.
    shipped.store.ask(read_figures, few)
    assert count_reads() == asked
    ask_overview(shipped.store, few, Display(), shipped.snapshot.monitored, (), patience=20)
    assert count_reads() >= asked + 2


@pytest.mark.parametrize(
    "page", ["", "?", "%00", "step=never&sort='--&cols=x.y", "a" * 5000, "?page=-1", "\xff"]
)
def test_any_header_is_taken(api_client: TestClient, page: str) -> None:
    headers = {PAGE: page.encode("latin-1")}
    assert api_client.get("/api/map", headers=headers).status_code == 200
