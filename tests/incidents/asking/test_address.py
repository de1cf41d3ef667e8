"""An address: what a link says, read, mended and written back."""

from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.places.precision import PRECISIONS
from incidents.asking.address import KEYS, Address, from_query, insist, to_query
from incidents.asking.display import Display
from incidents.asking.filters import Filters
from incidents.table.columns import GROUPS
from incidents.table.errors import FilterError
from incidents.table.sentences import BASIS, WHO

JULY_7, JULY_8 = date(2021, 7, 7), date(2021, 7, 8)
LABELS = ("Iraq", "Syria")  # a label stands for its value, so it comes back as that

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
values = st.lists(
    texts.filter(lambda text: text != "" and text not in LABELS), max_size=4, unique=True
).map(tuple)
clean_texts = texts.map(lambda text: " ".join(text.split()))
numbers = st.integers(0, 2**31 - 1)
degrees = st.floats(-540, 540).map(lambda number: round(number, 5))
latitudes = st.floats(-90, 90).map(lambda number: round(number, 5))


def ranges(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | st.lists(of, min_size=2, max_size=2).map(lambda two: tuple(sorted(two)))


WINDOWS = (
    st.tuples(degrees, ranges(latitudes).filter(bool), degrees)
    .map(lambda window: (window[0], window[1][0], window[2], window[1][1]))
    .filter(lambda window: abs(window[0] + window[2]) < 360)
)
POLYGONS = st.lists(
    st.tuples(st.floats(-180, 179).map(lambda lon: round(lon, 5)), latitudes),
    min_size=3,
    max_size=50,
).map(lambda corners: tuple(number for corner in corners for number in corner))
STRATEGIES: dict[str, st.SearchStrategy[Any]] = {
    "dates": ranges(st.dates()),
    **dict.fromkeys(
        (
            *("country", "gov", "place", "type", "direction", "target", "actor", "weapon"),
            *("grade", "dataset"),
        ),
        values,
    ),
    "scope": st.sampled_from(("attacks", "all")),
    "who": st.sampled_from(GROUPS),
    "killed": ranges(numbers),
    "wounded": ranges(numbers),
    "basis": st.sampled_from(("range", "low", "high", "known")),
    "sources": numbers,
    "precision": st.none() | st.sampled_from(tuple(PRECISIONS)),
    "q": clean_texts,
    "area": st.none() | WINDOWS | POLYGONS,
    "data": st.none() | st.from_regex(r"[0-9a-z]{1,64}", fullmatch=True),
    "against": st.none() | st.from_regex(r"[0-9a-z]{1,64}", fullmatch=True),
    "incident": st.none() | clean_texts.filter(bool),
    "bbox": st.none() | WINDOWS,
    "z": st.none() | st.integers(0, 18),
    "view": st.none() | st.sampled_from(["incidents", "density", "governorates", "change"]),
    "shade": st.none() | st.sampled_from(["incidents", "killed", "wounded"]),
    "before": ranges(st.dates()),
    "step": st.none() | st.sampled_from(["day", "week", "month", "quarter", "year"]),
    "length": st.none() | st.integers(1, 60),
    "average": st.none() | st.sampled_from(["4", "52"]),
    "within": st.none() | st.integers(1, 90),
    "sort": st.none() | st.sampled_from(["date", "-date", "-killed_max"]),
    "page": st.none() | numbers,
    "cols": values,
    "harm": st.none() | st.sampled_from(["killed", "wounded"]),
    "by": st.none() | st.sampled_from(["actor", "group", "time"]),
    "embed": st.none() | st.sampled_from(["map", "timeline", "figures", "list"]),
}


def make_address(**values: Any) -> Address:
    shown = {each.name for each in fields(Display)}
    return Address(
        Filters(**{name: value for name, value in values.items() if name not in shown}),
        Display(**{name: value for name, value in values.items() if name in shown}),
    )


@pytest.mark.parametrize("name", STRATEGIES)
@given(data=st.data())
def test_each_key_comes_back_from_its_link(name: str, data: st.DataObject) -> None:
    address = make_address(**{name: data.draw(STRATEGIES[name])})
    assert from_query(to_query(address)) == (address, ())


@given(st.fixed_dictionaries(STRATEGIES))
def test_all_keys_together_come_back_from_their_link(values: dict[str, Any]) -> None:
    address = make_address(**values)
    assert from_query("?" + to_query(address)) == (address, ())
    assert insist(*from_query(to_query(address))) == address


@given(st.text())
def test_any_text_can_be_a_query(query: str) -> None:
    address, dropped = from_query(query)
    assert from_query(to_query(address))[0] == address
    assert all(one.reason for one in dropped)


@given(st.lists(st.tuples(st.sampled_from([key.name for key in KEYS]), st.text(max_size=20))))
def test_any_text_can_be_a_value(pairs: list[tuple[str, str]]) -> None:
    address, _ = from_query(pairs)
    assert from_query(to_query(address)) == (address, ())


MENDED = [
    ("reversed dates", "dates=2021-07-08&dates=2021-07-07", Filters(dates=(JULY_7, JULY_8))),
    ("half-picked dates", "dates=2021-07-07", Filters(dates=(JULY_7, JULY_7))),
    ("half-picked, rest blank", "dates=2021-07-07&dates=", Filters(dates=(JULY_7, JULY_7))),
    ("reversed killed", "killed=9&killed=2", Filters(killed=(2, 9))),
    ("one number", "wounded=3", Filters(wounded=(3, 3))),
    ("south above north", "bbox=40,37,48,29", Display(bbox=(40, 29, 48, 37))),
    ("across the antimeridian", "bbox=170,0,-170,9", Display(bbox=(170, 0, -170, 9))),
    ("the last of several", "z=3&z=5", Display(z=5)),
    ("doubles and blanks", "gov=Erbil&gov=&gov=Erbil", Filters(gov=("Erbil",))),
    ("labels of a bound widget", f"country=Syria&basis={BASIS['low']}&who={WHO['civilians']}",
     Filters(country=("SY",), basis="low", who="civilians")),
    ("white space in words", "q=+two%0A+words+", Filters(q="two words")),
    ("all blank", "dates=&killed=&gov=&who=&q=&z=&bbox=&data=&precision=", Filters()),
    ("nothing", "", Filters()),
]  # fmt: skip


@pytest.mark.parametrize(("query", "part"), [case[1:] for case in MENDED],
                         ids=[case[0] for case in MENDED])  # fmt: skip
def test_mends_what_can_be_mended(query: str, part: Filters | Display) -> None:
    is_shown = isinstance(part, Display)
    assert from_query(query) == (Address(display=part) if is_shown else Address(part), ())


DROPPED = [
    ("unknown key", "colour=red", "colour", "is not a filter"),
    ("other case", "Killed=3", "Killed", "is not a filter"),
    ("no date", "dates=yesterday", "dates", '"yesterday" is not a date like 2021-07-07'),
    ("no such day", "dates=2021-02-30", "dates", "is not a date"),
    ("three dates", "dates=2021-07-07&dates=2021-07-08&dates=2021-07-09", "dates", "two dates"),
    ("no number", "killed=many", "killed", '"many" is not a whole number'),
    ("fraction", "killed=1.5", "killed", "is not a whole number"),
    ("below zero", "killed=-1", "killed", "is not between 0 and"),
    ("beyond all numbers", "wounded=99999999999", "wounded", "is not between 0 and"),
    ("more digits than Python reads", "sources=" + "9" * 5000, "sources", "not a whole number"),
    ("no group", "who=aliens", "who", "is not one of all, civilians"),
    ("no basis", "basis=middle", "basis", "is not one of range, low, high"),
    ("no precision", "precision=exact", "precision", "is not one of site, town"),
    ("a path for a version", "data=../../etc/passwd", "data", "not the name of a version"),
    ("capitals in a version", "data=ABC", "data", "not the name of a version"),
    ("two corners and a half", "area=1,2,3,4,5", "area", "three or more corners"),
    ("no numbers for corners", "area=a,b,c,d,e,f", "area", "three or more corners"),
    ("a corner beyond the pole", "area=0,0,1,1,2,91", "area", "between -90 and 90"),
    ("a polygon round the globe", "area=-300,0,300,1,2,3", "area", "at most 360 degrees"),
    ("too many corners", "area=" + ",".join(["1,2"] * 51), "area", "at most 50 corners"),
    ("three bounds", "bbox=1,2,3", "bbox", "west,south,east,north"),
    ("no numbers for bounds", "bbox=a,b,c,d", "bbox", "west,south,east,north"),
    ("infinite bounds", "bbox=0,0,inf,9", "bbox", "west,south,east,north"),
    ("nan for bounds", "bbox=nan,0,1,9", "bbox", "west,south,east,north"),
    ("beyond the pole", "bbox=0,0,1,91", "bbox", "between -90 and 90"),
    ("twice round the globe", "bbox=-900,0,900,9", "bbox", "between -540 and 540"),
    ("too near", "z=19", "z", "above 18"),
    ("NUL", "q=a%00b", "q", "characters which no table holds"),
    ("NUL in a list", "gov=Erbil%00", "gov", "characters which no table holds"),
]


TURNED = [
    ("once round", "bbox=400,30,408,34", (40.0, 30.0, 48.0, 34.0)),
    ("many times west", "bbox=-10760.5,30,-10752,34", (39.5, 30.0, 48.0, 34.0)),
    ("over the antimeridian", "bbox=530,30,549,34", (170.0, 30.0, 189.0, 34.0)),
    ("as it was counted", "bbox=170,30,-170,34", (170.0, 30.0, -170.0, 34.0)),
    ("an area drawn there", "area=760,30,768,30,768,34", (40.0, 30.0, 48.0, 30.0, 48.0, 34.0)),
    ("a rectangle drawn there", "area=760,30,768,34", (40.0, 30.0, 48.0, 34.0)),
]


@pytest.mark.parametrize(("query", "window"), [case[1:] for case in TURNED],
                         ids=[case[0] for case in TURNED])  # fmt: skip
def test_a_map_dragged_round_the_world_asks_for_the_same(
    query: str, window: tuple[float, ...]
) -> None:
    address, dropped = from_query(query)
    assert not dropped and window in (address.display.bbox, address.filters.area)
    assert from_query(to_query(address))[0] == address


@pytest.mark.parametrize(("query", "key", "reason"), [case[1:] for case in DROPPED],
                         ids=[case[0] for case in DROPPED])  # fmt: skip
def test_drops_and_says_what_cannot_be_used(query: str, key: str, reason: str) -> None:
    address, dropped = from_query(f"type=air+strike&{query}")
    assert address == Address(Filters(type=("air strike",)))
    assert [one.key for one in dropped] == [key]
    assert reason in dropped[0].reason and f'"{key}"' in dropped[0].reason
    with pytest.raises(FilterError, match=f'"{key}"'):
        insist(*from_query(query))


def test_half_of_a_surrogate_pair_is_dropped() -> None:
    address, dropped = from_query([("q", "\ud800")])
    assert address == Address()
    assert [one.key for one in dropped] == ["q"]


def test_strict_reading_tells_everything_at_once() -> None:
    with pytest.raises(FilterError, match=r'"colour" is not a filter. "z": "19" is above 18'):
        insist(*from_query("colour=red&z=19"))


def test_long_words_are_cut() -> None:
    assert len(from_query("q=" + "x" * 10_000)[0].filters.q) == 200


def test_every_key_is_one_row_and_is_documented() -> None:
    names = [each.name for part in (Filters, Display) for each in fields(part)]
    # A page never narrows by the window of its map: it is no parameter of its own.
    assert [key.name for key in KEYS] == [name for name in names if name not in ("window", "own")]
    assert list(STRATEGIES) == [key.name for key in KEYS]
    for key in KEYS:
        assert key.label and key.meaning.endswith("."), key.name
        assert key.kind.schema["type"] in ("array", "string", "integer"), key.name
        # What leaves incidents out must be said; who and basis are said with killed and wounded.
        assert (key.condition is None) == (key.clause is None), key.name


def test_an_address_of_nothing_is_empty() -> None:
    assert to_query(Address()) == ""


def test_only_the_api_narrows_by_the_window() -> None:
    address = insist(*from_query("gov=Anbar&bbox=42,33,43,34&z=9"))
    assert address.filters == Filters(gov=("Anbar",))
    assert address.in_window == Filters(gov=("Anbar",), window=(42, 33, 43, 34))
    assert to_query(Address(address.in_window)) == "gov=Anbar"
