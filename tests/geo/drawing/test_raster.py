"""Pixels of SVG: our colours, our letters, nothing else from the disk."""

import pytest
from PIL import Image, ImageChops

from geo.drawing.pieces import Piece, draw_pieces, write_picture
from geo.drawing.raster import cut, measure, rasterise, read_colours
from geo.drawing.svg import draw_text, element


def width_of(picture: Image.Image) -> int:
    box = picture.getbbox()
    return 0 if box is None else box[2] - box[0]


def draw_line(text: str) -> Image.Image:
    return rasterise(write_picture(draw_text(2, 20, text, "figures"), 600, 30))


def test_colours_are_those_of_the_live_map() -> None:
    light, dark = read_colours(), read_colours(is_dark=True)
    assert light["--land"] == "#fbfaf7" and dark["--land"] == "#232a34"
    assert light.keys() == dark.keys()
    water = rasterise(write_picture(element("rect", class_="water", width=9, height=9), 9, 9))
    assert water.getcolors() == [(81, (0xDD, 0xE5, 0xEA, 255))]


@pytest.mark.parametrize(
    "text", ["4 incidents · killed 3–7 (2 unknown)", "Νασιρίγια", "Багдад, Эрбиль", "Wi Wi iii"]
)
def test_words_are_as_wide_as_measured(text: str) -> None:
    assert width_of(draw_line(text)) == pytest.approx(measure(text, 17, 600), abs=4)


def test_letters_of_these_scripts_are_there_and_join() -> None:
    lacking = width_of(draw_line("\U00013000" * 4))
    assert lacking > 0
    joined, apart = (width_of(draw_line(text)) for text in ("عراق", "ع ر ا ق"))
    assert 0 < joined < apart
    # Kurdish: each word has its own shape, none is a row of empty boxes.
    shapes = {draw_line(text).tobytes() for text in ("ڕێگا", "ھەولێر", "عين الأسد", "پژگچ")}
    assert len(shapes) == 4


@pytest.mark.parametrize("room", [0, 30, 200, 10_000])
def test_what_has_no_room_is_cut(room: int) -> None:
    shown = cut("Incidents of type rocket attack, at Ain al-Asad", 12, room)
    assert room == 0 or measure(shown, 12) <= room
    assert shown.endswith("…") == (room < 10_000) or shown == ""


def test_no_file_is_read() -> None:
    told = element("image", href="/etc/logo.png", width=9, height=9)
    with pytest.raises(ValueError, match="no picture"):
        rasterise(write_picture(told, 9, 9))
    # As a text it is one.
    assert rasterise(write_picture(draw_text(0, 9, told, ""), 9, 9)).size == (9, 9)


def test_pieces_are_what_they_are_alone() -> None:
    pieces = [
        Piece(element("circle", class_="water", r=r), -r - 1, -r - 1, 2 * r + 2, 2 * r + 2)
        for r in range(1, 60)
    ]
    drawn = draw_pieces([*pieces, *pieces], {})
    assert set(drawn) == set(pieces)
    for piece in pieces:
        told = element("g", piece.svg, transform=f"translate({-piece.left} {-piece.top})")
        alone = rasterise(write_picture(told, piece.width, piece.height))
        # Edges are rounded a little differently far from the corner of a sheet.
        extrema = ImageChops.difference(drawn[piece], alone).getextrema()
        assert max(most for _, most in extrema) <= 32


def test_more_pieces_than_one_sheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.drawing.pieces.MOST_PIXELS", 40_000)
    pieces = [Piece(draw_text(0, 12, str(number), ""), 0, 0, 400, 20) for number in range(40)]
    assert len({image.tobytes() for image in draw_pieces(pieces, {}).values()}) == 40
