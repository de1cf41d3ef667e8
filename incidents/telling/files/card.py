"""A link as a picture: what a chat program shows of it before anybody opens it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from geo.drawing.images import write_png
from geo.drawing.land import Land
from geo.drawing.maps import NATURAL_EARTH
from geo.drawing.raster import cut, measure, rasterise
from geo.drawing.svg import draw_text, element
from geo.places.mercator import PictureWindow, fit_window, frame_window
from incidents.asking.figures import read_figures
from incidents.asking.map.features import show_incident
from incidents.asking.map.windows import find_around
from incidents.table.sentences import say_range
from incidents.telling.pages.asked import Asked
from incidents.telling.pages.figures import Card, list_cards
from incidents.telling.pages.picture import Answer, ask_map, draw_marks
from incidents.telling.words.heading import PRIVATE, say_view
from incidents.telling.words.incident import say_moment, say_what_happened

WIDTH, HEIGHT = 1200, 630
"""Pixels: the shape that previews of links have (Open Graph)."""
MARGIN, TOP, MAP_WIDTH, MAP_HEIGHT = 36, 156, 780, 424
TITLE, LINES, BAND = 36, 2, 28
NOWHERE = (35.0, 29.0, 49.5, 37.5)
"""Iraq and Syria: what a picture shows that tells of no table."""


def write_card(asked: Asked, classes: Mapping[str, str]) -> bytes:
    """A PNG of `WIDTH` x `HEIGHT`, see `draw_card`; `classes` as of `write_rules`."""
    return write_png(rasterise(draw_card(asked), classes), classes)


def draw_card(asked: Asked) -> str:
    """An SVG of a view: sentence, figures with their unknowns, map, credit, version.

    Of an opened incident its own. Everything from a table is drawn as text; nothing is read from
    the network or the disk.
    """
    opened = asked.display.incident
    row = opened and asked.store.find_incident(opened, asked.filters.basis)
    if row:
        placed = row["lat"] is not None
        around = find_around(row) if placed else asked.facets.home
        window = frame_window(around, MAP_WIDTH, MAP_HEIGHT)
        answer: Answer = show_incident(row) if placed else _read_nothing()
        title, cards = say_what_happened(row), _list_incident(row)
    else:
        figures = asked.store.ask(read_figures, asked.filters)
        window = find_window(asked)
        answer = ask_map(asked, window)
        title, cards = say_view(asked.filters, asked.facets), list_cards(figures)
    drawn = [
        element("rect", class_="paper", width=WIDTH, height=HEIGHT),
        *write_band(asked.table.band),
        write_line(MARGIN, 52, asked.table.name, 20, WIDTH - 2 * MARGIN, "note"),
        *write_title(title),
        element(
            "svg",
            draw_marks(asked, window, answer, opened if row else None),
            x=MARGIN, y=TOP, width=MAP_WIDTH, height=MAP_HEIGHT,
            viewBox=f"0 0 {MAP_WIDTH} {MAP_HEIGHT}",
        ),
        *_write_cards(cards),
        write_line(MARGIN, HEIGHT - 20, NATURAL_EARTH, 17, MAP_WIDTH, "note"),
        write_line(_RIGHT, HEIGHT - 20, f"Version {asked.table.snapshot}", 17, _ROOM, "note"),
    ]  # fmt: skip
    return _frame(drawn)


def write_neutral_card(land: Land, words: str) -> bytes:
    """A PNG of the same size that tells nothing of any table: the land, and what this is.

    Of `words` each of the first two sentences has a line.
    """
    window = frame_window(NOWHERE, WIDTH, HEIGHT - TOP)
    drawn = [
        element("rect", class_="paper", width=WIDTH, height=HEIGHT),
        element("g", land.draw(window), transform=f"translate(0 {TOP})"),
        element("rect", class_="paper", width=WIDTH, height=TOP),
        *write_title(PRIVATE),
        *(
            write_line(MARGIN, 122 + 24 * number, sentence, 19, WIDTH - 2 * MARGIN, "note")
            for number, sentence in enumerate(re.split(r"(?<=\.) ", words)[:2])
        ),
    ]
    return write_png(rasterise(_frame(drawn)), {})


def _frame(drawn: Sequence[str]) -> str:
    return element(
        "svg",
        "".join(drawn),
        class_="map",
        width=WIDTH,
        height=HEIGHT,
        xmlns="http://www.w3.org/2000/svg",
    )


_RIGHT = MARGIN + MAP_WIDTH + 28
_ROOM = WIDTH - _RIGHT - MARGIN


def find_window(asked: Asked, width: int = MAP_WIDTH, height: int = MAP_HEIGHT) -> PictureWindow:
    """Where the map of a link stands, else all incidents, in a picture of so many pixels."""
    bbox = asked.display.bbox
    if bbox is None:
        return frame_window(asked.facets.home, width, height)
    return fit_window(bbox, width, height)


def _read_nothing() -> Answer:
    return {"view": "incidents", "cells": False, "features": []}


def _list_incident(row: dict[str, Any]) -> list[Card]:
    killed, wounded = (
        Card(say_range(row[f"{harm}_min"], row[f"{harm}_max"]) or "unknown", harm, "")
        for harm in ("killed", "wounded")
    )
    sources = row["sources"] or 0
    return [killed, wounded, Card(f"{sources}", "publishers", say_moment(row))]


def write_band(band: str) -> list[str]:
    """Whose data it is, on a ground of its own, so that nobody takes it for the host's."""
    if not band:
        return []
    words = cut(band, 19, WIDTH - 2 * MARGIN, 600)
    style = "font-size: 19px; font-weight: 600; fill: #ffffff"
    ground = element("rect", width=WIDTH, height=BAND, style="fill: #7a1f1f")
    return [ground, draw_text(MARGIN, 20, words, "band", style=style)]


def write_title(title: str) -> list[str]:
    """The title in lines that fit, the last one cut off if need be."""
    room, words, lines = WIDTH - 2 * MARGIN, title.split(), [""]
    for number, word in enumerate(words):
        longer = f"{lines[-1]} {word}".strip()
        if measure(longer, TITLE, 600) <= room or not lines[-1]:
            lines[-1] = longer
        elif len(lines) < LINES:
            lines.append(word)
        else:
            lines[-1] = " ".join([lines[-1], *words[number:]])
            break
    return [
        write_line(MARGIN, 96 + 42 * number, line, TITLE, room, "", 600)
        for number, line in enumerate(lines)
    ]


def _write_cards(cards: list[Card]) -> list[str]:
    drawn, y = [], TOP + 30
    for card in cards:
        value = cut(card.value, 42, _ROOM, 600)
        drawn.append(write_line(_RIGHT, y, value, 42, _ROOM, "", 600))
        drawn.append(write_line(_RIGHT, y + 27, card.label, 21, _ROOM, ""))
        for number, note in enumerate(filter(None, card.note.split("; "))):
            drawn.append(write_line(_RIGHT, y + 49 + 20 * number, note, 16, _ROOM, "note"))
        y += 118
    return drawn


def write_line(
    x: float, y: float, words: str, size: int, room: float, class_: str, weight: int = 400
) -> str:
    """One line in so many pixels of room, cut off if need be."""
    style = f"font-size: {size}px; font-weight: {weight}"
    return draw_text(x, y, cut(words, size, room, weight), class_, style=style)
