from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.finding.geocoder import Geocoder
from geo.places.gazetteer import Gazetteer
from geo.places.precision import PRECISIONS

PLACES = Path(__file__).parents[3] / "data" / "places.csv"
GEOCODER = Geocoder(Gazetteer.read(PLACES))

LITERAL = ("exact", "alias", "folded")


@pytest.mark.parametrize(
    ("name", "place"),
    [
        pytest.param(name, place, id=f"{place}: {name}")
        for place, names in {
            "P-AIN-AL-ASAD": (
                *("Ain al-Asad", "Ayn al-Assad", "Al Asad Airbase", "айн эль-асад", "عين الأسد"),
                *("Ain Al Asad air base", "قاعدة عين الاسد", "al-Asad", "ORAA", "عین الاسد"),
            ),
            "P-GREEN-ZONE": (
                *("Baghdad Green Zone", "Green Zone", "зеленая зона", "Зелёная зона"),
                *("المنطقة الخضراء", "GREEN ZONE", "Green Zone, Baghdad, Iraq"),
            ),
            "P-US-EMBASSY-BAGHDAD": (
                *("U.S. Embassy in Baghdad", "US embassy, Baghdad", "Посольство США"),
            ),
            "P-BALAD": ("Balad Air Base", "Balad airbase", "Joint Base Balad", "قاعدة بلد"),
            "P-BALAD-TOWN": ("Balad", "al-Balad", "بلد"),
            "P-BASRA-CITY": ("Basra", "Basrah", "البصرة", "Басра", "Basra city"),
            "P-BASRA": ("Basra Governorate", "محافظة البصرة", "провинция Басра"),
            "P-BASRA-AIRPORT": ("Basra airport", "مطار البصرة", "аэропорт Басры"),
            "P-MOSUL": ("Mosul", "الموصل", "Мосул", "Mosul city", "mosul"),
            "P-BAGHDAD": ("Baghdad", "بغداد", "Багдад", "Bağdat"),
            "P-ALEPPO": ("Aleppo", "حلب", "Алеппо", "Halab"),
            "P-DAMASCUS": ("Damascus", "Dimashq", "Damaskus"),
            "P-RAQQA": ("Raqqa", "ar-Raqqah", "الرقة", "Ракка"),
            "P-KIRKUK": ("Kirkuk", "کرکوک", "Киркук"),
            "P-ERBIL": ("Erbil", "Arbil", "Hawler", "أربيل"),
            "P-HOMS": ("Homs", "Hims", "حمص"),
            "P-HAMA": ("Hama", "Hamah", "حماة"),
            "P-IDLIB": ("Idlib", "إدلب", "ادلب"),
            "P-ANBAR": ("Anbar", "al-Anbar", "محافظة الأنبار"),
            "P-BABIL": ("Babil", "Babil Governorate"),
            "P-DEIR-EZ-ZOR": ("Deir ez-Zor", "Deir ezZor", "Dayr az Zawr", "دير الزور"),
            "P-T4": ("T4", "T-4 airbase", "Tiyas"),
            "P-HIT": ("Hit", "Hit, Anbar", "Hit, Anbar, Iraq", "هيت"),
            "P-ALI-AIR-BASE": ("Imam Ali Air Base", "Imam Ali Airbase", "قاعدة الإمام علي الجوية"),
            "P-IMAM-ALI-SY": ("Imam Ali Iranian base", "Imam Ali base (al-Bukamal)"),
            "P-TAJI": ("Camp Taji", "Taji base", "معسكر التاجي", "база Таджи"),
            "P-TAJI-TOWN": ("Taji", "al-Taji", "التاجي", "Таджи"),
            "P-HABBANIYAH": ("Habbaniyah", "الحبانية"),
            "P-TAQADDUM": ("Habbaniyah air base",),
            "P-RABIA": ("Rabia crossing", "معبر ربيعة"),
            "P-MAHARDA": ("Maharda", "محردة"),
            "P-HOULA": ("Houla", "الحولة"),
            "P-SINJAR": ("Sinjar", "سنجار", "Синджар"),
            "P-CONOCO": ("Conoco", "Conoco gas field, eastern Syria"),
            "P-PALMYRA": ("Tadmur/Palmyra", "Tadmor"),
            "P-FALLUJAH-DISTRICT": ("Fallujah district", "قضاء الفلوجة"),
            "P-IRAQ": ("Iraq", "العراق"),
        }.items()
        for name in names
    ],
)
def test_a_name_in_any_script_is_its_place(name: str, place: str) -> None:
    match = GEOCODER.match(name)
    assert match.place is not None, match.reason
    assert (match.place.id, match.precision) == (place, match.place.precision)
    assert match.kind in LITERAL
    assert match.candidates == (match.place,)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        *(("قضاء القائم", "P-AL-QAIM"), ("Al-Qaim district", "P-AL-QAIM")),
        *(("Al-Qaim district, Anbar", "P-AL-QAIM"), ("Qaim sub-district", "P-AL-QAIM")),
        *(("ناحية البغدادي", "P-AL-BAGHDADI"), ("al-Baghdadi subdistrict", "P-AL-BAGHDADI")),
        *(("Rabia sub-district, Nineveh", "P-RABIA"), ("ناحية ربيعة", "P-RABIA")),
        *(("قضاء الفلوجة", "P-FALLUJAH-DISTRICT"), ("Mosul district", "P-MOSUL-DISTRICT")),
    ],
)
def test_a_district_is_never_the_point_of_its_town(name: str, place: str) -> None:
    match = GEOCODER.match(name)
    assert match.place is not None, match.reason
    assert (match.place.id, match.precision) == (place, "district")


