"""Countries by name or code: Iraq, Syria and those around them."""

from geo.names import fold

COUNTRY_NAMES: dict[str, str] = {
    "IQ": "Iraq;IRQ;Republic of Iraq;Irak;العراق;جمهورية العراق;عێراق;Ирак;Республика Ирак",
    "SY": "Syria;SYR;Syrian Arab Republic;Syrie;Syrien;Suriye;سوريا;سورية;"
    "الجمهورية العربية السورية;Сирия;Сирийская Арабская Республика",
    "TR": "Turkey;TUR;Türkiye;Republic of Turkey;تركيا;Турция",
    "IR": "Iran;IRN;Islamic Republic of Iran;Iran (Islamic Republic of);إيران;Иран",
    "JO": "Jordan;JOR;Hashemite Kingdom of Jordan;الأردن;Иордания",
    "SA": "Saudi Arabia;SAU;KSA;Kingdom of Saudi Arabia;السعودية;"
    "المملكة العربية السعودية;Саудовская Аравия",
    "KW": "Kuwait;KWT;State of Kuwait;الكويت;Кувейт",
    "LB": "Lebanon;LBN;Lebanese Republic;لبنان;Ливан",
    "IL": "Israel;ISR;State of Israel;إسرائيل;Израиль",
    "PS": "Palestine;PSE;State of Palestine;فلسطين;Палестина",
    "AM": "Armenia;ARM;أرمينيا;Армения",
    "AZ": "Azerbaijan;AZE;أذربيجان;Азербайджан",
    "BH": "Bahrain;BHR;البحرين;Бахрейн",
    "CY": "Cyprus;CYP;قبرص;Кипр",
    "EG": "Egypt;EGY;مصر;Египет",
    "QA": "Qatar;QAT;قطر;Катар",
}
"""Names of each country, English first, by its ISO 3166-1 alpha-2 code."""

_CODES = {
    fold(name): code for code, names in COUNTRY_NAMES.items() for name in (code, *names.split(";"))
}


def find_country_code(name: str) -> str | None:
    """ISO alpha-2 code of a country named in English, Arabic or Russian, or by its ISO code.

    Knows Iraq, Syria and the countries around them; None for all else.
    """
    return _CODES.get(fold(name))


def name_country(code: str) -> str:
    """English name of a country of `COUNTRY_NAMES`; an unknown code is given back as it is."""
    return COUNTRY_NAMES.get(code, code).split(";")[0]
