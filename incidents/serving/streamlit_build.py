"""What Streamlit's own scripts need, read from its build: which chunks an element is made of."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DEPENDENCIES = re.compile(r"m\.f=\[([^\]]*)\]")
_LAZY = re.compile(
    r"import\(`\./(?P<name>[A-Za-z]+)\.[\w-]+\.js`\)(?:\.then\([^()]*\))?,"
    r"__vite__mapDeps\(\[(?P<numbers>[\d,]*)\]\)"
)
_LINK = re.compile(r'<(?:script|link)[^>]*?(?:src|href)="\./(static/[^"]+)"')


@dataclass(frozen=True)
class Build:
    """One installed build.

    Attributes
    ----------
    first
        Files that its HTML names itself.
    elements
        Files of each element that is loaded when it is first drawn, by its name in lower case,
        such as ``dateinput``.
    icons
        Fonts of icons, which its styles name when the first icon is drawn.
    """

    first: frozenset[str]
    elements: Mapping[str, tuple[str, ...]]
    icons: tuple[str, ...] = ()

    def find_files(self, elements: Iterable[str]) -> list[str]:
        """Files that these elements need and the HTML does not name, each once, in their order.

        `elements` are named as Streamlit's messages name them, such as ``vega_lite_chart``. Those
        that have no file of their own (text, columns…) need none.
        """
        found: dict[str, None] = {}
        for element in elements:
            name = element.replace("_", "")
            files = self.elements.get(name) or self.elements.get(f"arrow{name}", ())
            found |= dict.fromkeys(file for file in files if file not in self.first)
        return list(found)


@cache
def read_build(static: Path) -> Build:
    """Read the build below Streamlit's folder ``static``.

    What cannot be found there is left out: pages then load as they do without being told ahead.
    """
    html = (static / "index.html").read_text("utf-8")
    first = frozenset(_LINK.findall(html))
    elements: dict[str, tuple[str, ...]] = {}
    for name in first:
        if re.search(r"/index\.[\w-]+\.js$", name):
            elements |= _read_elements((static / name).read_text("utf-8"), static)
    icons = static.glob("static/media/MaterialSymbols*.woff2")
    return Build(first, elements, tuple(path.relative_to(static).as_posix() for path in icons))


def _read_elements(script: str, static: Path) -> dict[str, tuple[str, ...]]:
    listed = _DEPENDENCIES.search(script)
    if listed is None:
        return {}
    files = [_name_file(each) for each in re.findall(r'"([^"]+)"', listed[1])]
    found = {}
    for lazy in _LAZY.finditer(script):
        numbers = [int(number) for number in lazy["numbers"].split(",") if number]
        named = [files[number] for number in numbers if number < len(files)]
        found[lazy["name"].lower()] = tuple(name for name in named if (static / name).is_file())
    return found


def _name_file(address: str) -> str:
    """As the HTML names it: scripts are listed from their own folder, styles from the one above."""
    folder = "static/js/" if address.startswith("./") else "static/"
    return folder + address.removeprefix("./").removeprefix("../")
