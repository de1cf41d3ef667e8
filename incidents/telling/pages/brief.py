"""A view as one file: to be kept, mailed and printed, without a server and without a network."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import Any

from geo.drawing.maps import NATURAL_EARTH
from geo.places.mercator import PictureWindow, fit_window, frame_window
from incidents.asking.address import Address
from incidents.asking.display import Display
from incidents.asking.figures import Figures, read_figures
from incidents.asking.filters import set_keys
from incidents.asking.map.features import show_incident
from incidents.asking.map.windows import find_around, read_window
from incidents.asking.sorting import DEFAULT_ORDER, name_column, name_direction
from incidents.table.columns import HARMS
from incidents.table.sentences import say_date
from incidents.telling.files.qr import MOST_LETTERS, draw_qr
from incidents.telling.pages.asked import HOME, NO_LICENCE, Asked
from incidents.telling.pages.bands import write_bands
from incidents.telling.pages.bars import write_timeline
from incidents.telling.pages.casualties import CLAIMS
from incidents.telling.pages.document import name_page, say_value, write_title
from incidents.telling.pages.figures import write_figures
from incidents.telling.pages.incident import find_opened
from incidents.telling.pages.picture import ask_map, draw_map
from incidents.telling.pages.records import MOST_LISTED, WHOLE, anchor, write_listed, write_whole
from incidents.telling.pages.style import Theme, write_brief_style
from incidents.telling.words.casualties import say_incidents
from incidents.telling.words.citations import cite_view
from incidents.telling.words.heading import say_view

MAP_WIDTH, MAP_HEIGHT = 720, 440
METHOD = (
    "Ranges run from the lowest to the highest claim of all reports. Unknown is never 0: incidents "
    "without a number are in no sum, but counted beside it. An operation told as several incidents "
    "counts once.",
    "A place is drawn as exactly as its source knows it: a point for a site or town, an area for a "
    "district, governorate or country. What cannot be placed is in every figure and in the list.",
    "Confidence: confirmed by three or more independent publishers, fair by two, weak by fewer; "
    "contested where publishers contradict each other on the people harmed, or somebody denies it. "
    "Copies of one agency's text count as one publisher. Marked with ≠: most other publishers say "
    "what cannot be right with it. Struck through: corrected later by the same publisher.",
)
"""How to read a brief, in three lines; docs/method.md has the rules."""


@dataclass(frozen=True)
class Sent:
    """Where a brief comes from.

    Attributes
    ----------
    place
        Address of the dashboard, with a slash at its end; "" where none is known.
    day, made
        When it is written, and when its version of the table was made.
    """

    place: str
    day: date
    made: date


def write_brief(asked: Asked, sent: Sent, theme: Theme) -> str:
    """The whole file: HTML that asks for nothing else and runs no script.

    Of an opened incident its record; else of the filters, in the order of the list, up to `WHOLE`
    incidents whole, of more a table of the first `MOST_LISTED`. Where the map stands leaves no
    incident out.
    """
    row = find_opened(asked)
    sentence = say_view(asked.filters, asked.facets)
    page = HOME if row is None else "incident"
    title = write_title(page, sentence, row, asked.table.name)
    body = (
        f"{_write_head(asked, sent, name_page(page, sentence, row))}"
        f"{_write_view(asked, sent) if row is None else _write_incident(asked, row)}"
        f"{_write_foot(asked, sent, name_page(page, sentence, row))}"
    )
    sheet, style = write_brief_style(theme, asked.table.snapshot)
    styles = f"{_hash(sheet)} {_hash(style)}"
    policy = f"default-src 'none'; style-src {styles}; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)}</title><style>{sheet}</style><style>{style}</style></head>"
        f'<body><article class="brief">{body}</article></body></html>'
    )


def _hash(style: str) -> str:
    """A style sheet as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


def find_link(asked: Asked) -> str:
    """The address of the live view on this version, relative to the dashboard; not escaped."""
    named = None if find_opened(asked) is None else asked.display.incident
    shown = replace(asked.display, data=asked.table.snapshot, incident=named, embed=None, page=None)
    page = HOME if named is None else "incident"
    return asked.write_link(page, Address(asked.filters, shown)).removeprefix("./")


def _write_head(asked: Asked, sent: Sent, title: str) -> str:
    version = f"Version {asked.table.snapshot} of {say_date(sent.made)}"
    link = code = ""
    if sent.place:
        address = f"{sent.place}{find_link(asked)}"
        link = f' · <a href="{escape(address)}" rel="noopener noreferrer">Open the live view</a>'
        code = draw_qr(address) if len(address) <= MOST_LETTERS else ""
    told = "".join(f'<p class="told">{escape(each)}</p>' for each in asked.told)
    return (
        f'{asked.table.write_band()}<header><div><p class="kicker">{escape(asked.table.name)}</p>'
        f'<h1 dir="auto">{escape(title)}</h1>'
        f'<p class="note">Written {say_date(sent.day)} · {version}{link}</p>'
        f"{_write_filters(asked)}{told}</div>{code}</header>"
    )


def _write_filters(asked: Asked) -> str:
    """What is filtered, line by line; an opened incident is what it is under any filter."""
    if find_opened(asked) is not None:
        return ""
    lines = "".join(
        f"<dt>{escape(key.label)}</dt><dd>{escape(say_value(key, asked.filters))}</dd>"
        for key in set_keys(asked.filters)
    )
    return f'<dl class="facts">{lines}</dl>' if lines else ""


