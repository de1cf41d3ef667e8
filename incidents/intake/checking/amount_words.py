"""Numbers in words, English, Arabic, Russian and Persian: the table that `docs/method.md` shows."""

from __future__ import annotations

from geo.names.nothing import NOTHING
from incidents.table.plain_text import plain_text

Bounds = tuple[int | None, int | None]
"""Lowest and highest; None where it is open."""


def plain_words(text: str) -> str:
    """Words for comparing: small letters, without marks, hamzas and ё; letters of Arabic."""
    folded = plain_text(text).casefold()
    return folded.translate(_LETTERS)


_LETTERS = str.maketrans(
    {**dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ة": "ه", "ئ": "ي", "ؤ": "و", "ё": "е"}
    | {"ی": "ي", "ک": "ك", "ۀ": "ه"}
    | dict.fromkeys("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670", "")  # Arabic vowels
)

ZERO = (
    *("none", "nil", "zero", "nobody", "no one", "no-one", "no", "without", "no casualties"),
    *("no victims", "no losses", "no people", "no persons", "without casualties"),
    *("without victims", "without losses", "nobody hurt", "no one hurt", "no human casualties"),
    *("no casualties or injuries", "no deaths or injuries", "no killed or wounded"),
    *("no dead or wounded", "no deaths, no injuries", "no killed, no wounded"),
    *("ноль", "нуль", "никто", "нет", "никого", "без", "ни одного", "нет жертв", "без жертв"),
    *("нет пострадавших", "без пострадавших", "без потерь", "жертв нет", "пострадавших нет"),
    *("нет потерь", "потерь нет", "отсутствуют", "никто не пострадал", "нет жертв и пострадавших"),
    *("жертв и пострадавших нет", "без жертв и пострадавших"),
    *("صفر", "لا", "بدون", "بلا", "دون", "لا احد", "لا يوجد", "لا توجد", "لا شيء", "لا ضحايا"),
    *("بدون ضحايا", "بدون خسائر", "بلا ضحايا", "بلا خسائر", "دون ضحايا", "دون خسائر"),
    *("لا خسائر", "لا يوجد ضحايا", "لا توجد ضحايا", "لا خسائر بشرية", "لا توجد خسائر"),
    *("لم احد", "لم اي احد", "لم يسقط ضحايا", "لم يسقط اي ضحايا", "لم تقع ضحايا"),
    *("لم يسفر عن ضحايا", "لم يسفر عن اي ضحايا", "دون سقوط ضحايا", "لم تقع خسائر بشرية"),
    *(
        "لم يسفر عن خسائر بشرية",
        "без пострадавших и жертв",
    ),
    *("никто не", "никого не", "нет погибших и раненых", "жертв и разрушений нет"),
    *("هیچ", "هیچکس", "بدون تلفات", "بدون کشته", "بدون زخمی", "بدون قربانی", "ندارد", "نداشت"),
    *("تلفاتی نداشت", "تلفات نداشت", "تلفاتی نداشته", "بدون تلفات جانی", "تلفات جانی نداشت"),
    *("لم يصب احد", "دون وقوع ضحايا", "دون وقوع خسائر", "لا توجد خسائر بشرية"),
)
"""Cells that flatly say that there was none."""

_NUMBERS: dict[int, str] = {
    1: "one|single|один|одна|одно|одного|واحد|واحده",
    2: "two|both|a couple|couple|a couple of|couple of|pair|a pair of|два|две|двое|двух|двоих|"
    "пара|اثنان|اثنين|اثنتان|اثنتين",
    3: "three|три|трое|трех|троих|ثلاثه|ثلاث",
    4: "four|четыре|четверо|четырех|четверых|اربعه|اربع",
    5: "five|пять|пятеро|пяти|пятерых|خمسه|خمس",
    6: "six|half a dozen|half dozen|шесть|шестеро|шести|шестерых|полдюжины|سته|ست",
    7: "seven|семь|семеро|семи|семерых|سبعه|سبع",
    8: "eight|восемь|восьмеро|восьми|восьмерых|ثمانيه|ثماني|ثمان",
    9: "nine|девять|девятеро|девяти|девятерых|تسعه|تسع",
    10: "ten|десять|десятеро|десяти|десяток|десятка|عشره|عشر",
    11: "eleven|одиннадцать|одиннадцати|احد عشر|احدي عشره",
    12: "twelve|a dozen|dozen|one dozen|двенадцать|двенадцати|дюжина|اثنا عشر|اثني عشر|اثنتا عشره",
    13: "thirteen|тринадцать|тринадцати|ثلاثه عشر|ثلاث عشره",
    14: "fourteen|четырнадцать|четырнадцати|اربعه عشر|اربع عشره",
    15: "fifteen|пятнадцать|пятнадцати|خمسه عشر|خمس عشره",
    16: "sixteen|шестнадцать|шестнадцати|سته عشر|ست عشره",
    17: "seventeen|семнадцать|семнадцати|سبعه عشر|سبع عشره",
    18: "eighteen|восемнадцать|восемнадцати|ثمانيه عشر|ثماني عشره",
    19: "nineteen|девятнадцать|девятнадцати|تسعه عشر|تسع عشره",
    24: "two dozen|two dozens|две дюжины",
    36: "three dozen|три дюжины",
}
_TENS: dict[int, str] = {
    20: "twenty|двадцать|двадцати|عشرون|عشرين",
    30: "thirty|тридцать|тридцати|ثلاثون|ثلاثين",
    40: "forty|fourty|сорок|сорока|اربعون|اربعين",
    50: "fifty|пятьдесят|пятидесяти|خمسون|خمسين",
    60: "sixty|шестьдесят|шестидесяти|ستون|ستين",
    70: "seventy|семьдесят|семидесяти|سبعون|سبعين",
    80: "eighty|восемьдесят|восьмидесяти|ثمانون|ثمانين",
    90: "ninety|девяносто|девяноста|تسعون|تسعين",
}
_HUNDREDS: dict[int, str] = {
    100: "a hundred|one hundred|hundred|сто|ста|مئه|مايه|ميه",
    200: "two hundred|двести|двухсот|مئتان|مئتين|مايتان|مايتين|ميتان|ميتين",
    300: "three hundred|триста|ثلاثمئه|ثلاثمايه|ثلاثميه",
    400: "four hundred|четыреста|اربعمئه|اربعمايه|اربعميه",
    500: "five hundred|пятьсот|خمسمئه|خمسمايه|خمسميه",
    1000: "a thousand|one thousand|thousand|тысяча|тысячу|الف",
}
# "نه" alone is nine, or "no".
_PERSIAN: dict[int, str] = dict(
    zip(
        (*range(1, 9), *range(10, 20), *range(20, 100, 10), *range(100, 600, 100), 1000),
        (
            *("یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت"),
            *("ده", "یازده", "دوازده", "سیزده", "چهارده"),
            *("پانزده", "شانزده", "هفده", "هجده", "نوزده"),
            *("بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود"),
            *("صد", "دویست", "سیصد", "چهارصد", "پانصد", "هزار"),
        ),
        strict=True,
    )
)
VAGUE: dict[str, Bounds] = {
    **dict.fromkeys(("several", "a few", "few", "a handful", "handful"), (3, None)),
    **dict.fromkeys(("multiple", "a number of", "a number", "more than one"), (2, None)),
    **dict.fromkeys(("tens", "tens of"), (20, None)),
    **dict.fromkeys(
        ("dozens", "dozens of", "many dozens", "several dozen", "a few dozen"), (24, None)
    ),
    **dict.fromkeys(("scores", "scores of"), (40, None)),
    **dict.fromkeys(("hundreds", "hundreds of"), (200, None)),
    **dict.fromkeys(("thousands", "thousands of"), (2000, None)),
    **dict.fromkeys(("عده", "بضعه", "بضع", "العديد", "العديد من"), (3, None)),
    **dict.fromkeys(("عدد من", "عدد", "اكثر من واحد"), (2, None)),
    **dict.fromkeys(("عشرات", "العشرات", "عشرات من"), (20, None)),
    **dict.fromkeys(("مئات", "الميات", "ميات", "المئات"), (200, None)),
    **dict.fromkeys(("الاف", "الالاف"), (2000, None)),
    **dict.fromkeys(("несколько", "нескольких"), (3, None)),
    **dict.fromkeys(("более одного", "ряд"), (2, None)),
    **dict.fromkeys(("десятки", "десятков", "несколько десятков"), (20, None)),
    **dict.fromkeys(("дюжины",), (24, None)),
    **dict.fromkeys(("сотни", "сотен"), (200, None)),
    **dict.fromkeys(("тысячи", "тысяч"), (2000, None)),
    **dict.fromkeys(("چند", "چندین"), (3, None)),
    **dict.fromkeys(("تعدادی", "شماری"), (2, None)),
    **{"ده‌ها": (20, None), "صدها": (200, None), "هزاران": (2000, None)},
}
"""Words for numbers that nobody counted."""


def _list_numbers() -> dict[str, int]:
    """Each number up to 1,000 in words that stand for it alone."""
    flat = {**_NUMBERS, **_TENS, **_HUNDREDS}
    found = {word: number for number, words in flat.items() for word in words.split("|")}
    for ten, words in _TENS.items():
        for one in range(1, 10):
            for left in words.split("|"):
                for right in _NUMBERS[one].split("|"):
                    found |= {f"{left} {right}": ten + one, f"{left}-{right}": ten + one}
                    found[f"{right} و{left}"] = found[f"{right} و {left}"] = ten + one
    found |= {word: number for number, word in _PERSIAN.items()}
    for ten in range(20, 100, 10):
        ones = {one: _PERSIAN[one] for one in range(1, 9)} | {9: "نه"}
        found |= {f"{_PERSIAN[ten]} و {word}": ten + one for one, word in ones.items()}
    return {plain_words(word): number for word, number in found.items()}


NUMBERS = _list_numbers()
VAGUE = {plain_words(word): bounds for word, bounds in VAGUE.items()}
ZERO_WORDS = frozenset(plain_words(text) for text in ZERO)
_OPEN = (
    *("unknown number", "an unknown number", "an unspecified number", "unspecified number"),
    *("number unknown", "unknown casualties", "casualties unknown", "undisclosed", "n/k", "nk"),
    *("(unconfirmed)", "неизвестное количество", "неизвестное число", "число неизвестно"),
    *("نامشخص", "نامعلوم", "تعداد نامشخص", "unbekannt", "inconnu", "bilinmiyor"),
    *("عدد غير معروف", "عدد غير محدد", "عدد غير معلوم", "العدد غير معروف"),
)
UNKNOWN_WORDS = frozenset(plain_text(text).casefold() for text in (*NOTHING, *_OPEN))
