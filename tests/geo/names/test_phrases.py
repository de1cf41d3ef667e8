import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.names.phrases import Phrase, is_route, list_phrases, split_names


@pytest.mark.parametrize(
    ("text", "kind", "names", "km", "direction"),
    [
        pytest.param(text, *said, id=text)
        for said, texts in {
            ("near", ("Hit",), None, None): (
                *("near Hit", "close to Hit", "a village near Hit", "outskirts of Hit", "Hit area"),
                *("on the outskirts of Hit", "in the vicinity of Hit", "Hit and its surroundings"),
                *("outside Hit", "suburbs of Hit", "Hit yakınlarında"),
            ),
            ("near", ("هيت",), None, None): (
                "قرب هيت",
                "بالقرب من هيت",
                "على مشارف هيت",
                "محيط هيت",
            ),
            ("near", ("Мосулом",), None, None): ("рядом с Мосулом", "под Мосулом"),
            ("near", ("Мосула",), None, None): (
                *("в районе Мосула", "около Мосула", "вблизи Мосула", "в окрестностях Мосула"),
            ),
            ("countryside", ("Homs",), None, None): ("countryside of Homs", "rural Homs"),
            ("countryside", ("Homs",), None, "west"): ("western countryside of Homs",),
            ("countryside", ("حمص",), None, None): ("ريف حمص", "في ريف حمص"),
            ("offset", ("Hit",), 15.0, "north-west"): (
                *("15 km north-west of Hit", "15km NW of Hit", "15 kilometres northwest of Hit"),
                *(
                    "about 15 km to the north west of Hit",
                    "Hit, 15 km north-west",
                    "Hit (15 km NW)",
                ),
                *("a camp 15 km northwest of Hit", "10-20 km north-west of Hit"),
                *("15 км к северо-западу от Hit", "в 15 км северо-западнее Hit"),
                *("15 كم شمال غرب Hit", "على بعد 15 كلم إلى الشمال الغربي من Hit"),
                *("١٥ كم شمال غرب Hit", "شمال غرب Hit بـ 15 كم", "Hit'in 15 km kuzeybatısında"),
            ),
            ("offset", ("Hit",), 16.09344, "south"): ("10 miles south of Hit", "10 mi S of Hit"),
            ("offset", ("Hit",), 0.5, "east"): ("500 m east of Hit", "500 metres east of Hit"),
            ("offset", ("Hit",), 15.0, None): ("15 km from Hit", "15 km outside Hit"),
            ("direction", ("Hit",), None, "east"): (
                *("east of Hit", "silos east of Hit", "восточнее Hit", "к востоку от Hit"),
                *("إلى الشرق من Hit", "Hit'in doğusunda"),
            ),
            ("between", ("Hit", "Ana"), None, None): (
                *("between Hit and Ana", "road between Hit and Ana", "Hit–Ana road"),
                *("Hit - Ana highway", "Hit-Ana road", "road from Hit to Ana", "Hit to Ana road"),
                *("между Hit и Ana", "дорога Hit – Ana", "трасса между Hit и Ana"),
                *("طريق Hit - Ana", "بين Hit و Ana", "الطريق بين Hit و Ana"),
            ),
            ("between", ("هيت", "عانة"), None, None): ("بين هيت وعانة", "طريق هيت – عانة"),
            ("inside", ("Hit",), None, None): ("in Hit", "a market in Hit", "في Hit", "в Hit"),
        }.items()
        for text in texts
    ],
)
def test_reads(
    text: str, kind: str, names: tuple[str, ...], km: float | None, direction: str | None
) -> None:
    said = list_phrases(text)[0]
    assert (said.kind, said.names, said.direction) == (kind, names, direction)
    assert said.km == pytest.approx(km)


@pytest.mark.parametrize(
    "text",
    [
        *("Mosul", "Ain al-Asad", "Deir ez-Zor", "Eastern Ghouta", "الموصل", "Мосул", "", " "),
        *("500 km north of Hit", "0 km north of Hit", "15 km", "north", "near", "between", "road"),
    ],
)
def test_says_nothing(text: str) -> None:
    assert list_phrases(text) == []


def test_what_is_said_to_lie_there_is_kept() -> None:
    assert list_phrases("oil field 5 km south of Hit")[0] == Phrase(
        "offset", ("Hit",), "oil field", 5.0, "south"
    )


@pytest.mark.parametrize(
    ("text", "tight", "first"),
    [
        ("Hit and Ana", False, ("Hit", "Ana")),
        ("Hit / Ana", False, ("Hit", "Ana")),
        ("Hit; Ana", False, ("Hit", "Ana")),
        ("Hit, Ana and Haditha", False, ("Hit", "Ana", "Haditha")),
        ("هيت وعانة", False, ("هيت", "عانة")),
        ("Хит и Ана", False, ("Хит", "Ана")),
        ("Hit – Ana", False, ("Hit", "Ana")),
        ("Ain al-Asad–Hit", False, ("Ain al-Asad", "Hit")),
    ],
)
def test_splits_names(text: str, tight: bool, first: tuple[str, ...]) -> None:
    assert split_names(text, tight)[0] == first


@pytest.mark.parametrize("text", ["Hit", "Ain al-Asad", "وادي حوران", "a and b and c and d and e"])
def test_splits_no_single_name_and_no_long_list(text: str) -> None:
    assert split_names(text, tight=False) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hit-Ana road", True),
        ("Iraq/Syria border", True),
        ("на границе", True),
        ("Broadway", False),
    ],
)
def test_is_route(text: str, expected: bool) -> None:
    assert is_route(text) is expected


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for said in list_phrases(text):
        assert all(said.names) and (said.km is None or said.km > 0)
