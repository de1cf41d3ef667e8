"""What stands on a map for incidents, drawn as the live layer draws it (geo/assets/live-layer)."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from geo.drawing.land import Land
from geo.drawing.shapes import (
    COUNT_RADIUS,
    MOST_RADIUS,
    draw_cell,
    draw_count,
    draw_donut,
    find_radius,
)
from geo.drawing.svg import TENTHS, element, write_title
from geo.places.mercator import PictureWindow
from geo.places.precision import PRECISIONS

MOST_TOLD = 300
WIDE = ("district", "governorate", "country")
"""Precisions that are drawn as an area, never as a point."""
_EQUATOR_KM = 40_075.0167
Feature = Mapping[str, Any]
"""GeoJSON, as ``/api/map`` answers it."""
Disc = tuple[float, float, float]
"""A place that is taken: x, y and radius in pixels."""


class Marks:
    """Draws incidents, one by one or by cells, in one window.

    Parameters
    ----------
    types
        Types that have a colour of their own; the class of each is ``type-`` and its place.
    selected
        Id of the incident that is marked, if one is.
    link
        Address of an incident by its id; without it, marks lead nowhere. More than `MOST_TOLD`
        marks say nothing and lead nowhere: the drawing would be several times as large.
    """

    def __init__(
        self,
        land: Land,
        window: PictureWindow,
        types: Sequence[str],
        selected: str | None = None,
        link: Callable[[str], str] | None = None,
    ) -> None:
        self.land, self.window, self.selected, self._link = land, window, selected, link
        self._is_told = True
        self._classes = {name: f"type-{place}" for place, name in enumerate(types)}

    def draw_incidents(self, features: Sequence[Feature]) -> str:
        """One mark for each spot, and one for each area that is known no better."""
        wide = [each for each in features if each["properties"]["precision"] in WIDE]
        near = [each for each in features if each["properties"]["precision"] not in WIDE]
        self._is_told = len(features) <= MOST_TOLD
        taken: list[Disc] = []
        spots = _group(near, _name_point)
        single = [self._draw_spot(group, taken) for group in spots if len(group) == 1]
        several = [(self.place(g[0])[1], self._draw_spot(g, taken)) for g in spots if len(g) > 1]
        areas = [self._draw_area(group, taken) for group in _group(wide, _name_area)]
        origins = [self._draw_origin(each) for each in features]
        return "".join([*origins, *_stack(areas, single, several)])

    def draw_cells(self, features: Sequence[Feature]) -> str:
        """Cells of a grid with their numbers, and the areas that no cell holds."""
        cells = [each for each in features if not each["properties"].get("precision")]
        wide = [each for each in features if each["properties"].get("precision")]
        most = max((each["properties"]["n"] for each in cells), default=1)
        taken: list[Disc] = []
        drawn = []
        for each in cells:
            number = each["properties"]["n"]
            x, y = self.place(each)
            radius = 9 + 19 * math.sqrt(number / most)
            taken.append((x, y, radius))
            drawn.append((y, draw_cell(x, y, radius, number, _tell_cell(each))))
        areas = [self._draw_area([each], taken) for each in wide]
        return "".join(_stack(areas, [], drawn))

    def place(self, feature: Feature) -> tuple[float, float]:
        """Where a feature stands in the picture."""
        lon, lat = feature["geometry"]["coordinates"]
        return self.window.place(lon, lat)

    def classify(self, kind: str | None) -> str:
        """Class of a type."""
        return self._classes.get(kind or "", "type-other")

    def _draw_spot(self, group: Sequence[Feature], taken: list[Disc]) -> str:
        """One incident, or several at one spot: a ring cut by type, with their number."""
        x, y = self.place(group[0])
        known = [n for n in (each["properties"]["harmed"] for each in group) if n is not None]
        radius = find_radius(sum(known) if known else None)
        radius = radius if len(group) == 1 else max(11.0, radius)
        taken.append((x, y, radius))
        ring = self._draw_town(group, x, y)
        if len(group) > 1:
            return ring + self._draw_donut(group, x, y, radius)
        told = group[0]["properties"]
        names = ["mark", self.classify(told["type"])]
        names += [] if known else ["unknown"]
        # Nobody says how exactly the place is known: an edge of dots.
        names += [] if told["precision"] else ["unstated"]
        names += ["chosen"] if told["incident"] == self.selected else []
        mark = element("circle", self._tell(group), class_=" ".join(names), cx=x, cy=y, r=radius)
        return ring + self._lead(mark, group)

    def _draw_donut(self, group: Sequence[Feature], x: float, y: float, radius: float) -> str:
        parts = _group(group, lambda each: each["properties"]["type"])
        shares = [(self.classify(part[0]["properties"]["type"]), len(part)) for part in parts]
        return draw_donut(x, y, radius, shares, self._is_selected(group), self._tell(group))

    def _draw_town(self, group: Sequence[Feature], x: float, y: float) -> str:
        """A place known to the town only: a dashed circle of that radius, seen from near."""
        lat = group[0]["geometry"]["coordinates"][1]
        radius = self.measure(PRECISIONS["town"], lat)
        if radius < MOST_RADIUS or all(each["properties"]["precision"] != "town" for each in group):
            return ""
        names = f"town {self._classify_all(group)}"
        return element("circle", class_=names, cx=x, cy=y, r=radius)

    def measure(self, km: float, lat: float) -> float:
        """Pixels of so many kilometres at a latitude."""
        return km * self.window.world / (_EQUATOR_KM * math.cos(math.radians(lat)))

    def _draw_area(self, group: Sequence[Feature], taken: list[Disc]) -> tuple[str, float, str]:
        """An area of which no more is known, and its number: where it stands, and that."""
        told = group[0]["properties"]
        look = f"{self._classify_all(group)}{' chosen' if self._is_selected(group) else ''}"
        found = self.land.find_area(told["precision"], told["country"], told["gov"])
        if found is not None:
            outline, (x, y) = found.draw(self.window), self.window.place(*found.label)
            shape = {"d": outline, "transform": f"scale({1 / TENTHS})"}
            area = element("path", class_=f"area {look} outline", **shape)
        else:
            x, y = self.place(group[0])
            km = PRECISIONS.get(told["precision"], 20.0)
            radius = self.measure(km, group[0]["geometry"]["coordinates"][1])
            area = element("circle", class_=f"area {look}", cx=x, cy=y, r=radius)
        x, y = _find_room(x, y, taken)
        is_cell = "n" in told
        words = _tell_cell(group[0]) if is_cell else self._tell(group)
        number = told["n"] if is_cell else len(group)
        badge = draw_count(x, y, number, words=words, look=look)
        return area, y, badge if is_cell else self._lead(badge, group)

    def _draw_origin(self, feature: Feature) -> str:
        """From the launch site to the target."""
        origin = feature["properties"].get("origin")
        if not origin:
            return ""
        (x, y), (x2, y2) = self.window.place(*origin), self.place(feature)
        line = element("line", x1=x, y1=y, x2=x2, y2=y2)
        name = write_title(f"Launch site: {feature['properties']['origin_name'] or 'not named'}")
        names = f"origin {self.classify(feature['properties']['type'])}"
        return element("g", line + element("circle", name, cx=x, cy=y, r=3), class_=names)

    def _tell(self, group: Sequence[Feature]) -> str:
        """What a mark says when it is pointed at, and to who does not see it."""
        if not self._is_told:
            return ""
        told = group[0]["properties"]
        if len(group) == 1:
            words = [f"{told['day']} · {told['type'] or 'type unknown'}"]
            words += [told["place"] or "Place not named", told["toll"]]
            return write_title(
                "; ".join(words + ([] if told["precision"] == "site" else [told["known_to"]]))
            )
        where = told["gov"] if told["precision"] == "governorate" else told["place"]
        return write_title(f"{len(group)} incidents{f' · {where}' if where else ''}")

    def _lead(self, mark: str, group: Sequence[Feature]) -> str:
        """A mark of a single incident leads to it."""
        if len(group) > 1 or self._link is None or not self._is_told:
            return mark
        return element("a", mark, href=self._link(group[0]["properties"]["incident"]))

    def _is_selected(self, group: Iterable[Feature]) -> bool:
        return any(each["properties"].get("incident", "") == self.selected for each in group)

    def _classify_all(self, group: Sequence[Feature]) -> str:
        """Class of several together: their type's if they share one."""
        types = {each["properties"].get("type", "") for each in group}
        is_one = len(types) == 1 and "n" not in group[0]["properties"]
        return self.classify(group[0]["properties"]["type"]) if is_one else "type-mixed"


