"""Names as Russian and Arabic sentences mention them, led back to how a gazetteer lists them.

Nothing here knows any place: each form only counts where it is then found.
"""

import re

from geo.names.names import find_script
from geo.names.russian_cases import list_nominatives

_NATIONS_RU = (
    r"(?:сирийск|иракск|турецк|российск|американск|иранск|израильск|ливанск|иорданск|британск|"
    r"французск|курдск|международн|правительственн|одноим[её]нн)[а-яё]{1,4}"
)
_NATION_RU = re.compile(rf"(?<!\w){_NATIONS_RU}\s+(?=\w)", re.IGNORECASE)
_AREA_RU = re.compile(
    r"(?<=\w)[,]?\s+(?:что\s+)?(?:в\s+|на\s+)?(?:(?:северн|южн|восточн|западн|юго-|северо-)\w*\s+)?"
    r"(?:провинци[ияейю]+|мухафаз[аыеу])\s+(?=\w)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[«»\"“”„]")

_NATIONS_AR = (
    "الأمريكية|الامريكية|الأميركية|الاميركية|الأمريكي|الأميركي|الامريكي|العراقية|العراقي|السورية|السوري|"
    "التركية|التركي|الروسية|الروسي|الإيرانية|الايرانية|الإيراني|الإسرائيلية|الاسرائيلية|البريطانية|الفرنسية|"
    "الكردية|الدولية"
)
_NATION_AR = re.compile(rf"(?<=\w)\s+(?:{_NATIONS_AR})(?!\w)")
_CLASS_AR = (
    "ريف|محافظة|محافظه|مدينة|مدينه|بلدة|بلده|قرية|قريه|منطقة|منطقه|ناحية|قضاء|محيط|قاعدة|مطار|حي|"
    "مخيم|معسكر|ضواحي|أطراف|مشارف|وسط|شمال|جنوب|شرق|غرب|شمالي|جنوبي|شرقي|غربي"
)
_JOINED_AR = re.compile(rf"(?<!\w)ب(?=(?:{_CLASS_AR})(?!\w)|ال\w{{3}})")
_FOR_AR = re.compile(r"(?<!\w)لل(?=\w{3})")
_SIDE_AR = re.compile(
    r"(?<=\w)\s+(?:الواقعة\s+|الواقع\s+)?(?:في\s+)?(?:إلى\s+|الى\s+)?"
    r"(?:ال)?(?:شمالي?|جنوبي?)?\s*(?:ال)?(?:شمالي?|جنوبي?|شرقي?|غربي?)\s+(?=(?:مدينة|بلدة|ال)?\w{3})"
)
# Prepositions, as columns have them that were cut out of sentences.
_BEFORE = re.compile(r"^(?:(?:in|во?|из|под|في|من|إلى|الى|ل)[,\s]+|[بلو](?=\w{3}))", re.IGNORECASE)
_MIN_LEFT = 3
# Heard alike at the end of a word: "Багус" is "Багуз".
_LAST_SOUNDS = dict(zip("сзтдпбфвкг", "зсдтбпвфгк", strict=True))


def rewrite_mention(text: str) -> str:
    """The text without what only its sentence needs; texts in other letters stay.

    Adjectives of nationality go, prepositions that are written together with their noun are
    parted from it, and a governorate behind a name is set off by a comma. "сирийском городе
    Ракка" is "городе Ракка", "سراقب بريف إدلب" is "سراقب في ريف إدلب".
    """
    script = find_script(text)
    if script == "cyrillic":
        plain = _NATION_RU.sub("", _QUOTED.sub(" ", text))
        return " ".join(_AREA_RU.sub(", провинция ", plain).split())
    if script == "arabic":
        plain = _FOR_AR.sub("ل ال", _NATION_AR.sub("", text))
        return " ".join(_JOINED_AR.sub("في ", plain).split())
    return text


def list_forms(name: str) -> list[str]:
    """Plain names that a mention may be a form of: nominatives, without a joined preposition."""
    script = find_script(name)
    if script == "cyrillic":
        other = _LAST_SOUNDS.get(name[-1:])
        return [*list_nominatives(name), *([name[:-1] + other] if other else [])]
    if script == "arabic":
        return [name[1:]] if name[:1] in "بلو" and len(name) > _MIN_LEFT else []
    return []


def list_mentioned(text: str) -> list[str]:
    """What an area that a cell mentions may be called: "в Анбаре", "بالأنبار", "in Anbar"."""
    plain = _BEFORE.sub("", rewrite_mention(text))
    return [plain, *list_forms(plain)]


def part_side(name: str) -> tuple[str, str] | None:
    """Part "سراقب شرق إدلب" into what lies there and beside what; None where nothing says so."""
    found = _SIDE_AR.search(name) if find_script(name) == "arabic" else None
    return None if found is None else (name[: found.start()], name[found.end() :])
