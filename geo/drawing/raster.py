"""SVG to pixels, in letters and colours of our own."""

import io
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import fontpkg
import resvg_py
from PIL import Image, ImageFont

_ASSETS = Path(__file__).resolve().parents[1] / "assets"
FAMILIES = ("Source Sans 3", "Noto Sans Arabic")
"""The page's letters, also Greek and Cyrillic ones; then Arabic ones."""
_VARIABLE = re.compile(r"var\((--[\w-]+)\)")
_RULE = re.compile(r":root(\[data-theme=\"dark\"\])? \{([^}]*)\}")
_LONGEST, _FINE = 300, 200


@cache
def read_colours(is_dark: bool = False) -> dict[str, str]:
    """The colours of the live map by their names, such as ``--water``."""
    found: dict[str, str] = {}
    for dark, rules in _RULE.findall((_ASSETS / "live-layer.css").read_text("utf-8")):
        if not dark or is_dark:
            found |= dict(re.findall(r"(--[\w-]+): (#\w+);", rules))
    return found


@cache
def read_style() -> str:
    """The rules of a drawn map, with names for colours."""
    return (_ASSETS / "map-drawing.css").read_text("utf-8")


@cache
def _list_fonts() -> list[str]:
    return [str(fontpkg.path(family)) for family in FAMILIES]


def write_rules(classes: Mapping[str, str]) -> str:
    """The rules of a drawn map in light colours; `classes` are the colours of types by class."""
    colours = read_colours()
    style = _VARIABLE.sub(lambda name: colours[name[1]], read_style())
    return style + "".join(f".map .{name} {{ color: {c}; }}" for name, c in classes.items())


def embed_rules(svg: str, classes: Mapping[str, str]) -> str:
    """The SVG with its rules in it, so that it stands alone."""
    head, _, rest = svg.partition(">")
    return f"{head}><style>{write_rules(classes)}</style>{rest}"


def rasterise(svg: str, classes: Mapping[str, str] | None = None) -> Image.Image:
    """An SVG of `geo.drawing` as RGBA, one pixel for each of its own; see `write_rules`.

    Raises
    ------
    ValueError
        It holds a picture, which would be read from the disk: ours hold none.
    """
    if "<image" in svg:
        raise ValueError("an SVG of ours holds no picture")
    png = resvg_py.svg_to_bytes(
        svg_string=svg,
        style_sheet=write_rules(classes or {}),
        skip_system_fonts=True,
        font_files=_list_fonts(),
    )
    return Image.open(io.BytesIO(png)).convert("RGBA")


@lru_cache(maxsize=4096)
def measure(text: str, size: int, weight: int = 400) -> float:
    """About how wide a line is, in pixels; of Arabic, rather too wide."""
    return float(_open_letters(weight).getlength(text)) * size / _FINE


def cut(text: str, size: int, room: float, weight: int = 400) -> str:
    """The text, or as much of it as there is room for and an ellipsis."""
    shown = plain = " ".join(text.split())[:_LONGEST]
    while plain and measure(shown, size, weight) > room:
        plain = plain[:-1]
        shown = plain.rstrip() + "…"
    return shown


@cache
def _open_letters(weight: int) -> ImageFont.FreeTypeFont:
    # Large: small ones are moved to whole pixels.
    letters = ImageFont.truetype(_list_fonts()[0], _FINE, layout_engine=ImageFont.Layout.BASIC)
    letters.set_variation_by_axes([weight])
    return letters
