"""Pictures of a map, read back pixel by pixel."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from geo.drawing.images import write_gif, write_png
from geo.drawing.land import Land
from geo.drawing.maps import read_land
from geo.drawing.pictures import (
    BARS_BOTTOM,
    HEIGHT,
    LINE_HEIGHT,
    MAP_HEIGHT,
    MAP_TOP,
    MAP_WIDTH,
    WIDTH,
    Circle,
    Pictures,
    Scene,
    Sheet,
)
from geo.drawing.raster import read_colours
from geo.places.mercator import PictureWindow, fit_window
from geo.places.places import read_places

DATA = Path(__file__).resolve().parents[3] / "data"
WINDOW = fit_window((36, 29.5, 48.5, 37.4), MAP_WIDTH, MAP_HEIGHT)
SHEET = Sheet([3, 0, 5, 1], ("1 Jul 2021", "4 Jul 2021"), ["All incidents.", "Version abc"])
DESERT = (41.6, 32.6)  # lon, lat: land without a name or a line
Pixel = tuple[int, int, int]
COLOURS = read_colours()
CELL, LAND, WATER = COLOURS["--cell"], COLOURS["--land"], COLOURS["--water"]
AROUND = COLOURS["--land-around"]
MOST = Circle(0, 0, 100)
"""Far from the window: the largest of all circles, by which the others are measured."""


def rgb(color: str) -> Pixel:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def is_like(pixel: Any, color: str, by: int = 40) -> bool:
    return all(abs(a - b) <= by for a, b in zip(pixel, rgb(color), strict=True))


def scene(*circles: Circle, title: str = "1 Jul 2021", first: int = 0, last: int = 0) -> Scene:
    return Scene(title, "1 incident · killed 2–3", "", circles, first, last)


@pytest.fixture(scope="module")
def land() -> Land:
    return Land(read_land(DATA / "boundaries", read_places(DATA / "places.csv")))


Draw = Callable[..., Image.Image]


@pytest.fixture(scope="module")
def draw(land: Land) -> Draw:
    """The picture of a scene, as one of an animation in which 100 is the most."""

    def run(drawn: Scene, window: PictureWindow = WINDOW, sheet: Sheet = SHEET) -> Image.Image:
        return Pictures(land, window, sheet, [scene(MOST), drawn]).draw(1)

    return run


def at(picture: Image.Image, lon: float, lat: float, window: Any = WINDOW) -> Any:
    x, y = window.place(lon, lat)
    return picture.getpixel((round(x), round(y) + MAP_TOP))


def test_land_water_and_what_is_around(draw: Draw) -> None:
    picture = draw(scene())
    assert (picture.size, picture.mode) == ((WIDTH, HEIGHT), "RGB")
    assert at(picture, *DESERT) == rgb(LAND)
    assert at(picture, 34.0, 34.2) == rgb(WATER)
    assert at(picture, 42.0, 30.2) == rgb(AROUND)


def test_a_circle_stands_where_its_incidents_are_and_nowhere_else(draw: Draw) -> None:
    empty, drawn = draw(scene()), draw(scene(Circle(*DESERT, 5)))
    assert is_like(at(drawn, *DESERT), CELL)
    x, y = WINDOW.place(*DESERT)
    around = (round(x) - 20, round(y) + MAP_TOP - 20, round(x) + 20, round(y) + MAP_TOP + 20)
    for picture in (empty, drawn):
        picture.paste((0, 0, 0), around)
    assert empty.tobytes() == drawn.tobytes()


def test_area_of_a_circle_grows_with_its_number(land: Land) -> None:
    pictures = Pictures(land, WINDOW, SHEET, [scene(MOST)])
    assert pictures.radius_of(100) == pytest.approx(2 * pictures.radius_of(25))
    assert pictures.radius_of(1) >= 3.5


def test_few_incidents_are_no_reason_for_large_circles(land: Land) -> None:
    assert Pictures(land, WINDOW, SHEET, [scene(Circle(*DESERT, 1))]).radius_of(1) < 8


def test_an_area_is_a_ring_with_its_number(draw: Draw) -> None:
    picture = draw(scene(Circle(*DESERT, 1, is_area=True)))
    x, y = WINDOW.place(*DESERT)
    inside = picture.getpixel((round(x) - 6, round(y) + MAP_TOP))
    assert not is_like(inside, CELL, 90)
    assert picture.tobytes() != draw(scene()).tobytes()


def test_a_circle_beyond_the_edge_leaves_the_words_alone(draw: Draw) -> None:
    lon, south, north = 42.0, WINDOW.bbox[1], WINDOW.bbox[3]
    plain = draw(scene())
    drawn = draw(scene(Circle(lon, north, 100), Circle(lon, south, 100)))
    for box in ((0, 0, WIDTH, MAP_TOP), (0, MAP_TOP + MAP_HEIGHT, WIDTH, HEIGHT)):
        assert drawn.crop(box).tobytes() == plain.crop(box).tobytes()


def test_a_window_without_land(draw: Draw) -> None:
    window = fit_window((-40, -5, -30, 5), MAP_WIDTH, MAP_HEIGHT)
    picture = draw(scene(), window)
    assert picture.crop((0, MAP_TOP, WIDTH, MAP_TOP + MAP_HEIGHT)).getcolors() == [
        (WIDTH * MAP_HEIGHT, rgb(WATER))
    ]


@pytest.mark.parametrize("turn", [-360, 0, 360])
def test_land_a_turn_further_is_the_same_land(draw: Draw, turn: int) -> None:
    window = fit_window((36 + turn, 29.5, 48.5 + turn, 37.4), MAP_WIDTH, MAP_HEIGHT)
    picture = draw(scene(), window)
    assert picture.tobytes() == draw(scene()).tobytes()


def test_across_the_antimeridian(draw: Draw) -> None:
    window = fit_window((170, -10, -170, 10), MAP_WIDTH, MAP_HEIGHT)
    circles = (Circle(179, 0, 100), Circle(-179, 0, 100), Circle(0, 0, 100))
    picture = draw(scene(*circles), window)
    row = [is_like(picture.getpixel((x, MAP_TOP + 190)), CELL) for x in range(WIDTH)]
    assert any(row[:400]) and any(row[400:])
    assert not any(row[:200]) and not any(row[600:])


def test_the_bars_of_the_window_are_marked(draw: Draw) -> None:
    def count(picture: Image.Image, box: tuple[int, int, int, int]) -> int:
        colors = picture.crop(box).getcolors(1 << 16) or []
        return sum(number for number, color in colors if color == rgb(CELL))

    left, right = (80, 460, 400, 486), (400, 460, 720, 486)
    early, late = draw(scene()), draw(scene(first=2, last=3))
    assert count(early, left) > 0 == count(early, right)
    assert count(late, right) > 0 == count(late, left)


TYPES = {"type-0": "#c4432b", "type-2": "#9e4a86", "type-other": "#7d848e"}
TYPED = Sheet(SHEET.bars, SHEET.ends, SHEET.lines, [("dot type-0", "Rocket attack")] * 12, TYPES)


def test_circles_have_the_colours_of_their_types(draw: Draw) -> None:
    one = draw(scene(Circle(*DESERT, 1, shares=(("type-2", 1),))), sheet=TYPED)
    assert is_like(at(one, *DESERT), TYPES["type-2"], 70)
    both = (("type-0", 1), ("type-other", 1))
    ring = draw(scene(Circle(*DESERT, 2, shares=both)), sheet=TYPED)
    x, y = WINDOW.place(*DESERT)
    # The first half of the ring is on the right.
    right, left = (ring.getpixel((round(x + by), round(y) + MAP_TOP)) for by in (8, -8))
    assert is_like(right, TYPES["type-0"]) and is_like(left, TYPES["type-other"])
    area = draw(scene(Circle(*DESERT, 3, is_area=True, shares=(("type-2", 3),))), sheet=TYPED)
    around = area.crop(
        (round(x) - 14, round(y) + MAP_TOP - 14, round(x) + 14, round(y) + MAP_TOP + 14)
    )
    assert any(is_like(color, TYPES["type-2"]) for _, color in around.getcolors(1 << 12) or [])


def test_the_legend_has_the_colours_and_room_for_all_its_rows(land: Land) -> None:
    pictures = Pictures(land, WINDOW, TYPED, [scene()])
    picture = pictures.draw(0)
    assert picture.size == (WIDTH, pictures.height) and pictures.height > HEIGHT
    legend = picture.crop((0, BARS_BOTTOM + 4, WIDTH, pictures.height - 60))
    dots = sum(n for n, color in legend.getcolors(1 << 16) or [] if color == rgb(TYPES["type-0"]))
    assert dots > 12 * 40


def test_further_lines_at_the_foot_have_room(land: Land) -> None:
    usual = Pictures(land, WINDOW, TYPED, [scene()])
    lines = [*TYPED.lines, *["more"] * (5 - len(TYPED.lines))]
    taller = Pictures(land, WINDOW, replace(TYPED, lines=lines), [scene()])
    assert len(TYPED.lines) <= 3 and taller.height == usual.height + 2 * LINE_HEIGHT
    assert taller.draw(0).size == (WIDTH, taller.height)


def test_a_png_keeps_colours_that_are_rare(draw: Draw) -> None:
    picture = draw(scene(Circle(*DESERT, 2, shares=(("type-2", 2),))), sheet=TYPED)
    read = Image.open(io.BytesIO(write_png(picture, TYPES))).convert("RGB")
    assert rgb(TYPES["type-2"]) in [color for _, color in read.getcolors(1 << 16) or []]


HOSTILE = ["", " ", "\x00\x07", "x" * 5000, "a\nb\tc", "عين الأسد", "\u202eabc", "{}%s<script>",
           "\U0001f600", "\ud800", "]]>&amp;<!--", "&#0;&nbsp;"]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_any_text_is_a_line_that_fits(draw: Draw, text: str) -> None:
    told = Scene(text, text, text, [], 0, 0)
    sheet = Sheet(SHEET.bars, SHEET.ends, [text, "Version abc"])
    picture, plain = draw(told, sheet=sheet), draw(scene(), sheet=sheet)
    for picture_of in (picture, plain):
        picture_of.paste((0, 0, 0), (0, 0, WIDTH, MAP_TOP - 1))
        picture_of.paste((0, 0, 0), (0, BARS_BOTTOM + 2, WIDTH - 8, HEIGHT))
    # Neither the map nor the margin at the right.
    assert picture.tobytes() == plain.tobytes()


def read(gif: bytes) -> list[tuple[Image.Image, int]]:
    file = Image.open(io.BytesIO(gif))
    found = []
    for index in range(file.n_frames):
        file.seek(index)
        found.append((file.convert("RGB"), file.info["duration"]))
    return found


def test_gif_holds_every_picture_as_long_as_it_should(draw: Draw) -> None:
    circles = [Circle(DESERT[0] + i / 2, DESERT[1], 5) for i in range(3)]
    drawn = [draw(scene(each, title=f"{i} Jul")) for i, each in enumerate(circles)]
    gif = write_gif(drawn, drawn[0], 400, 2500, {})
    frames = read(gif)
    assert [ms for _, ms in frames] == [400, 400, 2500]
    assert Image.open(io.BytesIO(gif)).info["loop"] == 0
    for (picture, _), circle in zip(frames, circles, strict=True):
        assert picture.size == (WIDTH, HEIGHT)
        assert picture.getpixel((5, 5)) == (255, 255, 255)
        here = [is_like(at(picture, each.lon, each.lat), CELL) for each in circles]
        assert here == [each == circle for each in circles]


def test_gif_of_one_picture(draw: Draw) -> None:
    picture = draw(scene())
    file = Image.open(io.BytesIO(write_gif([picture], picture, 400, 2500, {})))
    assert (file.n_frames, file.size) == (1, (WIDTH, HEIGHT))
