"""Pictures of a map, read back pixel by pixel."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from geo.drawing.land_picture import AROUND, LAND, WATER
from geo.drawing.lettering import Lettering
from geo.drawing.maps import read_land
from geo.drawing.pictures import (
    CELL,
    HEIGHT,
    MAP_HEIGHT,
    MAP_TOP,
    MAP_WIDTH,
    WIDTH,
    Circle,
    Pictures,
    Scene,
    Sheet,
    shorten,
    write_gif,
)
from geo.places.mercator import fit_window
from geo.places.places import read_places

DATA = Path(__file__).resolve().parents[3] / "data"
WINDOW = fit_window((36, 29.5, 48.5, 37.4), MAP_WIDTH, MAP_HEIGHT)
SHEET = Sheet([3, 0, 5, 1], ("1 Jul 2021", "4 Jul 2021"), ["All incidents.", "Version abc"])
DESERT = (41.6, 32.6)  # lon, lat: land without a name or a line
Pixel = tuple[int, int, int]


def rgb(color: str) -> Pixel:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def is_like(pixel: Any, color: str, by: int = 40) -> bool:
    return all(abs(a - b) <= by for a, b in zip(pixel, rgb(color), strict=True))


def scene(*circles: Circle, title: str = "1 Jul 2021", first: int = 0, last: int = 0) -> Scene:
    return Scene(title, "1 incident · killed 2–3", "", circles, first, last)


@pytest.fixture(scope="module")
def land() -> dict[str, Any]:
    return read_land(DATA / "boundaries", read_places(DATA / "places.csv"))


@pytest.fixture(scope="module")
def pictures(land: dict[str, Any]) -> Pictures:
    return Pictures(land, WINDOW, SHEET, 100)


def at(picture: Image.Image, lon: float, lat: float, window: Any = WINDOW) -> Any:
    x, y = window.place(lon, lat)
    return picture.getpixel((round(x), round(y) + MAP_TOP))


def test_land_water_and_what_is_around(pictures: Pictures) -> None:
    picture = pictures.draw(scene())
    assert (picture.size, picture.mode) == ((WIDTH, HEIGHT), "RGB")
    assert at(picture, *DESERT) == rgb(LAND)
    assert at(picture, 34.0, 34.2) == rgb(WATER)
    assert at(picture, 42.0, 30.2) == rgb(AROUND)


def test_a_circle_stands_where_its_incidents_are_and_nowhere_else(pictures: Pictures) -> None:
    empty, drawn = pictures.draw(scene()), pictures.draw(scene(Circle(*DESERT, 5)))
    assert is_like(at(drawn, *DESERT), CELL)
    x, y = WINDOW.place(*DESERT)
    around = (round(x) - 20, round(y) + MAP_TOP - 20, round(x) + 20, round(y) + MAP_TOP + 20)
    for picture in (empty, drawn):
        picture.paste((0, 0, 0), around)
    assert empty.tobytes() == drawn.tobytes()


def test_area_of_a_circle_grows_with_its_number(pictures: Pictures) -> None:
    assert pictures.radius_of(100) == pytest.approx(2 * pictures.radius_of(25))
    assert pictures.radius_of(1) >= 3.5


def test_few_incidents_are_no_reason_for_large_circles(land: dict[str, Any]) -> None:
    assert Pictures(land, WINDOW, SHEET, 1).radius_of(1) < 8


def test_an_area_is_a_ring_with_its_number(pictures: Pictures) -> None:
    picture = pictures.draw(scene(Circle(*DESERT, 1, is_area=True)))
    x, y = WINDOW.place(*DESERT)
    inside = picture.getpixel((round(x) - 6, round(y) + MAP_TOP))
    assert not is_like(inside, CELL, 90)
    assert picture.tobytes() != pictures.draw(scene()).tobytes()


def test_a_circle_beyond_the_edge_leaves_the_words_alone(pictures: Pictures) -> None:
    lon, south, north = 42.0, WINDOW.bbox[1], WINDOW.bbox[3]
    plain = pictures.draw(scene())
    drawn = pictures.draw(scene(Circle(lon, north, 100), Circle(lon, south, 100)))
    for box in ((0, 0, WIDTH, MAP_TOP), (0, MAP_TOP + MAP_HEIGHT, WIDTH, HEIGHT)):
        assert drawn.crop(box).tobytes() == plain.crop(box).tobytes()


def test_a_window_without_land(land: dict[str, Any]) -> None:
    window = fit_window((-40, -5, -30, 5), MAP_WIDTH, MAP_HEIGHT)
    picture = Pictures(land, window, SHEET, 1).draw(scene())
    assert picture.crop((0, MAP_TOP, WIDTH, MAP_TOP + MAP_HEIGHT)).getcolors() == [
        (WIDTH * MAP_HEIGHT, rgb(WATER))
    ]


@pytest.mark.parametrize("turn", [-360, 0, 360])
def test_land_a_turn_further_is_the_same_land(
    land: dict[str, Any], pictures: Pictures, turn: int
) -> None:
    window = fit_window((36 + turn, 29.5, 48.5 + turn, 37.4), MAP_WIDTH, MAP_HEIGHT)
    picture = Pictures(land, window, SHEET, 100).draw(scene())
    assert picture.tobytes() == pictures.draw(scene()).tobytes()


def test_across_the_antimeridian(land: dict[str, Any]) -> None:
    window = fit_window((170, -10, -170, 10), MAP_WIDTH, MAP_HEIGHT)
    picture = Pictures(land, window, SHEET, 20).draw(
        scene(Circle(179, 0, 20), Circle(-179, 0, 20), Circle(0, 0, 20))
    )
    row = [is_like(picture.getpixel((x, MAP_TOP + 190)), CELL) for x in range(WIDTH)]
    assert any(row[:400]) and any(row[400:])
    assert not any(row[:200]) and not any(row[600:])


def test_the_bars_of_the_window_are_marked(pictures: Pictures) -> None:
    def count(picture: Image.Image, box: tuple[int, int, int, int]) -> int:
        colors = picture.crop(box).getcolors(1 << 16) or []
        return sum(number for number, color in colors if color == rgb(CELL))

    left, right = (80, 460, 400, 486), (400, 460, 720, 486)
    early, late = pictures.draw(scene()), pictures.draw(scene(first=2, last=3))
    assert count(early, left) > 0 == count(early, right)
    assert count(late, right) > 0 == count(late, left)


HOSTILE = ["", " ", "\x00\x07", "x" * 5000, "a\nb\tc", "عين الأسد", "\u202eabc", "{}%s<script>",
           "\U0001f600", "\ud800"]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_any_text_is_one_line_that_fits(text: str) -> None:
    picture = Image.new("RGB", (300, 40), "white")
    end = Lettering(None).write(picture, (10, 20), text, 12, room=200)
    assert end <= 212
    edge = picture.crop((213, 0, 300, 40))
    assert edge.getcolors() == [(87 * 40, (255, 255, 255))]


def test_a_font_that_cannot_be_read_is_no_end(tmp_path: Path) -> None:
    broken = tmp_path / "letters.woff2"
    broken.write_bytes(b"wOF2 and nothing else")
    picture = Image.new("RGB", (300, 40), "white")
    assert Lettering(broken).write(picture, (10, 20), "1–7 Jul", 12) > 30


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1"),
        (999, "999"),
        (1000, "1.0k"),
        (9_960, "10k"),
        (999_499, "999k"),
        (1_100_000, "1.1M"),
    ],
)
def test_numbers_in_circles_are_short(number: int, text: str) -> None:
    assert shorten(number) == text


def read(gif: bytes) -> list[tuple[Image.Image, int]]:
    file = Image.open(io.BytesIO(gif))
    found = []
    for index in range(file.n_frames):
        file.seek(index)
        found.append((file.convert("RGB"), file.info["duration"]))
    return found


def test_gif_holds_every_picture_as_long_as_it_should(pictures: Pictures) -> None:
    circles = [Circle(DESERT[0] + i / 2, DESERT[1], 5) for i in range(3)]
    drawn = [pictures.draw(scene(each, title=f"{i} Jul")) for i, each in enumerate(circles)]
    gif = write_gif(drawn, drawn[0], 400, 2500)
    frames = read(gif)
    assert [ms for _, ms in frames] == [400, 400, 2500]
    assert Image.open(io.BytesIO(gif)).info["loop"] == 0
    for (picture, _), circle in zip(frames, circles, strict=True):
        assert picture.size == (WIDTH, HEIGHT)
        assert picture.getpixel((5, 5)) == (255, 255, 255)
        here = [is_like(at(picture, each.lon, each.lat), CELL) for each in circles]
        assert here == [each == circle for each in circles]


def test_gif_of_one_picture(pictures: Pictures) -> None:
    picture = pictures.draw(scene())
    file = Image.open(io.BytesIO(write_gif([picture], picture, 400, 2500)))
    assert (file.n_frames, file.size) == (1, (WIDTH, HEIGHT))
