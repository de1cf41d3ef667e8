"""The map on the page: one live layer, told of the filters, never rebuilt by them."""

from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from dataclasses import replace

from geo.maps import Legend, ShowView, build_map
from geo.maps import View as MapView
from incidents.catalog import get_catalog
from incidents.filters import to_query
from incidents.routes import asset_version
from pages._open_incident import open_incident, opened_incident
from pages._view import View

HEIGHT = 410


def show_map(view: View) -> None:
    """Draw the map; a click on an incident opens it."""
    in_view = set(view.facets.values["type"])
    legend = Legend([each for each in view.types if each in in_view], view.palette)
    world = build_map(legend, asset_version(), get_catalog().settings.tiles)
    st_folium(
        world,
        key="map",
        height=HEIGHT,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=ShowView(_to_map_view(view)),
        on_change=_open_clicked,
    )


def _to_map_view(view: View) -> MapView:
    link: dict[str, Any] = st.session_state["_link"]
    window = {"bbox": link["bbox"], "zoom": link["z"]} if link["bbox"] else None
    query = to_query(replace(view.filters, data=view.version.snapshot.id))
    return MapView(query, view.facets.home, window, opened_incident())


def _open_clicked() -> None:
    drawing = (st.session_state.get("map") or {}).get("last_active_drawing") or {}
    incident = (drawing.get("properties") or {}).get("incident")
    if isinstance(incident, str):
        open_incident(incident)
