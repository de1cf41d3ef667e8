"""Which of many decisions on names of places a row follows."""

from __future__ import annotations

from collections.abc import Sequence


def fold_place(place: str) -> str:
    """A name of a place without double or odd blanks, in one case."""
    return " ".join(place.split()).casefold()


class Decisions:
    """Decisions by what a row may say, so that none is compared with every row.

    They come in order: of those that fit a row, the last one counts.
    """

    def __init__(self, ordered: Sequence[tuple[int, tuple[str, str, str]]]) -> None:
        self._last: dict[tuple[str, str | None, str | None], tuple[int, int]] = {}
        for rank, (at, (place, own_country, own_gov)) in enumerate(ordered):
            # A row that names no country or governorate (None) is meant by all.
            for country in (own_country, None):
                for gov in (own_gov, None):
                    self._last[place, country, gov] = (rank, at)

    def find(self, place: str | None, country: str | None, gov: str | None) -> int:
        """The position of the decision on a row that says this; -1 if there is none."""
        countries, govs = ((each,) if each is None else (each, "") for each in (country, gov))
        found = [
            self._last[place or "", one, other]
            for one in countries
            for other in govs
            if (place or "", one, other) in self._last
        ]
        return max(found)[1] if found else -1
