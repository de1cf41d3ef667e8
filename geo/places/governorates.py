"""Governorates of Iraq and Syria by every name and code that tables write: the one table of them.

`governorates.csv` beside this module has a line for each: country (ISO 3166-1), our name of it
(English, as everything keeps it), its number at GeoNames, which is that of FIPS 10-4, OCHA's
P-code, ISO 3166-2, and its other names in English, Arabic, Russian, Kurdish, Turkish and French,
as ACLED, UCDP, GTD, Airwars, OCHA, Iraq Body Count and newspapers spell them, with former names
and codes.
"""

import csv
import re
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from geo.names.likeness import find_shape, find_similar
from geo.names.mentions import list_mentioned, rewrite_mention
from geo.names.names import find_script, fold_tokens, unify_characters
from geo.places.countries import find_country_code

_TABLE = Path(__file__).with_suffix(".csv")
_FIPS = {"IQ": "IZ", "SY": "SY"}

# What tables put before or behind the name, in any of the languages.
_WORDS = frozenset(
    (
        *("governorate", "governorates", "gov", "govt", "province", "prov", "muhafazah", "liwa"),
        *("muhafazat", "muhafaza", "mohafazat", "wilayat", "wilaya", "gouvernorat", "vilayeti"),
        *("ili", "valiligi", "parezgeha", "parezga", "state", "of", "de", "du", "the", "admin1"),
        *("محافظه", "ولايه", "پاريزگاي", "پاريزگا", "استان", "провинция", "провинции", "мухафаза"),
        *("мухафазы", "провинцию", "мухафазе"),
    )
)
# Their countryside is in the governorate of the same name; that of Damascus is one of its own.
_RURAL = re.compile(
    r"(?<!\w)(?:countryside|rural|rif|reef|ريف|kırsalı|campagne|пригород\w{0,3}|сельск\w{2,3})(?!\w)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[(),،;/|]|\s[-–—]\s")
# The article, where it is written together with the name: "Alanbar", "Arraqqah".
_ARTICLE = re.compile(r"^(?:[ae]l(?=\w{4})|[ae]([dnrstz])(?=\1))")
_LEAST_CONSONANTS = 3


class Governorate(NamedTuple):
    """A governorate: the ISO code of its country, and our name of it."""

    country: str
    gov: str


class _Table(NamedTuple):
    govs: dict[str, set[Governorate]]  # by folded name
    codes: dict[str, Governorate]
    numbers: dict[str, Governorate]  # by FIPS code
    texts: dict[Governorate, tuple[str, ...]]


@cache
def _read() -> _Table:
    table = _Table(defaultdict(set), {}, {}, {})
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            one = Governorate(row["country"], row["gov"])
            texts = (one.gov, *row["names"].split(";"))
            table.texts[one] = texts
            for text in texts:
                table.govs[_fold(text)].add(one)
            for code in (row["pcode"], row["iso"], f"{one.country}.{row['geonames']}"):
                table.codes[code] = one
            table.numbers[f"{_FIPS[one.country]}{row['geonames']}"] = one
    # Syria's FIPS codes are P-codes of other governorates.
    table.codes.update({c: one for c, one in table.numbers.items() if c not in table.codes})
    return table


def _fold(text: str) -> str:
    tokens = fold_tokens(text)
    return "".join(token for token in tokens if token not in _WORDS) or "".join(tokens)


@lru_cache(maxsize=1 << 14)
def find_gov(name: str, country: str | None = None, is_fips: bool = False) -> Governorate | None:
    """The governorate that a cell names or codes; None for all else, and for two of them.

    Any spelling of the table, or one that differs from a long name by a vowel or a doubled letter;
    where the country is known (an ISO code), short names may, too. "Aleppo (Syria)" is Aleppo,
    "Aleppo, Pennsylvania" is not. `is_fips` says that codes of the table are FIPS 10-4, as those of
    GDELT: "SY08" is then Rif Dimashq, else OCHA's Hasakah.
    """
    code = re.sub(r"\s", "", unify_characters(name)).upper()
    table = _read()
    found = (table.numbers if is_fips and code in table.numbers else table.codes).get(code)
    if found is not None:
        return found if country in (None, found.country) else None
    parts = [part for part in _PARTS.split(name) if fold_tokens(part)]
    if len(parts) > 1:
        rest = [part for part in parts if find_country_code(part) not in _FIPS]
        each = {_find_name(part, country) for part in rest}
    else:
        each = {_find_name(name, country)}
    return each.pop() if len(each) == 1 else None


def _find_name(name: str, country: str | None) -> Governorate | None:
    key = _fold(name)
    keys = [key, _ARTICLE.sub("", key)] if find_script(key) == "latin" else [key]
    for each in keys:
        found = _narrow(_read().govs.get(each, set()), country)
        if found is not None:
            return found
    found = next((one for each in keys if (one := _find_alike(each, country))), None)
    if found is not None:
        return found
    mention = rewrite_mention(name)
    wider = _RURAL.sub(" ", mention)
    if wider != mention:
        inner = _find_name(wider, country)
        return Governorate("SY", "Rif Dimashq") if inner == ("SY", "Damascus") else inner
    return _find_mentioned(mention, country)


def _find_mentioned(mention: str, country: str | None) -> Governorate | None:
    """What a name in another case form, or behind its preposition, is a form of."""
    forms = list_mentioned(mention)
    found = {one for f in forms if (one := _narrow(_read().govs.get(_fold(f), set()), country))}
    return found.pop() if len(found) == 1 else None


def _narrow(found: set[Governorate], country: str | None) -> Governorate | None:
    fitting = [one for one in found if country in (None, one.country)]
    return fitting[0] if len(fitting) == 1 else None


@cache
def _read_script(
    script: str | None,
) -> tuple[dict[str, set[Governorate]], dict[str, set[str]]]:
    """Folded names of one script, and those of each shape: see `find_shape`."""
    govs = {key: ones for key, ones in _read().govs.items() if find_script(key) == script}
    shapes: dict[str, set[str]] = defaultdict(set)
    for key in govs:
        shapes[find_shape(key)].add(key)
    return govs, shapes


def _find_alike(key: str, country: str | None) -> Governorate | None:
    script = find_script(key)
    if script == "arabic":
        return None  # It writes few vowels: another letter makes another name.
    govs, shapes = _read_script(script)
    # "Baghdadi" is of Baghdad, and a town elsewhere.
    similar = {text for text, _ in find_similar(key, list(govs)) if key[:-1] != text}
    if not similar and country is not None:
        shape = find_shape(key)
        if sum(letter.isalpha() for letter in shape) >= _LEAST_CONSONANTS:
            similar = shapes.get(shape, set())
    found: set[Governorate] = set().union(*(govs[text] for text in similar))
    return _narrow(found, country)


def find_nearest_gov(name: str, country: str | None = None) -> str | None:
    """Our name of the governorate whose name looks most like a text; None if none does at all."""
    govs = _read().govs
    keys = [key for key, ones in govs.items() if any(country in (None, o.country) for o in ones)]
    best = process.extractOne(_fold(name), keys, scorer=fuzz.ratio, score_cutoff=50)
    return None if best is None else sorted(govs[best[0]])[0].gov


def list_spellings(gov: str) -> tuple[str, ...]:
    """Every name of the table for a governorate that is named in any way; () for none."""
    one = find_gov(gov)
    return () if one is None else _read().texts[one]


def name_gov(country: str, number: str) -> str:
    """Our name of a governorate that GeoNames numbers; "" for a number of none."""
    found = _read().codes.get(f"{country}.{number.zfill(2)}")
    return "" if found is None else found.gov