def _group(features: Iterable[Feature], name: Callable[[Feature], Any]) -> list[list[Feature]]:
    groups: dict[Any, list[Feature]] = {}
    for each in features:
        groups.setdefault(name(each), []).append(each)
    return list(groups.values())


def _name_point(feature: Feature) -> Any:
    return tuple(feature["geometry"]["coordinates"])


def _name_area(feature: Feature) -> Any:
    told = feature["properties"]
    if told["precision"] == "country":
        return told["country"] or _name_point(feature)
    is_governorate = told["precision"] == "governorate"
    return (told["country"], told["gov"]) if is_governorate else _name_point(feature)


def _find_room(x: float, y: float, taken: list[Disc]) -> tuple[float, float]:
    """The nearest point at which a badge covers no mark and no other badge; else the point."""
    turns = [turn * math.pi / 4 for turn in range(8)]
    around = [
        (x + far * math.cos(turn), y + far * math.sin(turn)) for far in (16, 26) for turn in turns
    ]

    def is_free(point: tuple[float, float]) -> bool:
        return all(
            math.dist(point, (left, top)) >= radius + COUNT_RADIUS for left, top, radius in taken
        )

    found = next((point for point in ((x, y), *around) if is_free(point)), (x, y))
    taken.append((*found, COUNT_RADIUS))
    return found


def _stack(
    areas: Sequence[tuple[str, float, str]],
    single: Iterable[str],
    numbered: Sequence[tuple[float, str]],
) -> list[str]:
    """As on the live map: areas, marks, badges, what has a number; each from north to south."""
    badges = sorted((y, badge) for _, y, badge in areas)
    above = [drawn for _, drawn in (*badges, *sorted(numbered))]
    return [*(area for area, _, _ in areas), *single, *above]


def _tell_cell(feature: Feature) -> str:
    told = feature["properties"]
    where = f" · {told['gov']}" if told.get("gov") else ""
    known = "; place known to that area only" if told.get("precision") else ""
    return write_title(f"{told['n']:,} incidents{where}; {told['toll']}{known}")
