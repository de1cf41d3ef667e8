"""Pictures as files: a palette that keeps the colours that mean something, GIF and PNG."""

import io
from collections.abc import Iterable, Mapping

from PIL import Image

from geo.drawing.raster import read_colours
from geo.drawing.shapes import CELL_OPACITY


def write_gif(
    pictures: Iterable[Image.Image],
    sample: Image.Image,
    ms: int,
    last_ms: int,
    classes: Mapping[str, str],
) -> bytes:
    """An animation that starts again when it is over.

    Parameters
    ----------
    pictures
        RGB, at least one; taken one by one, so that they need not all be in memory.
    sample
        A picture whose colours serve for all of them.
    ms, last_ms
        Milliseconds that each picture stays, and the last one.
    classes
        As of `geo.drawing.raster.write_rules`: colours that stay as they are.
    """
    # One colour less than a GIF holds: the last says "as before", which makes it small.
    palette = _make_palette(sample, classes, 255)
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


def write_png(picture: Image.Image, classes: Mapping[str, str]) -> bytes:
    """A picture as PNG, in a palette of its own; `classes` as of `write_gif`."""
    palette = _make_palette(picture.convert("RGB"), classes, 256)
    file = io.BytesIO()
    flat = picture.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE)
    flat.save(file, "PNG", optimize=True)
    return file.getvalue()


def _make_palette(sample: Image.Image, classes: Mapping[str, str], most: int) -> Image.Image:
    """The colours of a picture: those of its large plain areas, and of types, just as they are."""
    colours = read_colours()
    names = ("--paper", "--ink", "--cell", "--water", "--land", "--land-around")
    exact = [_rgb(colours[name]) for name in names]
    # A circle lets some of the land through.
    land, cell = (Image.new("RGB", (1, 1), color) for color in (exact[4], exact[2]))
    exact.append(_rgb(f"#{Image.blend(land, cell, CELL_OPACITY).tobytes().hex()}"))
    exact += [_rgb(color) for color in dict.fromkeys(classes.values())]
    count = most - len(exact)
    found = sample.quantize(count, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    parts = (found.getpalette() or [])[: 3 * count]
    others = zip(parts[0::3], parts[1::3], parts[2::3], strict=True)
    # Pillow takes colours that are this close for one another.
    kept = [each for each in others if all(_distance(each, one) > 8 for one in exact)]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for color in (*exact, *kept) for part in color])
    return palette


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _distance(a: tuple[int, ...], b: tuple[int, ...]) -> int:
    return max(abs(one - other) for one, other in zip(a, b, strict=True))
