"""The filter of words: names of a place in any script find its incidents."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from incidents.asking.exports import EXPORTED
from incidents.asking.filters import Filters
from incidents.asking.store import Store, read_rows
from incidents.table.settings import Settings
from incidents.versions.catalog import Catalog

MakeStore = Callable[..., Store]
TABLE = """incident,date,place,country,lat,lon,summary
A,2021-07-07,Ain al-Asad,IQ,,,Fourteen rockets
B,2021-07-08,عين الأسد,IQ,33.79,42.44,Raïd on the base
C,2021-07-09,Mosul,IQ,,,انفجار قرب الأسواق
D,2021-07-10,,,34.45,40.92,Обстрел
E,2021-07-11,Narnia,,,,Al Tash and Kırıkhan
"""


@pytest.fixture(scope="module")
def store(shipped_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("words")
    (folder / "own.csv").write_text(TABLE, "utf-8")
    settings = replace(shipped_settings, table=folder / "own.csv", snapshots=folder / "kept")
    return Catalog(settings).current.store


def find(store: Store, q: str) -> str:
    rows = read_rows(store.select(Filters(q=q)).order_by("incident")[["incident"]])
    return "".join(row["incident"] for row in rows)


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("عين الأسد", "AB"),
        ("عين الاسد", "AB"),
        ("Айн-эль-Асад", "AB"),
        ("айн аль-асад", "AB"),
        ("Ain Assad", "AB"),
        ("ain al asad", "AB"),
        ("asad rockets", "A"),
        ("الأسد rockets", "A"),
        ("Мосул", "C"),
        ("الموصل", "C"),
        ("Анбар", "AB"),
        ("Сирия", "D"),
        ("IRAQ", "ABC"),
        ("обстрел", "D"),
        ("اسواق", "C"),
        ("raid", ""),
        ("raïd", "B"),
        ("al tash", "E"),
        ("Narnia", "E"),
        ("sad", "A"),
        ("—", ""),
        ("Erbil", ""),
        ("%", ""),
    ],
)
def test_finds(store: Store, q: str, found: str) -> None:
    assert find(store, q) == found


def test_names_are_in_no_export(store: Store) -> None:
    assert "names" in store.incidents.columns
    assert "names" not in EXPORTED


def test_a_version_without_names_is_searched_in_its_own_columns(make_store: MakeStore) -> None:
    store = make_store({"place": "Ain al-Asad"}, {"place": "Erbil"})
    assert find(store, "asad") == "A"
    assert find(store, "عين الأسد") == ""
