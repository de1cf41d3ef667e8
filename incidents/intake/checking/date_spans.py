"""Several days in one cell: 2017-03-05 – 2017-03-07, 7 to 9 July 2021, an ISO interval."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_SIGN = re.compile(
    r"\.?\s*[-–—−/&]\s*|,\s*(?=\d{1,2}[ ./])|\s+(?:and|и|or|или|أو|او)\s+|\s+و\s?(?=\d)|"
    r"\s+(?:to|until|till|through|по|до|إلى|الى|حتى|на|على|علي)\s+",
    re.IGNORECASE,
)
# Two years, a month in letters, or 7-8.7.2021: what else has a sign in it is one day.
_LIKELY = re.compile(
    r"\d{4}\D.*\d{4}|[^\W\d]{3}|^\d{1,2}\.?\s?[-–—−&,]\s?\d{1,2}\.\d{1,2}\.\d{4}$", re.DOTALL
)
_LONGEST = 100  # letters
_LEAD = re.compile(
    r"^(?:(?:on |in )?(?:the )?night (?:of |from |between )?|"
    r"overnight (?:on |of |from )?|from (?!the)|between (?=\S+ to )|с (?=\d)|من (?=\d)|"
    r"(?:в )?ночь с |либо |either |ليلة |ليله |ليل )",
    re.IGNORECASE,
)
_FRAME = re.compile(r"^(?:between|между|بين) (.+?) (?:and |и |و ?)(.+)$", re.IGNORECASE)
_DAY_ONLY = re.compile(r"\d{1,2}(?:st|nd|rd|th|-?го)?")
_DAY_AND_MONTH = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})")
_YEAR_AT_END = re.compile(r"(?P<rest>.*?\S),?\s+(?P<year>\d{4})")
_DAY_FIRST = re.compile(r"\d{1,2}\.?(?:st|nd|rd|th|-?го)?(?: of)?[ -](?P<month>[^\W\d].*)")
_MONTH_FIRST = re.compile(r"(?P<month>[^\W\d]+\.?) \d{1,2}(?:st|nd|rd|th)?")

Halves = tuple[str, str]


def cut_span(text: str, clean: Callable[[str], str]) -> list[Halves]:
    """Each way to cut a text into a first and a last day; mostly there is none.

    What one half leaves out is taken from the other: "7" of "7–9 July 2021" is "7 July 2021".
    """
    text = _FRAME.sub(r"\1 - \2", _LEAD.sub("", text)) if len(text) <= _LONGEST else text
    if len(text) > _LONGEST or _LIKELY.search(text) is None:
        return []
    return [
        halves
        for sign in _SIGN.finditer(text)
        for halves in _complete(clean(text[: sign.start()]), clean(text[sign.end() :]))
    ]


def _complete(first: str, last: str) -> Iterator[Halves]:
    if not first or not last:
        return
    yield first, last
    dotted = _DAY_AND_MONTH.fullmatch(last)
    if dotted is not None and _DAY_ONLY.fullmatch(first):  # 7-8.7.2021
        month = f"{dotted['month']}.{dotted['year']}"
        yield f"{first}.{month}", f"{dotted['day']}.{month}"
    year = _YEAR_AT_END.fullmatch(last)
    if year is None:
        return
    rest = _DAY_FIRST.fullmatch(last)
    if _DAY_ONLY.fullmatch(first) and rest is not None:  # 7–9 July 2021
        yield f"{first} {rest['month']}", last
    name = _MONTH_FIRST.fullmatch(first)
    if name is not None and _DAY_ONLY.fullmatch(year["rest"]):  # July 7–9, 2021
        yield f"{first}, {year['year']}", f"{name['month']} {last}"
    elif year["rest"] != "":  # 28 June – 2 July 2021
        yield f"{first} {year['year']}", last
