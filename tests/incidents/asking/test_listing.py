"""Pages of the list: all together they are all incidents, each once, in every order."""

from collections.abc import Callable
from typing import Any

import pytest

from incidents.asking import listing
from incidents.asking.filters import Filters
from incidents.asking.listing import count_pages, take_page
from incidents.asking.sorting import ORDERS
from incidents.asking.store import Store, read_rows
from incidents.table.columns import COLUMNS

MakeStore = Callable[..., Store]
ALL = Filters()
FILL: dict[str, tuple[Any, ...]] = {
    "date": ("2021-07-07", "2021-07-08", "2020-01-01"),
    "count": (0, 3, None, 7),
    "number": (33.0, None, 35.5),
    "choice": ("site", None, "other"),
}


@pytest.fixture(scope="module")
def store(make_store: MakeStore) -> Store:
    """Twenty-three incidents; in each column there are ties and unknowns."""
    rows = []
    for n in range(23):
        row = {}
        for column in COLUMNS:
            values = FILL.get(column.type, ("b", "A", None, "عين", "c"))
            row[column.name] = values[n % len(values)]
        rows.append(row | {"incident": f"I{n * 7 % 23:02}", "date_end": None})
    return make_store(*rows)


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "ROWS_A_PAGE", 5)


def list_ids(store: Store, order: str, page: int, filters: Filters = ALL) -> list[str]:
    return [row["incident"] for row in read_rows(take_page(store, filters, order, page))]


@pytest.mark.parametrize("order", ORDERS)
def test_all_pages_are_all_incidents_once(
    store: Store, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    # The pages in the middle sort their ids first, as the deep ones of a long table do.
    monkeypatch.setattr(listing, "DEEP", 8)
    pages = count_pages(store, Filters())
    listed = [each for page in range(1, pages + 1) for each in list_ids(store, order, page)]
    assert pages == 5
    assert sorted(listed) == [f"I{n:02}" for n in range(23)]
    assert listed == [row["incident"] for row in expect_order(store, order)]


def expect_order(store: Store, order: str) -> list[dict[str, Any]]:
    """The rows as Python sorts them: unknown last, ties by id."""
    name, is_down = order.removeprefix("-"), order.startswith("-")
    column = next(each for each in COLUMNS if each.name == name)
    rows = sorted(read_rows(store.incidents), key=lambda row: row["incident"])

    def key(row: dict[str, Any]) -> Any:
        value = row[name]
        if name in ("precision", "date_precision"):
            value = column.allowed.index(value) if value in column.allowed else None
        elif name.endswith("_max") and value is None:
            value = row[name.removesuffix("max") + "min"]
        elif isinstance(value, str) and name != "incident":
            value = value.lower()
        return value

    known = [row for row in rows if key(row) is not None]
    return sorted(known, key=key, reverse=is_down) + [row for row in rows if key(row) is None]


@pytest.mark.parametrize("row", [{"killed_min": 4}], ids=["at least 4"])
def test_an_open_top_counts_as_its_lowest(make_store: MakeStore, row: dict[str, int]) -> None:
    store = make_store({"killed_max": 3}, row, {}, {"killed_max": 5})
    assert list_ids(store, "-killed_max", 1) == ["D", "B", "A", "C"]


@pytest.mark.parametrize(("page", "rows"), [(1, 5), (2, 3), (3, 0), (10**9, 0)])
def test_a_page_beyond_the_last_is_empty(store: Store, page: int, rows: int) -> None:
    filters = Filters(dates=None, killed=(0, 0), basis="low")
    total = store.count(filters)[0]
    assert total < 10
    found = list_ids(store, "-date", page, filters)
    assert len(found) == max(min(total - (page - 1) * 5, 5), 0) if page < 3 else found == []


def test_nothing_found_has_one_empty_page(store: Store) -> None:
    nothing = Filters(q="no such word")
    assert count_pages(store, nothing) == 1
    assert list_ids(store, "-date", 1, nothing) == []


def test_only_columns_asked_for_are_read(store: Store) -> None:
    page = take_page(store, Filters(), "summary", 1, ("incident", "lat"))
    assert page.columns == ("incident", "lat")


def test_unknown_column_is_refused(store: Store) -> None:
    with pytest.raises(KeyError):
        take_page(store, Filters(), "names; DROP TABLE incidents", 1)
