"""Names of countries and the ISO 3166-1 alpha-2 codes they stand for, as tables write them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from geo.countries import COUNTRY_NAMES
from incidents.columns import fold_name

COUNTRY_CODES: dict[str, str] = {
    name: code for code, names in COUNTRY_NAMES.items() for name in names.split(";")
}
"""Code by name, in English, Arabic and Russian: one table with the geocoder's."""


def fold_codes(codes: Mapping[str, str]) -> dict[str, str]:
    """Fold the names of a table of country codes, so that they are found in any writing."""
    return {fold_name(name): code for name, code in codes.items()}


def find_code(text: str, folded: Mapping[str, str]) -> str | None:
    """Find the code of a country; two Latin letters are taken for a code already."""
    if re.fullmatch("[A-Za-z]{2}", text) is not None:
        return text.upper()
    return folded.get(fold_name(text))
