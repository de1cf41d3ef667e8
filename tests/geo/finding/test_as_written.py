"""Names as tables and texts write them, with what must not be found beside them."""

import pytest

from geo.places.precision import is_at_least
from tests.geo.shipped import GEOCODER

CLEANED = {
    (
        "P-BAGHDAD",
        "town",
    ): "Baghdad (1)|Baghdad #3|Baghdad.|«Baghdad»|\u200fBaghdad\u200b",
    ("P-BAQUBAH", "town"): "Ba'aqubah (2)",
    ("P-MOSUL", "town"): "الموصــل|المَوْصِل|\u202bالموصل\u202c|(Mosul)|Mosul, city center",
    ("P-MOSUL", "district"): (
        "Mosul, west|Mosul (East)|Mosul, outskirts|Mosul - west|Mosul (Old City)|"
        "Mosul - Narnia quarter|Mosul: Narnia|Mosul [Old City]|Narnia (Mosul)"
    ),
    ("P-RAMADI", "town"): "Al Anbar - Ramadi|Anbar: Ramadi|Ramadi – Anbar|Ramadi [Anbar]",
    ("P-TAL-AFAR", "district"): "Tal Afar, north of",
    ("P-HASAKAH", "district"): "Al-Hasakeh - Ghoweran|الحسكة - غويران",
    ("P-ALEPPO-GOVERNORATE", "governorate"): "Al Fardous (Aleppo)|Narnia, Aleppo",
    ("P-BAGHDAD-GOVERNORATE", "governorate"): "Karrada, Baghdad|Karrada (Baghdad)",
    ("5 km south of P-MOSUL", "district"): (
        "c. 5 km S of Mosul|ca. 5 km south of Mosul|~5 km S of Mosul|c.5km S of Mosul"
    ),
}

MENTIONED = {
    ("P-ALEPPO", "town"): "بحلب|وحلب|لحلب",
    ("P-ERBIL", "town"): "Эрбиле|в Эрбиле|Эрбилем|из Эрбиля|أربيل|بأربيل|إلى أربيل",
    ("P-RAQQA", "town"): "Ракке|Ракку|в сирийском городе Ракка|الرقة|بالرقة|مدينة الرقة السورية",
    ("P-AL-TANF", "town"): "Эт-Танф|Эт-Танфе",
    ("P-RAS-AL-AYN", "town"): "Рас-эль-Айн|Рас-эль-Айне|к Рас-эль-Айну",
    ("P-HAJIN", "town"): "город Хаджин|города Хаджин|в городе Хаджин|городу Хаджин|بلدة هجين",
    ("P-ERBIL-AIRPORT", "site"): (
        "аэропорт Эрбиля|международный аэропорт Эрбиль|международного аэропорта Эрбиля|"
        "في مطار أربيل الدولي|مطار أربيل الدولي"
    ),
    ("P-BAGHUZ", "town"): "Багуз|Багус|قرية الباغوز في ريف دير الزور الشرقي",
    ("P-SARAQIB", "town"): (
        "Серакиб|Серакибе|в Серакибе|Саракибе|"
        "مدينة سراقب|بلدة سراقب|سراقب في ريف إدلب|سراقب بريف إدلب|في سراقب|بسراقب|"
        "مدينة سراقب شرق إدلب|بلدة سراقب بريف إدلب الشرقي|سراقب، إدلب"
    ),
    ("GN-164782", "town"): "سرمين|بلدة سرمين|بلدة سرمين في ريف إدلب",
    ("P-AIN-AL-ASAD", "site"): (
        "قاعدة عين الأسد|قاعدة عين الأسد الأمريكية|قاعدة عين الأسد الجوية العراقية|"
        "на авиабазе Айн-эль-Асад|американской военной базе Айн-эль-Асад"
    ),
    (
        "P-MOSUL",
        "town",
    ): "Mosul Old City|Мосула|Мосулом|в иракском Мосуле|من الموصل|بمدينة الموصل|والموصل",
    ("P-BAGHDAD", "town"): "Багдада|Багдаде|в Багдаде",
    (
        "P-MOSUL",
        "district",
    ): "west bank of Mosul|под Мосулом|рядом с Мосулом|حي الزنجيلي غربي الموصل",
    ("P-IDLIB-GOVERNORATE", "governorate"): "بريف إدلب الجنوبي|ريف إدلب|провинция Идлиб",
    ("P-DOUMA", "town"): "Douma, rural Damascus|دوما، ريف دمشق|دوما في ريف دمشق",
    ("P-MANBIJ", "town"): "منبج شرق حلب|Манбиджем",
    ("P-TAL-AFAR", "town"): "تلعفر غرب الموصل|Tal Afar west of Mosul|Tal Afar, west of Mosul",
    ("P-TAL-AFAR-DISTRICT", "district"): "قضاء تلعفر غرب الموصل|قضاء تلعفر",
    ("P-BALAD-DISTRICT", "district"): "قضاء بلد|قضاء البلد",
    ("P-BALAD-TOWN", "town"): "بلد|في بلد|Balad",
    ("P-HOMS and P-HAMA", "governorate"): "Homs or Hama|Хомс или Хама|حمص أو حماة",
}


