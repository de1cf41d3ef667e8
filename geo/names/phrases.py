"""What a text says about a place by means of others: "15 km north of X", "between X and Y".

Only the text is read here; whether its names are known, and what follows, is for
`geo.finding.described`.
"""

import re
from dataclasses import dataclass
from typing import Literal

from geo.names.compass import ABBREVIATION, DIRECTION, find_direction

PhraseKind = Literal["near", "countryside", "offset", "direction", "between", "inside"]

MAX_KM = 300.0
"""Further away from a place nobody tells where something is."""

_KM_PER = {"mi": 1.609344, "m": 0.001}


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a text says: how (`kind`) something lies to the places of these names.

    `head` is what is said to lie there ("village" in "village near X"), "" when nothing is.
    `km` and `direction` (of `geo.names.compass.POINTS`) are None where they are not told.
    """

    kind: PhraseKind
    names: tuple[str, ...]
    head: str = ""
    km: float | None = None
    direction: str | None = None


_ABOUT = (
    r"(?:(?:(?:circa|ca|c|approx|appr|abt)\.?|[~≈±])\s*(?=\d))?"
    r"(?:(?:about|around|some|approximately|approx\.?|roughly|nearly|almost|ca\.?|at|"
    r"около|примерно|приблизительно|в|на|نحو|حوالي|على بعد|على مسافة|بعد|مسافة)\s+)*"
)
_DISTANCE = (
    r"(?P<number>\d+(?:[.,]\d+)?)(?:\s*[-–]\s*(?P<upto>\d+(?:[.,]\d+)?))?\s*-?\s*"
    r"(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi|m|met(?:er|re)s?|км|километр[а-я]*|мил[а-я]+|м|"
    r"метр[а-я]*|كم|كلم|ك\.م|كيلومترا?ت?|كيلو ?متر(?:ا|ات)?|ميل|أميال|متر(?:ا|ات)?)\.?(?!\w)"
)
_TO = r"(?:\s*,)?(?:\s+(?:away\s+)?(?:to\s+the|due|إلى|الى|باتجاه|к|на))?\s*"
_OF = r"(?:\s+(?:of|from|от|من|عن))?"
_HEAD = r"(?:(?P<head>.+?)[\s,،])??"
_WAY = rf"(?P<direction>{DIRECTION}|{ABBREVIATION})(?!\w)"

_NEAR = (
    r"near(?:by|\s+to)?|close\s+to|next\s+to|adjacent\s+to|not\s+far\s+from|beside|around|"
    r"(?:just\s+)?outside(?:\s+of)?|(?:in\s+)?(?:the\s+)?(?:immediate\s+)?vicinity\s+of|"
    r"(?:on\s+|at\s+|in\s+)?(?:the\s+)?(?:\w+ern\s+)?"
    r"(?:outskirts?|edges?|surroundings|environs|suburbs?)\s+of|"
    r"(?:the\s+)?(?:\w+ern|east|west|left|right)\s+(?:bank|side)\s+of|"
    r"(?:in\s+)?(?:the\s+)?area\s+(?:of|around)|"
    r"(?:على\s+)?(?:بالقرب\s+من|قريبا\s+من|قرب\s+من|قرب|بجوار|جوار|محيط|ضواحي|أطراف|مشارف|حول)|"
    r"في\s+(?:محيط|ضواحي|أطراف)|"
    r"рядом\s+со?|около|возле|близ|вблизи|неподал[её]ку\s+от|недалеко\s+от|под|у|"
    r"(?:в\s+)?районе?|(?:в\s+)?окрестност[а-я]+|(?:в\s+)?пригород[а-я]*|nêzîkî|نزیک"
)
_WIDE = (
    r"(?:in\s+)?(?:the\s+)?(?:(?P<direction>\w+ern)\s+)?(?:countryside|rural\s+areas?)\s+of|"
    r"rural|(?:في\s+)?ريف|сельск[а-я]+\s+местност[а-я]+"
)
_AROUND = (
    r"(?:'s\s+)?(?:area|outskirts|surroundings|environs|suburbs|vicinity|region|"
    r"and\s+(?:its\s+)?(?:surroundings|environs|suburbs))"
)
_RURAL = r"(?:'s\s+)?(?:(?P<direction>\w+ern)\s+)?(?:countryside|rural\s+areas?)|kırsalı\w*"
_ROAD = (
    r"(?:roads?|highways?|motorway|route|axis|corridor|junction|triangle|line|"
    r"طريق|الطريق|محور|درب|дорог[а-я]*|трасс[а-я]*|шоссе)"
)
_FROM = r"(?:from|between|linking|connecting|بين|من|الواصل\s+بين|الرابط\s+بين|между|от|из)"
_BETWEEN = r"(?:between|بين|ما\s+بين|между)"
_RUSSIAN_SIDE = r"(?:северо-|юго-)?(?:север|юж|восточ|запад)[а-я]*ее"
_INSIDE = r"in|inside|within|at|في|داخل|ضمن|во?|на"

# Of a text that is nothing else, these say as little as "in" does.
_TOWARDS = r"из|от|до|ко?|через|по|со?|об?|من|إلى|الى|على|عن|عند"

_CENTRE = (
    r"(?:in\s+)?downtown|(?:in\s+)?(?:the\s+)?old\s+(?:city|town)\s+of|"
    r"(?:in\s+)?(?:the\s+)?(?:city\s+|town\s+)?cent(?:re|er)\s+of(?:\s+the\s+city\s+of)?|"
    r"(?:في\s+)?(?:وسط|مركز)\s+مدينة|(?:в\s+)?центре?(?:\s+города)?"
)
_CENTRE_BEHIND = r"(?:city|town)\s+cent(?:re|er)|downtown|old\s+(?:city|town)|القديمة"
# Without a word for the road: "from X to Y".
_WAY_FROM = (
    r"(?:from|من|от|из)\s+(?P<first>.+?)\s+(?:to|towards?|إلى|الى|نحو|до|в|к)\s+(?P<second>.+)"
)

_PATTERNS: tuple[tuple[PhraseKind, str], ...] = (
    ("between", rf"(?:.+\s)??{_ROAD}\s+(?:\w+\s+)?{_FROM}\s+(?P<several>.+)"),
    ("between", rf"(?:.+\s)??{_BETWEEN}\s+(?P<several>.+)"),
    ("between", rf"(?:.+\s)??{_ROAD}\s+(?P<several>.+[-–—].+)"),
    ("between", rf"(?P<several>.+(?:[-–—]|\sto\s).+?)\s+(?:\w+\s+)?{_ROAD}"),
    ("between", rf"(?:.+\s)??{_WAY_FROM}"),
    ("offset", rf"(?P<name>.+?)['’]\w{{1,3}}\s+{_DISTANCE}\s+{_WAY}"),
    ("offset", rf"{_HEAD}{_ABOUT}{_DISTANCE}{_TO}{_WAY}{_OF}\s+(?P<name>.+)"),
    ("offset", rf"(?P<name>.+?)\s*[\s,،(]\s*{_ABOUT}{_DISTANCE}{_TO}{_WAY}\)?"),
    ("offset", rf"{_WAY}{_OF}\s+(?P<name>.+?)\s+(?:by\s+|بـ?\s*|بمسافة\s+|на\s+){_DISTANCE}"),
    (
        "offset",
        rf"{_HEAD}{_ABOUT}{_DISTANCE}\s+(?:away\s+)?(?:from|outside|of|от|من|عن)\s+(?P<name>.+)",
    ),
    (
        "direction",
        rf"{_HEAD}(?:to\s+the\s+|إلى\s+|к\s+|на\s+)?{_WAY}\s+(?:of|from|от|من)\s+(?P<name>.+)",
    ),
    ("direction", rf"{_HEAD}(?P<direction>{_RUSSIAN_SIDE})\s+(?P<name>.+)"),
    ("direction", rf"(?P<name>.+?)['’]\w{{1,3}}\s+{_WAY}"),
    ("countryside", rf"{_HEAD}(?:{_WIDE})\s+(?P<name>.+)"),
    ("countryside", rf"(?P<name>.+?)\s*(?:{_RURAL})"),
    ("near", rf"{_HEAD}(?:{_NEAR})\s+(?P<name>.+)"),
    ("near", rf"(?P<name>.+?)\s*(?<!\w)(?:{_AROUND})"),
    ("near", r"(?P<name>.+?)(?:['’]\w{1,3})?\s+(?:yakınlar|yakının|çevresi|civarı)\w*"),
    ("inside", rf"(?:{_CENTRE})\s+(?P<name>.+)"),
    ("inside", rf"(?P<name>.+?)(?:['’]s)?\s+(?:{_CENTRE_BEHIND})"),
    ("inside", rf"(?P<head>.+)\s+(?:{_INSIDE})\s+(?P<name>.+)"),
    ("inside", rf"(?:{_INSIDE}|{_TOWARDS})\s+(?P<name>.+)"),
)  # fmt: skip
_READERS = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS]
_HYPHENS = re.compile(r"\s+[-–—]+\s+|\s*[–—]\s*|-")
_ANDS = re.compile(
    r"\s+(?:and|or|to|&|и|или|до|إلى|و|أو|او)\s+|\s+و(?=[^\W\d_]{3})|\s*[,،;؛/]\s*(?:and\s+)?", re.I
)
_ROUTE = re.compile(
    rf"(?<!\w)(?:{_ROAD}|{_BETWEEN}|borders?|frontier|الحدود|حدود|границ[а-я]*"
    r"|(?:from|من|от|из)\s.+\s(?:to|إلى|الى|до|в))(?!\w)",
    re.IGNORECASE,
)
_MAX_PARTS = 4


def list_phrases(text: str) -> list[Phrase]:
    """All that a text may say, likeliest first; a plain name says nothing: []."""
    plain = " ".join(text.split())
    found: list[Phrase] = []
    has_number = any(character.isdecimal() for character in plain)
    for kind, reader in _READERS:
        match = reader.fullmatch(plain) if has_number or kind != "offset" else None
        if match is not None:
            read = _read(kind, {key: text for key, text in match.groupdict().items() if text})
            if kind == "offset" and not read:
                return []  # Too far: the rest of the text does not say where, either.
            found += read
    # "10 km north of" is not just "north of".
    return [said for said in found if said.kind == "offset"] or found


def _read(kind: PhraseKind, said: dict[str, str]) -> list[Phrase]:
    if "several" in said:
        return [Phrase(kind, names) for names in split_names(said["several"], tight=True)]
    if "first" in said:
        return [Phrase(kind, (said["first"].strip(" ,"), said["second"].strip(" ,")))]
    direction = find_direction(said["direction"]) if "direction" in said else None
    km = _find_km(said) if "number" in said else None
    if (km is not None and not 0 < km <= MAX_KM) or (kind == "direction" and direction is None):
        return []
    return [Phrase(kind, (said["name"].strip(" ,()"),), said.get("head", ""), km, direction)]


def _find_km(said: dict[str, str]) -> float:
    numbers = [float(said[key].replace(",", ".")) for key in ("number", "upto") if key in said]
    unit = said["unit"].casefold()
    scale = 1.0
    if not unit.startswith(("km", "kilo", "км", "кило", "ك")):
        scale = _KM_PER["mi" if unit.startswith(("mi", "ми", "ميل", "أم")) else "m"]
    return scale * sum(numbers) / len(numbers)


def split_names(text: str, tight: bool) -> list[tuple[str, ...]]:
    """The names that a text may list, two to four, each way to part it, likeliest first.

    Words and signs between names ("X and Y", "X / Y", "X; Y", "س و ص", "X и Y") part them
    everywhere. Of hyphens without spaces, if `tight` ones count, any one may: names have them too.
    """
    ways = [_clean(_ANDS.split(text))]
    hyphens = list(_HYPHENS.finditer(text))
    wide = [each for each in hyphens if each.group() != "-"]
    for signs in (wide, hyphens) if tight else (wide,):
        ends = [0, *(sign.end() for sign in signs)]
        starts = [*(sign.start() for sign in signs), len(text)]
        ways.append(_clean([text[end:start] for end, start in zip(ends, starts, strict=True)]))
    if tight:
        ways += [_clean([text[: sign.start()], text[sign.end() :]]) for sign in hyphens]
    return list(dict.fromkeys(way for way in ways if 1 < len(way) <= _MAX_PARTS))


def is_route(text: str) -> bool:
    """Whether a text speaks of a way between places, or of a border between areas."""
    return _ROUTE.search(text) is not None


def has_dash(text: str) -> bool:
    """Whether dashes or spaced hyphens part the text, as the ends of a way or of a row."""
    return any(sign.group() != "-" for sign in _HYPHENS.finditer(text))


def _clean(parts: list[str | None]) -> tuple[str, ...]:
    return tuple(part.strip() for part in parts if part and part.strip())
