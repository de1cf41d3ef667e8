"""Single marks of a map as SVG: a cell with its number, a ring cut by type, the ring of an area."""

import math
from collections.abc import Sequence

from geo.drawing.svg import draw_text, element

CELL_OPACITY = 0.82
COUNT_RADIUS = 11.0
"""Pixels of the ring in which the number of an area stands."""
MOST_RADIUS = 26.0


def find_radius(harmed: int | None) -> float:
    """Radius in pixels: area grows with the people harmed; unknown is drawn hollow, not small."""
    return 6.0 if harmed is None else min(MOST_RADIUS, 5 + 2.4 * math.sqrt(harmed))


def draw_donut(
    x: float,
    y: float,
    radius: float,
    shares: Sequence[tuple[str, int]],
    is_chosen: bool = False,
    words: str = "",
) -> str:
    """Several incidents: a ring cut by type, each with its class and number, and all in it."""
    number, reach, start = sum(n for _, n in shares), radius - 3, 0.0
    parts = [element("circle", class_="chosen", cx=x, cy=y, r=radius + 1)] if is_chosen else []
    parts.append(element("circle", class_="ground", cx=x, cy=y, r=radius - 1))
    for name, own in shares:
        share = own / number * 2 * math.pi * reach
        parts.append(
            element(
                "circle",
                class_=name,
                cx=x,
                cy=y,
                r=reach,
                stroke_dasharray=f"{share:.1f} {2 * math.pi * reach - share:.1f}",
                stroke_dashoffset=-start,
                transform=f"rotate(-90 {x:.1f} {y:.1f})",
            )
        )
        start += share
    parts.append(draw_text(x, y + 4.0, shorten(number), "number"))
    return element("g", words + "".join(parts), class_="spot")


def draw_cell(x: float, y: float, radius: float, number: int, words: str = "") -> str:
    """Incidents of a cell of the grid: a filled circle with their number, if it has room."""
    shown = draw_text(x, y + 4.0, shorten(number), "") if radius >= 9 else ""
    circle = element("circle", cx=x, cy=y, r=radius, fill_opacity=CELL_OPACITY)
    return element("g", words + circle + shown, class_="cell")


def draw_count(
    x: float,
    y: float,
    number: int,
    radius: float = COUNT_RADIUS,
    words: str = "",
    look: str = "type-mixed",
) -> str:
    """Incidents known to an area only: a dashed ring with their number."""
    shown = draw_text(x, y + 4.0, shorten(number), "")
    ring = element("circle", cx=x, cy=y, r=radius)
    return element("g", words + ring + shown, class_=f"count {look}")


def shorten(number: int) -> str:
    """A number in at most four letters: 950, 1.2k, 34k, 1.1M."""
    if number < 1000:
        return str(number)
    value, unit = (number / 1000, "k") if number < 999_500 else (number / 1e6, "M")
    return (f"{value:.1f}" if value < 9.95 else f"{value:.0f}") + unit
