"""Names of Iraq, Syria and their neighbours, and the ISO 3166-1 alpha-2 codes they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from incidents.columns import fold_name

_NAMES = {
    "IQ": "Iraq, IRQ, Republic of Iraq, Ирак, العراق, Irak",
    "SY": "Syria, SYR, Syrian Arab Republic, Сирия, سوريا, سورية, Syrie, Suriye",
    "IR": "Iran, IRN, Islamic Republic of Iran, Иран, إيران",
    "TR": "Turkey, Türkiye, TUR, Турция, تركيا",
    "JO": "Jordan, JOR, Иордания, الأردن",
    "LB": "Lebanon, LBN, Ливан, لبنان",
    "IL": "Israel, ISR, Израиль, إسرائيل",
    "KW": "Kuwait, KWT, Кувейт, الكويت",
    "SA": "Saudi Arabia, SAU, Саудовская Аравия, السعودية",
}
COUNTRY_CODES: dict[str, str] = {
    name: code for code, names in _NAMES.items() for name in names.split(", ")
}


def fold_codes(codes: Mapping[str, str]) -> dict[str, str]:
    """Fold the names of a table of country codes, so that they are found in any writing."""
    return {fold_name(name): code for name, code in codes.items()}


def find_code(text: str, folded: Mapping[str, str]) -> str | None:
    """Find the code of a country; two Latin letters are taken for a code already."""
    if re.fullmatch("[A-Za-z]{2}", text) is not None:
        return text.upper()
    return folded.get(fold_name(text))
