"""The map as a picture: what lies where, and what a picture shows of the world."""

import pytest

from geo.places.mercator import MOST_ZOOM, Bounds, fit_window

IRAQ: Bounds = (38.8, 29.0, 48.6, 37.4)
SIZE = (800, 400)

# window, its picture's middle, a point, its pixel
PLACED = [
    ("middle", (-10, -10, 10, 10), (0, 0), (400, 200)),
    ("upper edge", (-10, -10, 10, 10), (0, 10), (400, 0)),
    ("lower edge", (-10, -10, 10, 10), (0, -10), (400, 400)),
    ("left edge", (-10, -1, 10, 1), (-10, 0), (0, 200)),
    ("right edge", (-10, -1, 10, 1), (10, 0), (800, 200)),
    ("antimeridian, from the west", (170, -1, -170, 1), (175, 0), (200, 200)),
    ("antimeridian, from the east", (170, -1, -170, 1), (-175, 0), (600, 200)),
    ("a turn further", (350, -1, 370, 1), (5, 0), (600, 200)),
    ("the whole world", (-180, -85, 180, 85), (-90, 0), (200, 200)),
]


@pytest.mark.parametrize(("bbox", "point", "pixel"), [case[1:] for case in PLACED],
                         ids=[case[0] for case in PLACED])  # fmt: skip
def test_places(bbox: Bounds, point: tuple[float, float], pixel: tuple[float, float]) -> None:
    assert fit_window(bbox, *SIZE).place(*point) == pytest.approx(pixel, abs=1e-6)


def test_a_degree_of_latitude_is_larger_in_the_north() -> None:
    window = fit_window(IRAQ, *SIZE)
    ys = [window.place(43, lat)[1] for lat in (30, 31, 36, 37)]
    assert ys[2] - ys[3] > ys[0] - ys[1] > 0


@pytest.mark.parametrize(
    "bbox",
    [IRAQ, (170, -20, -170, 20), (-1, 50, 1, 80), (44, 33, 44.01, 33.01), (300, 0, 320, 5)],
    ids=["Iraq", "antimeridian", "high", "small", "a turn further"],
)
def test_the_picture_holds_the_window_and_no_more_than_it_must(bbox: Bounds) -> None:
    picture = fit_window(bbox, *SIZE)
    corners = [picture.place(lon, lat) for lon in bbox[::2] for lat in bbox[1::2]]
    xs, ys = ([point[i] for point in corners] for i in (0, 1))
    assert min(xs) >= -1e-6 and max(xs) <= 800 + 1e-6
    assert min(ys) >= -1e-6 and max(ys) <= 400 + 1e-6
    assert max(xs) - min(xs) == pytest.approx(800) or max(ys) - min(ys) == pytest.approx(400)


def test_bbox_is_what_the_picture_shows() -> None:
    picture = fit_window((170, -1, -170, 1), *SIZE)
    west, south, east, north = picture.bbox
    assert (west, east) == (170, -170)
    assert picture.place(180, north)[1] == pytest.approx(0)
    assert picture.place(180, south)[1] == pytest.approx(400)


@pytest.mark.parametrize(
    ("bbox", "world"),
    [((44, 33, 44, 33), 256 * 2**MOST_ZOOM), ((-180, -90, 180, 90), 800), ((-540, 0, 540, 1), 800)],
    ids=["a spot", "the world", "three worlds"],
)
def test_neither_too_close_nor_two_worlds(bbox: Bounds, world: float) -> None:
    picture = fit_window(bbox, *SIZE)
    assert picture.world == world
    if world == 800:
        assert picture.bbox[::2] == (-180, 180)
