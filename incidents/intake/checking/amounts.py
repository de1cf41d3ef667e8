"""A number of people as one writes it in a cell: "3", "2 or 3", "about 20", "dozens", "up to 4".

What each word stands for is written down in `docs/method.md`; whatever is not there is unknown.
"""

from __future__ import annotations

import math
import re

from incidents.intake.checking.amount_words import NUMBERS, VAGUE, ZERO_WORDS, Bounds, plain_words

_LONGEST = 80  # letters of one amount
_DIGITS = 9  # of a number; Python refuses to turn very many into one
_ABOUT = 0.2
"""How far "about 20" reaches to either side, as a share of the number."""
_FOOTNOTE = re.compile(r"(?:\s?\[[^\[\]]{1,30}\])+$")
_ADDED = re.compile(
    r"(\d{1,6})\s?(?:\(\+\s?(\d{1,6})(?: \w+)?\)|"
    r"\+\s?(\d{1,6}) (?:attackers?|perpetrators?|bombers?))"
)
# "1,000" is a thousand, "3,0" and "3,00" are a decimal comma; "1.000" may be a thousand or one.
_WHOLE = re.compile(r"([1-9]\d{0,2}(?:[, ]\d{3})+|\d+)(?:\.0{1,2}|\.0{4,}|,0{1,2})?")
_NOUGHT = re.compile(r"0+(?:[.,]0+)?")
_NEEDLESS = re.compile(
    r"^(?:a total of|total of|total:?|всего:?|اجمالي|مجموع)\s+|\s*[.;:!*†‡]+$|\s+(?:نفر|تن)$"
)

_LEAST = (
    "at least|no fewer than|no less than|not less than|minimum(?: of)?|min\\.?|>=|≥|from|"
    "не менее|не меньше|минимум|как минимум|по меньшей мере|по крайней мере|от|"
    "علي الاقل|ما لا يقل(?: عن)?|لا يقل(?: عن)?|بحد ادني|حداقل|دست ?كم|لااقل"
)
_MOST = (
    "up to|at most|no more than|not more than|maximum(?: of)?|max\\.?|<=|≤|as many as|"
    "не более|не больше|максимум|до|حتي|ما يصل(?: الي)?|لا يزيد(?: عن)?|ما لا يزيد(?: عن)?|"
    "بحد اقصي|حداكثر|تا"
)
_ABOVE = (
    ">|more than|(?:well )?over|above|upwards of|in excess of|более чем|более|больше чем|больше|"
    "свыше|اكثر(?: من)?|ما يزيد(?: عن| علي)?|ازيد(?: من)?|فوق|بيشتر از|بيش از"
)
_BELOW = (
    "<|less than|fewer than|under|below|менее чем|менее|меньше чем|меньше|اقل(?: من)?|دون|كمتر از"
)
_NEAR = (
    "~|about|around|approximately|approx\\.?|circa|ca\\.?|c\\.|roughly|some|estimated|est\\.?|"
    "около|примерно|приблизительно|порядка|ок\\.|حوالي|نحو|زهاء|تقريبا|ما يقارب|حدودا?"
)
_NEARLY = "nearly|almost|close to|just under|почти|قرابه|ما يقرب من|نزديك به"
_FORWARD = {
    name: re.compile(rf"(?:{words})\s*(.+)")
    for name, words in {
        "least": _LEAST, "most": _MOST, "above": _ABOVE, "below": _BELOW, "near": _NEAR,
        "nearly": _NEARLY,
    }.items()
}  # fmt: skip
_BEHIND = {
    "least": re.compile(
        r"(.+?)\s*(?:\++|or more|and more|and above|at least|plus|minimum|min\.?|"
        r"и более|и больше|как минимум|минимум|او اكثر|فاكثر|فما فوق|علي الاقل|يا بيشتر|و بيشتر)"
    ),
    "most": re.compile(r"(.+?)\s*(?:or fewer|or less|at most|maximum|max\.?|и менее|او اقل)"),
    "near": re.compile(
        r"(.+?)\s*\(?(?:approx\.?|approximately|or so|est\.?|estimated|estimate|примерно|"
        r"приблизительно|تقريبا)\)?"
    ),
}
_SPAN = re.compile(
    r"(?:(?:between|from|от|с|между|بين|ما بين|من|از)\s+)?(.+?)"
    r"(?:\s*-\s*|\s*(?:\.{2,3}|…)\s*|\s+(?:to|or|and|through|до|или|по|и|الي|او|حتي|تا|يا)\s+|\s+و\s*)(.+)"
)
_NAMED = re.compile(
    r"(?:min|minimum|lowest|low|мин|минимум)\.?\s*:?\s*(\S+?)\s*[,;/]?\s+"
    r"(?:max|maximum|highest|high|макс|максимум)\.?\s*:?\s*(\S+)"
)
# "two to three dozen" are no two.
_MANY = re.compile(r"\s(?:dozen|hundred|thousand|десятк\w+|сот\w+|тысяч\w*|الف|الاف|مءه|مئه|مايه)$")
_TWICE = re.compile(r"([^\W\d]+) \((\d{1,4})\)")
_FRAMED = re.compile(r"(?:between|from|от|с|между|بين|ما بين|من)\s")
_JOINS_TWO = re.compile(r"\s(?:and|и)\s|\s+و\s*")


