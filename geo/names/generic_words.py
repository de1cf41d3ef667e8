"""Words that say what kind of place a name is of, in every script, and the classes they make."""

from collections.abc import Iterable

CLASSES: dict[str, tuple[str, ...]] = {
    # The most telling class first: of "Baghdad city airport" the airport counts.
    "embassy": ("embassy", "посольство", "سفاره"),
    "airport": ("airport", "international airport", "аэропорт", "مطار", "aeroport"),
    "base": (
        *("base", "airbase", "air base", "airfield", "air field", "military airport"),
        *("barracks", "garrison", "airstrip", "air strip", "military airbase", "military base"),
        *("база", "базы", "базе", "авиабаза", "авиабазы", "авиабазе", "авиабазу", "базу"),
        *("аэродром", "военный аэродром", "военная база", "قاعده", "قاعده جويه", "مطار عسكري"),
    ),
    "oilfield": (
        *("oilfield", "oil field", "oilfields", "oil fields", "gas field", "gas fields"),
        *("gasfield", "нефтяное месторождение", "газовое месторождение", "месторождение", "حقل"),
    ),
    "crossing": (
        *("crossing", "border crossing", "border gate", "border post", "кпп", "معبر", "منفذ"),
    ),
    "camp": ("camp", "refugee camp", "idp camp", "лагерь", "лагере", "مخيم", "лагерь беженцев"),
    "governorate": (
        *("governorate", "province", "muhafazah", "muhafaza", "провинция", "провинции"),
        *("мухафаза", "мухафазы", "محافظه"),
    ),
    "district": (
        *("district", "subdistrict", "sub district", "qada", "qadaa", "nahiya", "nahiyat"),
        *("nahiyah", "район", "округ", "قضاء", "قضا", "ناحيه", "mintaqat", "منطقه"),
    ),
    "neighbourhood": ("neighbourhood", "neighborhood", "suburb", "квартал", "حي"),
    "city": ("city", "town", "город", "г", "مدينه", "شهر"),
    "village": ("village", "деревня", "село", "قريه", "روستاي"),
}
"""Class word: the phrases it stands for, as they are once letters and articles are folded."""

# These say nothing alone and go when one of their class stands in the name.
_MODIFIERS = {
    "base": frozenset(("air", "army", "military", "joint", "جويه", "عسكري", "عسكريه", "военная")),
    "airport": frozenset(("international", "military", "دولي", "عسكري", "международныи")),
    "oilfield": frozenset(
        ("oil", "gas", "нефтяное", "газовое", "نفطي", "نفطيه", "نفط", "غاز", "للغاز")
    ),
    "crossing": frozenset(("border", "حدودي")),
    "district": frozenset(("markaz", "center", "centre", "مركز")),
    "camp": frozenset(("refugee", "idp", "беженцев", "لاجيين", "للاجيين")),
}
_LINKS = frozenset(("of", "the"))

_PHRASES = {
    tuple(phrase.split()): word for word, phrases in CLASSES.items() for phrase in (word, *phrases)
}
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
