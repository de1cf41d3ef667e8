"""Munitions on the Casualties page: launched, intercepted, impacted, and the share intercepted."""

from html import escape

import streamlit as st

from incidents.asking.address import Address
from incidents.asking.casualties.rows import Row
from incidents.asking.display import Display
from incidents.asking.figures import Total
from incidents.asking.munitions.answer import BY, FATES, USUAL, read_munitions
from incidents.asking.munitions.sums import say_rate
from incidents.table.sentences import BYS
from incidents.telling.words.casualties import label_row, say_incidents
from parts.address.view import View
from parts.casualties.framed import MOST_BARS, Frame, show_head

MUNITIONS_EXPLAINED = (
    "Impacted is what was launched and not intercepted, wherever it fell. It and the share "
    "intercepted are told only of incidents on which both numbers are known."
)


def show_munitions(view: View, by: str, harm: str) -> None:
    """A table by what casualties are grouped by, if it can be; nothing where nothing is known.

    `harm` is what the page shows besides: its links name it.
    """
    by = by if by in BY else USUAL
    asked = Address(view.filters, Display(data=view.version.snapshot.id, by=by, harm=harm))
    told = view.store.ask(read_munitions, view.filters, by)
    if told.total["launched_high"] is None and told.total["intercepted_high"] is None:
        return
    rows = [(label_row(row, by), row) for row in told.rows if _is_known(row)]
    title = f"Munitions by {BYS[by].lower()}"
    show_head(view, Frame("munitions", title, asked, answer="munitions"))
    names = (BYS[by], *(fate.capitalize() for fate in FATES), "Share intercepted")
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    body = "".join(_write_row(label, row) for label, row in rows[:MOST_BARS])
    st.html(
        f'<table class="trends munitions"><thead><tr>{head}</tr></thead><tbody>{body}</tbody>'
        f"<tbody>{_write_row('All', told.total)}</tbody></table>"
        f'<p class="note">{MUNITIONS_EXPLAINED}{_say_rest(len(told.rows), len(rows))}</p>'
    )


def _is_known(row: Row) -> bool:
    return any(row[f"{fate}_{end}"] is not None for fate in FATES for end in ("low", "high"))


def _write_row(label: str, row: Row) -> str:
    cells = [_say_fate(row, fate) for fate in FATES]
    stopped, of = (
        (row[f"rate_{part}_low"], row[f"rate_{part}_high"]) for part in ("stopped", "of")
    )
    share = say_rate(row["rate_low"], row["rate_high"], stopped, of)
    cells.append(f"{share} ({say_incidents(row['rate_known'])})" if row["rate_known"] else share)
    return f"<tr><th>{escape(label)}</th>{''.join(f'<td>{escape(c)}</td>' for c in cells)}</tr>"


def _say_fate(row: Row, fate: str) -> str:
    """A range with the incidents on which it is unknown beside it."""
    ends = (row[f"{fate}_{name}"] for name in ("low", "high", "unknown", "open"))
    total = Total(*ends)
    if total.low is None and total.high is None:
        return total.text
    return f"{total.text} (+ {total.unknown:,} unknown)" if total.unknown else total.text


def _say_rest(rows: int, known: int) -> str:
    """Rows that are not shown: those of which nothing is known, and those beyond the most."""
    said = ""
    if rows > known:
        said += f" Of {rows - known:,} more nobody gives a number."
    if known > MOST_BARS:
        said += f" {known - MOST_BARS:,} more are in the CSV."
    return said
