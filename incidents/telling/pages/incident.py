"""One incident as HTML: the card beside the map, and the page of its own."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from incidents.asking.escalation.spells import find_linked
from incidents.asking.map.features import KNOWN_TO, say_toll
from incidents.asking.neighbours import find_neighbours
from incidents.table.own_columns import OwnColumn
from incidents.table.sentences import GRADE_MARKS, label_incident, say_days_apart
from incidents.telling.pages.asked import Asked
from incidents.telling.pages.listing import write_list
from incidents.telling.pages.matrix import write_chronology, write_matrix
from incidents.telling.pages.picture import write_place
from incidents.telling.pages.reports import write_differences, write_reports
from incidents.telling.words.incident import (
    list_facts,
    list_tolls,
    say_moment,
    say_origin_of_place,
    say_reports,
    say_what_happened,
    say_where,
)
from incidents.telling.words.matrix import list_differences, make_matrix

Row = Mapping[str, Any]


def write_list_or_incident(asked: Asked) -> str:
    """The opened incident if there is one, else the list."""
    row = find_opened(asked)
    if row is not None:
        return write_card(asked, row)
    named = asked.display.incident
    if named is None:
        return write_list(asked)
    words = f"Incident “{named}” is not in this version of the table."
    return f'<p class="told">{escape(words)}</p>{write_list(asked)}'


def find_opened(asked: Asked) -> dict[str, Any] | None:
    """The incident that the address names, if this version has it."""
    named = asked.display.incident
    return None if named is None else asked.store.find_incident(named, asked.filters.basis)


def write_card(asked: Asked, row: dict[str, Any]) -> str:
    """What happened, who was harmed and who reports it."""
    reports = asked.store.find_reports(row["incident"])
    full = escape(asked.link("incident", incident=row["incident"]))
    known = KNOWN_TO.get(row["precision"], KNOWN_TO[None])
    return (
        f'<div class="card"><p><a href="{escape(asked.link(asked.page))}">Back to the list</a> '
        f'<a href="{full}">Full record</a></p>{write_facts(row, "h2", asked.store.own)}'
        f'<p class="note">{known}.</p>'
        f"<p>{escape(say_reports(reports)) if reports else ''}</p></div>"
    )


def write_facts(row: dict[str, Any], heading: str = "", own: Sequence[OwnColumn] = ()) -> str:
    """Place, time, summary, tolls and what else is known; with a heading, what happened above."""
    tolls = "".join(
        f'<tr><th scope="row">{escape(who)}</th><td>{escape(killed)}</td>'
        f"<td>{escape(wounded)}</td></tr>"
        for who, killed, wounded in list_tolls(row)
    )
    lines = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(words)}</dd>" for label, words in list_facts(row, own)
    )
    summary = f'<p dir="auto">{escape(row["summary"])}</p>' if row["summary"] else ""
    told = f"<{heading}>{escape(say_what_happened(row))}</{heading}>" if heading else ""
    return (
        f'{told}<p dir="auto">{escape(say_where(row))}<br>{escape(say_moment(row))}</p>{summary}'
        '<table class="trends"><thead><tr><th>Who</th><th>Killed</th><th>Wounded</th></tr></thead>'
        f'<tbody>{tolls}</tbody></table><dl class="facts">{lines}</dl>'
    )


def write_incident(asked: Asked) -> str:
    """The page of an incident."""
    row = find_opened(asked)
    if row is None:
        words = "There is no such incident in this version of the table."
        if asked.display.incident is None:
            words = "No incident is open."
        return (
            f'<p><b>{words}</b></p><p class="note">Choose one from the list.</p>{write_list(asked)}'
        )
    reports = asked.store.find_reports(row["incident"])
    matrix = make_matrix(reports, asked.store.find_claims(row["incident"]))
    return (
        f'<p><a href="{escape(asked.link("overview"))}">Back to the overview</a></p>'
        f"<h1>{escape(say_what_happened(row))}</h1>"
        f'<div class="halves"><div>{write_facts(row, own=asked.store.own)}</div><div class="place">'
        f'{write_place(asked, row)}<p dir="auto">{escape(say_origin_of_place(row))}</p>'
        f"{_write_grade(row)}</div></div>"
        f"{write_differences(list_differences(matrix), [])}{write_matrix(matrix)}"
        f"{_fold('What was said when', write_chronology(matrix))}"
        f"{write_reports(matrix, reports, row['sources'])}"
        f"{_write_linked(asked, row)}{_write_neighbours(asked, row)}"
    )


def _write_grade(row: Row) -> str:
    if not row["grade"]:
        return '<p class="note">Confidence: not graded.</p>'
    return f'<p class="grade"><b>{GRADE_MARKS[row["grade"]]} {row["grade"].capitalize()}</b></p>'


def _fold(title: str, content: str) -> str:
    return f"<details><summary>{title}</summary>{content}</details>" if content else ""


def _write_linked(asked: Asked, row: dict[str, Any]) -> str:
    answered, answers = find_linked(asked.store, row, asked.filters.basis)
    titles = (("Answers, by a report", answered), ("Answered by, by a report", answers))
    return "".join(
        f'<h3 class="section">{title}</h3><ul>'
        + "".join(_write_other(asked, each) for each in rows)
        + "</ul>"
        for title, rows in titles
        if rows
    )


def _write_neighbours(asked: Asked, row: dict[str, Any]) -> str:
    near = find_neighbours(asked.store, row, asked.filters.basis)
    items = []
    for each in near:
        far = "" if each.km is None else f", {each.km:.0f} km away"
        items.append(_write_other(asked, each.row, f" ({say_days_apart(each.days)}{far})"))
    listed = f"<ul>{''.join(items)}</ul>" if items else '<p class="note">None in this table.</p>'
    return (
        '<h3 class="section">Close by in time and place'
        "<small> within 14 days and 50 km, and parts of the same operation</small></h3>"
        f"{listed}"
    )


def _write_other(asked: Asked, row: dict[str, Any], how_near: str = "") -> str:
    address = escape(asked.link("incident", incident=row["incident"]))
    words = escape(f"{how_near}: {say_toll(row)}")
    return f'<li><a href="{address}">{escape(label_incident(row))}</a>{words}</li>'
