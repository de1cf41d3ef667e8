"""What stands around a date in a cell: a time, a remark, a weekday, a word for year."""

from __future__ import annotations

import re

from incidents.intake.checking.date_words import MONTHS, WEEKDAYS, fold_month


def clean(text: str) -> str:
    """Take off what is not the date: a time, a remark in brackets, a weekday, words for year."""
    plain = " ".join(text.split())
    if len(plain) > _LONGEST:
        return plain
    plain = _TIME.sub("", _REMARK.sub("", plain))
    plain = _TWO_NAMES.sub(_keep_first, _YEAR_WORD.sub("", plain).strip(" ,;"))
    words = plain.split(" ")
    while len(words) > 1 and fold_month(words[0].strip(".,")) in WEEKDAYS:
        words = words[1:]
    plain = _LEAD.sub("", " ".join(words))
    unknown = _UNKNOWN_DAY.fullmatch(plain)
    if unknown is None:
        return plain
    return unknown[1] if int(unknown[3]) == 0 else f"{unknown[1]}-{unknown[3]}"


_LONGEST = 300  # letters: from each of a longer text, the patterns would look at all others
_REMARK = re.compile(r"\s*(?:\([^()]*[^()?\s][^()]*\)|\[[^\[\]]{1,30}\])$")
_TIME = re.compile(r"(?:[T,]\s*|\s+)\d{1,2}:\d{2}.*$", re.DOTALL)
_YEAR_WORD = re.compile(r"\s*(?<=\d)\s*(?:г\.?|года|год|م|ميلادي|ميلادية|AD|CE)$", re.IGNORECASE)
_TWO_NAMES = re.compile(r"([^\W\d_]+(?: [^\W\d_]+)?)\s?[/(\\-]\s?([^\W\d_]+(?: [^\W\d_]+)?)\)?")
_LEAD = re.compile(
    r"^(?:(?:the )?(?:night|evening|morning|day|afternoon|eve|week) (?:of|to|on) |on |date:? |"
    r"в ночь на |ночь на |ночью |вечером |утром |ليله |ليلة |ليل |مساء |صباح |فجر |بتاريخ |في )+",
    re.IGNORECASE,
)
_UNKNOWN_DAY = re.compile(r"(\d{4})([-/.])(\d{1,2})\2[0]{1,2}")


def _keep_first(found: re.Match[str]) -> str:
    """Of تموز/يوليو the first: both are July. What is not the same month twice stays."""
    first, second = (find_month(word.split(" ")[-1]) or find_month(word) for word in found.groups())
    return found[1] if first is not None and first == second else found[0]


def find_month(word: str) -> int | None:
    """The number of a month by its name, alone."""
    return MONTHS.get(fold_month(word.replace("-", " ").strip(".")))
