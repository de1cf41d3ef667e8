"""The map on the page: one live layer, told of the filters, never rebuilt by them."""

from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit_folium import st_folium

from geo.drawing.maps import Legend, MapView, ShowView, build_map
from incidents.asking.address import Address, from_query, to_pairs
from incidents.asking.display import Display
from incidents.asking.facets import Facets
from incidents.asking.filters import Filters
from incidents.asking.keys import Days
from incidents.asking.links import cut
from incidents.asking.map.features import show_incident
from incidents.asking.map.windows import find_around
from incidents.serving.assets import asset_version
from incidents.table.sentences import say_dates
from incidents.versions.catalog import get_catalog
from parts.address.current import ask_for, to_parameters
from parts.address.switch import follow, show_switch
from parts.address.view import View
from parts.session import get_session

HEIGHT = 490


def show_map(view: View) -> None:
    """Draw the map and the choice of its views; a click on an incident opens it."""
    shown = replace(_choose_view(view), data=view.version.snapshot.id)
    with st.container(key="map_box"):
        st_folium(
            _build(view),
            key="map",
            height=HEIGHT,
            use_container_width=True,
            returned_objects=["last_active_drawing"],
            feature_group_to_add=ShowView(_to_map_view(view, Address(view.filters, shown))),
            on_change=partial(_take_told, view.facets, view.span),
        )


def _choose_view(view: View) -> Display:
    """The view of the map, and what that view asks besides."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="views"):
        shown = show_switch("view", "incidents")
        if shown == "governorates":
            return Display(view=shown, shade=show_switch("shade", "incidents"))
        if shown == "change" and view.span is not None:
            return Display(view=shown, before=_choose_before(view.span))
    return Display(view=shown)


def _choose_before(span: Days) -> Days | None:
    """The period that is compared with; while only its first day is picked, none yet."""
    held = st.session_state.get("before")
    if not isinstance(held, tuple) or len(held) != 1:
        follow("before", ())
    picked = st.date_input(
        "Compared with",
        min_value=span[0],
        max_value=span[1],
        key="before",
        format="YYYY-MM-DD",
        on_change=_take_before,
        label_visibility="collapsed",
        width=230,
        help="The period before. Left empty, it is as long as the dates and ends where "
        "they begin; without dates, the halves of the table are compared.",
    )
    if not isinstance(picked, tuple) or len(picked) != 2:
        return None
    # The picker knows days in numbers only.
    st.caption(f"Compared with {say_dates(*picked)}", width="content")
    return picked


def _take_before() -> None:
    picked = st.session_state["before"]
    if len(picked) != 1:
        ask_for(before=picked or None)


def show_place(view: View, row: dict[str, Any], height: int = 300) -> None:
    """Draw one incident and nothing else, in a window of some 60 km or the area it is known to."""
    if row["lat"] is None:
        st.info("This incident cannot be placed on the map.")
        return
    shown = MapView("", find_around(row), selected=row["incident"], keeps_place=False,
                    answer=show_incident(row))  # fmt: skip
    st_folium(
        _build(view, tools=False),
        key=f"place_{row['incident']}",
        height=height,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=ShowView(shown),
    )


def _build(view: View, tools: bool = True) -> Any:
    present = set(view.facets.values["type"])
    legend = Legend([each for each in view.types if each in present], view.palette)
    return build_map(legend, asset_version(), get_catalog().settings.tiles, tools)


def _to_map_view(view: View, asked: Address) -> MapView:
    link = view.link.display
    window = {"bbox": link.bbox, "zoom": link.z} if link.bbox is not None else None
    first, last = view.facets.first, view.facets.last
    span = _write_days((first, last)) if first is not None and last is not None else None
    playing = _write_days(get_session().playing)
    home, opened = view.facets.home, view.display.incident
    return MapView(_write_query(asked), home, window, opened, span, playing)


def _write_days(days: Days | None) -> tuple[str, str] | None:
    return None if days is None else (days[0].isoformat(), days[1].isoformat())


def _write_query(asked: Address) -> str:
    """What the map asks for; days and area written out, which it shows itself."""
    shown = Filters(dates=asked.filters.dates, area=asked.filters.area)
    pairs = [(name, text) for name, texts in to_parameters(asked).items() for text in texts]
    return urlencode(list(dict.fromkeys([*pairs, *to_pairs(Address(shown))])))


def _take_told(facets: Facets, span: Days | None) -> None:
    """What the reader asked for on the map: an incident, an area, a governorate, played dates.

    It comes from the browser: it is read as strictly as a link.
    """
    told = (st.session_state.get("map") or {}).get("last_active_drawing") or {}
    given = (told.get("properties") or {}).get("asked") or {}
    if "playing" in given or "dates" in given:
        get_session().playing = _read_days(given.get("playing"), span)
    pairs = [
        (name, str(text))
        for name in ("incident", "area", "gov", "dates")
        for text in _list(given.get(name))
    ]
    address, dropped = from_query(pairs)
    if dropped:
        return
    asked, changes = address.filters, dict[str, Any]()
    if address.display.incident is not None:
        changes["incident"] = address.display.incident
    if "area" in given:
        changes["area"] = asked.area
    if asked.gov and set(asked.gov) <= set(facets.values["gov"]):
        changes["gov"] = asked.gov
    if asked.dates is not None and span is not None:
        days = cut(asked.dates, *span)
        changes["dates"] = None if days == span else days
    ask_for(**changes)


def _read_days(told: Any, span: Days | None) -> Days | None:
    """The days that are played; none where the player is closed."""
    address, dropped = from_query([("dates", str(text)) for text in _list(told) if text])
    days = address.filters.dates
    return None if dropped or days is None or span is None else cut(days, *span)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
