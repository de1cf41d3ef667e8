"""What a page announces: what it will load, read from the builds that are installed."""

import re
from pathlib import Path

import pytest
import streamlit
import streamlit_folium

from incidents.serving import assets
from incidents.serving.ahead import write_links
from incidents.serving.front import read_elements
from incidents.serving.streamlit_build import Build, read_build

ROOT = Path(__file__).resolve().parents[3]
STATIC = Path(streamlit.__file__).parent / "static"
FRAME = Path(streamlit_folium.__file__).parent / "frontend" / "build"
BUILD = Build(frozenset({"static/js/first.js"}), {"chart": ("static/js/chart.js", "static/a.css")})


def list_addresses(tags: str, kind: str) -> list[str]:
    return re.findall(rf'<link rel="{kind}"[^>]* href="([^"]+)">', tags)


def test_scripts_are_announced_and_styles_with_their_kind() -> None:
    links = write_links({"page": ["chart", "text"]}, BUILD, FRAME, "1")
    assert list_addresses(links["page"], "modulepreload") == ["./static/js/chart.js"]
    assert list_addresses(links["page"], "preload") == ["./static/a.css"]
    assert list_addresses(links["page"], "prefetch") == []


def test_a_page_with_a_map_announces_what_its_frame_loads() -> None:
    elements = read_elements(ROOT / "pages")
    links = write_links(elements, read_build(STATIC), FRAME, "7f")
    found = list_addresses(links["overview"], "prefetch")
    (script,) = [name for name in found if name.startswith("./component/")]
    assert (FRAME / script.removeprefix("./component/streamlit_folium.st_folium/")).is_file()
    own = [name.removeprefix("./api/assets/") for name in found if "/api/assets/" in name]
    assert {"leaflet.js", "live-layer.js?v=7f", "land.json?v=7f"} <= set(own)
    assert all(assets.read_asset(name.partition("?")[0]) for name in own)
    assert list_addresses(links["about"], "prefetch") == []


@pytest.mark.parametrize("page", sorted(read_elements(ROOT / "pages")))
def test_what_is_announced_is_installed(page: str) -> None:
    links = write_links(read_elements(ROOT / "pages"), read_build(STATIC), FRAME, "1")[page]
    named = [*list_addresses(links, "modulepreload"), *list_addresses(links, "preload")]
    assert named and all((STATIC / name).is_file() for name in named)


def test_without_the_frame_s_files_no_script_of_it_is_announced(tmp_path: Path) -> None:
    links = write_links({"page": ["component_instance"]}, BUILD, tmp_path, "1")
    assert "./component/" not in links["page"] and "leaflet.js" in links["page"]