def read_amount(text: str) -> Bounds | None:
    """The bounds that an amount names; None if it is none.

    "about 20" is 16 to 24, a fifth to either side; "nearly 20" 16 to 20; "more than 10" 11 or more.
    """
    plain = plain_words(text)
    if plain.isdecimal():
        number = int(plain) if len(plain.lstrip("0")) <= _DIGITS else 10**_DIGITS
        return number, number
    plain = _NEEDLESS.sub("", _FOOTNOTE.sub("", plain[: 2 * _LONGEST])).strip()
    plain = drop_repeats(plain)
    if not plain or len(plain) > _LONGEST:
        return None
    if plain in ZERO_WORDS:
        return 0, 0
    if plain in VAGUE:
        return VAGUE[plain]
    number = _read_number(plain)
    if number is not None:
        return number, number
    return _read_open(plain) or _read_span(plain) or _read_added(plain)


def drop_repeats(plain: str) -> str:
    """ "three (3)" is 3; of "three (5)" nobody knows, and it stays."""
    return _TWICE.sub(
        lambda found: found[2] if NUMBERS.get(found[1]) == int(found[2]) else found[0], plain
    )


def _read_number(plain: str) -> int | None:
    if _NOUGHT.fullmatch(plain):
        return 0
    found = _WHOLE.fullmatch(plain)
    if found is None:
        return NUMBERS.get(plain)
    digits = re.sub(r"\D", "", found[1])
    return int(digits) if len(digits.lstrip("0")) <= _DIGITS else 10**_DIGITS


def _read_added(plain: str) -> Bounds | None:
    """ "5 (+1)": whether the attacker is counted is not said, so 5 to 6. "2+3" may be anything."""
    found = _ADDED.fullmatch(plain)
    if found is None:
        return None
    return int(found[1]), int(found[1]) + int(found[2] or found[3])


def _read_open(plain: str) -> Bounds | None:
    for patterns in (_FORWARD, _BEHIND):
        for name, pattern in patterns.items():
            found = pattern.fullmatch(plain)
            number = None if found is None else _read_number(found[1].strip())
            if number is not None:
                return _name_bounds(name, number)
            if found is not None and name == "near":
                return _read_span(found[1].strip())
            if found is not None and name == "least" and found[1].strip() in VAGUE:
                return VAGUE[found[1].strip()]
    return None


def _about(number: int) -> Bounds:
    """A fifth to either side, one at least, and never nobody: "about 1" is somebody."""
    reach = max(1, math.ceil(number * _ABOUT))
    return (0, 0) if number == 0 else (max(1, number - reach), number + reach)


def _name_bounds(name: str, number: int) -> Bounds | None:
    near = _about(number)
    return {
        "least": (number, None),
        "most": (None, number),
        "above": (number + 1, None),
        "below": (None, number - 1) if number > 0 else None,
        "near": near,
        "nearly": (near[0], number),
    }[name]


def _read_span(plain: str) -> Bounds | None:
    found = _NAMED.fullmatch(plain) or _SPAN.fullmatch(plain)
    if found is not None and _MANY.search(plain) and not _MANY.search(f" {found[1].strip()}"):
        return None
    # "2 and 3" are two numbers, "between 2 and 3" are two bounds.
    if found is None or (_JOINS_TWO.search(plain) and not _FRAMED.match(plain)):
        return None
    low, high = (_read_number(part.strip()) for part in found.groups())
    return None if low is None or high is None else (low, high)
