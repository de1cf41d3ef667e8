"""Directions as they are written in English, Arabic, Russian and Turkish."""

import re

POINTS = {
    "north": 0.0,
    "north-east": 45.0,
    "east": 90.0,
    "south-east": 135.0,
    "south": 180.0,
    "south-west": 225.0,
    "west": 270.0,
    "north-west": 315.0,
}
"""Degrees clockwise from north."""

# Stems: the endings of a direction ("northern", "северу", "kuzeyinde") are for DIRECTION.
_STEMS = {
    "n": ("north", "شمال", "север", "kuzey"),
    "s": ("south", "جنوب", "юг", "юж", "güney"),
    "e": ("east", "شرق", "восто", "doğu"),
    "w": ("west", "غرب", "запад", "batı"),
}
_SHORT = {"ne": "north-east", "nw": "north-west", "se": "south-east", "sw": "south-west"}
_SHORT |= {letter[0]: letter for letter in ("north", "south", "east", "west")}
_LETTERS = {"n": "north", "s": "south", "e": "east", "w": "west"}

_ENGLISH = r"(?:north|south)(?:[\s-]?(?:east|west))?(?:ern)?|(?:east|west)(?:ern)?"
_ARABIC = (
    r"(?:ال)?(?:شمال|جنوب)(?:ي|ية)?(?:\s+(?:ال)?(?:شرق|غرب)(?:ي|ية)?)?"
    r"|(?:ال)?(?:شرق|غرب)(?:ي|ية)?"
)
_RUSSIAN = r"(?:северо-?|юго-?)?(?:север|юг|юж|восто[кч]|запад)[а-я]*"
_TURKISH = r"(?:kuzey|güney)(?:doğu|batı)?\w*|(?:doğu|batı)\w*"

DIRECTION = rf"(?:{_ENGLISH}|{_ARABIC}|{_RUSSIAN}|{_TURKISH})"
"""Regular expression (no groups, to be read without regard to case) of one direction."""

ABBREVIATION = r"(?:N|S|E|W|N\.?E|N\.?W|S\.?E|S\.?W)\.?"
"""The same for what stands for one behind a distance."""


def find_direction(text: str) -> str | None:
    """The one of `POINTS` that a direction names; None when it names none or contrary ones."""
    plain = text.casefold()
    short = _SHORT.get(re.sub(r"[\s.-]", "", plain))
    if short is not None:
        return short
    found = {letter for letter, stems in _STEMS.items() if any(stem in plain for stem in stems)}
    name = "-".join(_LETTERS[letter] for letter in "nsew" if letter in found)
    return name if name in POINTS else None
