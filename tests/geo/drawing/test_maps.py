"""The map: built the same each time, asking nobody but this server, safe from what it is told."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import streamlit_folium
from streamlit_folium import generate_js_hash

from geo.drawing.maps import ASSETS, LIVE_LAYER, Legend, MapView, ShowView, build_map, read_land
from geo.places.places import read_places

ROOT = Path(__file__).resolve().parents[3]
LEGEND = Legend(
    ["rocket attack", "other"], {"rocket attack": ("#111", "#eee"), "": ("#222", "#ddd")}
)
HOME = (37.5, 29.5, 48.2, 37.4)
HOSTILE = [
    "</script><script>alert(1)</script>", '");alert(1);("', "'+alert(1)+'", "{{ 7*7 }}",
    "{% raw %}", "${alert(1)}", "\u2028alert(1)\u2029", "\\", "<!--", "`", "عين الأسد", "a_b_c",
]  # fmt: skip

build: Callable[..., Any] = build_map


def render(legend: Legend = LEGEND, tiles: bool = False) -> str:
    text: str = build(legend, "abc", tiles).get_root().render()
    return text


def payloads(text: str) -> list[Any]:
    """What the scripts of a page read."""
    found = re.findall(r'JSON\.parse\(decodeURIComponent\("([^"]*)"\)\)', text)
    return [json.loads(unquote(each)) for each in found]


@pytest.fixture
def script() -> Callable[..., tuple[str, str]]:
    """The script of a map and of its view, as streamlit-folium hands them to the browser."""

    def run(view: MapView, legend: Legend = LEGEND) -> tuple[str, str]:
        world = build(legend, "abc")
        world.get_root().render()
        world.render()
        leaflet = streamlit_folium._get_map_string(world)
        shown = streamlit_folium._get_feature_group_string(ShowView(view), world)
        return leaflet, shown

    return run


def test_the_same_map_twice(script: Callable[..., tuple[str, str]]) -> None:
    first, second = script(MapView("", HOME)), script(MapView("", HOME))
    assert first == second
    assert generate_js_hash(first[0], "map") == generate_js_hash(second[0], "map")


VIEWS = [
    MapView("type=air+strike", HOME),
    MapView("", (0, 0, 1, 1)),
    MapView("", HOME, {"bbox": (1, 2, 3, 4), "zoom": 5}),
    MapView("", HOME, None, "IQ-2021-07-07"),
]


@pytest.mark.parametrize("view", VIEWS, ids=["filters", "home", "window", "selected"])
def test_a_view_changes_the_view_not_the_map(
    script: Callable[..., tuple[str, str]], view: MapView
) -> None:
    before, after = script(MapView("", HOME)), script(view)
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_another_legend_is_another_map(script: Callable[..., tuple[str, str]]) -> None:
    other = Legend(["other"], LEGEND.palette)
    assert script(MapView("", HOME))[0] != script(MapView("", HOME), other)[0]


def test_no_address_of_anybody_without_tiles() -> None:
    text = render()
    assert re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", text) == []
    sources = re.findall(r'(?:src|href)="([^"]*)"', text)
    assert len(sources) == 5
    assert all(source.startswith("../../api/assets/") for source in sources)


def test_tiles_are_the_only_request_that_leaves() -> None:
    text = render(tiles=True)
    hosts = set(re.findall(r"https?://([a-z0-9.-]+)/", text))
    assert hosts and all(host.endswith("openstreetmap.org") for host in hosts)
    told = [each["attribution"] for each in payloads(text) if "attribution" in each]
    assert told == ["© OpenStreetMap contributors · Boundaries: Natural Earth"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_legend_cannot_leave_its_string(text: str) -> None:
    page = render(Legend([text], {text: ("#111", "#eee"), "": ("#222", "#ddd")}))
    (payload,) = payloads(page)
    assert payload["types"] == [text] and payload["palette"][text] == ["#111", "#eee"]
    assert page.count("<script") == render().count("<script")
    assert "alert(1)" not in page


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_view_cannot_leave_its_string(
    script: Callable[..., tuple[str, str]], text: str
) -> None:
    shown = script(MapView(text, HOME, None, text))[1]
    (payload,) = payloads(shown)
    assert (payload["query"], payload["selected"]) == (text, text)
    assert "alert(1)" not in shown and "<script" not in shown


def test_the_hash_of_a_map_tells_texts_apart_that_differ_behind_an_underscore() -> None:
    # streamlit-folium takes everything behind an underscore for a random name.
    assert "_" not in "".join(re.findall(r'decodeURIComponent\("([^"]*)"', render()))


def test_the_layer_knows_the_radii_and_its_scripts() -> None:
    page = render()
    (payload,) = payloads(page)
    assert payload["radii"] == {"site": 1, "town": 5, "district": 20, "governorate": 75,
                                "country": 400}  # fmt: skip
    assert payload["land"] == "../../api/assets/land.json?v=abc"
    assert "live-layer.js?v=abc" in page and all(
        (ASSETS / "live-layer" / f"{name}.js").is_file() for name in LIVE_LAYER
    )


def test_land() -> None:
    data = ROOT / "data"
    land = read_land(data / "boundaries", read_places(data / "places.csv"))
    names = land["names"]
    assert [name for name, *_ in names["country"][:2]] == ["Iraq", "Syria"]
    assert len(names["governorate"]) == len(land["governorates"]["features"]) > 30
    assert [each["properties"]["country"] for each in land["borders"]["features"]] == ["IQ", "SY"]
    baghdad = next(spot for name, *spot, _ in names["city"] if name == "Baghdad")
    assert baghdad == pytest.approx([33.3, 44.4], abs=0.1)
    json.dumps(land, allow_nan=False)
