"""A name of a place as somebody meant it: without what tables and keyboards add to it."""

import re
import unicodedata

from geo.names.compass import DIRECTION
from geo.names.names import MAX_NAME_LENGTH
from geo.names.nothing import says_nothing

# Nothing of these is part of a name at its end or beginning.
_EDGES = " \t.,;:!?*_،؛؟…-–—|/\\"
# Tables number the places of one name: "Baghdad (1)", "Mosul [b]", "Hit #3".
_NUMBER = re.compile(
    r"\s*(?:[(\[{]\s*(?:no\.?|nr\.?|№|#)?\s*(?:\d[\d/.\-]{0,5}|[a-z]|[ivx]{2,4})\s*[)\]}]"
    r"|(?:[#№]|\b(?:no|nr)\.)\s*\d{1,4})$",
    re.IGNORECASE,
)
# And lines are numbered: "1. Baghdad", "2) Mosul", "#3 Hit".
_ITEM = re.compile(r"^(?:[#№]\s*\d{1,4}|\(?\d{1,4}[.)])\s+(?=[^\W\d_])")
_ARABIC_SIGNS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_BRACKETS = {")": "(", "]": "[", "}": "{", "»": "«", "”": "“", "’": "‘", "“": "„", '"': '"'}
_ROUND = str.maketrans("[]{}", "()()")
_SIDE = re.compile(
    rf"(?:the\s+)?(?:{DIRECTION}|[NSEW]{{1,2}})(?:\s+(?:side|part|bank|half|of))?", re.IGNORECASE
)
_AROUND = re.compile(
    r"(?:the\s+)?(?:general\s+)?(?:outskirts|suburbs?|countryside|rural\s+areas?|area|vicinity|surroundings|"
    r"environs)(?:\s+of)?",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"(?:the\s+)?(?:city|town|village)?(?:\s*cent(?:re|er))?|downtown|cent(?:re|er)|city|town|village",
    re.IGNORECASE,
)
# What an editor remarks, and nothing else.
_REMARK = re.compile(
    r"sic|general|approx(?:\.|imate(?:ly)?)?|estimated|exact|undefined", re.IGNORECASE
)


def clean_name(name: str) -> str:
    """The name without invisible signs, Arabic vowel signs, a number of its own, loose punctuation.

    "Baghdad (1)." is "Baghdad". Words and letters stay as they are; idempotent.
    """
    text = name[: MAX_NAME_LENGTH + 1]
    if not text.isascii():
        text = _ARABIC_SIGNS.sub("", unicodedata.normalize("NFKC", text))
        text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cs"))
    text, before = " ".join(text.translate(_ROUND).split()), ""
    while text != before:
        before = text
        text = _NUMBER.sub("", _ITEM.sub("", _close(text))).strip(_EDGES)
    return text


def _close(text: str) -> str:
    """The text without brackets and quotes around it, or without their other half at its ends."""
    for end, start in _BRACKETS.items():
        inside = text[1:-1]
        if text.startswith(start) and text.endswith(end) and not {start, end} & set(inside):
            text = inside
        if text.endswith(end) and start not in text[:-1]:
            text = text[:-1]
        if text.startswith(start) and end not in text[1:]:
            text = text[1:]
        if text.endswith(start) and start != end:
            text = text[:-1]
    return text


def say_qualified(head: str, tail: str) -> str | None:
    """A name and what stands behind it as one phrase, where that is no place: "Mosul, west".

    "west Mosul", "Mosul outskirts", "Mosul"; None where the tail may be a name.
    """
    plain = tail.strip(_EDGES)
    if _SIDE.fullmatch(plain):
        return f"{plain.removesuffix(' of')} {head}"
    if _AROUND.fullmatch(plain):
        return f"{head} {plain.removesuffix(' of')}"
    is_idle = _WITHIN.fullmatch(plain) or _REMARK.fullmatch(plain) or says_nothing(plain)
    return head if plain and is_idle else None
