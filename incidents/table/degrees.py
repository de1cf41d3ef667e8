"""Degrees of latitude and longitude as people write them in a cell."""

from __future__ import annotations

import re

from incidents.table.plain_text import plain_text

_NUMBER = r"\d+(?:[.,٫]\d+)?"
_LONGEST = 100  # letters: a text of many blanks would be looked at again from each
_DEGREES = re.compile(
    rf"(?P<side>[NSEW])?\s*(?P<sign>[+−-])?\s*(?P<degrees>{_NUMBER})\s*(?:[°º]\s*"
    rf"(?:(?P<minutes>{_NUMBER})\s*['′’´]\s*(?:(?P<seconds>{_NUMBER})\s*(?:[\"″”“]|''|′′|’’)\s*)?)?)?"
    r"(?P<behind>[NSEW])?",
    re.IGNORECASE,
)


def read_degrees(text: str, sides: str) -> float:
    """Read 33.3, 33,3, ٣٣٫٣, 33.3°, 33.3 N, N 33.3° and 33°18′30″N; not a number where it is none.

    Parameters
    ----------
    sides
        The letters of a positive and a negative number: "NS" for latitudes, "EW" for longitudes.
        A letter of the other axis, or a letter beside a sign, makes it no number.
    """
    plain = plain_text(text)
    found = _DEGREES.fullmatch(plain) if len(plain) <= _LONGEST else None
    if found is None:
        return float("nan")
    side = ((found["side"] or "") + (found["behind"] or "")).upper()
    parts = [_read_number(found[name]) for name in ("degrees", "minutes", "seconds")]
    is_split = found["minutes"] is not None
    # Of 33.5°18′ or 33°75′ nobody knows what was meant.
    if is_split and not (parts[0].is_integer() and parts[1] < 60 and parts[2] < 60):
        return float("nan")
    if found["seconds"] is not None and not parts[1].is_integer():
        return float("nan")
    if side and (side not in sides or len(side) > 1 or found["sign"] is not None):
        return float("nan")
    size = parts[0] + parts[1] / 60 + parts[2] / 3600
    return -size if side == sides[1] or found["sign"] in ("-", "−") else size


def _read_number(text: str | None) -> float:
    return 0.0 if text is None else float(text.replace(",", ".").replace("٫", "."))
