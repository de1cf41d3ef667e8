"""Colours keep to their types."""

import pytest

from incidents.table.palette import make_palette, order_types

KNOWN = ("rocket attack", "drone attack", "mortar attack", "roadside bomb", "air strike", "other")
CASES = [
    ("nothing present", [], 8, KNOWN),
    ("order of the table is not that of the colours", ["air strike", "rocket attack"], 8, KNOWN),
    ("new types take spare colours", ["x", "y"], 8, (*KNOWN, "x", "y")),
    ("then those of absent types", ["x", "y", "rocket attack"], 7,
     ("rocket attack", "y", *KNOWN[2:], "x")),
    ("never that of other", list("abcdefgh"), 6, ("a", "b", "c", "d", "e", "other")),
]  # fmt: skip


@pytest.mark.parametrize(("present", "colours", "types"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])  # fmt: skip
def test_order(present: list[str], colours: int, types: tuple[str, ...]) -> None:
    assert order_types(present, colours) == types


def test_palette_names_a_colour_for_any_other_type() -> None:
    palette = make_palette(("x", "other"), ("l1", "l2"), ("d1", "d2"))
    assert palette == {"x": ("l1", "d1"), "other": ("l2", "d2"), "": ("l2", "d2")}
    assert make_palette(("x",), ("l1", "l2"), ("d1", "d2"))[""] == ("l2", "d2")
