"""Change against the period before, in figures."""

from dataclasses import replace

import streamlit as st

from incidents.asking.time.trends import compare_periods
from incidents.telling.pages.trends import write_trend
from parts.address.view import View
from parts.timeline.chart import find_known_days


def show_trends(view: View) -> None:
    """The chosen dates, or the latest weeks, beside the period of the same length before."""
    others = view.store.select(replace(view.filters, dates=None))
    is_stated = view.version.snapshot.monitored is not None
    trends = compare_periods(others, view.filters.dates, find_known_days(view), is_stated)
    st.html('<div class="section">Change against the period before</div>')
    widths = (0.6, 0.4) if len(trends) == 1 else (0.5, 0.5)
    for column, trend in zip(st.columns(widths, gap="large"), trends, strict=False):
        with column:
            st.html(write_trend(trend))
