"""Countries by name or code: Iraq, Syria, those around, and some named with them."""

from geo.names.names import fold

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
    "RU": "Russia;RUS;Russian Federation;روسيا;روسيا الاتحادية;Россия;Российская Федерация",
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
    "FR": "France;FRA;فرنسا;Франция",
    "DE": "Germany;DEU;ألمانيا;Германия",
}
"""Names of each country, English first, by its ISO 3166-1 alpha-2 code."""

_CODES = {
    fold(name): code for code, names in COUNTRY_NAMES.items() for name in (code, *names.split(";"))
}


def find_country_code(name: str) -> str | None:
    """ISO alpha-2 code of a country named in English, Arabic or Russian, or by its ISO code.

    Knows the countries of `COUNTRY_NAMES`; None for all else.
    """
    return _CODES.get(fold(name))


def name_country(code: str) -> str:
    """English name of a country of `COUNTRY_NAMES`; an unknown code is given back as it is."""
    return COUNTRY_NAMES.get(code, code).split(";")[0]
