"""The host's table becomes a version: of the files as they were read, and after an outage anew."""

from dataclasses import replace
from pathlib import Path

import pytest

from geo.finding.matches import Match
from geo.finding.nominatim import OutageError
from geo.places.places import Place
from geo.places.points import Point
from incidents.asking.store import read_rows
from incidents.intake.reading.tables import Tables
from incidents.table.errors import TableError
from incidents.table.settings import Settings
from incidents.versions import own_table
from incidents.versions.catalog import Catalog
from incidents.versions.snapshots import list_snapshots
from tests.incidents.versions.conftest import TABLE, change


class Online:
    """Stands for Nominatim: knows every place, unless it is down."""

    def __init__(self, is_down: bool = False) -> None:
        self.is_down, self.asked = is_down, 0

    def match(self, name: str, country: str | None, gov: str | None) -> Match:
        if self.is_down:
            raise OutageError("It is down.")
        self.asked += 1
        point = Point(lat=33.3, lon=44.4)
        place = Place("N", name, (name,), (), "town", "IQ", "Baghdad", point, "town", "test")
        return Match(place, "online", 0.5, "town", (place,), "It says so.")

    def is_back(self) -> bool:
        return not self.is_down


def open_catalog(settings: Settings, online: Online) -> Catalog:
    catalog = Catalog(replace(settings, nominatim="a@example.org"))
    catalog.online = online  # type: ignore[assignment]
    return catalog


def test_after_an_outage_the_names_that_are_left_are_asked_for(settings: Settings) -> None:
    online = Online(is_down=True)
    catalog = open_catalog(settings, online)
    before = catalog.current
    assert before.snapshot.located == 1
    kinds = [row["kind"] for row in read_rows(before.store.table("problems"))]
    assert kinds == ["lookup_stopped", "place_not_asked"]
    assert not catalog.refresh()
    online.is_down = False
    assert catalog.refresh()
    assert catalog.current.snapshot.located == 2 and catalog.current != before
    assert not catalog.refresh() and online.asked == 1


def test_a_start_after_an_outage_asks_too(settings: Settings) -> None:
    assert open_catalog(settings, Online(is_down=True)).current.snapshot.located == 1
    online = Online()
    assert open_catalog(settings, online).current.snapshot.located == 2
    assert open_catalog(settings, online).current.snapshot.located == 2
    assert online.asked == 1, "the version of which nothing was left is remembered"


def save_while_it_is_read(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, when: str, texts: list[str]
) -> None:
    """Have somebody save the table each time that it is read, before or after its bytes are."""
    read = own_table.read_tables

    def save() -> None:
        if texts:
            change(settings, texts.pop(0))

    def read_and_save(path: Path) -> Tables:
        if when == "before":
            save()
        tables = read(path)
        if when == "after":
            save()
        return tables

    monkeypatch.setattr(own_table, "read_tables", read_and_save)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_save_while_the_table_is_read_never_maps_the_old_files_to_the_new(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    newer = TABLE + "2021-07-09,Erbil,IQ,1\n"
    with monkeypatch.context() as patch:
        save_while_it_is_read(settings, patch, when, [newer])
        assert Catalog(settings).current.snapshot.rows == 3
    change(settings, TABLE)
    assert Catalog(settings).current.snapshot.rows == 2
    change(settings, newer)
    assert Catalog(settings).current.snapshot.rows == 3


def test_a_table_that_never_rests_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"{TABLE}2021-07-09,Erbil,IQ,{number}\n" for number in range(9)]
    save_while_it_is_read(settings, monkeypatch, "after", texts)
    with pytest.raises(TableError, match=r"own table\.csv changes again and again"):
        _ = Catalog(settings).current
    assert list_snapshots(settings.snapshots) == []
