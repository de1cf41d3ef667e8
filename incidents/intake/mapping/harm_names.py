"""Names of columns of people harmed, read word by word: "Civ KIA", "Nb. of injured"."""

from __future__ import annotations

import re

from incidents.intake.checking.amount_words import plain_words
from incidents.table.columns import TOGETHER, range_name

_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORDS: dict[str, str] = {
    "killed": "killed kill kills killings dead died deaths death deceased fatalities fatality kia "
    "slain martyrs martyred убито убитые убитых убит погибло погибшие погибших погиб смертей "
    "قتلي قتيل قتل القتلي وفيات الوفيات شهداء الشهداء قتلوا",
    "wounded": "wounded wound wounds injured injuries injury wia hurt ранено раненые раненых ранен "
    "جرحي الجرحي جريح جرح اصابات الاصابات مصابين المصابين مصابون المصابون اصيبوا",
    TOGETHER.name: "casualties casualty victims жертв жертвы ضحايا الضحايا",
    "civilians": "civ civs civil civilian civilians noncombatants мирных мирные мирного населения "
    "гражданских гражданские гражданского مدنيين المدنيين مدنيون المدنيون مدني",
    "children": "child children kid kids minors minor infants детей дети ребенок اطفال الاطفال طفل",
    "coalition": "coalition us usa american americans friendly friendlies isaf коалиции коалиция "
    "التحالف",
    "security_forces": "isf security iraqi host nation hostnation силовиков الامن",
    "fighters": "enemy militants militant fighters fighter insurgents insurgent combatants "
    "боевиков боевики المسلحين مسلحين",
    "min": "min minimum low lowest least lower мин минимум минимальное ادني الادني اقل",
    "max": "max maximum high highest most upper макс максимум максимальное اقصي الاقصي اعلي الاعلي "
    "اكثر",
    "": "number no num nr nb n of the count total people persons person reported in and forces "
    "estimate estimated est qty quantity sum all people human confirmed action cnt "
    "число количество кол во всего людей человек عدد مجموع اجمالي اشخاص الاشخاص حد الحد من",
}
_KIND_OF = {plain_words(word): kind for kind, words in _WORDS.items() for word in words.split()}
_HARMS = frozenset(("killed", "wounded", TOGETHER.name))
_BOUNDS = frozenset(("min", "max"))


def read_harm_name(header: str) -> str:
    """The range, or its bound, that a name says word by word; "" where a word is not known.

    Killed and wounded in one name, and casualties, are `casualties`: never one of the two.
    """
    words = [plain_words(word) for word in _WORD.findall(_CAMEL.sub(" ", header).replace("_", " "))]
    kinds = {_KIND_OF.get(word, "?") for word in words} - {""}
    harms, bounds = kinds & _HARMS, kinds & _BOUNDS
    groups = kinds - harms - bounds
    if "?" in kinds or not harms or len(groups) > 1 or len(bounds) > 1:
        return ""
    if harms != {"killed"} and harms != {"wounded"}:
        return "" if groups or bounds else TOGETHER.name
    name = range_name(next(iter(groups), "all"), harms.pop())
    return f"{name}_{bounds.pop()}" if bounds else name
