"""Names that may be several places, are misspelt or are none: what decides, and what is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.places.precision import PRECISIONS
from tests.geo.shipped import GEOCODER


@pytest.mark.parametrize(
    ("name", "place", "reason"),
    [
        pytest.param("Mosull", "P-MOSUL", "letter away", id="a letter too many"),
        pytest.param("Мосулл", "P-MOSUL", "letter away", id="in Russian"),
        pytest.param("Qamishlie", "P-QAMISHLI", "letter away", id="at the end"),
        pytest.param("Sulaymania", "P-SULAYMANIYAH", "letter away", id="a letter too few"),
        pytest.param("Tal Amar", "P-TAL-AFAR", None, id="too short a word to guess"),
        pytest.param("Amman", "P-AMARAH", None, id="five letters are never guessed"),
        pytest.param("Bosul", "P-MOSUL", None, id="another first letter"),
        pytest.param("Mozull", "P-MOSUL", None, id="another consonant"),
        pytest.param("Metina", "GN-99106", None, id="mountains of Duhok, no misspelt Medina"),
        pytest.param("Suwaydan", "P-SUWAYDA", None, id="a consonant more"),
        pytest.param("Suwaydan village", "P-SUWAYDA", None, id="a village is no misspelt city"),
        pytest.param("Мosull", "P-MOSUL", None, id="letters of two scripts"),
    ],
)
def test_misspellings(name: str, place: str, reason: str | None) -> None:
    match = GEOCODER.match(name)
    if reason is None:
        assert match.place is None or match.place.id != place
    else:
        assert match.place is not None, match.reason
        assert (match.place.id, match.kind) == (place, "fuzzy")
        assert reason in match.reason
        assert 0 < match.score < 95


@pytest.mark.parametrize(
    "name",
    [
        *("Narnia", "Wakanda", "unknown", "", "   ", "-", "n/a", "1234", "🎉", "x" * 10_000),
        *("Xyz", "<img src=x onerror=alert(1)>", "'; DROP TABLE places; --", "../../etc/passwd"),
        *("air base (not named)", "base", "city", ",", "/", "،", "Paris, France", "\x00", "\ud800"),
        *("K1 base, Kirkuk", "Hama, Iraq", None),
    ],
)
def test_what_is_no_place_is_told(name: str | None) -> None:
    match = GEOCODER.match(name)
    assert (match.place, match.kind, match.score, match.precision) == (None, "none", 0.0, None)
    assert match.reason.endswith(".")
    assert len(match.reason) < 400


@pytest.mark.parametrize(
    ("name", "country", "gov", "place"),
    [
        pytest.param("Sinjar", "IQ", None, "P-SINJAR", id="the country decides"),
        pytest.param("Sinjar", "Сирия", None, "GN-164094", id="named in Russian"),
        pytest.param("Sinjar", None, "Ninewa", "P-SINJAR", id="the governorate alone decides"),
        pytest.param("Sinjar", "", " ", "P-SINJAR", id="blank hints are none"),
        pytest.param("Sinjar", "IQ", "Idlib", "P-SINJAR", id="a governorate of elsewhere is none"),
        pytest.param("Baghdad", "IQ", "narnia", "P-BAGHDAD", id="an unknown governorate is none"),
        pytest.param("Baghdad", "SY", None, None, id="not in that country"),
        pytest.param("Baghdad", "Narnia", None, None, id="no country"),
        pytest.param("Baghdad, Iraq", "SY", None, None, id="the comma against the country"),
        pytest.param("Hit, Anbar", "IQ", "Basra", None, id="the comma against the governorate"),
        pytest.param("Hit, Anbar", "IQ", "al-Anbar", "P-HIT", id="the comma agrees"),
        pytest.param("Ramadi", "IQ", "Nineveh", None, id="far from that governorate"),
        pytest.param("Imam Ali base", "IQ", None, "P-ALI-AIR-BASE", id="Imam Ali in Iraq"),
        pytest.param("Imam Ali base", "SY", None, "P-IMAM-ALI-SY", id="Imam Ali in Syria"),
        pytest.param("Imam Ali Air Base", "IQ", None, "P-ALI-AIR-BASE", id="with its full name"),
        pytest.param("Rabia", "IQ", None, "P-RABIA", id="the crossing"),
        pytest.param("Rabia", "SY", None, "GN-167880", id="the town of Latakia"),
        pytest.param("Rabia", None, "Nineveh", "P-RABIA", id="the crossing by its governorate"),
        pytest.param("Посольство США", "SY", None, None, id="no embassy in Syria"),
        pytest.param("Metina", "IQ", None, None, id="not Basra's Medina, in Iraq either"),
        pytest.param("Nasiriyah air base", "SY", None, "P-NASIRIYAH-SY", id="namesake bases, SY"),
        pytest.param("Nasiriyah air base", "IQ", None, "P-ALI-AIR-BASE", id="namesake bases, IQ"),
    ],
)
def test_country_and_governorate_decide(
    name: str, country: str | None, gov: str | None, place: str | None
) -> None:
    match = GEOCODER.match(name, country, gov)
    assert (match.place.id if match.place else None) == place, match.reason


def test_a_disputed_governorate_costs_score_and_is_told() -> None:
    match = GEOCODER.match("Makhmur", "IQ", "Nineveh")
    assert match.place is not None
    assert match.place.gov == "Erbil"
    assert match.score < GEOCODER.match("Makhmur", "IQ", "Erbil").score
    assert match.reason.endswith("though Nineveh was named.")


def test_a_country_outside_is_told() -> None:
    match = GEOCODER.match("Tower 22", country="Jordan")
    assert match.kind == "none"
    assert match.reason == (
        '"Tower 22" was not looked for: the gazetteer covers Iraq and Syria, not Jordan.'
    )


@pytest.mark.parametrize(
    ("name", "what"),
    [
        pytest.param("Rabia", "country", id="hand-kept, but of no known size"),
        pytest.param("Rabia town", "country", id="as a town"),
        pytest.param("Imam Ali base", "country", id="both are called so"),
        pytest.param("قاعدة الإمام علي", "country", id="in Arabic too"),
        pytest.param("Nasiriyah air base", "country", id="two hand-kept places"),
    ],
)
def test_two_equal_candidates_are_ambiguous_and_both_named(name: str, what: str) -> None:
    match = GEOCODER.match(name)
    assert (match.place, match.kind, match.score) == (None, "ambiguous", 0.0)
    assert len(match.candidates) == 2
    assert all(place.name in match.reason for place in match.candidates)
    assert match.reason.endswith(f"name the {what} to decide.")


@pytest.mark.parametrize(
    ("name", "country", "gov", "place"),
    [
        pytest.param("Al-Karma", "SY", "Hama", "P-MAHARDA", id="Karma"),
        pytest.param("Jazira", "IQ", "Wasit", "GN-98459", id="Jazira"),
        pytest.param("Khan", "SY", "Homs", "GN-168052", id="Khan"),
        pytest.param("At Tall", "SY", "Rif Dimashq", "GN-172349", id="a hill, and a town"),
        pytest.param("Chobanbey", "SY", "Aleppo", "GN-169138", id="another name of ar-Rai"),
    ],
)
def test_a_weak_name_counts_only_in_its_governorate(
    name: str, country: str, gov: str, place: str | None
) -> None:
    assert (p.id if (p := GEOCODER.match(name, country, gov).place) else None) == place
    for hints in ((None, None), (country, None), ("IQ", "Anbar"), ("SY", "Tartus")):
        match = GEOCODER.match(name, *hints)
        assert (match.place, match.kind) == (None, "none"), match.reason


@pytest.mark.parametrize("name", ["Al-Bab", "Suwaira", "Bosra", "Khan Shaykhun", "Karbala"])
def test_a_spelling_of_the_own_name_is_not_weak(name: str) -> None:
    assert GEOCODER.match(name).place is not None


def test_a_namesake_of_a_tenth_is_outweighed_only_without_a_country() -> None:
    assert GEOCODER.match("Sinjar").candidates == GEOCODER.match("Sinjar", "IQ").candidates
    assert GEOCODER.match("Sinjar", "SY").candidates != GEOCODER.match("Sinjar").candidates


@given(st.text(), st.none() | st.text(), st.none() | st.text())
def test_any_text_gets_an_answer(name: str, country: str | None, gov: str | None) -> None:
    for match in (GEOCODER.match(name), GEOCODER.match(name, country, gov)):
        assert (match.place is None) == (match.kind in ("none", "ambiguous"))
        assert (match.place is None) == (match.precision is None)
        assert match.precision is None or match.precision in PRECISIONS
        assert 0 <= match.score <= 100
