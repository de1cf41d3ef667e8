"""What stands on a map for incidents, drawn as the live layer draws it."""

from geo.drawing.svg import draw_text, element

CELL_OPACITY = 0.82
COUNT_RADIUS = 11.0
"""Pixels of the ring in which the number of an area stands."""


def draw_cell(x: float, y: float, radius: float, number: int) -> str:
    """Incidents of a cell of the grid: a filled circle with their number, if it has room."""
    words = draw_text(x, y + 4.0, shorten(number), "") if radius >= 9 else ""
    circle = element("circle", cx=x, cy=y, r=radius, fill_opacity=CELL_OPACITY)
    return element("g", circle + words, class_="cell")


def draw_count(x: float, y: float, number: int, radius: float = COUNT_RADIUS) -> str:
    """Incidents known to an area only: a dashed ring with their number."""
    words = draw_text(x, y + 4.0, shorten(number), "")
    return element("g", element("circle", cx=x, cy=y, r=radius) + words, class_="count")


def shorten(number: int) -> str:
    """A number in at most four letters: 950, 1.2k, 34k, 1.1M."""
    if number < 1000:
        return str(number)
    value, unit = (number / 1000, "k") if number < 999_500 else (number / 1e6, "M")
    return (f"{value:.1f}" if value < 9.95 else f"{value:.0f}") + unit
