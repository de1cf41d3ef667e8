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
# Letters and pairs that writers put for one consonant.
_SOUNDS: tuple[tuple[str, str], ...] = (
    *(("sch", "s"), ("sh", "s"), ("ch", "s"), ("kh", "k"), ("gh", "g"), ("dj", "j"), ("dh", "d")),
    *(("th", "t"), ("q", "k"), ("c", "k"), ("z", "s")),
    *(("چ", "ج"), ("گ", "ك"), ("پ", "ب"), ("ڤ", "ف")),
)


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
