"""Cells as numbers, dates and codes are read from them: without what no reader sees."""

from __future__ import annotations

import unicodedata
from itertools import chain

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_DASHES = "‐‑‒–—―−⁃⸺⸻﹘﹣－"
_OTHERS = {
    **{"٫": ".", "٬": ",", "،": ",", "؛": ";", "؟": "?", "ـ": "", "´": "'", "`": "'"},
    **{"ʹ": "'", "ʼ": "'", "′": "'", "‘": "'", "’": "'", "‚": "'", "‛": "'"},
    **{"ʺ": '"', "″": '"', "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"'},
    **{"º": "°", "˚": "°", "∼": "~", "～": "~", "≈": "~", "⁄": "/", "∕": "/"},
}


def _list_signs() -> dict[int, str]:
    signs: dict[int, str] = {}
    for number in chain(range(0x80, 0x3100), range(0xA000, 0xAC00), range(0xF900, 0x10000)):
        letter = chr(number)
        kind = unicodedata.category(letter)
        if kind == "Nd":  # of any script, also full-width ones
            signs[number] = str(unicodedata.decimal(letter))
        elif kind in ("Cf", "Cc"):  # marks of direction, joiners, soft hyphens
            signs[number] = ""
        elif kind in ("Zs", "Zl", "Zp"):
            signs[number] = " "
        elif 0xFE00 <= number <= 0xFE0F:  # which picture a letter has
            signs[number] = ""
        elif 0xFF01 <= number <= 0xFF5E:  # full width
            signs[number] = chr(number - 0xFEE0)
    signs |= {ord(dash): "-" for dash in _DASHES}
    return signs | {ord(sign): plain for sign, plain in _OTHERS.items()}


_SIGNS = _list_signs()


def plain_text(text: str) -> str:
    """A cell with plain digits, blanks, dashes and quotation marks, and without invisible signs.

    Digits of any script become 0 to 9; marks of direction, joiners and other signs that no reader
    sees go; of each run of blanks one is left. Letters stay as they are.
    """
    plain = text if text.isascii() else text.translate(_SIGNS)
    return " ".join(plain.split())


def plain_cells(cells: pd.Series) -> pd.Series:
    """A column of such cells; of a column in plain ASCII, only the blanks around its cells go."""
    texts = pa.array(cells, pa.large_string(), from_pandas=True)
    if pc.all(pc.string_is_ascii(texts)).as_py() is not False:
        return cells.str.strip()
    codes, uniques = pd.factorize(cells)
    plain = pd.Series([plain_text(text) for text in uniques], dtype="str")
    return plain.take(codes).set_axis(cells.index)
