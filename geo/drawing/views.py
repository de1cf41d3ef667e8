"""Other views of the map: density, governorates, launch lines, before and after; see views.js."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from geo.drawing.legend import Key
from geo.drawing.marks import Marks
from geo.drawing.shapes import shorten
from geo.drawing.svg import TENTHS, draw_text, element, write_title
from geo.places.mercator import to_degrees

SHADES = 5
Answer = Mapping[str, Any]
"""What ``/api/map`` answers."""


def draw_answer(marks: Marks, answer: Answer, shade: str = "incidents", basis: str = "") -> str:
    """The marks of an answer of ``/api/map``, whatever its view.

    Parameters
    ----------
    shade, basis
        What governorates are shaded by, and by which claims.
    """
    if answer["view"] == "density":
        return _draw_density(marks, answer)
    if answer["view"] == "governorates":
        return _draw_governorates(marks, answer, shade, basis)
    if answer["view"] == "lines":
        return "".join(_draw_line(marks, each) for each in answer["features"])
    if answer["view"] == "change":
        return _draw_change(marks, answer["features"])
    draw = marks.draw_cells if answer["cells"] else marks.draw_incidents
    return draw(answer["features"])


def _draw_density(marks: Marks, answer: Answer) -> str:
    grid = answer["grid"]
    classes = find_classes(_find_most(answer))
    side = marks.window.world / (2 ** grid["zoom"] * 256) * grid["pixels"]
    drawn = []
    for cx, cy, n in grid["cells"]:
        share = grid["pixels"] / 256 / 2 ** grid["zoom"]
        x, y = marks.window.place(*to_degrees(cx * share, cy * share))
        name = f"square shade-{_shade(_find_class(n, classes), classes)}"
        title = write_title(_count(n))
        drawn.append(element("rect", title, class_=name, x=x, y=y, width=side, height=side))
    return "".join(drawn)


def _draw_governorates(marks: Marks, answer: Answer, shade: str, basis: str) -> str:
    known = {(area["country"], area["gov"]): area for area in answer["areas"]}
    classes = find_classes(_find_most(answer, shade, basis))
    drawn = [_HATCH]
    for each in marks.land.governorates:
        area = known.get((each.country, each.gov))
        number = 0 if area is None else _read_area(area, shade, basis)
        if number is None:
            name = "hatched"
        elif number == 0:
            name = "land" if area is None else "shade-0"
        else:
            name = f"shade-{_shade(_find_class(number, classes), classes)}"
        told = (
            "No incident in this selection"
            if area is None
            else f"{_count(area['n'])}; {area['toll']}"
        )
        outline = each.draw(marks.window)
        title = write_title(f"{each.gov}: {told}")
        drawn.append(
            element(
                "path",
                title,
                class_=f"governorate {name}",
                d=outline,
                transform=f"scale({1 / TENTHS})",
            )
        )
    return "".join(drawn)


_HATCH = (
    '<pattern id="hatch" width="70" height="70" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect class="land" width="70" height="70"/>'
    '<rect class="hatch-line" width="20" height="70"/></pattern>'
)


def _draw_line(marks: Marks, feature: Mapping[str, Any]) -> str:
    """A slight curve, so that lines there and back do not cover one another."""
    told, (start, end) = feature["properties"], feature["geometry"]["coordinates"]
    (x, y), (x2, y2) = marks.window.place(*start), marks.window.place(*end)
    middle = (x + x2) / 2 + (y2 - y) * 0.12, (y + y2) / 2 - (x2 - x) * 0.12
    way = f"M{x:.1f} {y:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {x2:.1f} {y2:.1f}"
    title = f"{told['origin'] or 'Launch site'} → {told['place'] or 'target'}; {_count(told['n'])}"
    width = 1.5 + min(5, math.sqrt(told["n"]))
    parts = [
        write_title(title),
        element("path", d=way, stroke_width=width),
        element("circle", class_="start", cx=x, cy=y, r=4),
        element("circle", class_="end", cx=x2, cy=y2, r=5),
    ]
    kind = "type-mixed" if told["type"] is None else marks.classify(told["type"])
    return element("g", "".join(parts), class_=f"line {kind}")


def _draw_change(marks: Marks, features: Sequence[Mapping[str, Any]]) -> str:
    told = [each["properties"] for each in features]
    most = max([1, *(abs(each["after"] - each["before"]) for each in told)])
    drawn = []
    for feature, each in zip(features, told, strict=True):
        difference = each["after"] - each["before"]
        x, y = marks.place(feature)
        radius = 10 + 16 * math.sqrt(abs(difference) / most)
        kind = "more" if difference > 0 else "fewer" if difference < 0 else "same"
        names = f"change {kind}{' wide' if each.get('precision') else ''}"
        title = f"{each['before']:,} before, {each['after']:,} after"
        drawn.append(
            element(
                "g",
                write_title(title)
                + element("circle", cx=x, cy=y, r=radius)
                + draw_text(x, y + 4.0, _sign(difference), "number"),
                class_=names,
            )
        )
    return "".join(drawn)


def _sign(number: int) -> str:
    return f"+{shorten(number)}" if number > 0 else f"−{shorten(-number)}" if number < 0 else "="


def _count(number: int) -> str:
    return f"{number:,} incident{'' if number == 1 else 's'}"


def _read_area(area: Mapping[str, Any], shade: str, basis: str) -> int | None:
    """What an area is shaded by; None is unknown, never 0."""
    number: int | None = area["n"] if shade == "incidents" else area[shade][basis != "low"]
    return number


def _find_most(answer: Answer, shade: str = "incidents", basis: str = "") -> int:
    """The largest number that is shaded."""
    if answer["view"] == "density":
        return max((n for *_, n in answer["grid"]["cells"]), default=1)
    numbers = (_read_area(area, shade, basis) or 0 for area in answer["areas"])
    return max([1, *numbers])


def list_shades(answer: Answer, shade: str = "incidents", basis: str = "") -> list[Key]:
    """What the shades of an answer stand for; arguments as of `draw_answer`."""
    classes = find_classes(_find_most(answer, shade, basis))
    if answer["view"] == "density":
        words = "Incidents per square:"
    elif shade == "incidents":
        words = "Incidents:"
    else:
        words = f"People {shade}, {'lowest' if basis == 'low' else 'highest'} claims:"
    ends = [*(least - 1 for least in classes[1:]), None]
    return [
        ("", words),
        *(
            (f"square shade-{_shade(index, classes)}", _say_class(least, end))
            for index, (least, end) in enumerate(zip(classes, ends, strict=True))
        ),
    ]


def _say_class(least: int, most: int | None) -> str:
    if most is None:
        return f"{shorten(least)}+"
    return shorten(least) if least == most else f"{shorten(least)}–{shorten(most)}"


def find_classes(largest: int) -> list[int]:
    """Least numbers of at most five classes from 1 to the largest, each some times the last."""
    least = [1]
    for index in range(1, SHADES):
        following = _round_nicely(largest ** (index / SHADES))
        if least[-1] < following <= largest:
            least.append(following)
    return least


def _round_nicely(number: float) -> int:
    """A whole number with one leading digit of 1, 2 or 5, or the next smaller numbers."""
    if number < 4:
        return math.floor(number + 0.5)
    unit = 10 ** math.floor(math.log10(number))
    return int(min((step * unit for step in (1, 2, 5, 10)), key=lambda each: abs(each - number)))


def _find_class(number: int, classes: Sequence[int]) -> int:
    return sum(number >= least for least in classes) - 1


def _shade(index: int, classes: Sequence[int]) -> int:
    """Shades spread over the classes there are, so that few classes still differ well."""
    if len(classes) == 1:
        return SHADES
    return math.floor(index * (SHADES - 1) / (len(classes) - 1) + 0.5) + 1
