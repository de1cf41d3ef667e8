"""What the marks of a map stand for, drawn below it."""

from collections.abc import Sequence

from geo.drawing.raster import measure
from geo.drawing.svg import draw_text, element

Key = tuple[str, str]
"""Classes of a sample, as the page's style sheet has them, or ""; and its words."""
LETTERS, ROW = 14, 24
"""Pixels of the letters, and from one row to the next."""
_GAP, _LARGE = 18, ("big", "cell", "dashed", "dotted")


def draw_legend(keys: Sequence[Key], x: float, y: float, width: float) -> tuple[str, int]:
    """Samples and their words in rows: SVG, and how many rows there are.

    Parameters
    ----------
    x, y, width
        Where the first row begins, its middle, and how wide all rows are at most.
    """
    drawn, left, row = [], x, 0
    for names, words in keys:
        room = (21 if names else 0) + measure(words, LETTERS)
        if left > x and left + room > x + width:
            left, row = x, row + 1
        middle = y + ROW * row
        if names:
            drawn.append(_draw_sample(names, left + 8, middle))
        drawn.append(draw_text(left + (21 if names else 0), middle + 5.0, words, "words"))
        left += room + _GAP
    return element("g", "".join(drawn), class_="legend"), row + 1


def _draw_sample(names: str, x: float, y: float) -> str:
    own = names.split()
    if "square" not in own:
        radius = 7.5 if any(each in _LARGE for each in own) else 5.0
        return element("circle", class_=names, cx=x, cy=y, r=radius)
    plain = " plain" if len(own) == 1 or "unknown" in own else ""
    box = element("rect", class_=f"{names}{plain}", x=x - 8, y=y - 6, width=15, height=12)
    lines = f"M{x - 6:.0f} {y + 5:.0f}l9 -9M{x - 1:.0f} {y + 5:.0f}l6 -6"
    return box + (element("path", class_="hatching", d=lines) if "unknown" in own else "")
