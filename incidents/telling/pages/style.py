"""The style of a first view: the page's own rules, and colours for light and dark ground."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from pathlib import Path
from typing import Any

from geo.drawing.raster import read_colours, read_style

_HERE = Path(__file__).resolve().parent
CONTENT = _HERE / "content.css"
"""Rules of what a page shows, on the live page and before."""
OTHER = 5
"""Place of the type ``other`` among the colours, see `incidents.table.palette`."""

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

    @property
    def classes(self) -> dict[str, str]:
        """The colour of each class of a type, as drawings name it."""
        own = {f"type-{place}": color for place, color in enumerate(self.types)}
        return own | {"type-other": self.types[OTHER]}


def read_themes(get_option: Callable[[str], Any]) -> dict[str, Theme]:
    """The page's colours, ``light`` and ``dark``, as its settings name them."""
    return {
        name: Theme(*(get_option(f"theme.{name}.{each}") for each in _COLOURS))
        for name in ("light", "dark")
    }


def read_shipped_themes(config: Path) -> dict[str, Theme]:
    """The same where no Streamlit runs, from its file of settings."""
    told = tomllib.loads(config.read_text("utf-8"))
    return read_themes(lambda name: reduce(lambda part, key: part[key], name.split("."), told))


@cache
def _read_rules() -> str:
    parts = (CONTENT.read_text("utf-8"), (_HERE / "first-view.css").read_text("utf-8"))
    return _shorten("\n".join([*parts, read_style()]))


def _shorten(rules: str) -> str:
    return re.sub(r"/\*.*?\*/|\n\s*", "", rules, flags=re.DOTALL)


def write_style(themes: Mapping[str, Theme], font: str = "") -> str:
    """The whole style sheet.

    Parameters
    ----------
    themes
        ``light`` and ``dark``. A reader's choice is the document's ``data-theme``; without one
        the system's holds.
    font
        Address of the page's letters.
    """
    light, dark = (_write_colours(themes[name], name) for name in ("light", "dark"))
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
        f"{chosen} #first-view{{{dark}}}{_read_rules()}"
    )


def write_brief_style(theme: Theme, version: str) -> tuple[str, str]:
    """The style of a brief, on white: of its sheets of paper, and of what stands on them.

    In two parts: where a brief stands in another page, the first is that page's.
    """
    sheet = (_HERE / "sheet.css").read_text("utf-8").replace("VERSION", version)
    own = (_HERE / "brief.css").read_text("utf-8")
    colours = f".brief{{{_write_colours(theme, 'light')}}}"
    rules = _read_rules().replace("#first-view", ".brief")
    return _shorten(sheet), f"{colours}{rules}{_shorten(own)}"


def _write_colours(theme: Theme, name: str) -> str:
    colours = {
        **read_colours(is_dark=name == "dark"),
        "--background": theme.background,
        "--panel": theme.panel,
        "--text": theme.text,
        "--primary": theme.primary,
        **{f"--type-{place}": color for place, color in enumerate(theme.types)},
        "--type-other": theme.types[OTHER],
    }
    told = ";".join(f"{key}:{value}" for key, value in colours.items())
    return f"color-scheme:{name};{told}"
