"""Casualties: who was harmed, as ranges with their unknowns, by month, group and type."""

import pandas as pd
import streamlit as st

from incidents.charts import draw_ranges
from incidents.columns import GROUPS, HARMS
from incidents.figures import read_figures, sum_by, sum_by_group
from incidents.sentences import HARMS as HARM_NAMES
from incidents.sentences import WHO
from pages._empty import show_empty
from pages._figures import show_figures
from pages._heading import show_heading
from pages._view import get_view, read_ink

view = get_view()
show_heading(view)
figures = view.store.ask(read_figures, view.filters)
show_figures(figures)
if not figures.incidents:
    show_empty(view)
    st.stop()

harm = st.segmented_control(
    "Harm",
    HARMS,
    default="killed",
    key="harm",
    required=True,
    format_func=lambda harm: HARM_NAMES[harm],
    label_visibility="collapsed",
    bind="query-params",
)
who = view.filters.who
whose = "" if who == "all" else f": {WHO[who].lower()}"
st.caption(
    "Each bar runs from the lowest to the highest claim. Incidents for which nobody gives a "
    "number are in no bar; how many stands beside it. Months and types speak of the group chosen "
    "in the filters."
)


def show_ranges(
    totals: pd.DataFrame, by: str, heading: str, order: list[str] | None = None
) -> None:
    """A heading and its chart."""
    st.markdown(f"**{str(harm).capitalize()} {heading}**")
    chart = draw_ranges(totals, by, f"People {harm}", *read_ink(), order)
    st.altair_chart(chart, width="stretch", key=f"by_{by}")


by_month, by_kind = st.columns(2, gap="medium")
with by_month:
    show_ranges(sum_by(view.chosen, "month", str(harm), who), "month", f"by month{whose}")
with by_kind:
    groups = sum_by_group(view.chosen, str(harm))
    groups["group"] = [WHO[group] for group in groups["group"]]
    show_ranges(groups, "group", "by group", [WHO[group] for group in GROUPS])
    show_ranges(sum_by(view.chosen, "type", str(harm), who), "type", f"by type of attack{whose}")
st.caption(
    "Groups overlap and are claimed by different sources: they do not add up to the total. "
    "An operation told as several incidents counts once in each total."
)