@pytest.mark.parametrize(
    ("gov", "country", "place"),
    [
        *(("Baghdad", None, "P-BAGHDAD-GOVERNORATE"), ("Aleppo", "SY", "P-ALEPPO-GOVERNORATE")),
        *(("Al-Hasakah Governorate", "Syria", "P-HASAKAH-GOVERNORATE"), ("البصرة", "", "P-BASRA")),
        *(("Ninevehh", "IQ", "P-NINEVEH-GOVERNORATE"), ("Aleppo", "IQ", None)),
        *(("Mosul", "IQ", None), ("Iraq", "IQ", None), ("Hit district", None, None)),
        *(("Aleppo", "Narnia", None), ("", None, None), ("x" * 10_000, None, None)),
    ],
)
def test_a_governorate_is_looked_for_among_governorates(
    gov: str, country: str | None, place: str | None
) -> None:
    match = GEOCODER.match_governorate(gov, country)
    assert (match.place and match.place.id) == place
    assert match.precision == (place and "governorate")
    assert match.reason.endswith(".") and len(match.reason) < 400


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


def test_the_town_is_less_exact_than_the_base_beside_it() -> None:
    assert GEOCODER.match("Taji").precision == "town"
    assert GEOCODER.match("Camp Taji").precision == "site"


@pytest.mark.parametrize(
    ("name", "place", "precision"),
    [
        pytest.param("northern Aleppo", "P-ALEPPO", "district", id="a side of a city"),
        pytest.param("западный Багдад", "P-BAGHDAD", "district", id="in Russian"),
        pytest.param(
            "Northern Homs Governorate", "P-HOMS-GOVERNORATE", "governorate", id="of more"
        ),
        pytest.param("northern Aleppo, Syria", "P-ALEPPO", "district", id="before a comma"),
        pytest.param("northeastern Syria", "P-SYRIA", "country", id="of a country"),
        pytest.param("Zakho district", "P-ZAKHO", "district", id="a district by its town"),
        pytest.param("eastern Baghdad", "P-EASTERN-BAGHDAD", "district", id="a place of its own"),
    ],
)
def test_surroundings_are_less_precise(name: str, place: str, precision: str) -> None:
    match = GEOCODER.match(name)
    assert match.place is not None, match.reason
    assert (match.place.id, match.precision) == (place, precision)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param(
            "Ayn al-Assad",
            'Alias "Ayn al-Assad" of Ain al-Asad Air Base (base, Anbar, Iraq).',
            id="alias",
        ),
        pytest.param("Mosul", 'Name "Mosul" of Mosul (city, Nineveh, Iraq).', id="exact"),
        pytest.param(
            "Al-Mosul",
            '"Al-Mosul" is spelled like "Mosul" of Mosul (city, Nineveh, Iraq).',
            id="folded",
        ),
        pytest.param(
            "Mosull",
            '"Mosull" is 1 letter away from "Mosul" of Mosul (city, Nineveh, Iraq).',
            id="fuzzy",
        ),
        pytest.param("Narnia", '"Narnia" is not in the gazetteer.', id="none"),
        pytest.param(
            "Khan",
            '"Khan" is too loose a name for Khirbat Tīn Nūr (town, Homs, Syria); '
            "name the governorate to use it.",
            id="weak",
        ),
        pytest.param(
            "Khan, Hama",
            '"Khan" is too loose a name for Khirbat Tīn Nūr (town, Homs, Syria); '
            "it is not in Hama.",
            id="weak, elsewhere",
        ),
        pytest.param("Baghdad, Syria", '"Baghdad" is not known in Syria.', id="elsewhere"),
        pytest.param(
            "Kafr village",
            '"Kafr village" is not in the gazetteer.',
            id="village",
        ),
    ],
)
def test_reasons(name: str, reason: str) -> None:
    assert GEOCODER.match(name).reason == reason


