"""The parts of the page of differences."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from incidents.asking.differences import MOST_ENTRIES, Differences, RowChange
from incidents.asking.doubts import describe_incidents
from incidents.table.columns import COLUMNS, REPORT_COLUMNS
from incidents.table.sentences import say_moment, say_partial_date
from incidents.telling.words.heading import name_file
from incidents.versions.catalog import get_catalog
from incidents.versions.comparing import compare
from incidents.versions.snapshots import Snapshot
from parts.address.view import View
from parts.data.bring.columns import name_ours
from parts.data.versions.versions import name_source

LONGEST_CELL = 300
"""Letters of a cell that are shown; the download has all."""
_DAYS = {
    column.name for column in (*COLUMNS, *REPORT_COLUMNS) if column.type in ("date", "partial date")
}
_EMPTY = '<i class="unknown">unknown</i>'


@st.cache_resource(max_entries=4, show_spinner="Comparing…")
def _open(before: str, after: str, _folders: Sequence[Snapshot]) -> Differences:
    return Differences(_folders[0].folder, _folders[1].folder)


def open_difference(before: Snapshot, after: Snapshot) -> Differences:
    """The difference between two versions, kept for the readers who ask next."""
    return _open(before.folder.name, after.folder.name, (before, after))


def forget_difference(before: Snapshot, after: Snapshot) -> None:
    """Have it opened anew: a file of one of them was found damaged."""
    _open.clear(before.folder.name, after.folder.name)


def _write_csv(before: Snapshot, after: Snapshot) -> bytes:
    def write(found: Differences) -> bytes:
        return b"".join(found.to_csv())

    return compare(get_catalog(), before.id, after.id, write)


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
                lambda: _write_csv(before, after),
                name_file(
                    f"difference-{before.id}-{after.id}.csv",
                    is_brought=None in (before.listed, after.listed),
                ),
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
        key=f"_different_table_{before.id}_{after.id}",
    )


def _describe(snapshot: Snapshot) -> str:
    made = f"{snapshot.rows:,} incidents, made {say_moment(snapshot.made)}"
    return (
        f'<span><a href="data?data={snapshot.id}">{snapshot.id}</a> '
        f"{escape(name_source(snapshot))}<small>{made}</small></span>"
    )


def _say_columns(differences: Differences) -> None:
    for tally in differences.tallies.values():
        for names, words in ((tally.only_before, "first"), (tally.only_after, "second")):
            if names:
                st.caption(f"Only the {words} version has: {', '.join(names)}.")


def show_entries(
    differences: Differences, table: str, change: str, before: Snapshot, view: View
) -> None:
    """Rows that were added, changed or removed, each with its cells; a page at a time."""
    count, data = getattr(differences.tallies[table], change), view.version.snapshot.id
    if change == "changed":
        columns = differences.count_columns(table)
        listed = ", ".join(f"{name_ours(name)} ({number:,})" for name, number in columns.items())
        st.caption(f"Columns that differ, with the number of rows: {listed}.")
    # Of each pair its own page: another's may have a hundred.
    key = f"_entries_{before.id}_{data}_{table}_{change}"
    pages = -(-count // MOST_ENTRIES)
    page = min(int(st.session_state.get(key, 1)), pages)
    entries = differences.list_entries(table, change, (page - 1) * MOST_ENTRIES)
    ids = tuple(dict.fromkeys(entry.incident for entry in entries))
    words = {} if change == "removed" else view.store.ask(describe_incidents, ids)
    written = "".join(_write_entry(entry, words.get(entry.incident), data) for entry in entries)
    st.html(f'<div class="changes">{written}</div>')
    if pages > 1:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            first, last = (page - 1) * MOST_ENTRIES + 1, min(page * MOST_ENTRIES, count)
            st.caption(f"{first:,}–{last:,} of {count:,}", width="content")
            st.pagination(pages, key=key)


def _write_entry(entry: RowChange, words: str | None, data: str) -> str:
    """One row of a table; every text of it is escaped. `words` tell the incident, if it is here."""
    name = escape(entry.id)
    if words is not None:
        query = urlencode({"data": data, "incident": entry.incident})
        name = f'<a href="incident?{escape(query)}">{escape(words)}</a> <small>{name}</small>'
    elif entry.incident != entry.id:
        name += f" <small>of {escape(entry.incident)}</small>"
    if entry.change == "changed":
        cells = "".join(
            f"<tr><th>{escape(name_ours(cell.column))}</th><td>{_write(cell.column, cell.before)}"
            f"</td><td>{_write(cell.column, cell.after)}</td></tr>"
            for cell in entry.cells
        )
        head = "<tr><th></th><th>Before</th><th>After</th></tr>"
        body = f"<table><thead>{head}</thead><tbody>{cells}</tbody></table>"
    else:
        is_new = entry.change == "added"
        items = "".join(
            f"<dt>{escape(name_ours(cell.column))}</dt>"
            f"<dd>{_write(cell.column, cell.after if is_new else cell.before)}</dd>"
            for cell in entry.cells
        )
        body = f"<details><summary>{_summarise(entry)}</summary><dl>{items}</dl></details>"
    return f'<div class="change"><b>{name}</b>{body}</div>'


def _summarise(entry: RowChange) -> str:
    """The cells that tell most of an incident, else how many there are."""
    held = {cell.column: cell.after or cell.before for cell in entry.cells}
    names = ("date", "place", "type", "publisher", "measure")
    parts = [_say_cell(name, held[name])[:60] for name in names if held.get(name)]
    return escape(" · ".join(parts)) or f"{len(entry.cells)} cells"


def _say_cell(column: str, text: str | None) -> str:
    """A cell as the reader sees it: days as everywhere."""
    return say_partial_date(text or "") if column in _DAYS else text or ""


def _write(column: str, cell: str | None) -> str:
    if cell is None:
        return _EMPTY
    text = _say_cell(column, cell)
    return escape(text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…")
