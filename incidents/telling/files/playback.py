"""The playback kept as an animation: a window of days that moves, and the map below it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from geo.drawing.images import write_gif
from geo.drawing.land import Land
from geo.drawing.legend import Key
from geo.drawing.maps import NATURAL_EARTH
from geo.drawing.pictures import MAP_HEIGHT, MAP_WIDTH, Pictures, Scene, Sheet
from geo.places.mercator import Bounds, fit_window
from incidents.asking.display import Display
from incidents.asking.facets import find_home
from incidents.asking.figures import Total
from incidents.asking.filters import Filters, to_sentence
from incidents.asking.map.features import MOST_FEATURES
from incidents.asking.map.playback_cells import (
    DRAWN,
    Groups,
    count_bars,
    find_circles,
    pick,
    read_extent,
    read_groups,
    sum_killed,
)
from incidents.asking.map.playback_steps import Steps, plan_steps
from incidents.asking.store import Store
from incidents.table.errors import FilterError
from incidents.table.sentences import say_date, say_dates

WHOLE_MS, LEAST_MS, MOST_MS, LAST_MS = 24_000, 200, 800, 2_500
"""How long all pictures take together, one picture at least and at most, and the last one."""


def write_playback(
    store: Store,
    filters: Filters,
    display: Display,
    credit: str,
    land: Land,
    types: Sequence[str] = (),
    classes: Mapping[str, str] | None = None,
) -> bytes:
    """The playback of the filters as a GIF.

    A window of ``display.length`` steps moves by one step at a time over ``filters.dates``, or
    over all days on which an incident of the filters happened. The map is the window
    ``filters.window``, widened to the picture's shape. Each picture tells of the incidents that the
    filters would choose with its days as ``dates``: one of several days, or whose day is vague,
    is in every window that it may have happened in. An operation counts once in each picture.

    Parameters
    ----------
    credit
        Whose it is and which version, in lines: written on every picture.
    types, classes
        Types that have a colour of their own, in order, and the colour of each class of a type.

    Raises
    ------
    FilterError
        The step makes more pictures than an animation holds, or there is nothing to play.
    """
    everywhere = replace(filters, window=None)
    chosen = store.select(everywhere)
    extent = read_extent(chosen)
    steps = _plan(filters, display, extent)
    bbox = filters.window or find_home(_find_bounds(extent))
    window = fit_window(bbox, MAP_WIDTH, MAP_HEIGHT)
    are_many = extent["placed"] > MOST_FEATURES
    groups = read_groups(chosen, steps, window, types, are_many)
    own = () if are_many or not types else (*(f"type-{n}" for n in range(len(types))), "type-other")
    scenes = [_make_scene(groups, steps, number, own) for number in range(steps.windows)]
    most = max((circle.number for scene in scenes for circle in scene.circles), default=0)
    sheet = Sheet(
        count_bars(groups, len(steps.starts)),
        (say_date(steps.first), say_date(steps.last)),
        _say_lines(everywhere, steps, credit, most),
        _list_keys(scenes, types),
        classes or {},
    )
    pictures = Pictures(land, window, sheet, scenes)
    busiest = max(range(len(scenes)), key=lambda number: len(scenes[number].circles))
    ms = min(MOST_MS, max(LEAST_MS, WHOLE_MS // len(scenes)))
    drawn, sample = map(pictures.draw, range(len(scenes))), pictures.draw(busiest)
    return write_gif(drawn, sample, ms, LAST_MS, sheet.classes)


def _plan(filters: Filters, display: Display, extent: Mapping[str, Any]) -> Steps:
    if filters.dates is not None:
        return plan_steps(*filters.dates, display.step, display.length, whole=False)
    if extent["first"] is None:
        raise FilterError("There is no incident to play: choose other filters.")
    return plan_steps(extent["first"], extent["last"], display.step, display.length, whole=True)


def _find_bounds(extent: Mapping[str, Any]) -> Bounds | None:
    if extent["west"] is None:
        return None
    return extent["west"], extent["south"], extent["east"], extent["north"]


def _make_scene(groups: Groups, steps: Steps, number: int, classes: Sequence[str]) -> Scene:
    last = steps.last_step(number)
    held = pick(groups, (groups["start"] <= last) & (groups["end"] >= number))
    drawn = pick(held, np.isin(held["kind"], DRAWN))
    is_vague = (drawn["start"] < number) | (drawn["end"] > last)
    counts = {kind: int(held["n"][held["kind"] == kind].sum()) for kind in _ELSEWHERE}
    counts["vague"] = int(drawn["n"][is_vague].sum())
    return Scene(
        say_dates(*steps.days(number)),
        _say_figures(int(drawn["n"].sum()), sum_killed(drawn)),
        _say_notes(counts),
        find_circles(drawn, classes),
        number,
        last,
    )


def _list_keys(scenes: Sequence[Scene], types: Sequence[str]) -> list[Key]:
    """What the circles stand for: the types that are drawn, else that they count."""
    circles = [circle for scene in scenes for circle in scene.circles]
    drawn = {name for circle in circles for name, _ in circle.shares}
    named = {f"type-{n}": each.capitalize() for n, each in enumerate(types)}
    keys = [(f"dot {name}", words) for name, words in named.items() if name in drawn]
    if "type-other" in drawn:
        keys.append(("dot type-other", "Other types"))
    if any(not circle.shares for circle in circles):
        keys.append(("sample cell", "Number of incidents around"))
    if any(circle.is_area for circle in circles):
        keys.append(("sample dashed", "Place known to that area only"))
    return keys


_ELSEWHERE = {
    "unplaced": "{:,} without a known place",
    "outside": "{:,} outside this part of the map",
}


def _say_figures(incidents: int, killed: Total) -> str:
    if incidents == 0:
        return "No incidents in the table"
    words = f"killed {killed.text}"
    if killed.low is not None and killed.unknown:
        words += f" ({killed.unknown:,} unknown)"
    return f"{incidents:,} {'incident' if incidents == 1 else 'incidents'} · {words}"


def _say_notes(counts: Mapping[str, int]) -> str:
    missing = [words.format(counts[kind]) for kind, words in _ELSEWHERE.items() if counts[kind]]
    notes = [f"Not drawn: {', '.join(missing)}"] if missing else []
    if counts["vague"]:
        notes.append(f"{counts['vague']:,} of those drawn may have happened on other days")
    return " · ".join(notes)


def _say_lines(filters: Filters, steps: Steps, credit: str, most: int) -> Sequence[str]:
    each = f"; each shows {steps.length} {steps.name}s" if steps.length > 1 else ""
    largest = f" · Most incidents in one circle: {most:,}" if most > 0 else ""
    *whose, version = credit.splitlines()
    return (
        f"{to_sentence(filters)}. One picture per {steps.name}{each}.",
        "An incident that lasted, or whose day is vague, is in every window that it may have"
        " happened in.",
        *whose,
        f"{version} · {NATURAL_EARTH}{largest}",
    )
