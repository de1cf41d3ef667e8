"""The font of icons, cut down to those that can be shown: 20 kB instead of 375.

Streamlit's page loads the whole font, 3,800 icons, before it shows the first one.
"""

import io
import re
from collections.abc import Iterable, Iterator
from string import ascii_lowercase, digits

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

_NAMED = re.compile(r":material/(\w+):|iconName:[`\"'](\w+)[`\"']")
LETTERS = f"{ascii_lowercase}{digits}_"


def find_icon_names(texts: Iterable[str]) -> set[str]:
    """Names of icons that scripts, ours or Streamlit's, write out."""
    return {one or other for text in texts for one, other in _NAMED.findall(text)}


def cut_icons(font: bytes, names: Iterable[str]) -> bytes:
    """The font (WOFF2) with the icons of these names alone; a name it does not have is left out.

    An icon is a ligature: the letters of its name become one glyph. Letters stay, so that a name
    without an icon is read as a word.
    """
    with TTFont(io.BytesIO(font)) as whole:
        glyphs, wanted = dict(_list_ligatures(whole)), set(names)
        options = Options()
        options.flavor = "woff2"
        options.layout_features = ["*"]
        # Else the letters bring back every icon whose name they spell.
        options.layout_closure = False
        cutter = Subsetter(options)
        kept = [glyph for name, glyph in glyphs.items() if name in wanted]
        cutter.populate(unicodes=[ord(letter) for letter in LETTERS], glyphs=kept)
        cutter.subset(whole)
        written = io.BytesIO()
        whole.flavor = "woff2"
        whole.save(written)
    return written.getvalue()


def _list_ligatures(font: TTFont) -> Iterator[tuple[str, str]]:
    """Names of icons and their glyphs."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            inner = getattr(table, "ExtSubTable", table)
            for first, ligatures in getattr(inner, "ligatures", {}).items():
                for each in ligatures:
                    name = "".join(letters.get(glyph, "?") for glyph in (first, *each.Component))
                    yield name, each.LigGlyph
