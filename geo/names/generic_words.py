"""Words that say what kind of place a name is of, in every script, and the classes they make."""

import re
from collections.abc import Iterable

CLASSES: dict[str, tuple[str, ...]] = {
    # The most telling class first: of "Baghdad city airport" the airport counts.
    "embassy": ("embassy", "سفاره"),
    "airport": ("airport", "international airport", "مطار", "aeroport"),
    "base": (
        *("base", "airbase", "air base", "airfield", "air field", "military airport"),
        *("barracks", "garrison", "airstrip", "air strip", "military airbase", "military base"),
        *("قاعده", "قاعده جويه", "مطار عسكري", "معسكر"),
    ),
    "oilfield": (
        *("oilfield", "oil field", "oilfields", "oil fields", "gas field", "gas fields"),
        *("gasfield", "حقل"),
    ),
    "crossing": (*("crossing", "border crossing", "border gate", "border post", "معبر", "منفذ"),),
    "camp": ("camp", "refugee camp", "idp camp", "مخيم"),
    "governorate": (
        *("governorate", "province", "muhafazah", "muhafaza"),
        "محافظه",
    ),
    "district": (
        *("district", "subdistrict", "sub district", "qada", "qadaa", "nahiya", "nahiyat"),
        *("nahiyah", "قضاء", "قضا", "ناحيه", "mintaqat", "منطقه"),
    ),
    "neighbourhood": ("neighbourhood", "neighborhood", "suburb", "حي"),
    "city": ("city", "town", "г", "مدينه", "بلده", "شهر"),
    "village": ("village", "locality", "hamlet", "قريه", "مزرعه", "روستاي"),
}
"""Class word: the phrases it stands for, as they are once letters and articles are folded."""

# Russian ones in their cases: stem, and what follows it.
_CASES: dict[str, tuple[tuple[str, str], ...]] = {
    "embassy": (("посольств", "о а у ом е"),),
    "airport": (("аэропорт", "_ а у ом е"),),
    "base": (("баз", "а ы е у ои"), ("авиабаз", "а ы е у ои"), ("аэродром", "_ а у ом е")),
    "oilfield": (("месторождени", "е я ю ем и"),),
    "crossing": (("погранпереход", "_ а у ом е"), ("кпп", "_")),
    "camp": (("лагер", "ь я ю ем е"),),
    "governorate": (("провинци", "я и ю еи"), ("мухафаз", "а ы е у ои")),
    "district": (("район", "_ а у ом е"), ("округ", "_ а у ом е")),
    "neighbourhood": (("квартал", "_ а у ом е"), ("микрораион", "_ а у ом е")),
    "city": (
        *(("город", "_ а у ом е"), ("городк", "а у ом е"), ("городок", "_")),
        *(("поселок", "_"), ("поселк", "а у ом е"), ("населенныи пункт", "_")),
        *(("населенного пункт", "а"), ("населенном пункт", "е"), ("населенному пункт", "у")),
    ),
    "village": (("деревн", "я и е ю еи"), ("сел", "о а у ом е"), ("селени", "е я ю ем и")),
}

# These say nothing alone and go when one of their class stands in the name.
_MODIFIERS = {
    "base": frozenset(("air", "army", "military", "joint", "جويه", "عسكري", "عسكريه")),
    "airport": frozenset(("international", "military", "دولي", "عسكري")),
    "oilfield": frozenset(("oil", "gas", "نفطي", "نفطيه", "نفط", "غاز", "للغاز")),
    "crossing": frozenset(("border", "حدودي")),
    "district": frozenset(("markaz", "center", "centre", "مركز")),
    "camp": frozenset(("refugee", "idp", "беженцев", "لاجيين", "للاجيين")),
}
# So do these, of any place but an embassy: what it serves, and whose it is.
_ADJECTIVE = re.compile(
    r"(?:международн|военн|гражданск|воздушн|нефтян|газов|пограничн|пропускн|американск|иракск|"
    r"сирийск|турецк|российск|иранск)[а-я]{1,3}|american|iraqi|syrian|turkish|russian|iranian|us|"
    r"(?:امريك|اميرك|عراق|تركي|روسي|ايراني|دولي)(?:ه|ي|يه)"
)
_LINKS = frozenset(("of", "the"))

_PHRASES = {
    tuple(phrase.split()): word for word, phrases in CLASSES.items() for phrase in (word, *phrases)
} | {
    tuple(f"{stem}{ending.strip('_')}".split()): word
    for word, cases in _CASES.items()
    for stem, endings in cases
    for ending in endings.split()
}
KINDS = frozenset(" ".join(phrase) for phrase in _PHRASES)
"""The folded words for a kind of place, in every script and case."""
_FIRST = {phrase[0] for phrase in _PHRASES}
_LONGEST = max(map(len, _PHRASES))


def split_class(tokens: list[str]) -> tuple[list[str], str]:
    """Part a name's words into those of the name itself and the class of its generic words.

    A name made of nothing but generic words ("Base", "Al Madinah") keeps them as its name.
    Where several classes are named, the first in `CLASSES` is told and all the words go.
    """
    bare, word = _split_once(tokens)
    while word and (again := _split_once([*bare, word])) != (bare, word):
        # Taking words out may have put the halves of another phrase side by side.
        bare, word = again
    return bare, word


def _split_once(tokens: list[str]) -> tuple[list[str], str]:
    rest, found = _take_phrases(tokens)
    if not found:
        return tokens, ""
    word = next(name for name in CLASSES if name in found)
    idle = _LINKS.union(*(_MODIFIERS.get(name, frozenset()) for name in found))
    bare = [token for token in rest if token not in idle]
    if word not in ("embassy", "governorate", "district"):
        bare = [token for token in bare if not _ADJECTIVE.fullmatch(token)] or bare
    return (bare, word) if bare else (tokens, "")


def _take_phrases(tokens: list[str]) -> tuple[list[str], set[str]]:
    rest: list[str] = []
    found: set[str] = set()
    at = 0
    while at < len(tokens):
        phrase = _find_phrase(tokens[at : at + _LONGEST])
        if phrase is None:
            rest.append(tokens[at])
            at += 1
        else:
            found.add(_PHRASES[phrase])
            at += len(phrase)
    return rest, found


def _find_phrase(tokens: list[str]) -> tuple[str, ...] | None:
    if tokens[0] not in _FIRST:
        return None
    sizes: Iterable[int] = range(len(tokens), 0, -1)
    return next((p for p in (tuple(tokens[:n]) for n in sizes) if p in _PHRASES), None)
