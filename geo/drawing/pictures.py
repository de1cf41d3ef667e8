"""Pictures of a map that changes with time, and the animation made of them."""

import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from geo.drawing.land_picture import AROUND, LAND, LINE, MUTED, THIN, WATER, draw_land
from geo.drawing.lettering import INK, Lettering
from geo.places.mercator import PictureWindow

WIDTH, HEIGHT = 800, 560
MAP_TOP, MAP_WIDTH, MAP_HEIGHT = 50, WIDTH, 404
"""Where the map stands in a picture."""
BARS_TOP, BARS_BOTTOM = 462, 487
LINES_TOP, LINE_HEIGHT = 503, 16
MARGIN = 16

PAPER, CELL = "#ffffff", "#22577a"
BAR, BAND = "#b9c4cc", "#e3ecf2"
_FINER = 4
"""Circles are drawn so many times larger, then reduced: smooth edges."""


@dataclass(frozen=True, slots=True)
class Circle:
    """So many things at a point; `is_area`: somewhere in a large area around it."""

    lon: float
    lat: float
    number: int
    is_area: bool = False


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
    """What all pictures share: the bars of the timeline, its two ends, the lines at the foot."""

    bars: Sequence[int]
    ends: tuple[str, str]
    lines: Sequence[str]


class Pictures:
    """Draws the scenes of one animation.

    Parameters
    ----------
    land
        Base map, as `geo.drawing.maps.read_land` gives it.
    window
        What of it the pictures show; `MAP_WIDTH` × `MAP_HEIGHT` pixels.
    most
        Largest number in any circle of any scene; areas of circles are shares of it.
    font
        As `geo.drawing.lettering.Lettering` takes it.
    """

    def __init__(
        self,
        land: Mapping[str, Any],
        window: PictureWindow,
        sheet: Sheet,
        most: int,
        font: Path | None = None,
    ) -> None:
        self.window, self.sheet, self._letters = window, sheet, Lettering(font)
        self.most = max(most, 20)  # few incidents are no reason for large circles
        self._disc = lru_cache(maxsize=128)(_draw_disc)
        self._base = self._draw_base(land)

    def draw(self, scene: Scene) -> Image.Image:
        """One picture, RGB, `WIDTH` × `HEIGHT`."""
        picture = self._base.copy()
        self._draw_circles(picture, scene.circles)
        end = self._letters.write(picture, (MARGIN, 25), scene.title, 27, weight=600)
        room = WIDTH - MARGIN - end - 24
        self._letters.write(picture, (WIDTH - MARGIN, 27), scene.figures, 17, "r", room, weight=600)
        self._write_line(picture, len(self.sheet.lines), scene.notes)
        self._draw_timeline(picture, scene)
        return picture

    def radius_of(self, number: int) -> float:
        """Radius in pixels: the area grows with the number, down to a dot that is still seen."""
        return max(4.0, 27 * math.sqrt(number / self.most))

    def _write_line(self, picture: Image.Image, row: int, text: str) -> None:
        at = (MARGIN, LINES_TOP + LINE_HEIGHT * row)
        self._letters.write(picture, at, text, 12, "l", WIDTH - 2 * MARGIN, MUTED)

    def _draw_base(self, land: Mapping[str, Any]) -> Image.Image:
        base = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        base.paste(draw_land(land, self.window, self._letters), (0, MAP_TOP))
        draw = ImageDraw.Draw(base)
        for y in (MAP_TOP - 1, MAP_TOP + MAP_HEIGHT):
            draw.line((0, y, WIDTH, y), THIN)
        for row, line in enumerate(self.sheet.lines):
            self._write_line(base, row, line)
        return base

    def _draw_circles(self, picture: Image.Image, circles: Sequence[Circle]) -> None:
        # On a piece of its own: nothing is drawn beyond the map's edge.
        held = picture.crop((0, MAP_TOP, MAP_WIDTH, MAP_TOP + MAP_HEIGHT))
        # The small ones last, so that none hides under a large one; areas below all points.
        for circle in sorted(circles, key=lambda each: (not each.is_area, -each.number)):
            radius = self.radius_of(circle.number)
            if circle.is_area:
                radius = max(11.0, radius)
            x, y = self.window.place(circle.lon, circle.lat)
            disc = self._disc(round(radius * 2) / 2, circle.is_area)
            held.paste(disc, (round(x - disc.width / 2), round(y - disc.height / 2)), disc)
            if radius >= 9:
                color = INK if circle.is_area else PAPER
                text = shorten(circle.number)
                self._letters.write(held, (x, y), text, 12, "m", color=color, weight=600)
        picture.paste(held, (0, MAP_TOP))

    def _draw_timeline(self, picture: Image.Image, scene: Scene) -> None:
        draw = ImageDraw.Draw(picture)
        bars, bottom = self.sheet.bars, BARS_BOTTOM
        first, last = (self._letters.measure(end, 12) for end in self.sheet.ends)
        left, right = MARGIN + first + 12, WIDTH - MARGIN - last - 12
        self._letters.write(picture, (MARGIN, bottom - 6), self.sheet.ends[0], 12, color=MUTED)
        self._letters.write(
            picture, (WIDTH - MARGIN, bottom - 6), self.sheet.ends[1], 12, "r", color=MUTED
        )
        step = (right - left) / max(1, len(bars))
        start, end = left + scene.first * step, left + (scene.last + 1) * step
        draw.rectangle((start, BARS_TOP - 4, end, bottom), BAND)
        gap = 2 if step >= 4 else 1
        for index, number in enumerate(bars):
            if number > 0:
                x = left + index * step
                top = bottom - max(1.5, (bottom - BARS_TOP) * number / max(bars))
                color = CELL if scene.first <= index <= scene.last else BAR
                draw.rectangle((x, top, max(x, x + step - gap), bottom), color)
        draw.line((left, bottom, right, bottom), LINE)
        draw.line((start, bottom, max(start + 1, end - 1), bottom), CELL, 3)


