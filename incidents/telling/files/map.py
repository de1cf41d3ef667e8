"""The map as a picture to keep: what the map shows, what it stands for, and where it is from."""

from geo.drawing.legend import ROW, draw_legend
from geo.drawing.maps import NATURAL_EARTH
from geo.drawing.svg import element
from incidents.telling.files.card import (
    MARGIN,
    WIDTH,
    find_window,
    write_band,
    write_line,
    write_title,
)
from incidents.telling.pages.asked import Asked
from incidents.telling.pages.picture import ask_map, draw_marks, list_keys, tell_status
from incidents.telling.words.heading import say_view

MAP_WIDTH, MAP_HEIGHT, TOP, LINE = WIDTH - 2 * MARGIN, 760, 72, 42


def draw_map_picture(asked: Asked) -> str:
    """An SVG of the view's map: sentence, the map's window and view, legend, credit, version.

    Its marks lead nowhere. Everything from a table is drawn as text.
    """
    window = find_window(asked, MAP_WIDTH, MAP_HEIGHT)
    answer = ask_map(asked, window)
    title = write_title(say_view(asked.filters, asked.facets))
    top = TOP + LINE * len(title)
    below = top + MAP_HEIGHT + 22
    legend, rows = draw_legend(list_keys(asked, answer), MARGIN, below, MAP_WIDTH)
    foot = below + ROW * rows + 8
    credit = f"{NATURAL_EARTH} · {asked.table.name}, version {asked.table.snapshot}"
    drawn = [
        element("rect", class_="paper", width=WIDTH, height=foot + 20),
        *write_band(asked.table.band),
        write_line(MARGIN, 52, tell_status(answer, window, "on this map"), 20, MAP_WIDTH, "note"),
        *title,
        element(
            "svg",
            draw_marks(asked, window, answer, asked.display.incident),
            x=MARGIN, y=top, width=MAP_WIDTH, height=MAP_HEIGHT,
            viewBox=f"0 0 {MAP_WIDTH} {MAP_HEIGHT}",
        ),
        legend,
        write_line(MARGIN, foot, credit, 15, MAP_WIDTH, "note"),
    ]  # fmt: skip
    size = {"width": WIDTH, "height": foot + 20, "viewBox": f"0 0 {WIDTH} {foot + 20}"}
    namespace = {"xmlns": "http://www.w3.org/2000/svg"}
    return element("svg", "".join(drawn), class_="map", **size, **namespace)
