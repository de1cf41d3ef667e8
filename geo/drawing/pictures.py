"""Pictures of a map that changes with time, and the animation made of them."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from PIL import Image

from geo.drawing.land import Land
from geo.drawing.legend import ROW, Key, draw_legend
from geo.drawing.pieces import Piece, draw_pieces, write_picture
from geo.drawing.raster import cut, measure, rasterise
from geo.drawing.shapes import COUNT_RADIUS, draw_cell, draw_count, draw_donut
from geo.drawing.svg import draw_text, element
from geo.places.mercator import PictureWindow

WIDTH, HEIGHT = 800, 582
MAP_TOP, MAP_WIDTH, MAP_HEIGHT = 50, WIDTH, 404
"""Where the map stands in a picture."""
BARS_TOP, BARS_BOTTOM = 462, 487
LEGEND_TOP, LINES_TOP, LINE_HEIGHT = 505, 529, 16
USUAL_LINES = 3
"""Lines at the foot that `HEIGHT` has room for, and the notes of a scene below them."""
"""Middle of the legend, baseline of the first line at the foot, and from one to the next."""
MARGIN = 16
TITLE, FIGURES, NOTE = (27, 600), (17, 600), (12, 400)
"""Size in pixels and weight of the letters."""
Placed = tuple[Piece, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Circle:
    """So many things at a point; `is_area`: somewhere in a large area around it.

    `shares` are the classes of their types, each with its number; none where they are too many.
    """

    lon: float
    lat: float
    number: int
    is_area: bool = False
    shares: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What one picture of the animation tells.

    Attributes
    ----------
    title, figures, notes
        In large words, in words beside it, and in small words in the last line.
    first, last
        First and last bar of the timeline that the picture tells of.
    """

    title: str
    figures: str
    notes: str
    circles: Sequence[Circle]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all pictures share: the bars of the timeline, its two ends, the lines at the foot.

    `keys` say what the circles stand for, in one row; `classes` as of `write_rules`.
    """

    bars: Sequence[int]
    ends: tuple[str, str]
    lines: Sequence[str]
    keys: Sequence[Key] = ()
    classes: Mapping[str, str] = field(default_factory=dict)


class Pictures:
    """The pictures of one animation.

    Parameters
    ----------
    window
        What of the land the pictures show; `MAP_WIDTH` × `MAP_HEIGHT` pixels.
    """

    def __init__(
        self, land: Land, window: PictureWindow, sheet: Sheet, scenes: Sequence[Scene]
    ) -> None:
        self.window, self.sheet, self.scenes = window, sheet, scenes
        self._legend, rows = draw_legend(sheet.keys, MARGIN, LEGEND_TOP, WIDTH - 2 * MARGIN)
        self._lines_top = LINES_TOP + ROW * (rows - 1)
        more = LINE_HEIGHT * max(len(sheet.lines) - USUAL_LINES, 0)
        self.height = HEIGHT + ROW * (rows - 1) + more
        most = max((circle.number for scene in scenes for circle in scene.circles), default=0)
        self.most = max(most, 20)  # few incidents are no reason for large circles
        self._words = [self._list_words(scene) for scene in scenes]
        chosen = Piece(
            self._draw_bars("chosen"), 0, BARS_TOP - 4, WIDTH, BARS_BOTTOM - BARS_TOP + 6
        )
        words = [piece for each in self._words for piece, _ in each]
        discs = [self._make_disc(circle) for scene in scenes for circle in scene.circles]
        self._drawn = draw_pieces([chosen, *words, *discs], sheet.classes)
        self._chosen = self._drawn[chosen]
        ground = write_picture(self._draw_ground(land), WIDTH, self.height)
        self._ground = rasterise(ground, sheet.classes).convert("RGB")

    def draw(self, number: int) -> Image.Image:
        """The picture of a scene, RGB, `WIDTH` × ``self.height``: the legend may add to it."""
        scene, picture = self.scenes[number], self._ground.copy()
        # On a piece of its own: nothing is drawn beyond the map's edge.
        held = picture.crop((0, MAP_TOP, MAP_WIDTH, MAP_TOP + MAP_HEIGHT))
        # The small ones last, so that none hides under a large one; areas below all points.
        for circle in sorted(scene.circles, key=lambda each: (not each.is_area, -each.number)):
            disc = self._drawn[self._make_disc(circle)]
            x, y = self.window.place(circle.lon, circle.lat)
            held.paste(disc, (round(x - disc.width / 2), round(y - disc.height / 2)), disc)
        picture.paste(held, (0, MAP_TOP))
        for piece, at in self._words[number]:
            picture.paste(self._drawn[piece], at, self._drawn[piece])
        left, right = (round(self._find_x(each)) for each in (scene.first, scene.last + 1))
        bars = self._chosen.crop((left, 0, max(left + 1, right), self._chosen.height))
        picture.paste(bars, (left, BARS_TOP - 4), bars)
        return picture

    def radius_of(self, number: int) -> float:
        """Radius in pixels: the area grows with the number, down to a dot that is still seen."""
        return max(4.0, 27 * math.sqrt(number / self.most))

    def _make_disc(self, circle: Circle) -> Piece:
        # In half pixels: circles of about one size are the same piece.
        half = round(self.radius_of(circle.number) * 2)
        return _draw_disc(half, circle.number, circle.is_area, circle.shares)

    def _list_words(self, scene: Scene) -> list[Placed]:
        """The words that change, each with its place."""
        title_end = MARGIN + measure(scene.title, *TITLE)
        figures = cut(scene.figures, FIGURES[0], WIDTH - MARGIN - title_end - 24, FIGURES[1])
        start = WIDTH - MARGIN - measure(figures, *FIGURES)
        notes = cut(scene.notes, NOTE[0], WIDTH - 2 * MARGIN)
        line = self._lines_top + LINE_HEIGHT * len(self.sheet.lines)
        return [
            *_place_words(scene.title, "title", TITLE, MARGIN, 34),
            *_place_words(figures, "figures", FIGURES, start, 33),
            *_place_words(notes, "note", NOTE, MARGIN, line),
        ]

    def _draw_ground(self, land: Land) -> str:
        """What stands still: the land, the bars of all steps, the lines at the foot."""
        bottom = MAP_TOP + MAP_HEIGHT
        # Paper covers what is drawn of the land beyond the map.
        parts = [
            element(
                "g", land.draw(self.window, cities_from=5), transform=f"translate(0 {MAP_TOP})"
            ),
            element("rect", class_="paper", width=WIDTH, height=MAP_TOP),
            element("rect", class_="paper", y=bottom, width=WIDTH, height=self.height - bottom),
        ]
        parts += [
            element("rect", class_="rule", y=y, width=WIDTH, height=1)
            for y in (MAP_TOP - 1, bottom)
        ]
        first, last = self.sheet.ends
        parts.append(draw_text(MARGIN, BARS_BOTTOM - 2, first, "note"))
        parts.append(draw_text(WIDTH - MARGIN, BARS_BOTTOM - 2, last, "note", text_anchor="end"))
        for row, line in enumerate(self.sheet.lines):
            shown = cut(line, NOTE[0], WIDTH - 2 * MARGIN)
            parts.append(draw_text(MARGIN, self._lines_top + LINE_HEIGHT * row, shown, "note"))
        return "".join(parts) + self._legend + self._draw_bars("bars")

    def _draw_bars(self, class_: str) -> str:
        """The timeline; a picture takes its own days from the one in which all are chosen."""
        bars, left, right = self.sheet.bars, self._find_x(0), self._find_x(len(self.sheet.bars))
        step = (right - left) / max(1, len(bars))
        gap = 2 if step >= 4 else 1
        room = {"x": left, "width": right - left}
        parts = [
            element(
                "rect", class_="band", y=BARS_TOP - 4, height=BARS_BOTTOM - BARS_TOP + 4, **room
            )
        ]
        parts += [
            element(
                "rect",
                class_="bar",
                x=left + index * step,
                y=BARS_BOTTOM - height,
                width=max(1.0, step - gap),
                height=height,
            )
            for index, number in enumerate(bars)
            if number > 0
            for height in [max(1.5, (BARS_BOTTOM - BARS_TOP) * number / max(bars))]
        ]
        parts.append(element("rect", class_="bar axis", y=BARS_BOTTOM - 1, height=2, **room))
        return element("g", "".join(parts), class_=class_)

    def _find_x(self, step: int) -> float:
        """Where a step of the timeline begins, between the words at its ends."""
        first, last = (measure(end, *NOTE) for end in self.sheet.ends)
        left, right = MARGIN + first + 12, WIDTH - MARGIN - last - 12
        return left + step * (right - left) / max(1, len(self.sheet.bars))


@lru_cache(maxsize=2048)
def _draw_disc(
    half_pixels: int, number: int, is_area: bool, shares: tuple[tuple[str, int], ...]
) -> Piece:
    """As on the live map: a ring of an area, a mark, a ring cut by type, or a cell of many."""
    radius = half_pixels / 2
    own = shares[0][0] if len(shares) == 1 else "type-mixed"
    if is_area:
        radius = max(COUNT_RADIUS, radius)
        drawn = draw_count(0.0, 0.0, radius=radius, number=number, look=own)
    elif not shares:
        drawn = draw_cell(0.0, 0.0, radius=radius, number=number)
    elif number == 1:
        radius = max(5.0, radius)
        drawn = element("circle", class_=f"mark {own}", cx=0.0, cy=0.0, r=radius)
    else:
        radius = max(COUNT_RADIUS, radius)
        drawn = draw_donut(0.0, 0.0, radius, shares)
    reach = math.ceil(radius) + 2
    return Piece(drawn, -reach, -reach, 2 * reach, 2 * reach)


def _place_words(
    text: str, class_: str, letters: tuple[int, int], x: float, baseline: int
) -> Iterator[Placed]:
    """One line, word by word: in other pictures, most of them are the same."""
    size, weight = letters
    for word in text.split():
        width = math.ceil(measure(word, size, weight)) + 4
        yield (
            Piece(draw_text(1, size, word, class_), 0, 0, width, size + 8),
            (round(x) - 1, baseline - size),
        )
        x += measure(f"{word} ", size, weight)
