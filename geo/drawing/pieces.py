"""Small drawings that many pictures share, each made once and all of them together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PIL import Image

from geo.drawing.raster import rasterise
from geo.drawing.svg import element

WIDTH, MOST_PIXELS = 1600, 4_000_000
"""Pixels of a row of pieces, and of what is drawn at once."""


@dataclass(frozen=True, slots=True)
class Piece:
    """SVG and where all of it is: left, top, width and height in whole pixels."""

    svg: str
    left: int
    top: int
    width: int
    height: int


def draw_pieces(pieces: Iterable[Piece], classes: Mapping[str, str]) -> dict[Piece, Image.Image]:
    """Each different piece as RGBA; `classes` as of `write_rules`.

    To draw them one by one would take several times as long.
    """
    found: dict[Piece, Image.Image] = {}
    placed: dict[Piece, tuple[int, int]] = {}
    x, y, height = 0, 0, 0
    # Pieces of one height stand in rows.
    for piece in sorted(dict.fromkeys(pieces), key=lambda each: each.height):
        if x + piece.width > WIDTH:
            x, y, height = 0, y + height, 0
        if placed and (y + piece.height) * WIDTH > MOST_PIXELS:
            found |= _draw(placed, y + height, classes)
            placed, x, y, height = {}, 0, 0, 0
        placed[piece] = (x, y)
        x, height = x + piece.width, max(height, piece.height)
    return found | _draw(placed, y + height, classes) if placed else found


def _draw(
    placed: dict[Piece, tuple[int, int]], height: int, classes: Mapping[str, str]
) -> dict[Piece, Image.Image]:
    parts = [
        element("g", piece.svg, transform=f"translate({x - piece.left} {y - piece.top})")
        for piece, (x, y) in placed.items()
    ]
    sheet = rasterise(write_picture("".join(parts), WIDTH, height), classes)
    return {
        piece: sheet.crop((x, y, x + piece.width, y + piece.height))
        for piece, (x, y) in placed.items()
    }


def write_picture(content: str, width: int, height: int) -> str:
    """A whole SVG of this size in pixels, in the style of a map."""
    return element(
        "svg",
        element("g", content, class_="map"),
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
    )
