"""The style of a first view: the page's own rules, and colours for light and dark ground."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geo.drawing.raster import read_colours, read_style

_HERE = Path(__file__).resolve().parent
CONTENT = _HERE / "content.css"
"""Rules of what a page shows, on the live page and before."""


_COLOURS = (
    *("backgroundColor", "secondaryBackgroundColor", "textColor", "primaryColor"),
    "chartCategoricalColors",
)
"""Names of a theme's colours in ``.streamlit/config.toml``, in the order of `Theme`."""


@dataclass(frozen=True)
class Theme:
    """The colours of the page on one ground.

    Attributes
    ----------
    types
        Colours of the types, in their order; the last of all is for other types.
    """

    background: str
    panel: str
    text: str
    primary: str
    types: Sequence[str]


def read_themes(get_option: Callable[[str], Any]) -> dict[str, Theme]:
    """The page's colours, ``light`` and ``dark``, as its settings name them."""
    return {
        name: Theme(*(get_option(f"theme.{name}.{each}") for each in _COLOURS))
        for name in ("light", "dark")
    }


@cache
def _read_rules() -> str:
    parts = (CONTENT.read_text("utf-8"), (_HERE / "first-view.css").read_text("utf-8"))
    rules = "\n".join([*parts, read_style()])
    return re.sub(r"/\*.*?\*/|\n\s*", "", rules, flags=re.DOTALL)


def write_style(themes: Mapping[str, Theme], other: int, font: str = "") -> str:
    """The whole style sheet.

    Parameters
    ----------
    themes
        ``light`` and ``dark``. A reader's choice is the document's ``data-theme``; without one
        the system's holds.
    other
        Place of the type whose colour other types share.
    font
        Address of the page's letters.
    """
    light, dark = (_write_colours(themes[name], name, other) for name in ("light", "dark"))
    face = (
        f'@font-face{{font-family:"Source Sans";font-weight:200 900;font-display:swap;'
        f'src:url("{font}") format("woff2")}}'
        if font
        else ""
    )
    chosen, other_ground = ':root[data-theme="dark"]', ':root:not([data-theme="light"])'
    return (
        f"{face}#first-view{{{light}}}"
        f"@media (prefers-color-scheme:dark){{{other_ground} #first-view{{{dark}}}}}"
        f"{chosen} #first-view{{{dark}}}{_write_types(themes['light'])}{_read_rules()}"
    )


def _write_colours(theme: Theme, name: str, other: int) -> str:
    colours = {
        **read_colours(is_dark=name == "dark"),
        "--background": theme.background,
        "--panel": theme.panel,
        "--text": theme.text,
        "--primary": theme.primary,
        **{f"--type-{place}": color for place, color in enumerate(theme.types)},
        "--type-other": theme.types[other],
    }
    told = ";".join(f"{key}:{value}" for key, value in colours.items())
    return f"color-scheme:{name};{told}"


def _write_types(theme: Theme) -> str:
    names = [*map(str, range(len(theme.types))), "other"]
    return "".join(f".type-{name}{{color:var(--type-{name})}}" for name in names)
