"""Casualties as tables."""

from collections.abc import Sequence
from html import escape

from incidents.asking.casualties.answer import read_casualties
from incidents.asking.casualties.rows import Row
from incidents.asking.filters import Filters
from incidents.table.sentences import BYS, HARM_LABELS, WHO, label_incident
from incidents.telling.pages.asked import Asked
from incidents.telling.words.casualties import (
    label_row,
    say_difference,
    say_no_number,
    say_publishers,
    say_share,
    say_sum,
)

MOST_ROWS = 12
"""Rows of a chart or table on a page; the files have all."""
CLAIMS = {
    "range": "Ranges run from the lowest to the highest claims.",
    "low": "Only the lowest claims are shown: each number is a least.",
    "high": "Only the highest claims are shown: each number is a most.",
    "known": "Only incidents for which somebody gives the number are shown.",
}
GROUPINGS = ("type", "group", "actor", "target", "weapon", "gov")


def say_subject(filters: Filters, harm: str) -> str:
    """Whose harm is told: Killed, Wounded: civilians…"""
    words = HARM_LABELS[harm]
    return words if filters.who == "all" else f"{words}: {WHO[filters.who].lower()}"


def write_casualties(asked: Asked) -> str:
    """Who was harmed by what is asked for, and where sources differ most."""
    harm = asked.display.harm or "killed"
    by = asked.display.by or "type"
    by = by if by in GROUPINGS else "type"
    filters = asked.filters
    told = asked.store.ask(read_casualties, filters, by, harm)
    differing = asked.store.ask(read_casualties, filters, "incident", harm)
    subject = escape(say_subject(filters, harm))
    return (
        f'<p class="note claims"><b>{escape(CLAIMS[filters.basis])}</b> An operation told as '
        "several incidents counts once; incidents without a number are in no sum but counted "
        f"beside it.</p>{_write_choices(asked, harm, by)}"
        f'<h2 class="section">{subject} by {BYS[by].lower()}</h2>{_write_rows(told.rows, by)}'
        f'<h2 class="section">{subject}: where sources differ most</h2>'
        f"{_write_differing(asked, differing.rows)}"
    )


def _write_choices(asked: Asked, harm: str, by: str) -> str:
    harms = [
        (name, words, asked.link("casualties", harm=name, by=by))
        for name, words in HARM_LABELS.items()
    ]
    bys = [(name, BYS[name], asked.link("casualties", harm=harm, by=name)) for name in GROUPINGS]
    return "".join(
        f'<nav class="views" aria-label="{label}">'
        + "".join(
            f'<b aria-current="true">{words}</b>'
            if name == shown
            else f'<a href="{escape(address)}">{words}</a>'
            for name, words, address in choices
        )
        + "</nav>"
        for label, choices, shown in (("Harm", harms, harm), ("By", bys, by))
    )


def _write_rows(rows: Sequence[Row], by: str) -> str:
    heads = (BYS[by], "Range", "No number", "Sources", "On one publisher")
    body = "".join(
        f'<tr><th scope="row">{escape(label_row(row, by))}</th>'
        + "".join(
            f"<td>{escape(words)}</td>"
            for words in (
                say_sum(row),
                f"{say_no_number(row)} of {row['incidents']:,}",
                say_publishers(row),
                say_share(row),
            )
        )
        + "</tr>"
        for row in rows[:MOST_ROWS]
    )
    more = len(rows) - MOST_ROWS
    rest = f'<p class="note">{more:,} more are in the files.</p>' if more > 0 else ""
    head = "".join(f'<th scope="col">{each}</th>' for each in heads)
    return (
        f'<table class="trends"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}'
    )


def _write_differing(asked: Asked, rows: Sequence[Row]) -> str:
    if not rows:
        return '<p class="note">On no incident do the numbers shown of sources differ.</p>'
    items = "".join(
        f'<li><a href="{escape(asked.link("incident", incident=row["incident"]))}">'
        f"{escape(label_incident(row))}</a>: {escape(say_difference(row))}</li>"
        for row in rows[:MOST_ROWS]
    )
    return f"<ul>{items}</ul>"
