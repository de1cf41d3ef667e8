"""The parts of the page of differences."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from incidents.differences import MOST_ENTRIES, Differences, Entry
from incidents.snapshots import Snapshot

LONGEST = 300
"""Letters of a cell that are shown; the download has all."""
_EMPTY = '<i class="unknown">unknown</i>'


@st.cache_resource(max_entries=4, show_spinner="Comparing…")
def _open(before: str, after: str, _folders: Sequence[Snapshot]) -> Differences:
    return Differences(_folders[0].folder, _folders[1].folder)


def open_difference(before: Snapshot, after: Snapshot) -> Differences:
    """The difference between two versions, kept for the readers who ask next."""
    return _open(before.id, after.id, (before, after))


def show_tallies(differences: Differences, before: Snapshot, after: Snapshot) -> str | None:
    """Which versions are compared and how much differs; the table that the reader chooses."""
    st.html(
        '<div class="kicker">Difference between two versions</div>'
        f'<div class="against">{_describe(before)}<b>→</b>{_describe(after)}</div>'
    )
    differing = [name for name, tally in differences.tallies.items() if tally.differing]
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.link_button(
            "The other way round",
            f"difference?data={before.id}&against={after.id}",
            icon=":material/swap_horiz:",
        )
        if differing:
            st.download_button(
                "Download CSV",
                lambda: b"".join(differences.to_csv()),
                f"difference-{before.id}-{after.id}.csv",
                "text/csv",
                icon=":material/download:",
                on_click="ignore",
            )
    _say_columns(differences)
    if not differing:
        st.markdown("**No incident, report or claim is different.**")
        return None
    tallies = differences.tallies
    return st.segmented_control(
        "Table",
        differing,
        default=differing[0],
        required=True,
        format_func=lambda name: f"{name.capitalize()} ({tallies[name].differing:,})",
        label_visibility="collapsed",
        key="_different_table",
    )


def _describe(snapshot: Snapshot) -> str:
    return (
        f'<span><a href="data?data={snapshot.id}">{snapshot.id}</a> {escape(snapshot.source)}'
        f"<small>{snapshot.rows:,} incidents, made {snapshot.made:%Y-%m-%d %H:%M} UTC</small></span>"
    )


def _say_columns(differences: Differences) -> None:
    for tally in differences.tallies.values():
        for names, words in ((tally.only_before, "first"), (tally.only_after, "second")):
            if names:
                st.caption(f"Only the {words} version has: {', '.join(names)}.")


def show_entries(differences: Differences, table: str, change: str, count: int) -> None:
    """Rows that were added, changed or removed, each with its cells; a page at a time."""
    if change == "changed":
        columns = differences.count_columns(table)
        listed = ", ".join(f"{name} ({number:,})" for name, number in columns.items())
        st.caption(f"Columns that differ, with the number of rows: {listed}.")
    key = f"_entries_{table}_{change}"
    pages = -(-count // MOST_ENTRIES)
    page = min(int(st.session_state.get(key, 1)), pages)
    entries = differences.list_entries(table, change, (page - 1) * MOST_ENTRIES)
    st.html(f'<div class="changes">{"".join(map(_write_entry, entries))}</div>')
    if pages > 1:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            first, last = (page - 1) * MOST_ENTRIES + 1, min(page * MOST_ENTRIES, count)
            st.caption(f"{first:,}–{last:,} of {count:,}", width="content")
            st.pagination(pages, key=key)


def _write_entry(entry: Entry) -> str:
    """One row of a table; every text of it is escaped."""
    of = f" <small>of {escape(entry.incident)}</small>" if entry.incident != entry.id else ""
    if entry.change == "changed":
        cells = "".join(
            f"<tr><th>{escape(cell.column)}</th><td>{_write(cell.before)}</td>"
            f"<td>{_write(cell.after)}</td></tr>"
            for cell in entry.cells
        )
        head = "<tr><th></th><th>Before</th><th>After</th></tr>"
        body = f"<table><thead>{head}</thead><tbody>{cells}</tbody></table>"
    else:
        shown = ((c.column, c.after if entry.change == "added" else c.before) for c in entry.cells)
        items = "".join(f"<dt>{escape(name)}</dt><dd>{_write(text)}</dd>" for name, text in shown)
        body = f"<details><summary>{_summarise(entry)}</summary><dl>{items}</dl></details>"
    return f'<div class="change"><b>{escape(entry.id)}</b>{of}{body}</div>'


def _summarise(entry: Entry) -> str:
    """The cells that tell most of an incident, else how many there are."""
    held = {cell.column: cell.after or cell.before for cell in entry.cells}
    parts = [
        held[name] for name in ("date", "place", "type", "publisher", "measure") if held.get(name)
    ]
    return escape(" · ".join(str(part)[:60] for part in parts)) or f"{len(entry.cells)} cells"


def _write(text: str | None) -> str:
    if text is None:
        return _EMPTY
    return escape(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