@pytest.mark.parametrize(
    ("name", "place", "precision"),
    [
        (name, place, precision)
        for cases in (CLEANED, MENTIONED)
        for (place, precision), names in cases.items()
        for name in names.split("|")
    ],
)
def test_finds(name: str, place: str, precision: str) -> None:
    match = GEOCODER.match(name)
    assert match.place is not None, match.reason
    assert (match.place.id, match.precision) == (place, precision)


@pytest.mark.parametrize(
    "name",
    [
        *("Narnia", "Narnia (1)", "Narnia - Mosul", "Narnia, west", "c. 5 km S of Narnia", "(1)"),
        *("Baghdad, Arizona", "Baghdad (Arizona)", "Baghdad - Arizona", "Mosul (Turkey)"),
        *("Aleppo, Pennsylvania", "Baghdad, AZ", "Mosul, Iraq - Turkey", "north", "Mosul - Turkey"),
        *("As Sukhnah - Narnia road", "Hit (Canada)"),
        *("airport", "Al Airport", "the airport", "مطار", "аэропорт", "base", "Saddam", "صدام"),
        *("al-Tikriti", "Halabi", "al-Mosuli", "Kirkuki", "al-Karbalai", "Samarrai", "التكريتي"),
        *("Самара", "в Самаре", "Самаре", "Soleimani", "Qassem Soleimani", "Sulaiman", "hummus"),
        *("في البلد", "البلد", "بالبلد", "الحي", "في الحي", "Syrian", "Singer", "Самире"),
        *("Rabia west of Mosul", "Rakkas"),
        *("Нарния", "Нарнии", "в городе Нарния", "города Нарния", "Багдаде, Аризона", "США"),
        *("Нарния, провинция Нарния", "в Ливане", "Ташкенте", "Тегеране", "Анкаре", "Ростова"),
        *(
            "نارنيا",
            "بنارنيا",
            "بلدة نارنيا",
            "لبنان",
            "بيروت",
            "طهران",
            "بأنقرة",
            "بغداد، أريزونا",
        ),
        *("قاعدة نارنيا الأمريكية", "نارنيا شرق نارنيا", "مطار بيروت الدولي", "باريس"),
    ],
)
def test_finds_nothing(name: str) -> None:
    match = GEOCODER.match(name)
    assert match.place is None, match.reason


@pytest.mark.parametrize(
    ("name", "country", "gov", "place"),
    [
        ("البلد", None, "Salah al-Din", "P-BALAD-TOWN"),
        ("Самара", "IQ", None, "P-SAMARRA"),
        ("Samara", None, None, "P-SAMARRA"),
    ],
)
def test_a_loose_name_counts_where_the_row_says_where(
    name: str, country: str | None, gov: str | None, place: str
) -> None:
    found = GEOCODER.match(name, country, gov).place
    assert found is not None and found.id == place


@pytest.mark.parametrize("name", ["K1 base, Kirkuk", "T-4, Homs", "Green Zone (Baghdad)"])
def test_is_no_finer_than_is_told(name: str) -> None:
    match = GEOCODER.match(name)
    assert match.place is None or not is_at_least(match.precision, "site") or match.kind != "area"
