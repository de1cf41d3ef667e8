"""An address as a QR code, for a camera."""

import segno

from geo.drawing.svg import element

MOST_LETTERS = 300
"""Letters of an address whose code a phone still reads off a screen or off paper."""
QUIET = 4
"""Modules of white around the code, as its standard asks for."""


def draw_qr(address: str) -> str:
    """An SVG without a size of its own, dark on white on any ground.

    Raises
    ------
    ValueError
        The address is longer than a code holds, some 2,300 letters.
    """
    code = segno.make_qr(address, error="m" if len(address) <= MOST_LETTERS else "l")
    side = code.symbol_size(border=QUIET)[0]
    dark = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, line in enumerate(code.matrix)
        for x, is_dark in enumerate(line)
        if is_dark
    )
    return element(
        "svg",
        element("rect", width=side, height=side, fill="#ffffff")
        + element("path", d=dark, fill="#000000"),
        xmlns="http://www.w3.org/2000/svg",
        class_="qr",
        viewBox=f"0 0 {side} {side}",
        role="img",
        aria_label="QR code of the address",
    )
