"""Search words: what a reader types in one script is found among names in all."""

import pytest

from geo.places.boundaries import Governorate
from geo.places.places import Place
from geo.places.points import Point
from geo.places.search_words import fold_query, list_place_words, list_words

ASAD = Place(
    *("P1", "Ain al-Asad Air Base", ("Ain al-Asad Air Base", "عين الأسد", "Айн-эль-Асад")),
    *(("Ain Assad",), "base", "IQ", "Anbar", Point(lat=33.8, lon=42.4), "site", "test", "ORAA"),
    is_curated=True,
)
ANBAR = Governorate("Anbar", "IQ", "الأنبار", "Анбар", "IQ.01", 33.0, 41.7)
WORDS = list_place_words(ASAD, ANBAR, "IQ").split()


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("Ain al-Asad", True),
        ("ain assad", True),
        ("AIN AL ASAD", True),
        ("Aïn al-Asād", True),
        ("عين الأسد", True),
        ("عين الاسد", True),
        ("عَيْن الأسد", True),
        ("عین الاسد", True),
        ("Айн-эль-Асад", True),
        ("аин эль асад", True),
        ("Анбар", True),
        ("الأنبار العراق", True),
        ("Ирак", True),
        ("ORAA", True),
        ("Erbil", False),
        ("Ain Dara", False),
        ("أسود", False),
        ("—", False),
    ],
)
def test_finds_a_place_in_any_script(query: str, is_found: bool) -> None:
    asked = [tokens for _, tokens in fold_query(query)]
    found = all(tokens is not None and set(tokens) <= set(WORDS) for tokens in asked)
    assert found == is_found


@pytest.mark.parametrize(
    ("query", "folded"),
    [
        ("", []),
        ("al Asad", [("al", []), ("Asad", ["asad"])]),
        ("al", [("al", ["al"])]),
        ("Ash-Sharqat", [("Ash-Sharqat", ["sharqat"])]),
        ("100% -", [("100%", ["100"]), ("-", None)]),
        ("İSTANBUL", [("İSTANBUL", ["istanbul"])]),
        ("1100", [("1100", ["1100"])]),
        ("zzz", [("zzz", ["zzz"])]),
    ],
)
def test_folds_each_word(query: str, folded: list[tuple[str, list[str] | None]]) -> None:
    assert fold_query(query) == folded


def test_words_stand_once_and_in_order() -> None:
    assert list_words(["Mosul", "Mossul", "al-Mosul", "Mosul city"]) == "city mosul"


def test_nothing_known_is_no_words() -> None:
    assert list_place_words(None, None, None) == ""
    assert list_place_words(None, None, "XX") == ""


def test_words_of_a_state_are_no_words_of_its_places() -> None:
    assert "arab" not in list_place_words(None, None, "SY").split()
