"""The map on the page: one live layer, told of the filters, never rebuilt by them."""

from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from geo.maps import Legend, ShowView, build_map
from geo.maps import View as MapView
from incidents.catalog import get_catalog
from incidents.filters import Filters, to_query
from incidents.routes import asset_version
from pages._open_incident import open_incident, opened_incident
from pages._view import View

HEIGHT = 490


def show_map(view: View) -> None:
    """Draw the map; a click on an incident opens it."""
    with st.container(key="map_box"):
        st_folium(
            _build(view),
            key="map",
            height=HEIGHT,
            use_container_width=True,
            returned_objects=["last_active_drawing"],
            feature_group_to_add=ShowView(_to_map_view(view)),
            on_change=_open_clicked,
        )


def show_place(view: View, row: dict[str, Any], height: int = 300) -> None:
    """Draw one incident among all others, in a window of some 60 km around it."""
    if row["lat"] is None:
        st.info("This incident cannot be placed on the map.")
        return
    span = 0.3 if row["precision"] in ("site", "town") else 1.2
    lat, lon = row["lat"], row["lon"]
    around = (lon - span, lat - span, lon + span, lat + span)
    query = to_query(Filters(data=view.version.snapshot.id))
    shown = MapView(query, around, selected=row["incident"], keeps_place=False)
    st_folium(
        _build(view),
        key=f"place_{row['incident']}",
        height=height,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=ShowView(shown),
    )


def _build(view: View) -> Any:
    present = set(view.facets.values["type"])
    legend = Legend([each for each in view.types if each in present], view.palette)
    return build_map(legend, asset_version(), get_catalog().settings.tiles)


def _to_map_view(view: View) -> MapView:
    link = view.link
    window = {"bbox": link.bbox, "zoom": link.z} if link.bbox is not None else None
    query = to_query(replace(view.filters, data=view.version.snapshot.id))
    return MapView(query, view.facets.home, window, opened_incident())


def _open_clicked() -> None:
    drawing = (st.session_state.get("map") or {}).get("last_active_drawing") or {}
    incident = (drawing.get("properties") or {}).get("incident")
    if isinstance(incident, str):
        open_incident(incident)
