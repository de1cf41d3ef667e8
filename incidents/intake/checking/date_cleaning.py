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
    for _ in range(2):  # "Wednesday night, 7 July", "the night of Wednesday, 7 July"
        words = plain.split(" ")
        while len(words) > 1 and fold_month(words[0].strip(".,،")) in WEEKDAYS:
            words = words[1:]
        plain = _LEAD.sub("", " ".join(words))
    words = plain.split(" ")
    if len(words) > 2 and fold_month(words[-1].strip(".,،()")) in WEEKDAYS:
        plain = " ".join(words[:-1]).strip(" ,،")
    plain = _HYPHEN.sub(r"\1 ", plain)
    if _SPACED.fullmatch(plain):
        plain = plain.replace(" ", "")
    unknown = _UNKNOWN_DAY.fullmatch(plain)
    if unknown is None:
        return plain
    year, month = unknown["year"] or unknown["last"], unknown["month"] or unknown["middle"]
    return year if int(month) == 0 else f"{year}-{month}"


_LONGEST = 300  # letters: from each of a longer text, the patterns would look at all others
ABOUT_BEHIND = (
    r"approx\w*\.?|about|around|circa|ca\.|estimated?|est\.|probably|possibly|uncertain|unsure|"
    r"примерно|приблизительно|около|вероятно|تقريبا|تقريبًا"
)
"""What makes a day one of some days, behind it: no remark to leave out."""
_REMARK = re.compile(
    rf"\s*(?:\((?!(?:{ABOUT_BEHIND})\))[^()]*[^()?\s][^()]*\)|\[[^\[\]]{{1,30}}\])$", re.IGNORECASE
)
_TIME = re.compile(r"(?:[T,]\s*|\s+)\d{1,2}:\d{2}.*$", re.DOTALL)
_YEAR_WORD = re.compile(r"\s*(?<=\d)\s*(?:г\.?|года|год|م|ميلادي|ميلادية|AD|CE)$", re.IGNORECASE)
_TWO_NAMES = re.compile(r"([^\W\d_]+(?: [^\W\d_]+)?)\s?[/(\\-]\s?([^\W\d_]+(?: [^\W\d_]+)?)\)?")
_LEAD = re.compile(
    r"^(?:(?:on )?(?:the )?(?:late |early )?(?:night|evening|morning|day|afternoon|eve|hours|dawn|"
    r"noon|midday|midnight)(?: hours)? (?:of |to |on |the (?=\d))*|overnight (?:on |of )?|at dawn |"
    r"on |date:? |the (?=\d)|"
    r"during |some ?time in |in (?=\w+ \d{4}$|\d{4}$)|в (?=[а-я]+ \d{4}$)|خلال |في شهر |شهر |"
    r"в ночь на |ночь на |ночью |вечером |утром |на рассвете |днем |днём |"
    r"ليله |ليلة |ليل |مساء |صباح |فجر |ظهر |عصر |بتاريخ |في )+",
    re.IGNORECASE,
)
_NO_DAY = r"(?:\?{1,2}|[xX]{1,2})"
_UNKNOWN_DAY = re.compile(
    rf"(?P<year>\d{{4}})([-/.])(?P<month>\d{{1,2}})\2(?:{_NO_DAY}|0{{1,2}})"
    rf"|{_NO_DAY}([-/.])(?P<middle>\d{{1,2}})\4(?P<last>\d{{4}})"
)
_HYPHEN = re.compile(r"^(early|mid|late)-(?=\w)", re.IGNORECASE)
_SPACED = re.compile(r"\d{1,4} ?([/.]) ?\d{1,2} ?\1 ?\d{1,4}")


def _keep_first(found: re.Match[str]) -> str:
    """Of تموز/يوليو the first: both are July. What is not the same month twice stays."""
    first, second = (find_month(word.split(" ")[-1]) or find_month(word) for word in found.groups())
    return found[1] if first is not None and first == second else found[0]


def find_month(word: str) -> int | None:
    """The number of a month by its name, alone."""
    name = word.replace("-", " ").removesuffix(" de")  # 7 de julio de 2021
    return MONTHS.get(fold_month(name.strip(".")))
