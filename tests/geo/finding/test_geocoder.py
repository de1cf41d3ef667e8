import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.geo.shipped import GEOCODER

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


@given(st.sampled_from([n for p in GEOCODER.gazetteer.places for n in p.names]), st.data())
def test_case_and_spaces_never_change_the_answer(name: str, data: st.DataObject) -> None:
    spaced = data.draw(st.sampled_from([name.upper(), f"  {name} ", name.replace(" ", "   ")]))
    assert GEOCODER.match(spaced).candidates == GEOCODER.match(name).candidates