@pytest.mark.parametrize(
    ("name", "gov", "place"),
    [
        pytest.param("Jenderis town", "Aleppo", "GN-169190", id="vowels"),
        pytest.param("Jenderis village", "Aleppo", None, id="villages are too many"),
        pytest.param("Arbin", "Rif Dimashq", "GN-169372", id="short, with its governorate"),
        pytest.param("Arbin", None, None, id="short, without"),
        pytest.param("Arbin", "Homs", None, id="in another governorate"),
        pytest.param("Lazkiye", None, "P-LATAKIA", id="a Turkish name of a large city"),
        pytest.param("Markaz Daraa district", None, "P-DARAA", id="the central district"),
    ],
)
def test_transliterations(name: str, gov: str | None, place: str | None) -> None:
    match = GEOCODER.match(name, None, gov)
    assert (match.place.id if match.place else None) == place, match.reason


def test_surer_kinds_score_higher() -> None:
    scores = [GEOCODER.match(n).score for n in ("Mosul", "Mossul", "Al-Mosul", "Mosull", "Narnia")]
    kinds = [GEOCODER.match(n).kind for n in ("Mosul", "Mossul", "Al-Mosul", "Mosull", "Narnia")]
    assert kinds == ["exact", "alias", "folded", "fuzzy", "none"]
    assert scores == sorted(set(scores), reverse=True)


@given(st.text(), st.none() | st.text(), st.none() | st.text())
def test_any_text_gets_an_answer(name: str, country: str | None, gov: str | None) -> None:
    for match in (GEOCODER.match(name), GEOCODER.match(name, country, gov)):
        assert (match.place is None) == (match.kind in ("none", "ambiguous"))
        assert (match.place is None) == (match.precision is None)
        assert match.precision is None or match.precision in PRECISIONS
        assert 0 <= match.score <= 100


@given(st.sampled_from([n for p in GEOCODER.gazetteer.places for n in p.names]), st.data())
def test_case_and_spaces_never_change_the_answer(name: str, data: st.DataObject) -> None:
    spaced = data.draw(st.sampled_from([name.upper(), f"  {name} ", name.replace(" ", "   ")]))
    assert GEOCODER.match(spaced).candidates == GEOCODER.match(name).candidates
