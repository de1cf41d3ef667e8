"""Where a name lies: one of its candidates, a point on the map, or nowhere."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit_folium import st_folium

from geo.drawing.maps import ShowView
from geo.drawing.point_map import Pin, PointView, build_point_map
from geo.places.places import Place
from geo.places.precision import PRECISIONS
from incidents.serving.assets import asset_version
from incidents.versions.catalog import get_catalog
from parts.address.view import View
from parts.chrome.plain import plain

POINT, NOWHERE = "point", "nowhere"
PICKER_HEIGHT = 380
EXACTLY = {
    "site": "the spot (1 km)",
    "town": "the town (5 km)",
    "district": "the district (20 km)",
    "governorate": "the governorate (75 km)",
    "country": "the country",
}


@dataclass(frozen=True)
class PointChoice:
    """Where the reader says that it is: a point and how exactly; neither, if nowhere.

    `place` is the candidate that was chosen, if one was.
    """

    point: tuple[float, float] | None
    precision: str | None
    words: str
    place: Place | None = None


def show_choice(view: View, key: str, candidates: Sequence[Place]) -> PointChoice:
    """Let the reader choose, from the list, on the map, or by typing coordinates."""
    option = st.radio(
        "Where is it?",
        [*map(str, range(len(candidates))), POINT, NOWHERE],
        format_func=lambda option: _say_option(option, candidates),
        key=f"_where_{key}",
    )
    choice = _read_choice(str(option), key, candidates)
    _show_map(view, key, candidates, choice)
    return choice


def _say_option(option: str, candidates: Sequence[Place]) -> str:
    if option == POINT:
        return "Somewhere else: click on the map, or type coordinates"
    if option == NOWHERE:
        return "It cannot be placed"
    return plain(f"{int(option) + 1} · {candidates[int(option)].describe()}")


def _read_choice(option: str, key: str, candidates: Sequence[Place]) -> PointChoice:
    if option == NOWHERE:
        return PointChoice(None, None, "Cannot be placed")
    if option != POINT:
        place = candidates[int(option)]
        return PointChoice((place.lat, place.lon), place.precision, place.describe(), place)
    with st.container(horizontal=True, gap="small"):
        text = st.text_input(
            "Latitude, longitude",
            key=f"_point_{key}",
            placeholder="33.3152, 44.3661",
            max_chars=60,
            width=240,
        )
        precision = st.selectbox(
            "Known to",
            list(PRECISIONS),
            index=1,
            format_func=lambda name: EXACTLY.get(name, name),
            key=f"_precision_{key}",
            width=240,
        )
    return PointChoice(_read_point(text), precision, "")


def _read_point(text: str) -> tuple[float, float] | None:
    """Latitude and longitude of a text, in degrees; None if it has not just these two."""
    numbers = re.findall(r"[+-]?\d+(?:\.\d+)?", text)
    if len(numbers) != 2 or re.search(r"[^\d\s.,;+°-]", text):
        return None
    lat, lon = map(float, numbers)
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def _show_map(view: View, key: str, candidates: Sequence[Place], choice: PointChoice) -> None:
    spots = [Pin(p.describe(), p.lat, p.lon, PRECISIONS[p.precision]) for p in candidates]
    point = None
    if choice.point is not None and choice.precision is not None:
        point = (*choice.point, PRECISIONS[choice.precision])
    shown = PointView(key, spots, point, view.facets.home)
    with st.container(key="point_map"):
        st_folium(
            build_point_map(asset_version(), get_catalog().settings.tiles),
            key="_pick",
            height=PICKER_HEIGHT,
            use_container_width=True,
            returned_objects=["last_active_drawing"],
            feature_group_to_add=ShowView(shown),
            on_change=partial(_take_told, key, len(candidates)),
        )


def _take_told(key: str, candidates: int) -> None:
    """What the reader clicked on: a candidate or a point. It comes from the browser: checked."""
    told = (st.session_state.get("_pick") or {}).get("last_active_drawing") or {}
    asked = (told.get("properties") or {}).get("asked") or {}
    if asked.get("name") != key:
        # The click was on another name, which the reader has left meanwhile.
        return
    spot, point = str(asked.get("spot", "")), _read_point(str(asked.get("point", "")))
    if spot in map(str, range(candidates)):
        st.session_state[f"_where_{key}"] = spot
    elif point is not None:
        st.session_state[f"_where_{key}"] = POINT
        st.session_state[f"_point_{key}"] = f"{point[0]:.5f}, {point[1]:.5f}"
