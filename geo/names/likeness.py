"""Names that are nearly equal: misspellings, never look-alikes in short words."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

MIN_LENGTH = 6
"""Words of fewer letters are compared for equality only."""

_LETTERS_PER_EDIT = 6
_MAX_EDITS = 3
_MAX_CANDIDATES = 50
_MAX_VARIANT_SHARE = 0.3

_VOWELS = frozenset("aeiouyw" + "аеиоуыэюя" + "اويه")
_OPEN = _VOWELS - set("wy")
# Letters and pairs that writers put for one consonant.
_SOUNDS: tuple[tuple[str, str], ...] = (
    *(("sch", "s"), ("sh", "s"), ("ch", "s"), ("kh", "k"), ("gh", "g"), ("dj", "j"), ("dh", "d")),
    *(("th", "t"), ("q", "k"), ("x", "k"), ("c", "k"), ("z", "s")),
    ("p", "b"),
    *(("چ", "ج"), ("گ", "ك"), ("پ", "ب"), ("ڤ", "ف")),
)
# Of these the same consonant is never another: "sh" and "s" make two names, and so do "z" and "s".
_SHAPE_SOUNDS: tuple[tuple[str, str], ...] = (
    *(("sch", "š"), ("sh", "š"), ("ch", "š"), ("kh", "k"), ("gh", "g"), ("dj", "j"), ("dh", "d")),
    *(("th", "t"), ("q", "k"), ("x", "k"), ("c", "k"), ("p", "b")),
)
# Before a vowel these are consonants; else they are part of one ("Ruhayba", "Ruheiba").
_GLIDE = re.compile(r"(?<=[aeou])[yw](?![aeiou])|(?<=[^aeiou])y(?![aeiou])")


def find_similar(bare: str, candidates: Sequence[str]) -> list[tuple[str, int]]:
    """Candidates within the edit budget of a folded name, nearest first, with their distance.

    The budget is one edit (a letter added, dropped, changed, or two swapped) per six letters,
    three at most, and each word keeps to its own: "Tall Afar" is not like "Tall Amar". The
    consonants must agree, for another consonant makes another name: "Metina" is not "Medina".
    Digits must agree, so that T3 is never T4. First letters are left to the choice of candidates.
    """
    budget = find_budget(bare.replace(" ", ""))
    if budget == 0:
        return []
    found = process.extract(
        bare, candidates, scorer=OSA.distance, score_cutoff=budget + 1, limit=_MAX_CANDIDATES
    )
    measured = [(text, _measure(bare, text)) for text, _, _ in found]
    similar = [(text, edits) for text, edits in measured if edits is not None and edits <= budget]
    return sorted(similar, key=lambda pair: (pair[1], pair[0]))


def find_budget(word: str) -> int:
    """How many edits a word of this length may be away: 0 below six letters."""
    if len(word) < MIN_LENGTH:
        return 0
    return min(_MAX_EDITS, len(word) // _LETTERS_PER_EDIT)


def list_consonants(word: str) -> str:
    """The consonants of a folded word; doubled letters count once, y, w and a last h not."""
    single = re.sub(r"(.)\1+", r"\1", word).removesuffix("h")
    return "".join(letter for letter in single if letter not in _VOWELS)


def is_variant(bare: str, other: str) -> bool:
    """Whether two folded names of one place are spellings of one name, not two names of it.

    Their consonants differ in 30 % at most (none of three, one of four):
    "kuneitra" is a spelling of "qunaytira", and "jazira" is no spelling of "suwayra".
    """
    sounds, others = _list_sounds(bare), _list_sounds(other)
    longest = max(len(sounds), len(others), 1)
    return OSA.distance(sounds, others) <= _MAX_VARIANT_SHARE * longest


def find_shape(bare: str) -> str:
    """What stays of a folded name when only vowels are misheard: "arbin" and "irbin" agree.

    The sounds of each word's consonants, and whether it begins and ends with a vowel.
    """
    return " ".join(_find_word_shape(word) for word in bare.split())


def _find_word_shape(word: str) -> str:
    sounds = word
    for letters, sound in _SHAPE_SOUNDS:
        sounds = sounds.replace(letters, sound)
    sounds = re.sub(r"(.)\1+", r"\1", _GLIDE.sub("i", sounds.removesuffix("h")))
    begins = "-" if sounds[:1] in _OPEN else ""
    ends = "-" if sounds[-1:] in _OPEN else ""
    return begins + "".join(letter for letter in sounds if letter not in _OPEN) + ends


@lru_cache(maxsize=16384)
def _list_sounds(bare: str) -> str:
    text = bare.replace(" ", "")
    for letters, sound in _SOUNDS:
        text = text.replace(letters, sound)
    return list_consonants(text)


def _measure(a: str, b: str) -> int | None:
    """Edits between two names word by word, or None when a word goes over its own budget."""
    if _list_digits(a) != _list_digits(b):
        return None
    words_a, words_b = a.split(), b.split()
    if len(words_a) != len(words_b):
        # Joined, short words would borrow each other's budget. The gazetteer itself forgives a
        # space when all letters agree.
        return None
    edits = 0
    for word_a, word_b in zip(words_a, words_b, strict=True):
        distance = OSA.distance(word_a, word_b)
        if distance > find_budget(max(word_a, word_b, key=len)) or not _agree(word_a, word_b):
            return None
        edits += distance
    return edits


def _agree(word: str, other: str) -> bool:
    """Whether the consonants are the same, in the same order or with letters swapped."""
    return list_consonants(word) == list_consonants(other) or sorted(word) == sorted(other)


def _list_digits(text: str) -> list[str]:
    return [character for character in text if character.isdigit()]
