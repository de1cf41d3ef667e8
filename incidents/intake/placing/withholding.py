"""Names of places that a host hides, taken out of the texts of every row of a version.

`incidents.intake.placing.naming` judges a text by its own row. Here are the places of all rows of
which the place is hidden: "as in Hit the day before" tells where another incident was. What may be
shown, a governorate or a country, stays, and so does the place that a row shows as its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from geo.names.generic_words import split_class
from geo.names.mentions import list_forms
from geo.names.names import find_script, fold_parts, fold_tokens
from geo.places.boundaries import Boundaries
from geo.places.by_names import is_any
from geo.places.countries import COUNTRY_NAMES
from geo.places.gazetteer import Gazetteer
from geo.places.place_names import list_texts
from geo.places.points import Point, distance_km
from incidents.intake.placing.naming import PLACES, TEXTS
from incidents.table.columns import COLUMNS

WITHHELD = "[place withheld]"
_NEAR_KM = 30.0
"""How far the row may lie from a place of its name whose other names are hidden with it."""
_SHORTEST = 3
_LONG = 4
"""Letters of a name whose forms and compounds are looked for by how a word begins."""
_ENDINGS = {"latin": 3, "cyrillic": 5, "arabic": 3}
"""Letters that a form of a name may have behind it: "Asad's", "Мосульский", "الرماديين"."""
_ORDINARY = frozenset(("hit", "mare"))
"""Places of whose names English makes other words: in small letters they are these."""
_USUAL = frozenset(
    token for each in COLUMNS for choice in each.allowed for token in (choice, *choice.split())
)
_JOINED_AR = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل)|[وف]?[بكل]|[وف])(?=\w{3})")
# Hyphens, apostrophes, and marks and signs that are not seen.
_INNER = (
    r"'’‘ʼʻʿʾ`´\-‐‑\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670"
    r"\u00ad\u200b-\u200f\u2060\ufeff"
)
_WORD = re.compile(rf"[^\W_](?:[{_INNER}]*[^\W_])*")
_DOUBLED = re.compile(r"([^\W\d_])\1+")
_OWNED = re.compile(r"['’]s$", re.IGNORECASE)
_ADDRESS = re.compile(r"https?:|www\.", re.IGNORECASE)

_TEXTS = {
    "incidents": (
        *("type", "direction", "target", "target_name", "actor", "attribution", "weapon"),
        *("reported_by", "summary", "match_reason"),
    ),
    "reports": (
        *("publisher", "family", "voice", "title", "url", "says_date", "says_who", "says_actor"),
        *("note", "denied_by"),
    ),
    "claims": ("who", "said_by"),
}
"""What is read for hidden names; the places of a row are its own, and shown or not."""

Name = tuple[str, ...]


class _Token(NamedTuple):
    forms: frozenset[str]
    start: int
    end: int
    is_small: bool


class HiddenNames:
    """What the hidden places are called, in any letters."""

    def __init__(self, names: Iterable[str], shown: Iterable[str]) -> None:
        kept = {name for text in names for name in _list_names(text)}
        kept -= {name for text in shown for name in _list_names(text)}
        self._by_first: dict[str, list[Name]] = {}
        for name in sorted(kept, key=len, reverse=True):
            self._by_first.setdefault(name[0][:_SHORTEST], []).append(name)
        joined = {_drop_articles("".join(name)): name for name in kept if len(name) > 1}
        self._joined = {text: name for text, name in joined.items() if len(text) > _LONG}

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def withhold(self, text: str, own: frozenset[str] = frozenset()) -> str:
        """The text with each hidden name replaced; "" for an address that has one in it.

        `own` are the folded words of the place that the text's row shows.
        """
        tokens = _read(text)
        spans: list[tuple[int, int]] = []
        at = 0
        while at < len(tokens):
            taken = self._find(tokens, at, own)
            if taken:
                spans.append((tokens[at].start, tokens[at + taken - 1].end))
            at += taken or 1
        if spans and _ADDRESS.match(text):
            return ""
        for start, end in reversed(spans):
            text = text[:start] + WITHHELD + text[end:]
        return text

    def _find(self, tokens: Sequence[_Token], at: int, own: frozenset[str]) -> int:
        for form in tokens[at].forms:
            for name in self._by_first.get(form[:_SHORTEST], ()):
                if not own.issuperset(name) and _fits(tokens[at : at + len(name)], name):
                    return len(name)
            if len(form) > _LONG and self._joined:
                bare = _drop_articles(form)
                for joined, name in self._joined.items():
                    if bare.startswith(joined) and not own.issuperset(name):
                        return 1
        return 0


def find_hidden_names(
    incidents: pd.DataFrame, boundaries: Boundaries, gazetteer: Gazetteer
) -> HiddenNames:
    """What the places of these rows are called: by the table, and by the gazetteer nearby."""
    names: set[str] = set()
    for column, lat, lon in (("place", "lat", "lon"), ("origin", "origin_lat", "origin_lon")):
        cells = incidents[[column, lat, lon, "country"]].drop_duplicates().dropna(subset=[column])
        for name, *point, country in cells.itertuples(index=False):
            here = None if pd.isna(point[0]) or pd.isna(point[1]) else Point(*map(float, point))
            names |= {name, *_list_others(gazetteer, name, here, country)}
    for site in incidents["site"].dropna().unique():
        names |= set(_list_written_large(site))
    shown = [
        text
        for each in boundaries.governorates
        for text in (each.gov, each.name_ar, each.name_ru, *_list_names_of(gazetteer, each.gov))
    ]
    shown += [text for texts in COUNTRY_NAMES.values() for text in texts.split(";")]
    return HiddenNames(names, shown)


def _list_names_of(gazetteer: Gazetteer, gov: str) -> list[str]:
    """All names of a governorate that may be shown."""
    place = gazetteer.find_governorate(gov)
    return [] if place is None else list_texts(place)


def withhold_everywhere(tables: dict[str, pd.DataFrame], hidden: HiddenNames) -> None:
    """Withhold the hidden names in every text of coarse tables, in place."""
    if not hidden:
        return
    for table, names in _TEXTS.items():
        frame = tables[table]
        beside = frame if table == "incidents" else set_beside(frame, tables["incidents"])
        owns = [frozenset(_list_tokens(" ".join(cells))) for cells in _list_own(beside)]
        for name in names:
            if name in frame:
                frame[name] = _withhold(frame[name], owns, hidden)


def set_beside(frame: pd.DataFrame, incidents: pd.DataFrame) -> pd.DataFrame:
    """Rows of reports or claims with what the table says of their incident."""
    names = ["incident", *(name for name in (*PLACES, *TEXTS) if name in incidents)]
    cells = incidents[list(dict.fromkeys(names))].drop_duplicates("incident")
    own = [name for name in cells if name == "incident" or name not in frame]
    return frame.merge(cells[own], on="incident", how="left").set_axis(frame.index)


def _list_own(beside: pd.DataFrame) -> list[list[str]]:
    cells = beside[[each for each in PLACES if each in beside]].astype("object").fillna("")
    return [list(map(str, row)) for row in cells.itertuples(index=False)]


def _withhold(texts: pd.Series, owns: list[frozenset[str]], hidden: HiddenNames) -> pd.Series:
    done: dict[tuple[str, frozenset[str]], str | None] = {}
    found = []
    for text, own in zip(texts, owns, strict=True):
        key = text, own
        if isinstance(text, str) and key not in done:
            done[key] = hidden.withhold(text, own) or None
        found.append(done[key] if isinstance(text, str) else None)
    return pd.Series(found, index=texts.index, dtype="str")


def _list_others(gazetteer: Gazetteer, name: str, here: Point | None, country: object) -> list[str]:
    places = (each.place for each in gazetteer.find(*fold_parts(name)))
    return [
        text
        for place in places
        if place.kind != "governorate"
        if country in (None, place.country)
        if here is None or distance_km(here, place.point) <= _NEAR_KM
        for text in list_texts(place)
    ]


def _list_written_large(site: str) -> list[str]:
    """The names in a sentence on where exactly: its words that are not in small letters."""
    runs: list[list[str]] = [[]]
    end = 0
    for word in _WORD.finditer(site):
        is_apart = bool(site[end : word.start()].strip())
        if word.group().islower() or is_apart:
            runs.append([])
        if not word.group().islower():
            runs[-1].append(word.group())
        end = word.end()
    return [" ".join(run) for run in runs if run]


@lru_cache(maxsize=1 << 14)
def _list_names(text: str) -> tuple[Name, ...]:
    """A name as folded words: whole, and without the words for what kind of place it is."""
    tokens = [_squeeze(token) for token in fold_tokens(text)]
    bare = [_squeeze(token) for token in split_class(fold_tokens(text))[0]]
    found = {tuple(tokens), tuple(bare)}
    return tuple(name for name in found if _tells(name))


def _tells(name: Name) -> bool:
    text = " ".join(name)
    return (
        len(text) >= _SHORTEST
        and any(len(token) >= _SHORTEST and not token.isdecimal() for token in name)
        and text not in _USUAL
        and not is_any(text)
    )


@lru_cache(maxsize=1 << 14)
def _list_tokens(text: str) -> tuple[str, ...]:
    return tuple(form for token in _read(text) for form in token.forms)


def _read(text: str) -> list[_Token]:
    found: list[_Token] = []
    words = list(_WORD.finditer(text))
    for word, following in pairwise([*words, None]):
        assert word is not None
        for forms in _fold_word(word.group(), following.group() if following else ""):
            found.append(_Token(forms, word.start(), word.end(), word.group().islower()))
    return found


@lru_cache(maxsize=1 << 16)
def _fold_word(word: str, following: str) -> tuple[frozenset[str], ...]:
    """What a word may be a form of, part by part; nothing for an article."""
    word = _OWNED.sub("", word)
    tail = len(fold_tokens(following))
    whole = fold_tokens(f"{word} {following}")
    own = whole[: len(whole) - tail] if tail else whole
    if len(own) != 1:
        return tuple(frozenset((_squeeze(token),)) for token in own)
    forms = {own[0], *(each for form in list_forms(word.lower()) for each in fold_tokens(form))}
    if find_script(own[0]) == "arabic":
        forms |= {each for form in [word, *forms] for each in fold_tokens(_JOINED_AR.sub("", form))}
    return (frozenset(map(_squeeze, forms)),)


def _fits(tokens: Sequence[_Token], name: Name) -> bool:
    return len(tokens) == len(name) and all(
        _is_form(token, part, len(name)) for token, part in zip(tokens, name, strict=True)
    )


def _is_form(token: _Token, part: str, parts: int) -> bool:
    if part in token.forms:
        return not (parts == 1 and part in _ORDINARY and token.is_small)
    script = find_script(part) or "other"
    if len(part) < _LONG and script != "arabic":
        return False
    stem = part[:-1] if script == "cyrillic" and len(part) > _LONG else part
    rest = _ENDINGS.get(script, 0)
    return any(form.startswith(stem) and len(form) - len(stem) <= rest for form in token.forms)


def _drop_articles(token: str) -> str:
    """What is written as one word, "AinAlAsad", without the articles in it."""
    return token.replace("al", "").replace("el", "").replace("ال", "")


def _squeeze(token: str) -> str:
    squeezed = _DOUBLED.sub(r"\1", token)
    return squeezed if len(squeezed) >= _SHORTEST else token
