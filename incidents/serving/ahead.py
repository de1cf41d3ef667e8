"""What a page will ask for, told to the browser in its HTML: it need not find out step by step."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from geo.drawing.maps import list_assets
from incidents.serving.streamlit_build import Build

FRAME = "component_instance"
"""Streamlit's word for an element that is a frame of its own; ours are maps."""
_KINDS = {".js": "script", ".css": "style", ".json": "fetch", ".woff2": "font"}
_SCRIPT = re.compile(r'src="\./([^"]+\.js)"')


def write_links(
    elements: Mapping[str, Iterable[str]], build: Build, frame: Path, version: str
) -> dict[str, str]:
    """For each page the tags that announce what it loads besides what Streamlit's HTML names.

    A page's own scripts are fetched at once, side by side; those of the map's frame after them,
    for the frame will ask for them one after the other. Pages without a map announce no map.

    Parameters
    ----------
    elements
        Streamlit's elements that each page draws at first, by the page's name.
    frame
        Folder of the component that shows a folium map.
    version
        Of our own assets, as their addresses name it.
    """
    maps = [f"./component/{name}" for name in _list_scripts(frame)]
    maps += [f"./api/assets/{name}" for name in list_assets(version)]
    return {
        page: "".join(
            [
                *(_announce(f"./{name}") for name in (*build.icons, *build.find_files(drawn))),
                *(_fetch_after(name) for name in maps if FRAME in drawn),
            ]
        )
        for page, drawn in elements.items()
    }


def _list_scripts(frame: Path) -> list[str]:
    """A folium frame's own scripts, below ``component/``."""
    index = frame / "index.html"
    html = index.read_text("utf-8") if index.is_file() else ""
    return [f"streamlit_folium.st_folium/{name}" for name in _SCRIPT.findall(html)]


def _announce(address: str) -> str:
    if address.endswith(".js"):
        return f'<link rel="modulepreload" crossorigin href="{escape(address)}">'
    kind = _KINDS[Path(address).suffix]
    return f'<link rel="preload" as="{kind}" crossorigin href="{escape(address)}">'


def _fetch_after(address: str) -> str:
    kind = _KINDS[Path(address.partition("?")[0]).suffix]
    return f'<link rel="prefetch" as="{kind}" href="{escape(address)}">'
