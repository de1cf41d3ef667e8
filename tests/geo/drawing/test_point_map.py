"""The map on which a point is picked: its own scripts, and names that stay text."""

from geo.drawing.maps import ShowView
from geo.drawing.point_map import Pin, PointView, build_point_map

HOSTILE = "</script><img src=x onerror=alert(1)> {{ 'x' }}"


def test_scripts_come_from_this_server() -> None:
    root = build_point_map("v1").get_root()
    html = root.render()
    assert "pick-point.js?v=v1" in html
    assert "http://" not in html.replace("http://www.w3.org", "")
    assert "https://" not in html


def test_the_same_map_is_not_rebuilt() -> None:
    first, second = (build_point_map("v1") for _ in range(2))
    scripts = [next(iter(world._children.values())).payload for world in (first, second)]
    assert scripts[0] == scripts[1]


def test_names_of_places_stay_text() -> None:
    view = PointView("key", [Pin(HOSTILE, 33.0, 44.0, 5.0)], (33.0, 44.0, 5.0), (38, 29, 49, 38))
    payload = ShowView(view).payload
    assert "<" not in payload
    assert "{{" not in payload
