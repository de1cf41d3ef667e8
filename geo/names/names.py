"""Names of places made comparable, within one script.

Each step of cleaning is one small function; `fold` is all of them. No step carries a name from one
script to another: that is the work of the names written down in ``data/places.csv``.
"""

import re
import unicodedata
from functools import lru_cache

from geo.names.generic_words import split_class

MAX_NAME_LENGTH = 200
"""Longer texts are not names of places; they are cut here before any other work."""

# Letters that Persian and Kurdish write where Arabic has another, and forms of one letter.
_ARABIC_FORMS = str.maketrans(
    {"ک": "ك", "ی": "ي", "ى": "ي", "ێ": "ي", "ۆ": "و", "ە": "ه", "ة": "ه", "ہ": "ه", "ھ": "ه"}
    | {"ڕ": "ر", "ڵ": "ل", "ٱ": "ا", "ء": "", "ـ": ""}
)
# Latin letters that carry their mark inside and so have no decomposition in Unicode.
_LATIN_FORMS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ə": "a", "æ": "ae"})


class _Dropping(dict[int, int | None]):
    """A table for `str.translate` that drops the characters of some Unicode categories."""

    def __init__(self, *categories: str) -> None:
        super().__init__()
        self.categories = categories

    def __missing__(self, code: int) -> int | None:
        is_dropped = unicodedata.category(chr(code)).startswith(self.categories)
        self[code] = None if is_dropped else code
        return self[code]


_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"(?<=\w)\.(?=\w\.)|['’‘ʼʻʿʾ`´′ʹ‛ʽ]")
_UNSEEN = _Dropping("Cf", "Cs", "Co", "Cn")
_MARKS = _Dropping("M")

_ARTICLES = frozenset(("al", "el", "ul", "аль", "эль", "ал", "эл", "уль", "ال"))
# Before these consonants the l of the article takes the sound of the next letter.
_SUN_ARTICLES = frozenset(
    (
        *("ad", "adh", "an", "ar", "as", "ash", "at", "ath", "az"),
        *("ed", "en", "er", "es", "esh", "et", "ez"),
        *("ад", "ан", "ар", "ас", "ат", "аш", "аз", "эд", "эн", "эр", "эс", "эт", "эш", "эз"),
    )
)
_MIN_ARABIC_STEM = 3
_MIN_TOKEN_FOR_FINAL_H = 4


def fold(name: str) -> str:
    """Reduce a name to the form in which it is looked up; idempotent, never raises.

    Case, marks, apostrophes, hyphens, articles and spelling variants of one script fall away. A
    generic word ("air base", "محافظة", "аэропорт") becomes one of a few class words at the end,
    so that "Basra airport" and "Airport of Basra" agree and neither agrees with "Basra".
    Text without letters or digits folds to "".
    """
    bare, word = fold_parts(name)
    return f"{bare} {word}".strip()


@lru_cache(maxsize=1 << 14)  # all names of the shipped gazetteer
def fold_parts(name: str) -> tuple[str, str]:
    """The folded name without its generic word, and the class of that word ("" when none)."""
    parts, again = _fold_once(name[:MAX_NAME_LENGTH]), None
    # Taking words out may bring an article before a new word ("District al"): fold until still.
    while parts != again:
        parts, again = _fold_once(" ".join(parts)), parts
    return parts


def _fold_once(name: str) -> tuple[str, str]:
    tokens, word = split_class(fold_tokens(name))
    return " ".join(tokens), word


def fold_tokens(name: str) -> list[str]:
    """The folded words of a name, articles left out, generic words as they are."""
    text = strip_marks(unify_characters(name))
    text = drop_apostrophes(unify_arabic_letters(unify_latin_letters(text)))
    tokens = drop_articles(drop_arabic_articles(split_words(text)))
    return [drop_final_h(token) for token in tokens]


def fold_words(name: str) -> str:
    """The name folded, but with its generic words as they are, and without spaces.

    "Imam Ali Airbase" is "Imam Ali Air Base", and neither is "Imam Ali base".
    """
    return "".join(fold_tokens(name[:MAX_NAME_LENGTH]))


