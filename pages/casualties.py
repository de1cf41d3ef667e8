"""Casualties: who was harmed, as ranges with their unknowns, by month, group and type."""

import streamlit as st

from incidents.charts import draw_ranges
from incidents.columns import GROUPS
from incidents.figures import count_figures, sum_by, sum_by_group
from incidents.sentences import WHO
from pages._empty import show_empty
from pages._figures import show_figures
from pages._heading import show_heading
from pages._view import get_view

view = get_view()
show_heading(view)
figures = count_figures(view.chosen)
show_figures(figures)
if not figures.incidents:
    show_empty(view)
    st.stop()

harm = st.segmented_control(
    "Harm",
    ["killed", "wounded"],
    default="killed",
    key="harm",
    required=True,
    format_func=str.capitalize,
    label_visibility="collapsed",
    persist_state="session",
)
who = view.filters.who
people = "people" if who == "all" else WHO[who].lower()
st.caption(
    "Each bar runs from the lowest to the highest claim. Incidents for which nobody gives a number "
    "are in no bar; their number stands at its end. The filter “Whose harm” applies to months and types."
)
by_month, by_kind = st.columns(2, gap="medium")
with by_month:
    st.markdown(f"**{str(harm).capitalize()} by month, {people}**")
    months = sum_by(view.chosen, "month", str(harm), who)
    st.altair_chart(draw_ranges(months, "month", f"People {harm}"), width="stretch", key="by_month")
with by_kind:
    st.markdown(f"**{str(harm).capitalize()} by group**")
    groups = sum_by_group(view.chosen, str(harm))
    groups["group"] = [WHO[group] for group in groups["group"]]
    order = [WHO[group] for group in GROUPS]
    st.altair_chart(
        draw_ranges(groups, "group", f"People {harm}", order), width="stretch", key="by_group"
    )
    st.markdown(f"**{str(harm).capitalize()} by type of attack, {people}**")
    types = sum_by(view.chosen, "type", str(harm), who)
    st.altair_chart(draw_ranges(types, "type", f"People {harm}"), width="stretch", key="by_type")
st.caption(
    "Groups overlap and are claimed by different sources: they do not add up to the total. "
    "An operation told as several incidents counts once in each total."
)
