"""The row of an incident as its table has it, every cell."""

from html import escape

import streamlit as st

from incidents.versions.sources import find_source_row
from parts.address.view import View


def show_source_row(view: View, incident: str) -> None:
    """All filled cells under the table's own column names, folded away."""
    cells = find_source_row(view.version.snapshot.folder, incident)
    if cells is None:
        return
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td dir="auto">{escape(str(cell))}</td></tr>'
        for name, cell in cells.items()
    )
    with st.expander("The row as the table has it"):
        # A grid would bring its scripts to every incident; st.table reads Markdown.
        st.html(f'<table class="cells">{rows}</table>')