def tidy(name: str) -> str:
    """The name as a careful reader would call it "the same": case and spaces apart, no more."""
    return " ".join(unify_characters(name[:MAX_NAME_LENGTH]).split())


def drop_directions(name: str) -> str | None:
    """The name without words like "northern", "شمال", "восточный"; None when it has none."""
    words = name.split()
    kept = [word for word in words if fold(word) not in _DIRECTIONS]
    return " ".join(kept) if 0 < len(kept) < len(words) else None


def unify_characters(text: str) -> str:
    """One form for each character (NFKC), lower case, without invisible characters."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return text.translate(_UNSEEN)


def strip_marks(text: str) -> str:
    """Drop accents, harakat, hamza above or below its letter, and the dots of ё and й."""
    return text if text.isascii() else unicodedata.normalize("NFKD", text).translate(_MARKS)


def unify_arabic_letters(text: str) -> str:
    """Persian and Kurdish letters to Arabic ones, ة to ه, ى to ي; drop tatweel and bare hamza."""
    return text.translate(_ARABIC_FORMS)


def unify_latin_letters(text: str) -> str:
    """Latin letters that no accent can be stripped from (ı, ł, ø, đ, ə, æ) to plain ones."""
    return text.translate(_LATIN_FORMS)


def drop_apostrophes(text: str) -> str:
    """Drop quotes and apostrophes inside words, ayn and hamza of transliterations among them."""
    return _APOSTROPHE.sub("", text)


def split_words(text: str) -> list[str]:
    """The words of a text: letters and digits; all else parts them."""
    return _WORD.findall(text)


def drop_arabic_articles(tokens: list[str]) -> list[str]:
    """Drop ال at the start of each word that keeps at least three letters."""
    return [_drop_arabic_article(token) for token in tokens]


def _drop_arabic_article(token: str) -> str:
    while token.startswith("ال") and len(token) >= len("ال") + _MIN_ARABIC_STEM:
        token = token[len("ال") :]
    return token


def drop_articles(tokens: list[str]) -> list[str]:
    """Drop the article where it is a word of its own, as Latin and Cyrillic write it.

    ``al``, ``el``, ``аль``, ``эль`` go before any word; ``ash``, ``ad``, ``эд`` and the like only
    before their own consonant, and no article goes when it is the last word.
    """
    kept: list[str] = []
    for token in reversed(tokens):
        if not kept or not _is_article(token, kept[-1]):
            kept.append(token)
    return kept[::-1]


def _is_article(token: str, next_token: str) -> bool:
    return token in _ARTICLES or (token in _SUN_ARTICLES and next_token.startswith(token[1:]))


def drop_final_h(token: str) -> str:
    """Latin -ah to -a in words of four letters and more: Nasiriyah and Nasiriya are one name."""
    if len(token) >= _MIN_TOKEN_FOR_FINAL_H and token.endswith("ah"):
        return token[:-1]
    return token


def find_script(text: str) -> str | None:
    """The script of the first letter: latin, arabic, cyrillic or other; None without letters."""
    letter = next((c for c in text if c.isalpha()), None)
    if letter is None:
        return None
    name = unicodedata.name(letter, "")
    return next((s for s in ("latin", "arabic", "cyrillic") if name.startswith(s.upper())), "other")


_DIRECTIONS = frozenset(
    fold(word)
    for word in (
        *("north", "south", "east", "west", "northern", "southern", "eastern", "western"),
        *("northeast", "northwest", "southeast", "southwest", "central"),
        *("northeastern", "northwestern", "southeastern", "southwestern"),
        *("شمال", "جنوب", "شرق", "غرب", "وسط", "شمالي", "جنوبي", "شرقي", "غربي"),
        *("северный", "южный", "восточный", "западный", "север", "юг", "восток", "запад"),
        *("северная", "южная", "восточная", "западная"),
    )
)
