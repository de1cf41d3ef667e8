"""Which names of a place are weak: too loose to decide without a governorate.

The rule, for names that GeoNames lists (a name of the hand-kept table is never weak):

1. A name that is a common noun alone ("Khan", "الجزيرة") is weak.
2. A name that spells the place's own name another way, or its first words, is not weak.
3. Any other is weak: "Al Karmah" of Maharda. Where a place has no own name in that script, the
   own name is what most of its names there spell.
"""

from collections import defaultdict
from collections.abc import Iterable

from geo.names.generic_words import KINDS
from geo.names.likeness import is_variant, list_consonants
from geo.names.names import find_script, fold, tidy

_SCRIPTS = ("latin", "arabic", "cyrillic")
_MIN_CONSONANTS = 2

COMMON_NOUNS = frozenset(
    fold(word)
    for word in (
        *("khan", "jazira", "jazeera", "jazirah", "karma", "karmah", "tell", "tall", "tal", "tel"),
        *("bab", "qasr", "qalat", "qal'a", "kalaa", "jisr", "nahr", "wadi", "jabal", "jebel"),
        *("ain", "ayn", "ein", "deir", "dayr", "kafr", "kafar", "khirbat", "khirba", "bir", "beer"),
        *("suq", "souq", "souk", "mazra'a", "mazraa", "madina", "medina", "markaz", "hay", "burj"),
        *("borj", "rawda", "rawdah", "hisn", "ras", "shaykh", "sheikh", "imam", "abu", "umm"),
        *("خان", "جزيرة", "كرمة", "تل", "باب", "قصر", "قلعة", "جسر", "نهر", "وادي", "جبل", "عين"),
        *("دير", "كفر", "خربة", "بئر", "سوق", "مزرعة", "مدينة", "مركز", "حي", "برج", "روضة", "رأس"),
        *("شيخ", "إمام", "أبو", "أم", "الجزيرة", "الكرمة", "المدينة", "القلعة", "المزرعة"),
        *("хан", "джазира", "карма", "телль", "таль", "баб", "каср", "вади", "айн", "дейр", "кафр"),
    )
)
"""Folded words that name a thing found everywhere: an inn, a hill, a gate, a vineyard."""

_THINGS = frozenset(
    fold(word)
    for word in (
        *("checkpoint", "market", "hospital", "school", "bridge", "mosque", "street", "road"),
        *(
            "highway",
            "house",
            "home",
            "office",
            "station",
            "police station",
            "university",
            "church",
        ),
        *("prison", "river", "desert", "farm", "border", "refinery", "dam", "port", "square"),
        *(
            "حاجز",
            "سيطرة",
            "مستشفى",
            "المستشفى",
            "مدرسة",
            "المدرسة",
            "مسجد",
            "جامع",
            "شارع",
            "طريق",
        ),
        *("منزل", "السوق", "الجسر", "الحدود", "سد", "рынок", "больница", "школа", "мост", "мечеть"),
        *("улица", "дорога", "дом", "блокпост", "граница", "тюрьма"),
    )
)


def is_any(name: str) -> bool:
    """Whether a name tells a kind of place only, such as "airport", "checkpoint" or "мост"."""
    folded = fold(name).removeprefix("the ")
    return folded in KINDS or folded in COMMON_NOUNS or folded in _THINGS


# Without the article these are towns: Balad, Hayy.
_WITH_ARTICLE = frozenset(("البلد", "الحي", "ألبلد"))


def is_any_with_article(name: str) -> bool:
    """Whether an Arabic name with its article is a word for any place: "البلد" is "the country"."""
    return tidy(name) in _WITH_ARTICLE


def find_weak(own: Iterable[str], others: Iterable[str]) -> set[str]:
    """The weak ones of the folded names that GeoNames lists of a place (`others`).

    `own` are the folded own names of the place. Names are compared within one script.
    """
    own_by_script, peers_by_script = _group(own), _group(others)
    return {
        bare
        for script, peers in peers_by_script.items()
        for bare in peers
        if bare in COMMON_NOUNS or _is_foreign(bare, own_by_script.get(script, set()), peers)
    }


def _group(bares: Iterable[str]) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for bare in bares:
        script = find_script(bare)
        if script in _SCRIPTS:
            groups[script].add(bare)
    return groups


def _is_foreign(bare: str, own: set[str], peers: set[str]) -> bool:
    if own:
        return not any(_is_spelling(bare, name) for name in own)
    agreeing = sum(_is_spelling(bare, name) or _is_spelling(name, bare) for name in peers)
    return 2 * agreeing <= len(peers)


def _is_spelling(bare: str, own: str) -> bool:
    """Whether `bare` spells `own`, or the first words of it."""
    if bare == own or is_variant(bare, own):
        return True
    words = bare.split()
    beginning = " ".join(own.split()[: len(words)])
    is_told = len(list_consonants(bare)) >= _MIN_CONSONANTS and beginning not in COMMON_NOUNS
    return is_told and is_variant(bare, beginning)
