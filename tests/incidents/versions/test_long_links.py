"""Filters too long for a link: kept by what they ask for, read by anybody who has the name."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest

from incidents.asking.address import Address, to_pairs
from incidents.asking.display import Display
from incidents.asking.filters import Filters
from incidents.asking.own_keys import Asked
from incidents.versions import long_links
from incidents.versions.long_links import KEY, LINKS, LONGEST, open_query, shorten, shorten_query

PLACES = tuple(f"Tell number {number}, بغداد" for number in range(80))
LONG = Address(Filters(place=PLACES, type=("air strike",)), Display(data="abc", view="density"))
SHORT = Address(Filters(place=PLACES[:2]), Display(incident="I1"))
POLYGON = tuple(round(20 + number * 0.50001, 5) for number in range(100))


def test_a_short_link_says_all_itself(tmp_path: Path) -> None:
    assert shorten(tmp_path, SHORT) == to_pairs(SHORT)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "filters",
    [
        LONG.filters,
        Filters(area=POLYGON, place=PLACES),
        Filters(q="Анбар", area=POLYGON, place=PLACES[:40]),
        Filters(own=(Asked("x.الجهة", PLACES), Asked("x.km", ("1.5", "2", "?")))),
    ],
    ids=["many places", "a polygon and places", "words and a polygon", "own columns"],
)
def test_a_long_link_is_short_and_asks_for_the_same(tmp_path: Path, filters: Filters) -> None:
    address = Address(filters, LONG.display)
    query = shorten_query(tmp_path, address)
    assert len(urlencode(to_pairs(address))) > LONGEST and len(query) < 100
    assert open_query(tmp_path, query) == (address, ())
    assert open_query(tmp_path, f"?{query}") == (address, ())


def test_the_same_filters_have_the_same_name_whoever_asks(tmp_path: Path) -> None:
    first = shorten(tmp_path / "one", LONG)
    assert first == shorten(tmp_path / "two", LONG)
    assert first != shorten(tmp_path / "one", Address(Filters(place=PLACES[1:]), LONG.display))
    assert first == shorten(tmp_path / "one", LONG)
    assert len(list((tmp_path / "one" / LINKS).iterdir())) == 2


def test_where_nothing_is_to_be_kept_only_a_name_that_is_there_is_used(tmp_path: Path) -> None:
    assert shorten(tmp_path, LONG, keeps=False) == to_pairs(LONG)
    assert list(tmp_path.iterdir()) == []
    kept = shorten(tmp_path, LONG)
    assert shorten(tmp_path, LONG, keeps=False) == kept != to_pairs(LONG)


def test_what_a_link_says_besides_counts_before_what_is_kept(tmp_path: Path) -> None:
    query = f"{shorten_query(tmp_path, LONG)}&type=drone+attack&q=base"
    asked = open_query(tmp_path, query)[0].filters
    assert asked == Filters(place=PLACES, type=("drone attack",), q="base")


@pytest.mark.parametrize(
    "name",
    ["0" * 24, "", "../../etc/passwd", "x" * 4000, "0" * 23 + "\x00", "٠" * 24],
    ids=["unknown", "empty", "a path", "long", "NUL", "other digits"],
)
def test_a_name_that_is_not_kept_is_told(tmp_path: Path, name: str) -> None:
    shorten(tmp_path, LONG)
    address, dropped = open_query(tmp_path, [(KEY, name), ("type", "a")])
    assert address.filters == Filters(type=("a",))
    assert [each.key for each in dropped] == [KEY] and "not kept here" in dropped[0].reason


def test_filters_that_were_changed_on_the_disk_are_not_taken(tmp_path: Path) -> None:
    query = shorten_query(tmp_path, LONG)
    (kept,) = (tmp_path / LINKS).iterdir()
    kept.write_text("type=rocket+attack")
    address, dropped = open_query(tmp_path, query)
    assert address.filters == Filters() and len(dropped) == 1


def full_of_links(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_links, "MOST", 1)
    shorten(home, Address(Filters(place=PLACES[1:])))


def not_a_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / LINKS).write_text("")


@pytest.mark.parametrize("spoil", [full_of_links, not_a_folder])
def test_what_cannot_be_kept_is_written_out(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[Path, pytest.MonkeyPatch], None],
) -> None:
    spoil(tmp_path, monkeypatch)
    assert shorten(tmp_path, LONG) == to_pairs(LONG)
    assert open_query(tmp_path, to_pairs(LONG)) == (LONG, ())


def test_what_is_larger_than_a_reader_asks_for_is_not_kept(tmp_path: Path) -> None:
    address = Address(Filters(place=tuple(f"{number} {'x' * 200}" for number in range(400))))
    assert shorten(tmp_path, address) == to_pairs(address)
    assert not (tmp_path / LINKS).exists()
