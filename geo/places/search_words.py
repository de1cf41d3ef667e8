"""Words by which places are searched for: names in all scripts, folded alike on both sides."""

import re
from collections.abc import Iterable
from itertools import pairwise

from geo.names.names import fold_tokens
from geo.places.boundaries import Governorate
from geo.places.countries import COUNTRY_NAMES
from geo.places.place_names import list_texts
from geo.places.places import Place

_MIN_SQUEEZED = 3
_DOUBLED = re.compile(r"([^\W\d_])\1+")


def list_words(texts: Iterable[str]) -> str:
    """Every folded word of some names, once, in the order of the alphabet, between spaces.

    Doubled letters are single ("Assad" is "asad"): transliterations differ in nothing more often.
    """
    return " ".join(sorted({_squeeze(token) for text in texts for token in fold_tokens(text)}))


def list_place_words(
    place: Place | None, governorate: Governorate | None, country: str | None
) -> str:
    """Words of all names of a place, of its governorate and of its country (an ISO code)."""
    texts = [] if place is None else list_texts(place)
    if governorate is not None:
        texts += [governorate.gov, governorate.name_ar, governorate.name_ru]
    if country is not None:
        first, *others = COUNTRY_NAMES.get(country, "").split(";")
        # "Republic" and "Arab" would find every place of the country.
        texts += [first, *(name for name in others if " " not in name)]
    return list_words(texts)


def fold_query(text: str) -> list[tuple[str, list[str] | None]]:
    """Each word that a reader typed, with the folded words that `list_words` must hold for it.

    For an article ("al" before "Asad") the list is empty: any place will do. For what has neither
    letters nor digits there is None: no place will.
    """
    words = text.split()
    found: list[tuple[str, list[str] | None]] = []
    for word, following in pairwise([*words, ""]):
        tokens, tail = fold_tokens(f"{word} {following}"), fold_tokens(following)
        own = tokens[: len(tokens) - len(tail)]
        found.append((word, [_squeeze(token) for token in own] if fold_tokens(word) else None))
    return found


def _squeeze(token: str) -> str:
    squeezed = _DOUBLED.sub(r"\1", token)
    # What is left of "zzz" would begin many a name.
    return squeezed if len(squeezed) >= _MIN_SQUEEZED else token
