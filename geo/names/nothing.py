"""Cells that say nothing, in the words of people and of programs."""

import re
from functools import lru_cache

from geo.names.names import split_words, tidy

NOTHING = (
    "",
    *("-", "--", "---", "_", ".", "..", "...", "…", "?", "??", "???", "/", "*", "x"),
    *("n/a", "n.a.", "n.a", "na", "n\\a", "n/d", "n.d.", "nd", "nan", "null", "(null)"),
    *("\\n", "#n/a", "#null!", "<na>", "nat", "tbd", "tbc", "unk", "unk.", "unkn", "blank"),
    *("unknown", "not known", "unclear", "undetermined", "unspecified", "not specified"),
    *("no data", "no info", "no information", "not available", "not reported", "not recorded"),
    *("not stated", "not given", "not applicable", "missing", "unconfirmed", "to be confirmed"),
    *("неизвестно", "неизв.", "не известно", "нет данных", "нет сведений", "нет информации"),
    *("н/д", "н.д.", "нд", "н/и", "не указано", "не установлено", "уточняется"),
    *("غير معروف", "غير معلوم", "مجهول", "غير محدد", "غير متوفر", "غير متاح", "غير مؤكد"),
    *("لا توجد بيانات", "لا يوجد بيانات", "لا معلومات", "لا توجد معلومات", "لم يحدد", "غ/م"),
)
"""Words for "not known", of numbers as of names."""

# Of a number these say 0, or may be meant; a name they leave out.
_NO_NAMES = (
    *("none", "nil", "no", "нет", "нету", "لا", "لا يوجد", "لا توجد", "لا شيء", "#ref!", "#value!"),
    *("-9", "-99", "-999", "-9999", "not identified", "unidentified", "unnamed", "undefined"),
    *("неизвестный", "неизвестная", "неизвестные", "غير معروفة", "مجهولة", "غير معلومة"),
    *(
        "bilinmiyor",
        "bilinmeyen",
        "belirsiz",
        "nezan",
        "nediyar",
        "نەناسراو",
        "نەزانراو",
        "unknow",
        "inconnu",
        "unbekannt",
    ),
    *("not provided", "not disclosed", "undisclosed", "not mentioned", "none given", "not listed"),
    *("n.k.", "xx", "xxx", "غير مذكور", "غير مبين", "غير محددة", "لا يعرف", "لم يذكر", "غير مسمى"),
    *("не определено", "не определён", "не указан", "неуказано", "не назван", "неопределено"),
    *("yok", "belli değil", "belirtilmemiş", "nezanîn", "ne diyar", "نادیار", "نامشخص", "نامعلوم"),
)
_PLACES = "location|place|area|site|address|locality|مكان|موقع|المكان|الموقع|"
_PLACES += "место|местоположение|yer|konum"
# "unknown location", "место неизвестно"; -99.0 is a number that a program wrote for it.
_AROUND = re.compile(
    rf"^(?:exact\s+)?(?:{_PLACES})\s+(?:is\s+)?|(?<=\d)\.0+$|(?:\s+exact)?\s+(?:{_PLACES})$"
)
LONGEST = 40
"""Letters of the longest text that may say nothing."""
_BRACKETS = "()[]{}<>«»\"'“”‘’ "
_WORDS = frozenset(tidy(word).strip(_BRACKETS) for word in (*NOTHING, *_NO_NAMES)) - {"x"}


@lru_cache(maxsize=1 << 14)
def says_nothing(text: str) -> bool:
    """Whether a cell of text names nothing: empty, a sign, a word or a code for "not known".

    Case, brackets and quotes around it do not count. A longer text says something.
    """
    if len(text) > LONGEST:
        return not text.strip()
    plain = tidy(text).strip(_BRACKETS)
    return plain in _WORDS or not split_words(plain) or _AROUND.sub("", plain, count=1) in _WORDS
