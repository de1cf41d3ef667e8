"""Words on pictures, in the letters of a font file."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

INK = "#1c2430"
_FINER = 4
"""Letters are drawn so many times larger, then reduced: evenly spaced, smooth edges."""
_LETTERS_OF_PILLOW = "Aileron"
_LONGEST = 300
_WIDEST = 10_000.0


class Lettering:
    """Writes lines of text on pictures.

    Parameters
    ----------
    font
        File of the letters, of any weight. Without one, or where it cannot be read, Pillow's own
        are used: English ones in one weight. Signs that a font lacks are shown as empty boxes.
    """

    def __init__(self, font: Path | None) -> None:
        self.font = font
        self._letters = lru_cache(maxsize=16)(self._open_letters)
        self._mask = lru_cache(maxsize=512)(self._draw_mask)

    def measure(self, text: str, size: int) -> int:
        """Width of a line in pixels."""
        return self._mask(text, size, 400, _WIDEST).width

    def write(
        self,
        picture: Image.Image,
        at: tuple[float, float],
        text: str,
        size: int,
        anchor: str = "l",
        room: float = _WIDEST,
        color: str = INK,
        weight: int = 400,
    ) -> float:
        """Write one line and give its right end.

        Parameters
        ----------
        at
            Middle of the line's height; its left end, middle or right end, as `anchor` says:
            ``l``, ``m`` or ``r``.
        room
            Width in pixels beyond which the line is cut.
        """
        mask = self._mask(text, size, weight, room)
        left = at[0] - {"l": 0.0, "m": mask.width / 2, "r": float(mask.width)}[anchor]
        picture.paste(color, (round(left), round(at[1] - mask.height / 2)), mask)
        return left + mask.width

    def _open_letters(self, size: int, weight: int) -> Any:
        if self.font is not None:
            try:
                letters = ImageFont.truetype(self.font, size)
                letters.set_variation_by_axes([weight])
                return letters
            except (OSError, NotImplementedError):
                pass  # A build of Pillow that cannot read this file.
        return ImageFont.load_default(size)

    def _draw_mask(self, text: str, size: int, weight: int, room: float) -> Image.Image:
        """One line as a mask, cut where its room ends."""
        letters = self._letters(size * _FINER, weight)
        plain = " ".join(text.split())[:_LONGEST]
        if letters.getname()[0] == _LETTERS_OF_PILLOW:
            plain = plain.replace("–", "-")  # the one sign of ours that they lack
        shown = plain
        while plain and letters.getlength(shown) > room * _FINER:
            plain = plain[:-1]
            shown = plain.rstrip() + "…"
        up, down = letters.getmetrics()
        width = -(-round(letters.getlength(shown)) // _FINER) + 1
        mask = Image.new("L", (width * _FINER, -(-(up + down) // _FINER) * _FINER))
        ImageDraw.Draw(mask).text((0, up), shown, 255, letters, "ls")
        return mask.reduce(_FINER)
