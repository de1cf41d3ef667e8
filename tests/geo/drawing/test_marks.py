"""What stands on a map for incidents: the same marks as on the live map."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from geo.drawing.land import Land
from geo.drawing.maps import read_land
from geo.drawing.marks import Marks
from geo.drawing.pieces import write_picture
from geo.drawing.raster import rasterise
from geo.drawing.shapes import find_radius, shorten
from geo.drawing.views import draw_answer, find_classes
from geo.places.mercator import fit_window

DATA = Path(__file__).resolve().parents[3] / "data"
WINDOW = fit_window((36, 29.5, 48.5, 37.4), 644, 456)
BAGHDAD, DESERT = (44.4, 33.3), (41.6, 32.6)
HOSTILE = "<script>alert(1)</script>\x00\ud800 \"'&"


@pytest.fixture(scope="module")
def land() -> Land:
    return Land(read_land(DATA / "boundaries", []))


@pytest.fixture
def marks(land: Land) -> Marks:
    types = ("rocket attack", "air strike")
    return Marks(land, WINDOW, types, "chosen", lambda incident: f"incident?incident={incident}")


def feature(at: tuple[float, float] = BAGHDAD, **changes: Any) -> dict[str, Any]:
    told = {
        "incident": "a", "date": "2021-07-07", "day": "7 Jul 2021", "type": "rocket attack",
        "place": "Baghdad", "country": "IQ", "gov": "Baghdad", "precision": "site",
        "known_to": "Place known to the site", "harmed": 4, "toll": "killed 2, wounded 2",
    }  # fmt: skip
    point = {"type": "Point", "coordinates": list(at)}
    return {"type": "Feature", "geometry": point, "properties": told | changes}


def parse(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<g>{drawn}</g>")


def list_classes(drawn: str, tag: str = "circle") -> list[str]:
    return [each.attrib.get("class", "") for each in parse(drawn).iter(tag)]


def test_a_mark_stands_at_its_place_leads_to_its_incident_and_says_what_it_is(marks: Marks) -> None:
    (link,) = parse(marks.draw_incidents([feature()]))
    circle = link[0]
    x, y = WINDOW.place(*BAGHDAD)
    assert link.attrib["href"] == "incident?incident=a"
    assert (float(circle.attrib["cx"]), float(circle.attrib["cy"])) == pytest.approx(
        (x, y), abs=0.01
    )
    assert circle[0].text == "7 Jul 2021 · rocket attack; Baghdad; killed 2, wounded 2"


KINDS: dict[str, tuple[dict[str, Any], str]] = {
    "known": ({}, "mark type-0"),
    "another type": ({"type": "air strike"}, "mark type-1"),
    "a type without a colour": ({"type": "x"}, "mark type-other"),
    "no type": ({"type": None}, "mark type-other"),
    "nobody gives a number": ({"harmed": None}, "mark type-0 unknown"),
    "nobody was harmed": ({"harmed": 0}, "mark type-0"),
    "precision not stated": ({"precision": None}, "mark type-0 unstated"),
    "selected": ({"incident": "chosen"}, "mark type-0 chosen"),
    "district": ({"precision": "district"}, "area type-0"),
    "an unknown governorate": ({"precision": "governorate", "gov": "Nowhere"}, "area type-0"),
}


@pytest.mark.parametrize(("changes", "class_"), KINDS.values(), ids=KINDS)
def test_each_kind_has_a_mark_of_its_own(
    marks: Marks, changes: dict[str, Any], class_: str
) -> None:
    assert list_classes(marks.draw_incidents([feature(**changes)]))[0] == class_


def test_unknown_is_no_smaller_than_none_and_many_are_larger() -> None:
    assert find_radius(0) < find_radius(None) < find_radius(4) < find_radius(50)
    assert find_radius(10**6) == 26


def test_several_at_one_spot_are_a_ring_cut_by_type(marks: Marks) -> None:
    group = [feature(), feature(incident="b"), feature(incident="c", type="air strike")]
    drawn = marks.draw_incidents(group)
    assert list_classes(drawn) == ["ground", "type-0", "type-1"]
    shares = [each.attrib.get("stroke-dasharray") for each in parse(drawn).iter("circle")][1:]
    first, second = (float(str(share).split()[0]) for share in shares)
    assert first == pytest.approx(2 * second, rel=0.01)
    assert [each.text for each in parse(drawn).iter("text")] == ["3"]
    assert not list(parse(drawn).iter("a"))


def test_a_governorate_is_its_outline_with_a_number_never_a_pin(marks: Marks) -> None:
    known = {"precision": "governorate", "known_to": "Place known to the governorate only"}
    drawn = marks.draw_incidents([feature(**known), feature(incident="b", **known)])
    assert list_classes(drawn, "path") == ["area type-0 outline"]
    assert [each.text for each in parse(drawn).iter("text")] == ["2"]
    assert "mark" not in drawn


def test_a_town_is_a_ring_only_from_near(land: Land) -> None:
    near = Marks(land, fit_window((44, 33, 44.5, 33.5), 644, 456), ())
    far = Marks(land, WINDOW, ())
    group = [feature(precision="town")]
    assert "town" in near.draw_incidents(group) and "town" not in far.draw_incidents(group)
    assert "town" not in near.draw_incidents([feature()])


def test_a_launch_site_is_joined_to_its_target(marks: Marks) -> None:
    drawn = marks.draw_incidents([feature(origin=list(DESERT), origin_name=HOSTILE)])
    (line,) = parse(drawn).iter("line")
    assert float(line.attrib["x1"]) == pytest.approx(WINDOW.place(*DESERT)[0], abs=0.01)


def cell(n: int, **changes: Any) -> dict[str, Any]:
    told = {"n": n, "killed": [1, 2], "toll": "killed 1–2, wounded unknown"} | changes
    point = {"type": "Point", "coordinates": list(BAGHDAD)}
    return {"type": "Feature", "geometry": point, "properties": told}


def test_cells_say_how_many_they_are(marks: Marks) -> None:
    area = {"precision": "governorate", "country": "IQ", "gov": "Anbar"}
    drawn = marks.draw_cells([cell(1200), cell(4), cell(3, **area)])
    texts = [each.text for each in parse(drawn).iter("text")]
    assert sorted(map(str, texts)) == ["1.2k", "3", "4"]
    assert list_classes(drawn, "path") == ["area type-mixed outline"]
    assert "1,200 incidents; killed 1–2, wounded unknown" in drawn


ANSWERS: dict[str, dict[str, Any]] = {
    "density": {"grid": {"zoom": 6, "pixels": 16, "cells": [[638, 412, 3], [639, 412, 40]]}},
    "governorates": {"areas": [
        {"country": "IQ", "gov": "Anbar", "n": 3, "killed": [None, None], "wounded": [0, 0],
         "toll": HOSTILE},
        {"country": "IQ", "gov": HOSTILE, "n": 1, "killed": [1, 9], "wounded": [0, 0], "toll": ""},
    ]},
    "lines": {"features": [{"geometry": {"coordinates": [list(DESERT), list(BAGHDAD)]},
              "properties": {"n": 2, "origin": HOSTILE, "place": HOSTILE, "type": HOSTILE}}]},
    "change": {"features": [{"geometry": {"coordinates": list(BAGHDAD)},
               "properties": {"before": b, "after": a}} for b, a in ((1, 5), (5, 1), (2, 2))]},
    "incidents": {"cells": False, "features": [feature(**dict.fromkeys(
        ("incident", "day", "type", "place", "gov", "known_to", "toll"), HOSTILE))]},
}  # fmt: skip


@pytest.mark.parametrize("view", ANSWERS)
def test_whatever_a_table_holds_is_text_in_every_view(marks: Marks, view: str) -> None:
    drawn = draw_answer(marks, {"view": view, **ANSWERS[view]}, "killed")
    assert "<script" not in drawn
    assert {each.tag for each in parse(drawn).iter()} <= {
        *("g", "a", "circle", "rect", "path", "pattern", "title", "text", "line"),
    }
    assert rasterise(write_picture(drawn, 644, 456)).getbbox() is not None


@pytest.mark.parametrize(
    ("shade", "basis", "class_"),
    [
        ("killed", "range", "governorate hatched"),
        ("wounded", "range", "governorate shade-0"),
        ("incidents", "range", "governorate shade-5"),
    ],
)
def test_unknown_is_hatched_none_is_pale(marks: Marks, shade: str, basis: str, class_: str) -> None:
    drawn = draw_answer(marks, {"view": "governorates", **ANSWERS["governorates"]}, shade, basis)
    told = [each for each in parse(drawn).iter("path") if (each[0].text or "").startswith("Anbar")]
    assert [each.attrib["class"] for each in told] == [class_]
    others = set(list_classes(drawn, "path")) - {class_}
    assert others == {"governorate land"}


@pytest.mark.parametrize(
    ("largest", "classes"),
    [(1, [1]), (3, [1, 2]), (20, [1, 2, 3, 5, 10]), (1000, [1, 4, 20, 50, 200])],
)
def test_classes_are_those_of_the_live_map(largest: int, classes: list[int]) -> None:
    assert find_classes(largest) == classes


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
