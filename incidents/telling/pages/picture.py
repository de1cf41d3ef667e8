"""The map of a page as SVG, with what explains it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape
from typing import Any

from geo.drawing.legend import Key
from geo.drawing.maps import NATURAL_EARTH
from geo.drawing.marks import WIDE, Marks
from geo.drawing.svg import element
from geo.drawing.views import draw_answer, list_shades
from geo.places.mercator import PictureWindow, fit_window, frame_window
from incidents.asking.display import Display
from incidents.asking.filters import Filters
from incidents.asking.map.cells import widen_window
from incidents.asking.map.features import read_map
from incidents.table.sentences import VIEWS
from incidents.telling.pages.asked import Asked
from incidents.telling.words.map import count_seen, say_status

WIDTH, HEIGHT, LEGEND = 644, 500, 46
"""Pixels of the live map on an ordinary screen, and of what stands at its foot."""
BEYOND = 0.4
"""Land is drawn so much further on every side, for screens of another shape."""
Answer = Mapping[str, Any]
Link = Callable[[str], str]
"""Address of an incident by its id."""


def write_map(asked: Asked) -> str:
    """The map of the overview: its views as links, the picture, its legend."""
    shown = asked.display.view or "incidents"
    views = "".join(_write_view(asked, name, words, name == shown) for name, words in VIEWS.items())
    return f'<nav class="views" aria-label="Map shows">{views}</nav>{write_map_alone(asked)}'


def write_map_alone(asked: Asked) -> str:
    """The map of the overview, in the view that the address names."""
    window = _find_window(asked)
    return draw_map(asked, window, ask_map(asked, window), asked.display.incident)


def write_place(asked: Asked, row: Mapping[str, Any]) -> str:
    """One incident among all others, in a window of some 60 km around it."""
    if row["lat"] is None:
        return '<p class="note">This incident cannot be placed on the map.</p>'
    span = 0.3 if row["precision"] in ("site", "town") else 1.2
    lat, lon = row["lat"], row["lon"]
    around = (lon - span, lat - span, lon + span, lat + span)
    window = frame_window(around, WIDTH, 300, LEGEND)
    answer = ask_map(replace(asked, filters=Filters(), display=Display()), window)
    return draw_map(asked, window, answer, row["incident"])


def _write_view(asked: Asked, name: str, words: str, is_shown: bool) -> str:
    if is_shown:
        return f'<b aria-current="true">{words}</b>'
    view = None if name == "incidents" else name
    return f'<a href="{escape(asked.link("overview", view=view))}">{words}</a>'


def _find_window(asked: Asked) -> PictureWindow:
    """Where the live map stands at first: the link's window, else all that is placed."""
    if asked.display.bbox is None:
        return frame_window(asked.facets.home, WIDTH, HEIGHT, LEGEND)
    window = fit_window(asked.display.bbox, WIDTH, HEIGHT)
    zoom = 18 if asked.display.z is None else asked.display.z
    return (
        window
        if window.zoom <= zoom + 0.5
        else frame_window(asked.display.bbox, WIDTH, HEIGHT, 0, zoom + 0.5)
    )


def ask_map(asked: Asked, window: PictureWindow) -> Answer:
    """The answer of ``/api/map`` to the view in this window, asked for as the live map does."""
    zoom = round(window.zoom)
    filters = replace(asked.filters, window=widen_window(window.bbox, zoom))
    return read_map(asked.store, filters, replace(asked.display, z=zoom), asked.table.monitored)


def draw_map(
    asked: Asked,
    window: PictureWindow,
    answer: Answer,
    selected: str | None = None,
    link: Link | None = None,
) -> str:
    """A figure: the SVG of an answer of ``/api/map``, its status, its legend.

    Marks lead to their incidents' pages, or where `link` says.
    """
    status = tell_status(answer, window)
    leads = link or (lambda each: asked.link("incident", incident=each))
    picture = element(
        "svg",
        draw_marks(asked, window, answer, selected, leads, BEYOND),
        class_="map",
        viewBox=f"0 0 {window.width} {window.height}",
        role="img",
        aria_label=f"Map. {status}.",
    )
    return (
        f'<figure class="picture">{picture}<p class="map-status">{escape(status)}</p>'
        f"<figcaption>{_write_legend(asked, answer)}</figcaption></figure>"
    )


def draw_marks(
    asked: Asked,
    window: PictureWindow,
    answer: Answer,
    selected: str | None,
    link: Link | None = None,
    beyond: float = 0.0,
) -> str:
    """Land, and on it an answer of ``/api/map``: SVG in the pixels of the window.

    Without `link`, marks lead nowhere; `beyond` as the margin of `Land.draw`.
    """
    marks = Marks(asked.land, window, asked.types, selected, link)
    shade = asked.display.shade or "incidents"
    return asked.land.draw(window, beyond) + draw_answer(marks, answer, shade, asked.filters.basis)


def tell_status(answer: Answer, window: PictureWindow, where: str = "on screen") -> str:
    """What of the incidents is on a map of this window, and what that is."""
    return say_status(answer, count_seen(answer, _is_inside(window)), where)


def _is_inside(window: PictureWindow) -> Any:
    def run(lon: float, lat: float) -> bool:
        x, y = window.place(lon, lat)
        return 0 <= x <= window.width and 0 <= y <= window.height

    return run


def _write_legend(asked: Asked, answer: Answer) -> str:
    keys = [_write_key(sample, words) for sample, words in list_keys(asked, answer)]
    return f'{"".join(keys)}<span class="key credit">{NATURAL_EARTH}</span>'


def _write_key(sample: str, words: str) -> str:
    shown = f'<i class="{sample}"></i>' if sample else ""
    return f'<span class="key">{shown}{escape(words)}</span>'


def list_keys(asked: Asked, answer: Answer) -> list[Key]:
    """What the marks of an answer stand for, as on the live map."""
    vague = _count_wide(answer) if answer["view"] == "incidents" else ""
    wide = ("sample dashed", f"Place known to that area only{vague}")
    view = answer["view"]
    if view == "density":
        return list_shades(answer)
    if view == "governorates":
        shade = asked.display.shade or "incidents"
        unknown = [("square shade-0", "0"), ("square unknown", "Unknown")]
        keys = list_shades(answer, shade, asked.filters.basis)
        return [*keys, *(unknown if shade != "incidents" else []), ("square", "No incident")]
    if view == "lines":
        ends = [("sample", "Launch site"), ("sample filled", "Target")]
        return [*ends, ("", "Coloured by type of attack")]
    if view == "change":
        more = [("sample filled more", "More after"), ("sample filled fewer", "Fewer after")]
        return [*more, ("sample", "As many"), wide]
    if answer["cells"]:
        return [("sample cell", "Number of incidents around"), wide]
    present = asked.facets.values["type"]
    keys = [
        (f"dot type-{place}", name.capitalize())
        for place, name in enumerate(asked.types)
        if name in present
    ]
    keys += [("sample", "Toll unknown"), ("sample big", "More people harmed")]
    if any(each["properties"]["precision"] is None for each in answer["features"]):
        keys.append(("sample dotted", "Not stated how exactly the place is known"))
    return [*keys, wide]


def _count_wide(answer: Answer) -> str:
    """How many are known to an area only, where that is asked."""
    vague = [each["properties"] for each in answer["features"] if answer["view"] == "incidents"]
    number = (
        sum(each.get("n", 1) for each in vague if each.get("precision") in WIDE) if vague else 0
    )
    return f": {number:,}" if number else ""