def shorten(number: int) -> str:
    """A number in at most four letters: 950, 1.2k, 34k, 1.1M."""
    if number < 1000:
        return str(number)
    value, unit = (number / 1000, "k") if number < 999_500 else (number / 1e6, "M")
    return (f"{value:.1f}" if value < 9.95 else f"{value:.0f}") + unit


def _draw_disc(radius: float, is_area: bool) -> Image.Image:
    """A filled disc, or a dashed ring for an area: drawn large, then reduced."""
    fine = _FINER
    side = 2 * round(radius) + 5
    large = Image.new("RGBA", (side * fine, side * fine), (*_rgb(PAPER), 0))
    draw = ImageDraw.Draw(large)
    middle, reach = side * fine / 2, radius * fine
    box = (middle - reach, middle - reach, middle + reach, middle + reach)
    if is_area:
        draw.ellipse(box, (*_rgb(PAPER), 205))
        for start in range(0, 360, 30):
            draw.arc(box, start, start + 18, (*_rgb(MUTED), 255), round(1.5 * fine))
    else:
        draw.ellipse(box, (*_rgb(CELL), 210), (*_rgb(PAPER), 255), round(1.3 * fine))
    return large.reduce(fine)


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def write_gif(pictures: Iterable[Image.Image], sample: Image.Image, ms: int, last_ms: int) -> bytes:
    """An animation that starts again when it is over.

    Parameters
    ----------
    pictures
        RGB, at least one; taken one by one, so that they need not all be in memory.
    sample
        A picture whose colours serve for all of them.
    ms, last_ms
        Milliseconds that each picture stays, and the last one.
    """
    palette = _make_palette(sample)
    flat = [each.quantize(palette=palette, dither=Image.Dither.NONE) for each in pictures]
    file = io.BytesIO()
    flat[0].save(
        file,
        "GIF",
        save_all=True,
        append_images=flat[1:],
        duration=[ms] * (len(flat) - 1) + [last_ms],
        loop=0,
        optimize=True,
        disposal=1,
    )
    return file.getvalue()


def _make_palette(sample: Image.Image) -> Image.Image:
    """The colours of a picture: those of its large plain areas just as they are."""
    exact = [_rgb(color) for color in (PAPER, INK, CELL, WATER, LAND, AROUND)]
    # One colour less than a GIF holds: the last says "as before", which makes it small.
    count = 255 - len(exact)
    found = sample.quantize(count, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    parts = (found.getpalette() or [])[: 3 * count]
    others = zip(parts[0::3], parts[1::3], parts[2::3], strict=True)
    # Pillow takes colours that are this close for one another.
    kept = [each for each in others if all(_distance(each, one) > 8 for one in exact)]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for color in (*exact, *kept) for part in color])
    return palette


def _distance(a: tuple[int, ...], b: tuple[int, ...]) -> int:
    return max(abs(one - other) for one, other in zip(a, b, strict=True))
