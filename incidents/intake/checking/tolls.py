"""Several numbers in one cell: "3 killed, 5 wounded", "3 (incl. 1 child)".

Read only where every word is known: a cell of which a word is not understood is no number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from incidents.intake.checking.amount_words import NUMBERS, Bounds, plain_words
from incidents.intake.checking.amounts import drop_repeats, read_amount
from incidents.table.columns import HARMS, range_name

_LONGEST = 200  # letters
_STEMS: dict[str, tuple[str, ...]] = {
    "killed": (
        *("kill", "dead", "died", "death", "fatal", "slain", "martyr", "deceased"),
        *("убит", "погиб", "скончал"),
        *("قتل", "قتيل", "مقتل", "وفاه", "وفيات", "متوف", "شهيد", "شهداء", "استشه", "مصرع"),
        *("كشته", "جان باخت"),
        *("يقتل", "تقتل", "يستشه"),
    ),
    "wounded": (
        *("wound", "injur", "hurt", "ранен", "пострада", "травм"),
        *("زخم", "مجروح"),
        *("جرح", "جريح", "اصاب", "مصاب", "اصيب", "يجرح", "يصاب", "يصب"),
    ),
    "children": (*("child", "toddler", "ребен", "младен", "طفل", "اطفال", "رضيع", "كودك"),),
    "civilians": ("civilian", "мирн", "гражданск", "مدني", "غيرنظامي"),
    "fighters": ("militant", "fighter", "боевик", "مسلح"),
    "": (
        *("women", "woman", "girl", "soldier", "police", "officer", "guard"),
        *("journalist", "medic", "personnel", "troop", "female", "male", "elderly"),
        *("женщин", "мужчин", "солдат", "полиц", "военн", "сотрудник"),
        *("امراه", "نساء", "رجل", "رجال", "جندي", "جنود", "شرط", "ضابط", "عنصر", "عناصر"),
    ),
}
"""How words begin that say what became of whom; "" is somebody whom no column of ours counts."""
_WORDS: dict[str, str] = {
    word: what
    for what, words in {
        "killed": "kia умер умерла умерло умерли умерших смерть смерти смертей",
        "wounded": "wia",
        "children": "kid kids minor minors infant infants baby babies дети детей детям детьми",
        "civilians": "civ civs",
        "": "man men boy boys",
    }.items()
    for word in words.split()
}
"""The same for whole words: "infantry" are no infants, who is kidnapped is no kid."""
_NEEDLESS = frozenset(
    (
        *("people", "person", "persons", "others", "other", "were", "was", "are", "is", "the"),
        *("in", "total", "reported", "reportedly", "with", "also", "another"),
        *("confirmed", "unconfirmed", "allegedly", "alleged"),
        *("подтверждено", "неподтвержденные", "неподтвержденных", "مؤكد", "مؤكدين"),
        *("человек", "человека", "чел", "чел.", "людей", "житель", "жителей", "еще", "получили"),
        *("us", "american", "iraqi", "syrian", "turkish", "iranian", "kurdish", "russian"),
        *(
            "سقوط",
            "اسفر",
            "عن",
            "ادي",
            "خلف",
            "ранения",
            "شخص",
            "نفر",
            "تن",
            "اشخاص",
            "شخصا",
            "اخرون",
            "اخرين",
            "اخر",
            "بجروح",
            "الي",
            "من",
        ),
    )
)
_OF_THEM = re.compile(
    r"(?:\bincluding|\bincl\b\.?|\binc\b\.?|\bamong them|\bamong whom|\bof them|\bof whom|"
    r"\bof which|\bвключая|\bв том числе|\bв т\. ?ч\.|\bиз них|\bсреди них|\bиз которых|"
    r"\bمن بينهم|\bبينهم|\bبمن فيهم|\bبما في ذلك|\bمنهم|\bفيهم)\s*:?"
)
_BREAK = re.compile(
    r"(?<!\d),|,(?!\d{3}\b)|[;()&]|\s\+\s|\s/\s|(?<=[^\W\d])/(?=\s*\d)|\s(?:and|plus|и|а также)\s"
)
# "3KIA"; "2 of them children"; minor injuries are nobody's.
_JOINED = re.compile(r"(?<=\d)(?=[kw]ia\b)")
_COUNT_FIRST = re.compile(r"(\S+)\s+(of them|of whom|из них|منهم|من بينهم)(?=\s)")
# A family of five is five; of "a family" nobody knows how many.
_FAMILY = re.compile(
    r"\b(?:a |one |1 )?family of (?=\S)|\s(?:family members|(?:members )?(?:of|from) "
    r"(?:a|an|the|one|the same)(?: single| same)? family)\b"
)
_SLIGHT = re.compile(
    r"(?<!no )(?<!without )\b(?:minor|slight|light|serious|severe|critical) (?=injur|wound)"
)
_HEARD = re.compile(r"report|confirm|alleg|подтвержд|сообщ|مءكد|موكد|ابلغ")
_SHORT = re.compile(r"(?<=\d)\s*([kw])\b(?!\w)")
_SHORTS = re.compile(r"\d\s*k\b.*\d\s*w\b|\d\s*w\b.*\d\s*k\b")
_FRAME = re.compile(r"\b(?:between|from|от|بين|من)\s+(\d+)\s+(?:and|to|до|و|الي)\s*(\d+)")
_SUBSET, _END = "@of", ","
_ARTICLES = frozenset(("a", "an"))

Toll = dict[str, Bounds]
"""Bounds by the name of their range: `killed`, `children_killed`."""


@dataclass
class _Clause:
    """One number and of whom it is; `number` is what a word says without one ("a child")."""

    is_subset: bool
    harm: str = ""
    group: str | None = None
    number: int | None = None
    rest: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return bool(self.harm) and self.read() is not None

    def read(self) -> Bounds | None:
        if self.rest:
            return read_amount(" ".join(self.rest))
        return None if self.number is None else (self.number, self.number)


def read_toll(text: str, harm: str = "", group: str = "all") -> Toll | None:
    """What a cell says of people killed and wounded; None where it is not understood.

    Parameters
    ----------
    harm, group
        What the column counts, and of whom. Without a harm, a number must say which it is.
    """
    plain = plain_words(text)
    if len(plain) > _LONGEST:
        return None
    if not harm and read_amount(plain) == (0, 0):
        return {range_name(group, each): (0, 0) for each in HARMS}
    clauses = list(_cut(drop_repeats(plain)))
    if not clauses or any(clause is None for clause in clauses):
        return None
    if _HEARD.search(plain) and any(each is not None and each.read() == (0, 0) for each in clauses):
        return None  # "none reported" and "no confirmed ones" do not say that there was none
    return _add_up([clause for clause in clauses if clause is not None], harm, group)


def _add_up(clauses: list[_Clause], harm: str, group: str) -> Toll | None:
    """Put clauses together; groups of one harm without a number of all leave that unknown.

    Of whom "including 2 children" is after killed and wounded, nobody says: it is left out.
    """
    toll: Toll = {}
    current = harm or next((each.harm for each in clauses if each.harm), "")
    wholes = Counter(_list_harms(clauses, current))
    seen: set[str] = set()
    for clause in clauses:
        bounds = clause.read()
        current = clause.harm or current
        if bounds is None or not current:
            return None
        is_alone = not clause.is_subset and wholes[current] == 1
        seen |= {current}
        if clause.is_subset and not clause.harm and len(seen) > 1:
            continue
        # That no civilian was killed says nothing of the others.
        tells_all = is_alone and bounds != (0, 0)
        if clause.group == "" and not tells_all:
            continue
        name = range_name(clause.group or group, current)
        if name in toll:
            return None
        toll[name] = bounds
        if clause.group and tells_all:
            toll[range_name(group, current)] = bounds
    return toll or None


def _list_harms(clauses: list[_Clause], current: str) -> Iterator[str]:
    """The harm of each clause that is no part of another."""
    for clause in clauses:
        current = clause.harm or current
        if not clause.is_subset:
            yield current


def _cut(plain: str) -> Iterator[_Clause | None]:
    """The clauses of a cell; None for one with a word that nobody knows."""
    text = _FAMILY.sub(" ", plain)
    if _SHORTS.search(plain):  # "3k" alone is three thousand, if anything
        text = _SHORT.sub(lambda found: {"k": " killed", "w": " wounded"}[found[1]], text)
    text = _SLIGHT.sub("", _JOINED.sub(" ", _FRAME.sub(r"\1-\2", text)))
    text = _COUNT_FIRST.sub(r"\2 \1", text)
    text = _BREAK.sub(f" {_END} ", _OF_THEM.sub(f" {_END} {_SUBSET} ", text))
    clause = _Clause(is_subset=False)
    for word in _list_words(text):
        if word in (_END, _SUBSET):
            is_subset = clause.is_subset or word == _SUBSET
            if clause.rest or clause.number is not None or clause.harm:
                yield clause
                clause = _Clause(is_subset)
            clause.is_subset = is_subset
            continue
        what = _find(word)
        begins_anew = word[0].isdigit() if what is None else what in HARMS and what != clause.harm
        if begins_anew and clause.is_whole:
            yield clause
            clause = _Clause(is_subset=False)
        if not _take(clause, word, what):
            yield None
            return
    if clause.rest or clause.number is not None or clause.harm:
        yield clause


def _take(clause: _Clause, word: str, what: str | None) -> bool:
    """Add a word to a clause; False if the clause says something else already."""
    if what in HARMS:
        if clause.harm not in ("", what):
            return False
        clause.harm = str(what)
    elif what is not None:
        clause.group = what
    if what is not None:
        clause.number = clause.number or _count_alone(word)
    elif word in _NUMBER_OF:
        clause.number = _NUMBER_OF[word]
    elif word in _ARTICLES:
        clause.number = 1
    elif word not in _NEEDLESS:
        clause.rest.append(word)
    return True


def _find(word: str) -> str | None:
    """What a word says, by how it begins: see `_STEMS`."""
    bare = word.removeprefix("ال")
    if word in _WORDS:
        return _WORDS[word]
    return next(
        (
            what
            for what, stems in _STEMS.items()
            if word.startswith(stems) or bare.startswith(stems)
        ),
        None,
    )


_ALONE = {
    1: "child baby infant civilian woman man girl boy soldier ребенок طفل طفله قتيل جريح مصاب مدني "
    "شخص شهيد جندي امراه",
    2: "طفلان طفلين طفلتان قتيلان قتيلين جريحان جريحين مصابان شخصان شخصين شهيدان مدنيان "
    "امراتان جنديان",
}
_NUMBER_OF = {word: number for number, words in _ALONE.items() for word in words.split()}


def _count_alone(word: str) -> int | None:
    """How many a word says by itself: طفلان are two children. "child" without a number is one."""
    return _NUMBER_OF.get(word)


def _list_words(text: str) -> Iterable[str]:
    """Words without the marks around them; an Arabic "and" begins a clause of its own."""
    for word in text.replace(":", " ").split():
        bare = word.strip(".\"'")
        joined = bare[1:]
        if bare.startswith("و") and _find(bare) is None and _begins_clause(joined):
            yield _END
            bare = joined
        if bare and bare != "-":
            yield bare


def _begins_clause(word: str) -> bool:
    """Whether a word behind an Arabic "and" is a number or a word of people."""
    return word[:1].isdigit() or word in NUMBERS or _find(word) is not None or word == ""
