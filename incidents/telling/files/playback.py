"""The playback kept as an animation: a window of days that moves, and the map below it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from geo.drawing.land import Land
from geo.drawing.maps import NATURAL_EARTH
from geo.drawing.pictures import MAP_HEIGHT, MAP_WIDTH, Pictures, Scene, Sheet, write_gif
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
    store: Store, filters: Filters, display: Display, credit: str, land: Land
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
        Which version it is, and whose: written on every picture.

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
    groups = read_groups(chosen, steps, window, extent["placed"] > MOST_FEATURES)
    scenes = [_make_scene(groups, steps, number) for number in range(steps.windows)]
    most = max((circle.number for scene in scenes for circle in scene.circles), default=0)
    sheet = Sheet(
        count_bars(groups, len(steps.starts)),
        (say_date(steps.first), say_date(steps.last)),
        _say_lines(everywhere, steps, credit, most),
    )
    pictures = Pictures(land, window, sheet, scenes)
    busiest = max(range(len(scenes)), key=lambda number: len(scenes[number].circles))
    ms = min(MOST_MS, max(LEAST_MS, WHOLE_MS // len(scenes)))
    return write_gif(map(pictures.draw, range(len(scenes))), pictures.draw(busiest), ms, LAST_MS)


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


def _make_scene(groups: Groups, steps: Steps, number: int) -> Scene:
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
        find_circles(drawn),
        number,
        last,
    )


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
    return (
        f"{to_sentence(filters)}. One picture per {steps.name}{each}.",
        "An incident that lasted, or whose day is vague, is in every window that it may have"
        " happened in. Dashed: place known to the governorate or country only.",
        f"{credit} · {NATURAL_EARTH}{largest}",
    )
