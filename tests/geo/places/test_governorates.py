"""One governorate, one name: every spelling of the table and what comes near it."""

import pytest

from geo.places.governorates import find_gov, find_nearest_gov, list_spellings, name_gov

SPELLINGS = {
    "Anbar": "Al Anbar;Alanbar;Anbar Prov.;محافظة الأنبار;Анбар;ئەنبار;IQG01;IQ-AN;IZ01;IQ.01",
    "Basra": "Al-Basrah;Bassorah;Besra;البصرة;провинция Басра;بەسرە;IQ-BA",
    "Muthanna": "Al-Muthanna;Muthana;المثنى;Müsenna",
    "al-Qadisiyyah": "Al-Qadissiya;Qadissiya;Kadisiyah;Diwaniya;ad-Dīwānīya;القادسية;IQG05",
    "Sulaymaniyah": "Slemani;Silêmanî;As-Sulaymaniyya;Sulaimaniah;Süleymaniye;سلێمانی;IQ-SW",
    "Babil": "Babylon;Babel;بابل;Вавилон",
    "Baghdad": "Bagdad;Baghdad Governorate;Baghdad, Iraq;بغداد;Bağdat",
    "Duhok": "Dihok;Dahuk;Dohuk;دهۆک;Дахук;Dihûk",
    "Dhi Qar": "Thi-Qar;Thi Qar;Zi Qar;ذي قار;Ди-Кар",
    "Diyala": "Diyālá;Diala;ديالى;Дияла",
    "Erbil": "Arbil;Hewlêr;Irbil;أربيل;هەولێر;Эрбиль",
    "Karbala": "Kerbala;Karbala';Kerbela;كربلاء",
    "Kirkuk": "Tameem;At-Ta'mim;At-Tameem;Ta`mim;Kirkouk;Kirkuuk;كركوك;کەرکوک;IQ-TS",
    "Maysan": "Missan;Misan;Maissan;ميسان",
    "Nineveh": "Ninewa;Nainawa;Ninevah Governorate;Nīnawá;Ninewa / Nineveh;IQG15;IQ-NI",
    "Wasit": "Wassit;Waset;واسط",
    "Najaf": "An-Najaf;Annajaf;النجف;Necef",
    "Salah al-Din": "Salahuddin;Saladin;Salah ad Din;Salaheldin;Salah Eldin;Selahedîn;صلاح الدين",
    "Halabja": "Halabjah;Helebce;حلبجة;هەڵەبجە",
    "Hasakah": "Al Hasakeh;Al-Hassakeh;Haseke;Hassaké;Al Hassakah Governorate;الحسكه;Хасеке;SY08",
    "Latakia": "Lattakia;Latakkia;Al Ladhiqiyah;Lazkiye;اللاذقية;SY-LA",
    "Quneitra": "Al-Qunaytirah;Quneytirah;Kuneitra;القنيطرة",
    "Raqqa": "Rakka;Ar-Raqqah;Arraqqah;الرقة;Эр-Ракка;SY11",
    "Suwayda": "Suweida;As-Sweida;Assuweida;Soueïda;السويداء",
    "Daraa": "Dar'a;Dara’a;Deraa;درعا;Деръа",
    "Deir ez-Zor": "Deir-ez-Zor;Deir Ezzor;Dayr az Zawr;Dair Alzour;Deyrizor;Dêrazor;دير الزور",
    "Rif Dimashq": "Rif Dimashk;Rural Damascus;Damascus countryside;Reef Damascus;ريف دمشق;SY03",
    "Aleppo": "Halab;Halep;Alep;Aleppo (Syria);حلب;ريف حلب;Aleppo countryside;Халеб;SY-HL",
    "Hama": "Hamah;حماة;Хама",
    "Homs": "Hims;Humus;حمص;Хомс",
    "Idlib": "Idleb;Edlib;إدلب;провинция Идлиб;İdlib",
    "Damascus": "Dimashq;Damascus City;Şam;دمشق;SY01",
    "Tartus": "Tartouss;Tartous;طرطوس;Тартус",
}


