"""Names that are nearly equal: misspellings, never look-alikes in short words."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

MIN_LENGTH = 6
"""Words of fewer letters are compared for equality only."""

_LETTERS_PER_EDIT = 6
_MAX_EDITS = 3
_MAX_CANDIDATES = 50


def find_similar(bare: str, candidates: Sequence[str]) -> list[tuple[str, int]]:
    """Candidates within the edit budget of a folded name, nearest first, with their distance.

    The budget is one edit (a letter added, dropped, changed, or two swapped) per six letters,
    three at most, and each word keeps to its own: "Tall Afar" is not like "Tall Amar". Digits
    must agree, so that T3 is never T4. First letters are left to the choice of the candidates.
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
        if distance > find_budget(max(word_a, word_b, key=len)):
            return None
        edits += distance
    return edits


def _list_digits(text: str) -> list[str]:
    return [character for character in text if character.isdigit()]
