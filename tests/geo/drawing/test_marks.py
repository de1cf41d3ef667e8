"""What stands on a map for incidents."""

import pytest

from geo.drawing.marks import shorten


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
