"""What somebody should look at in this version: problems by kind, and places in doubt."""

import streamlit as st

from incidents.asking.doubts import count_findings, list_findings, read_findings
from incidents.asking.listing import ROWS_A_PAGE
from incidents.versions.review import (
    count_problem_kinds,
    write_findings,
)
from parts.address.part import part
from parts.address.view import View
from parts.chrome.plain import plain
from parts.data.review.kinds import LEVELS, name_kind
from parts.data.review.places import show_places
from parts.data.review.teach import show_teaching

PROBLEMS, PLACES = "Problems found", "Places in doubt"


def show_review(view: View) -> None:
    """Problems, or places in doubt; only what is asked for is read."""
    shown = st.segmented_control(
        "Review",
        (PROBLEMS, PLACES),
        default=PROBLEMS,
        required=True,
        key="_review",
        label_visibility="collapsed",
    )
    if shown == PLACES:
        show_places(view)
        show_teaching(view)
    else:
        show_problems(view)


@part
def show_problems(view: View) -> None:
    """How much was set aside, the kinds of problems, and the rows of the kind that is chosen."""
    snapshot = view.version.snapshot
    source = plain(snapshot.source)
    if snapshot.set_aside:
        read = snapshot.rows + snapshot.set_aside
        st.warning(
            f"{snapshot.set_aside:,} of {read:,} rows of “{source}” were set aside: they are in "
            "no figure, map or list. The reasons are below."
        )
    else:
        st.markdown(f"No row of “{source}” was set aside.")
    kinds = view.store.ask(count_problem_kinds)
    if not kinds:
        st.caption("Nothing was found wrong in the table.")
        return
    by_name = {each.kind: each for each in kinds}
    kind = st.pills(
        "Kind of problem",
        list(by_name),
        default=kinds[0].kind,
        required=True,
        format_func=lambda name: name_kind(by_name[name]),
        key="_kind",
        label_visibility="collapsed",
    )
    chosen = by_name[kind]
    st.caption(f"{LEVELS[chosen.level]}. {plain(chosen.why)}")
    lines = view.store.ask(count_findings, kind)
    pages = max(-(-lines // ROWS_A_PAGE), 1)
    key = f"_problems_{snapshot.id}_{kind}"
    page = min(int(st.session_state.get(key, 1)), pages)
    rows = view.store.ask(list_findings, kind, page)
    several = rows["file"].nunique() > 1
    st.dataframe(
        rows[["times", "row", "column", "message", "remedy", *(["file"] if several else [])]],
        hide_index=True,
        height="content" if len(rows) <= 12 else 520,
        placeholder="",
        column_config={
            "times": st.column_config.NumberColumn(
                "Rows", help="In how many rows this was found", format="localized"
            ),
            "row": st.column_config.NumberColumn(
                "First row", help="As your spreadsheet shows it: the header is row 1", format="%d"
            ),
            "column": "Column",
            "message": st.column_config.TextColumn("What was found", width="large"),
            "remedy": st.column_config.TextColumn("What to do", width="large"),
            "file": "File",
        },
    )
    st.download_button(
        "All findings as CSV",
        lambda: write_findings(view.store.ask(read_findings)),
        f"findings-{snapshot.id}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"_findings_{snapshot.id}",
    )
    if pages > 1:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            first, last = (page - 1) * ROWS_A_PAGE + 1, min(page * ROWS_A_PAGE, lines)
            st.caption(f"{first:,}–{last:,} of {lines:,}", width="content")
            st.pagination(pages, key=key)
