"""Peer (b), the same page with all rows in one FastMarkerCluster of folium.

streamlit run benchmarks/peers/clusters.py -- TABLE
"""

import sys

import folium
import pandas as pd
import streamlit as st
from folium.plugins import FastMarkerCluster
from streamlit_folium import st_folium


@st.cache_data
def read_incidents(path: str) -> pd.DataFrame:
    return pd.read_csv(path, parse_dates=["date"])


st.set_page_config(page_title="Incidents", layout="wide")
incidents = read_incidents(sys.argv[1])
types = st.sidebar.multiselect("Type", sorted(incidents["type"].unique()))
chosen = incidents[incidents["type"].isin(types)] if types else incidents

for column, (label, number) in zip(
    st.columns(3),
    {
        "incidents": len(chosen),
        "killed, at least": chosen["killed_min"].sum(),
        "wounded, at least": chosen["wounded_min"].sum(),
    }.items(),
    strict=True,
):
    column.metric(label, f"{number:,.0f}")
st.bar_chart(chosen.groupby(chosen["date"].dt.to_period("M").dt.start_time).size(), height=150)

# Without telling the server of every click: the fast setting. Plain markers, lighter than the
# default ones with icons from a font.
PLAIN = "function (row) { return L.marker([row[0], row[1]]); }"
map_ = folium.Map([33.3, 43.7], zoom_start=6)
placed = chosen[["lat", "lon"]].dropna()
FastMarkerCluster(placed.to_numpy().tolist(), callback=PLAIN).add_to(map_)
st_folium(map_, height=490, use_container_width=True, returned_objects=[])
