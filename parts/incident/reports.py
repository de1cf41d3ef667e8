"""Reports on an incident, and what they disagree on."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from incidents.telling.pages.reports import write_differences, write_reports
from incidents.telling.words.matrix import Matrix


def show_differences(
    differences: Sequence[tuple[str, list[tuple[str, int]]]], others: Sequence[str]
) -> None:
    """Say in one line each what the reports disagree on, and how many say what.

    `others` are further sentences on what does not fit.
    """
    if written := write_differences(differences, others):
        st.html(written)


def show_reports(matrix: Matrix, reports: Sequence[Mapping[str, Any]], sources: int | None) -> None:
    """List each report with its publisher, day, link and what it says; differences are marked.

    Parameters
    ----------
    reports
        The rows that the matrix is made of.
    """
    st.html(write_reports(matrix, reports, sources))