@pytest.mark.parametrize(
    ("name", "gov"),
    [(name, gov) for gov, names in SPELLINGS.items() for name in (gov, *names.split(";"))],
)
def test_a_governorate_is_known_by_any_spelling(name: str, gov: str) -> None:
    found = find_gov(name)
    assert found is not None
    assert found.gov == gov
    assert find_gov(name, found.country) == found
    assert find_gov(name, "SY" if found.country == "IQ" else "IQ") is None


@pytest.mark.parametrize(
    "name",
    [
        *("Narnia", "Baghdad, Arizona", "Aleppo, Pennsylvania", "Arizona", "Nineveh; Erbil", ""),
        *("Bursa", "Mardin", "Hatay", "Kerman", "Ardabil", "Najran", "Tartu", "Medina", "Amman"),
        *("Kurdistan", "Rojava", "unknown", "-99", "15", "IQ", "SY15", "IQG99", "Hamadan", "Babol"),
        *("النجران", "Хатай", "Iraq", "Damascus Gate Road", "Mosul", "Hamas"),
        *("Baghdadi", "البغدادي", "Halabi", "بلد", "لبنان", "الوطن", "وادي", "باب", "в Москве"),
        *("в Ливане", "in Ohio", "بيروت", "ب", "в", "بنارنيا", "пригород Нарнии"),
    ],
)
def test_what_is_no_governorate_is_none(name: str) -> None:
    assert find_gov(name) is None


@pytest.mark.parametrize(
    ("names", "gov"),
    [
        ("بالأنبار|في الأنبار|للأنبار|والأنبار|محافظة الأنبار|в Анбаре|провинции Анбар", "Anbar"),
        ("بحلب|في ريف حلب|بريف حلب|в Алеппо|в провинции Алеппо|in Aleppo", "Aleppo"),
        ("ببابل|в Бабиле", "Babil"),
        ("بصلاح الدين|в Салах-эд-Дине", "Salah al-Din"),
        ("в Ракке|Ракки|بالرقة", "Raqqa"),
        ("Rural Dimashq|Rural Damas|بريف دمشق|في ريف دمشق|пригород Дамаска", "Rif Dimashq"),
        ("Dulaim|Parêzgeha Enbarê", "Anbar"),
    ],
)
def test_a_governorate_is_known_as_sentences_have_it(names: str, gov: str) -> None:
    for name in names.split("|"):
        found = find_gov(name)
        assert found is not None, name
        assert found.gov == gov


@pytest.mark.parametrize(
    ("name", "country", "gov"),
    [
        pytest.param("Halabjeh", "IQ", "Halabja", id="a vowel apart, in the country"),
        pytest.param("Dayr Azzawr", "SY", "Deir ez-Zor", id="parted another way"),
        pytest.param("Homsi", "SY", None, id="too short to be like"),
        pytest.param("Hatay", "SY", None, id="another one, in the country"),
    ],
)
def test_short_names_need_the_country(name: str, country: str, gov: str | None) -> None:
    found = find_gov(name, country)
    assert (found and found.gov) == gov


def test_codes_are_fips_where_the_table_uses_them() -> None:
    assert find_gov("SY08", "SY") == ("SY", "Hasakah")
    assert find_gov("SY08", "SY", is_fips=True) == ("SY", "Rif Dimashq")
    assert find_gov("IZ15", is_fips=True) == ("IQ", "Nineveh")


def test_the_nearest_is_told() -> None:
    assert find_nearest_gov("Ninweeva", "IQ") == "Nineveh"
    assert find_nearest_gov("Hatay", "IQ") != "Hatay"
    assert find_nearest_gov("Zzzzzz") is None


def test_every_spelling_is_listed_our_name_first() -> None:
    assert list_spellings("Al Hasakeh")[0] == "Hasakah"
    assert "Haseke" in list_spellings("Hasakah")
    assert list_spellings("Narnia") == ()


def test_geonames_numbers_them() -> None:
    assert [name_gov("IQ", "15"), name_gov("SY", "9"), name_gov("IQ", "99")] == [
        "Nineveh",
        "Aleppo",
        "",
    ]