def _write_view(asked: Asked, sent: Sent) -> str:
    figures = asked.store.ask(read_figures, asked.filters)
    note = f'<p class="note">{escape(CLAIMS[asked.filters.basis])}</p>'
    missing = ""
    if asked.display.incident is not None:
        words = f"Incident “{asked.display.incident}” is not in this version of the table."
        missing = f'<p class="told">{escape(words)}</p>'
    if not figures.incidents:
        words = "No incident fits all of these filters."
        return f'{missing}{write_figures(figures)}<p class="empty"><b>{words}</b></p>'
    bands = "".join(write_bands(asked, harm) for harm in HARMS)
    return (
        f"{missing}{write_figures(figures)}{note}"
        f'<section class="together"><h2>Map</h2>{_write_map(asked, figures)}</section>'
        f'<section class="together"><h2>Over time</h2>{write_timeline(asked)}</section>'
        f'<section class="together"><h2>Casualties</h2><div class="halves">{bands}</div></section>'
        f"<section><h2>Incidents</h2>{_write_list(asked, sent, figures)}</section>"
    )


def _write_map(asked: Asked, figures: Figures) -> str:
    """All that is placed of the filters, or the link's window; nothing of it is cut off."""
    window = _find_window(asked)
    # A brief of a table that is not told to its end has no place for each mark to lead to.
    link = _lead if figures.incidents <= MOST_LISTED else _lead_nowhere
    return draw_map(asked, window, ask_map(asked, window), link=link)


def _lead(incident: str) -> str:
    return f"#{anchor(incident)}"


def _lead_nowhere(incident: str) -> str:
    return "#incidents"


def _find_window(asked: Asked) -> PictureWindow:
    if asked.display.bbox is not None:
        return fit_window(asked.display.bbox, MAP_WIDTH, MAP_HEIGHT)
    everywhere = replace(asked.filters, window=None)
    held = asked.store.ask(read_window, everywhere) or asked.facets.home
    return frame_window(held, MAP_WIDTH, MAP_HEIGHT)


def _write_list(asked: Asked, sent: Sent, figures: Figures) -> str:
    order = asked.display.sort or DEFAULT_ORDER
    column = name_column(order.removeprefix("-"))
    sorted_by = f"Sorted by {column[0].lower()}{column[1:]}: {name_direction(order).lower()}."
    total = figures.incidents
    if total <= WHOLE:
        words = f"{say_incidents(total)}, each with its reports. {sorted_by}"
        return f'<p class="note" id="incidents">{escape(words)}</p>{write_whole(asked, order)}'
    words = f"{total:,} incidents, in short because they are more than {WHOLE}. {sorted_by}"
    if total > MOST_LISTED:
        words = (
            f"The first {MOST_LISTED:,} of {total:,} incidents. {sorted_by} "
            f"All of them, with all columns, are in the files: {_name_file(asked, sent)}"
        )
    return f'<p class="note" id="incidents">{escape(words)}</p>{write_listed(asked, order)}'


def _name_file(asked: Asked, sent: Sent) -> str:
    """Where all incidents of the filters are to be had."""
    shown = Address(asked.filters, Display(data=asked.table.snapshot))
    if not sent.place:
        return f"python -m incidents export {asked.table.snapshot} --format csv"
    return f"{sent.place}api/incidents.csv?{asked.to_query(shown)}"


def _write_incident(asked: Asked, row: dict[str, Any]) -> str:
    drawn = '<p class="note">This incident cannot be placed on the map.</p>'
    if row["lat"] is not None:
        window = frame_window(find_around(row), MAP_WIDTH, MAP_HEIGHT * 2 // 3)
        drawn = draw_map(asked, window, show_incident(row), row["incident"], _lead)
    return f"{drawn}{write_whole(asked, '', [row])}"


def _write_foot(asked: Asked, sent: Sent, title: str) -> str:
    lines: Sequence[str] = [f"<li>{escape(each)}</li>" for each in METHOD]
    address = f"{sent.place}{find_link(asked)}" if sent.place else ""
    name, version = asked.table.name, asked.table.snapshot
    cited = cite_view(title, name, version, sent.made, address, sent.day)
    licence = (
        f"Incidents, reports and claims: {asked.table.licence}."
        if asked.table.licence
        else f"Incidents: {NO_LICENCE}; the dashboard knows no licence of it."
    )
    link = (
        f'<a href="{escape(address)}" rel="noopener noreferrer">{escape(address)}</a>'
        if address
        else "not known: this brief was written without a server."
    )
    return (
        f'<section class="foot"><h2>How to read this</h2><ol>{"".join(lines)}</ol>'
        f'<h2>Source</h2><dl class="facts"><dt>Table</dt><dd>{escape(name)}, '
        f"version {version} of {say_date(sent.made)}</dd>"
        f"<dt>Licence</dt><dd>{escape(licence)} {escape(NATURAL_EARTH)}, public domain.</dd>"
        f"<dt>To cite</dt><dd>{escape(cited)}</dd>"
        f"<dt>Live view</dt><dd>{link}</dd></dl></section>"
    )
