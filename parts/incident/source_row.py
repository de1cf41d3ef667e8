"""The row of an incident as its table has it, every cell."""

import streamlit as st

from incidents.versions.sources import find_source_row
from parts.address.view import View


def show_source_row(view: View, incident: str) -> None:
    """All filled cells under the table's own column names, folded away."""
    cells = find_source_row(view.version.snapshot.folder, incident)
    if cells is None:
        return
    with st.expander("The row as the table has it"):
        # Not st.table, which reads Markdown.
        st.dataframe(
            {"Column": list(cells), "Cell": list(cells.values())},
            hide_index=True,
            column_config={"Cell": st.column_config.TextColumn(width="large")},
        )
