"""The kinds of problems: their names, and a table of how often each was found."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from incidents.versions.preview import KindCount

LEVELS = {"error": "Row set aside", "warning": "Cell not used", "note": "Note"}


def name_kind(kind: KindCount) -> str:
    """A kind with its number, for a list to choose from."""
    return f"{kind.title} ({kind.count:,})"


def show_kinds(kinds: Sequence[KindCount]) -> None:
    """Kinds of problems, errors first, with their number and one of their sentences."""
    if not kinds:
        st.caption("Nothing was found wrong.")
        return
    rows = pd.DataFrame(
        [(each.title, each.count, LEVELS[each.level], each.example) for each in kinds],
        columns=["title", "count", "level", "example"],
    )
    st.dataframe(
        rows,
        hide_index=True,
        height="content" if len(rows) <= 12 else 460,
        column_config={
            "title": st.column_config.TextColumn("Found", width="medium"),
            "count": st.column_config.NumberColumn("Times", format="localized", width="small"),
            "level": st.column_config.TextColumn("Means", width="small"),
            "example": st.column_config.TextColumn("For example", width="large"),
        },
    )
