"""Filters: expression and sentence of each key."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.asking.address import KEYS, from_query, insist
from incidents.asking.filters import FILTER_KEYS, Filters, set_keys, to_sentence, without
from incidents.asking.keys import Key
from incidents.asking.store import Store, read_rows

# --- what each key finds

ROWS: tuple[dict[str, Any], ...] = (
    {"incident": "BASE", "country": "IQ", "gov": "Anbar", "place": "Ain al-Asad",
     "type": "rocket attack", "direction": "attack on coalition", "target": "base",
     "lat": 33.8, "lon": 42.4,
     "actor": "unclaimed", "weapon": "rockets", "precision": "site", "sources": 3,
     "killed_min": 0, "killed_max": 0, "wounded_min": 2, "wounded_max": 3,
     "civilians_killed_min": 1, "civilians_killed_max": 5,
     "summary": "14 rockets; 100% missed the 'hangar' at C:\\base_one."},
    {"incident": "OPEN", "date": "2021-07-08", "country": "IQ", "gov": "Baghdad",
     "lat": 33.3, "lon": 44.4, "place": "Green Zone",
     "type": "rocket attack", "target": "embassy", "precision": "district",
     "killed_min": 4, "sources": 1, "summary": "Обстрел посольства"},
    {"incident": "LONG", "date": "2021-06-27", "date_end": "2021-06-28", "country": "SY",
     "lat": 34.5, "lon": 40.9, "gov": "Deir ez-Zor", "place": "البوكمال",
     "type": "air strike", "actor": "United States",
     "direction": "strike by coalition", "precision": "town", "sources": 2,
     "killed_min": 2, "killed_max": 9, "dataset": "acled", "grade": "weak"},
    {"incident": "BARE", "date": "2021-01-01"},
    {"incident": "MARCH", "date": "2021-01-01", "category": "other event"},
)  # fmt: skip
EXPRESSIONS = [
    ("nothing asked", "", "BARE BASE LONG OPEN"),
    ("one day", "dates=2021-07-07", "BASE"),
    ("both ends are in", "dates=2021-07-07&dates=2021-07-08", "BASE OPEN"),
    ("last day of a longer one", "dates=2021-06-28&dates=2021-07-01", "LONG"),
    ("first day of a longer one", "dates=2021-06-01&dates=2021-06-27", "LONG"),
    ("the day after", "dates=2021-06-29&dates=2021-07-06", ""),
    ("country", "country=IQ", "BASE OPEN"),
    ("two countries", "country=IQ&country=SY", "BASE LONG OPEN"),
    ("governorate", "gov=Anbar", "BASE"),
    ("governorate, as an old link spells it", "gov=Al+Anbar&gov=Narnia", "BASE"),
    ("place", "place=Green+Zone", "OPEN"),
    ("Arabic place", "place=البوكمال", "LONG"),
    ("type", "type=rocket+attack", "BASE OPEN"),
    ("direction", "direction=strike+by+coalition", "LONG"),
    ("target", "target=embassy", "OPEN"),
    ("actor", "actor=United+States", "LONG"),
    ("weapon", "weapon=rockets", "BASE"),
    ("not in the table", "weapon=catapult", ""),
    ("confidence", "grade=weak&grade=fair", "LONG"),
    ("one of several tables", "dataset=acled", "LONG"),
    ("attacks only, by default", "scope=attacks", "BARE BASE LONG OPEN"),
    ("other events, too", "scope=all", "BARE BASE LONG MARCH OPEN"),
    ("a known toll only", "basis=known", "BASE LONG OPEN"),
    ("a known toll of a group only", "basis=known&who=civilians", "BASE"),
    ("quotes in a value", "weapon='+OR+1=1+--", ""),
    ("nobody killed is said, not unknown", "killed=0&killed=0", "BASE"),
    ("any number killed leaves out unknown", "killed=0&killed=999", "BASE LONG OPEN"),
    ("highest claim", "killed=9&killed=9", "LONG"),
    ("lowest claim", "killed=2&killed=2&basis=low", "LONG"),
    ("highest claim is not the lowest", "killed=2&killed=2", ""),
    ("open top stands by its lowest", "killed=4&killed=4", "OPEN"),
    ("open top, lowest claim", "killed=4&killed=4&basis=low", "OPEN"),
    ("civilians", "killed=5&who=civilians", "BASE"),
    ("civilians, lowest claim", "killed=1&who=civilians&basis=low", "BASE"),
    ("a group nobody speaks of", "killed=0&killed=99&who=children", ""),
    ("wounded", "wounded=1&wounded=3", "BASE"),
    ("group alone asks for nothing", "who=children", "BARE BASE LONG OPEN"),
    ("basis alone asks for nothing", "basis=low", "BARE BASE LONG OPEN"),
    ("publishers", "sources=2", "BASE LONG"),
    ("precise to the town", "precision=town", "BASE LONG"),
    ("precise to the site", "precision=site", "BASE"),
    ("any precision that is stated", "precision=country", "BASE LONG OPEN"),
    ("word", "q=rockets", "BASE"),
    ("word in other case", "q=UNCLAIMED", "BASE"),
    ("words of two columns", "q=asad+rockets", "BASE"),
    ("all words are wanted", "q=asad+strike", ""),
    ("Arabic word", "q=البو", "LONG"),
    ("Cyrillic word, other case", "q=обстрел", "OPEN"),
    ("per cent is no wildcard", "q=0%25", "BASE"),
    ("per cent alone", "q=%25", "BASE"),
    ("underscore is no wildcard", "q=base_one", "BASE"),
    ("underscore for a letter", "q=r_ckets", ""),
    ("single quote", "q=%27hangar%27", "BASE"),
    ("backslash", "q=c:%5Cbase", "BASE"),
    ("an injection is words", "q=%27)+OR+1=1+--", ""),
    ("no word over the border of columns", "q=anbarain", ""),
    ("two keys", "country=IQ&killed=4", "OPEN"),
    ("window", "bbox=42,33,43,34", "BASE"),
    ("rectangle", "area=42,33,45,34", "BASE OPEN"),
    ("rectangle across the antimeridian", "area=170,-9,42.5,90", "BASE LONG"),
    ("rectangle of a single point", "area=42.4,33.8,42.4,33.8", "BASE"),
    ("triangle", "area=40,34,45,32,45,34", "BASE OPEN"),
    ("triangle beside", "area=40,34,44,33,40,32", ""),
    ("triangle whose box holds more", "area=42,33,45,33,42,34.5", "BASE OPEN"),
    ("triangle drawn the other way round", "area=42,34.5,45,33,42,33", "BASE OPEN"),
    ("a hollow", "area=40,32,46,32,46,36,45,36,45,33,43,33,43,36,40,36", "BASE LONG"),
    ("polygon drawn one world further", "area=400,34,405,32,405,34", "BASE OPEN"),
    ("polygon without extent", "area=42.4,33.8,42.4,33.8,42.4,33.8", ""),
    ("view keys change nothing", "data=abc&incident=BASE&z=4&view=lines&sort=-date&page=2",
     "BARE BASE LONG OPEN"),
]  # fmt: skip


@pytest.fixture(scope="module")
def store(make_store: Callable[..., Store]) -> Store:
    return make_store(*ROWS)


@pytest.mark.parametrize(("query", "found"), [case[1:] for case in EXPRESSIONS],
                         ids=[case[0] for case in EXPRESSIONS])  # fmt: skip
def test_finds(store: Store, query: str, found: str) -> None:
    rows = read_rows(store.select(insist(*from_query(query)).in_window)[["incident"]])
    assert sorted(row["incident"] for row in rows) == found.split()


def test_nul_typed_into_the_search_box_is_a_space(store: Store) -> None:
    assert len(read_rows(store.select(Filters(q="asad\x00rockets")))) == 1


@settings(max_examples=30)
@given(q=st.text(max_size=20))
def test_any_words_can_be_searched(store: Store, q: str) -> None:
    address, _ = from_query([("q", q), ("place", q)])
    read_rows(store.select(address.filters)[["incident"]])


CLAIMS = {
    "range": {"BASE": (0, 0, 2, 3), "OPEN": (4, None, None, None), "LONG": (2, 9, None, None)},
    "low": {"BASE": (0, 0, 2, 2), "OPEN": (4, 4, None, None), "LONG": (2, 2, None, None)},
    # "At least 4" stays open to the top.
    "high": {"BASE": (0, 0, 3, 3), "OPEN": (4, None, None, None), "LONG": (9, 9, None, None)},
    "known": {"BASE": (0, 0, 2, 3), "OPEN": (4, None, None, None), "LONG": (2, 9, None, None)},
}


@pytest.mark.parametrize(("basis", "expected"), CLAIMS.items(), ids=list(CLAIMS))
def test_the_switch_of_claims_holds_in_every_row(
    store: Store, basis: str, expected: dict[str, tuple[int | None, ...]]
) -> None:
    names = ("killed_min", "killed_max", "wounded_min", "wounded_max")
    found = {
        row["incident"]: tuple(row[name] for name in names)
        for row in read_rows(store.select(Filters(basis=basis)))
    }
    assert found == expected | ({} if basis == "known" else {"BARE": (None,) * 4})


def test_every_key_with_a_condition_has_a_case() -> None:
    asked = "&".join(case[1] for case in EXPRESSIONS).replace("bbox=", "window=")
    named = [key.name for key in FILTER_KEYS if key.condition is not None]
    assert [name for name in named if f"{name}=" not in asked] == []


# --- words

SENTENCES = [
    ("", "All incidents"),
    ("dates=2021-07-07", "Incidents on 7 Jul 2021"),
    ("dates=2021-06-28&dates=2021-07-08", "Incidents from 28 Jun 2021 to 8 Jul 2021"),
    ("country=IQ&country=SY", "Incidents in Iraq or Syria"),
    ("gov=Anbar", "Incidents in Anbar"),
    ("place=Green+Zone", "Incidents at Green Zone"),
    ("type=a&type=b&type=c&type=d&type=e", "Incidents of type a, b, c, d or 1 more"),
    ("direction=strike+by+coalition", "Incidents whose direction is strike by coalition"),
    ("target=base", "Incidents on the target base"),
    ("actor=unclaimed", "Incidents by unclaimed"),
    ("weapon=rockets", "Incidents with rockets"),
    ("who=children", "All incidents"),
    ("basis=low", "Incidents with their lowest claims only"),
    ("basis=known", "Incidents with a known number of people killed or wounded"),
    ("grade=weak&grade=fair", "Incidents graded weak or fair"),
    ("dataset=acled", "Incidents of the table acled"),
    ("scope=all", "Incidents together with events that are no attacks"),
    ("killed=0", "Incidents where sources say no people were killed (highest claim)"),
    ("killed=0&who=children",
     "Incidents where sources say no children were killed (highest claim)"),
    ("killed=1", "Incidents with 1 killed (highest claim)"),
    ("killed=2&killed=1000&basis=low",
     "Incidents with 2–1,000 killed, with their lowest claims only"),
    ("wounded=3&who=security_forces",
     "Incidents with 3 wounded among security forces (highest claim)"),
    ("sources=1", "Incidents reported by at least 1 publisher"),
    ("sources=2", "Incidents reported by at least 2 publishers"),
    ("precision=town", "Incidents placed to the town or better"),
    ("q=Ain+<b>", "Incidents that mention “Ain <b>”"),
    ("area=42,33,45,34", "Incidents in the area drawn on the map"),
    ("bbox=38,29,49,38", "Incidents from 29.0000° N, 38.0000° E to 38.0000° N, 49.0000° E"),
    ("data=abc&against=def&incident=x&z=3&view=change&shade=killed&before=2021-01-01&step=day&length=4&average=4"
     "&within=14&sort=date&page=2&cols=x.a&harm=wounded&by=actor&embed=map", "All incidents"),
    ("country=IQ&type=air+strike", "Incidents in Iraq, of type air strike"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "sentence"), SENTENCES, ids=[case[0] for case in SENTENCES])
def test_says_what_is_asked(query: str, sentence: str) -> None:
    assert to_sentence(insist(*from_query(query)).in_window) == sentence


@pytest.mark.parametrize("key", [key for key in FILTER_KEYS if key.takes_any], ids=lambda k: k.name)
def test_a_list_of_values_is_said_once(key: Key) -> None:
    assert key.clause is not None
    assert key.clause(("one", "two"), Filters()).count("one or two") == 1


def test_every_key_has_a_sentence_case() -> None:
    asked = "&" + "&".join(query for query, _ in SENTENCES)
    assert [key.name for key in KEYS if f"&{key.name}=" not in asked] == []


def test_default_filters_ask_for_nothing() -> None:
    assert set_keys(Filters(who="children")) == []


def test_set_keys_are_those_that_leave_incidents_out() -> None:
    filters = Filters(killed=(0, 3), q="rocket", who="children")
    assert [key.name for key in set_keys(filters)] == ["killed", "q"]
    assert without(filters, "killed") == replace(filters, killed=None)
