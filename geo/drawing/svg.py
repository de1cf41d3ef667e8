"""SVG as text: elements, words, outlines. Whatever is told is escaped."""

import re
from collections.abc import Iterable
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold, not even escaped."""
_ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
TENTHS = 10
"""Outlines are told in tenths of a pixel, as whole numbers: short, and exact enough."""


def clean(text: str) -> str:
    """The text on one line and without what XML cannot hold; not escaped."""
    return " ".join(_UNSPEAKABLE.sub("\ufffd", text).split())


def element(name: str, content: str = "", /, **attributes: Any) -> str:
    """One element. `content` is SVG; attributes are values, named ``class_`` or ``stroke_width``.

    An attribute of None is left out, a number is rounded to hundredths.
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_write(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>"


def draw_text(x: float, y: float, text: str, class_: str, **attributes: Any) -> str:
    """One line of plain text, its baseline at `y`. Arabic takes letters of its own."""
    words = clean(text)
    letters = f"{class_} arabic" if _ARABIC.search(words) else class_
    return element("text", escape(words), class_=letters, x=x, y=y, **attributes)


def write_title(words: str) -> str:
    """What an element says when it is pointed at, and to who does not see it."""
    return element("title", escape(clean(words)))


def draw_outline(rings: Iterable[NDArray[np.float64]], is_closed: bool = True) -> str:
    """The ``d`` of a path in `TENTHS` of pixels. `rings` are points of shape (n, 2) in pixels."""
    return "".join(_draw_ring(ring, is_closed) for ring in rings)


def _draw_ring(ring: NDArray[np.float64], is_closed: bool) -> str:
    points = np.rint(ring * TENTHS).astype("int64")
    steps = np.diff(points, axis=0)
    steps = steps[steps.any(axis=1)]
    if not len(steps):
        return ""
    if is_closed:
        steps = steps[:-1]  # ``z`` leads back
    x, y = points[0]
    told = " ".join(map(str, steps.ravel().tolist())).replace(" -", "-")
    return f"M{x} {y}l{told}{'z' if is_closed else ''}"


def _write(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))
    return escape(clean(str(value)))
