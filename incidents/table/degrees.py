"""Degrees of latitude and longitude as people write them in a cell."""

from __future__ import annotations

import re

from incidents.table.plain_text import plain_text

NOT_A_NUMBER = float("nan")
_PARTS = ("degrees", "minutes", "last", "seconds")
_LONGEST = 100  # letters: a text of many blanks would be looked at again from each
_NUMBER = r"\d+(?:[.,]\d+)?"
_SIDES = {
    "N": r"north|n\.|с\. ?ш\.?|сш|северной широты|северной|شمالا|شمال|ش",
    "S": r"south|s\.|ю\. ?ш\.?|юш|южной широты|южной|جنوبا|جنوب|ج",
    "E": r"east|e\.|в\. ?д\.?|вд|восточной долготы|восточной|شرقا|شرق",
    "W": r"west|w\.|з\. ?д\.?|зд|западной долготы|западной|غربا|غرب|غ",
}
_WORDS = re.compile(
    r"(?<![^\W\d_])(?:"
    + "|".join(rf"(?P<{side}>{words})" for side, words in _SIDES.items())
    + r")(?![^\W\d_])",
    re.IGNORECASE,
)
_DEGREES = r"°|o(?=\s*\d)|deg(?:rees?)?\.?|град(?:ус\w*)?\.?|درج(?:ة|ه|ات)"
_MINUTES = r"'|min(?:utes?)?\.?|мин(?:ут\w*)?\.?|دقيق(?:ة|ه)|دقائق"
_SECONDS = r"\"|''|sec(?:onds?)?\.?|сек(?:унд\w*)?\.?|ثاني(?:ة|ه)|ثواني?"
_LABEL = re.compile(
    r"^(?:lat(?:itude)?|long?(?:itude)?|lng|широта|долгота|خط العرض|خط الطول)\s*[:=]?\s*|[,;]$",
    re.IGNORECASE,
)
_FORMS = tuple(
    re.compile(
        rf"(?P<side>[NSEW])?\s*(?P<sign>[+-])?\s*{form}\s*(?P<behind>[NSEW])?", re.IGNORECASE
    )
    for form in (
        rf"(?P<degrees>{_NUMBER})\s*(?:{_DEGREES})?",
        rf"(?P<degrees>{_NUMBER})\s*(?:{_DEGREES}|d|[:_*-]|\s)\s*"
        rf"(?P<minutes>{_NUMBER})\s*(?:{_MINUTES}|m)?",
        rf"(?P<degrees>{_NUMBER})\s*(?:{_DEGREES}|d|[:_*-]|\s)\s*"
        rf"(?P<minutes>{_NUMBER})\s*(?:{_MINUTES}|m|[:_-]|\s)\s*"
        rf"(?P<seconds>{_NUMBER})\s*(?:{_SECONDS}|s)?",
        r"(?P<degrees>\d{1,3})\.(?P<minutes>\d\d)\.(?P<seconds>\d\d(?:[.,]\d+)?)",
    )
)
_COMPACT = re.compile(
    r"(?P<side>[NSEW])?\s*(?P<degrees>\d{2,3})"
    r"(?:(?P<minutes>\d\d)(?P<seconds>\d\d(?:\.\d+)?)|(?P<last>\d\d(?:\.\d+)?))\s*"
    r"(?P<behind>[NSEW])?",
    re.IGNORECASE,
)


def fold_sides(text: str) -> str:
    """Plain text with N, S, E and W for the words of three languages, and plain signs."""
    plain = plain_text(text)
    return _WORDS.sub(lambda found: str(found.lastgroup), plain)


def read_degrees(text: str, sides: str) -> float:
    """Degrees in any usual writing; not a number where it is none.

    33.3, 33,3, ٣٣٫٣, 33.3° N, N33 18 30, 33°18.5′N, 33:18:30 N, 33.18.30, 331830N, 33 с.ш. Minutes
    and seconds below 60; only the last number may have a fraction.

    Parameters
    ----------
    sides
        The letters of a positive and a negative number: "NS" for latitudes, "EW" for longitudes.
        A letter of the other axis, or a letter beside a sign, makes it no number.
    """
    if len(text) > _LONGEST:
        return NOT_A_NUMBER
    plain = _LABEL.sub("", fold_sides(text))
    for form in _FORMS:
        found = form.fullmatch(plain)
        if found is not None:
            degrees = _add_up(found, sides)
            if re.match(r"\d{4}", found["degrees"]):
                break
            return degrees
    found = _COMPACT.fullmatch(plain)
    # Without a letter, 331830 is a number like any other.
    if found is None or not (found["side"] or found["behind"]):
        return NOT_A_NUMBER
    return _add_up(found, sides)


def _add_up(found: re.Match[str], sides: str) -> float:
    parts = found.groupdict()
    side = ((parts["side"] or "") + (parts["behind"] or "")).upper()
    sign = parts.get("sign")
    given = [parts[name] for name in _PARTS if parts.get(name)]
    numbers = [float(str(each).replace(",", ".")) for each in given]
    # Of 33.5°18′ or 33°75′ nobody knows what was meant.
    if any(not number.is_integer() for number in numbers[:-1]):
        return NOT_A_NUMBER
    if any(number >= 60 for number in numbers[1:]):
        return NOT_A_NUMBER
    if side and (side not in sides or len(side) > 1 or sign is not None):
        return NOT_A_NUMBER
    size: float = sum(number / 60**power for power, number in enumerate(numbers))
    return -size if side == sides[1] or sign == "-" else size
