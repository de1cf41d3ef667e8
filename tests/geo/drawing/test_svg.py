"""SVG as text: whatever is told, it is well-formed and says that."""

from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.drawing.svg import draw_outline, draw_text, element


@given(st.text(), st.text())
def test_any_text_stays_text(words: str, name: str) -> None:
    drawn = ElementTree.fromstring(element("g", draw_text(1, 2, words, "x"), class_=name))
    assert [each.tag for each in drawn.iter()] == ["g", "text"]
    assert "<" not in words or "<" in (drawn[0].text or "")


@pytest.mark.parametrize(
    ("words", "class_"),
    [("Ain al-Asad", "x"), ("عين الأسد", "x arabic"), ("Багдад", "x"), ("at هولير", "x arabic")],
)
def test_arabic_has_letters_of_its_own(words: str, class_: str) -> None:
    assert ElementTree.fromstring(draw_text(0, 0, words, "x")).attrib["class"] == class_


def test_attributes_are_short_and_what_is_missing_is_left_out() -> None:
    assert element("a", x=1.0, y=0.12345, stroke_width=2, d=None) == (
        '<a x="1" y="0.12" stroke-width="2"/>'
    )


@pytest.mark.parametrize(
    ("points", "is_closed", "told"),
    [
        ([(0, 0), (1, 0.04), (1, -1), (0, 0)], True, "M0 0l10 0 0-10z"),
        ([(0, 0), (1.26, 2)], False, "M0 0l13 20"),
        ([(5, 5), (5.01, 5), (6, 5)], False, "M50 50l10 0"),
        ([(5, 5), (5.01, 5.02)], True, ""),
    ],
    ids=["ring", "line", "a step that is none", "a speck"],
)
def test_outlines_are_steps_in_tenths(
    points: list[tuple[float, float]], is_closed: bool, told: str
) -> None:
    assert draw_outline([np.array(points, dtype=float)], is_closed) == told
