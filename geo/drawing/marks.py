"""What stands on a map for incidents, drawn as the live layer draws it (geo/assets/live-layer)."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from geo.drawing.land import Land
from geo.drawing.svg import TENTHS, draw_text, element, write_title
from geo.places.mercator import PictureWindow
from geo.places.precision import PRECISIONS

CELL_OPACITY = 0.82
COUNT_RADIUS = 11.0
"""Pixels of the ring in which the number of an area stands."""
MOST_RADIUS = 26.0
WIDE = ("district", "governorate", "country")
"""Precisions that are drawn as an area, never as a point."""
_EQUATOR_KM = 40_075.0167
Feature = Mapping[str, Any]
"""GeoJSON, as ``/api/map`` answers it."""


class Marks:
    """Draws incidents, one by one or by cells, in one window.

    Parameters
    ----------
    types
        Types that have a colour of their own; the class of each is ``type-`` and its place.
    selected
        Id of the incident that is marked, if one is.
    link
        Address of an incident by its id; without it, marks lead nowhere.
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
        self._classes = {name: f"type-{place}" for place, name in enumerate(types)}

    def draw_incidents(self, features: Sequence[Feature]) -> str:
        """One mark for each spot, and one for each area that is known no better."""
        wide = [each for each in features if each["properties"]["precision"] in WIDE]
        near = [each for each in features if each["properties"]["precision"] not in WIDE]
        areas = [self._draw_area(group) for group in _group(wide, _name_area)]
        # Rings with numbers above single marks, as on the live map.
        spots = [self._draw_spot(group) for group in sorted(_group(near, _name_point), key=len)]
        return "".join(
            [
                *(self._draw_origin(each) for each in features),
                *(area for area, _ in areas),
                *spots,
                *(count for _, count in areas),
            ]
        )

    def draw_cells(self, features: Sequence[Feature]) -> str:
        """Cells of a grid with their numbers, and the areas that no cell holds."""
        cells = [each for each in features if not each["properties"].get("precision")]
        areas = [
            self._draw_area([each]) for each in features if each["properties"].get("precision")
        ]
        most = max((each["properties"]["n"] for each in cells), default=1)
        drawn = []
        for each in cells:
            number = each["properties"]["n"]
            x, y = self.place(each)
            radius = 9 + 19 * math.sqrt(number / most)
            drawn.append(draw_cell(x, y, radius, number, _tell_cell(each)))
        return "".join([*(area for area, _ in areas), *drawn, *(count for _, count in areas)])

    def place(self, feature: Feature) -> tuple[float, float]:
        """Where a feature stands in the picture."""
        lon, lat = feature["geometry"]["coordinates"]
        return self.window.place(lon, lat)

    def classify(self, kind: str | None) -> str:
        """Class of a type."""
        return self._classes.get(kind or "", "type-other")

    def _draw_spot(self, group: Sequence[Feature]) -> str:
        """One incident, or several at one spot: a ring cut by type, with their number."""
        x, y = self.place(group[0])
        known = [n for n in (each["properties"]["harmed"] for each in group) if n is not None]
        radius = find_radius(sum(known) if known else None)
        ring = self._draw_town(group, x, y)
        if len(group) > 1:
            return ring + self._draw_donut(group, x, y, max(11.0, radius))
        told = group[0]["properties"]
        names = ["mark", self.classify(told["type"])]
        names += [] if known else ["unknown"]
        # Nobody says how exactly the place is known: an edge of dots.
        names += [] if told["precision"] else ["unstated"]
        names += ["chosen"] if told["incident"] == self.selected else []
        mark = element("circle", _tell(group), class_=" ".join(names), cx=x, cy=y, r=radius)
        return ring + self._lead(mark, group)

    def _draw_donut(self, group: Sequence[Feature], x: float, y: float, radius: float) -> str:
        parts = []
        if self._is_selected(group):
            parts.append(element("circle", class_="chosen", cx=x, cy=y, r=radius + 1))
        parts.append(element("circle", class_="ground", cx=x, cy=y, r=radius - 1))
        reach, start = radius - 3, 0.0
        for part in _group(group, lambda each: each["properties"]["type"]):
            share = len(part) / len(group) * 2 * math.pi * reach
            parts.append(
                element(
                    "circle",
                    class_=self.classify(part[0]["properties"]["type"]),
                    cx=x,
                    cy=y,
                    r=reach,
                    stroke_dasharray=f"{share:.1f} {2 * math.pi * reach - share:.1f}",
                    stroke_dashoffset=-start,
                    transform=f"rotate(-90 {x:.1f} {y:.1f})",
                )
            )
            start += share
        parts.append(draw_text(x, y + 4.0, str(len(group)), "number"))
        return element("g", _tell(group) + "".join(parts), class_="spot")

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

    def _draw_area(self, group: Sequence[Feature]) -> tuple[str, str]:
        """An area of which no more is known, and its number."""
        told = group[0]["properties"]
        names = f"area {self._classify_all(group)}{' chosen' if self._is_selected(group) else ''}"
        found = None
        if told["precision"] == "governorate":
            found = self.land.find_governorate(told["country"], told["gov"])
        if found is not None:
            outline = found.draw(self.window)
            x, y = self.window.place(*found.label)
            area = element(
                "path", class_=f"{names} outline", d=outline, transform=f"scale({1 / TENTHS})"
            )
        else:
            x, y = self.place(group[0])
            km = PRECISIONS.get(told["precision"], 20.0)
            radius = self.measure(km, group[0]["geometry"]["coordinates"][1])
            area = element("circle", class_=names, cx=x, cy=y, r=radius)
        is_cell = "n" in told
        words = _tell_cell(group[0]) if is_cell else _tell(group)
        count = draw_count(x, y, told["n"] if is_cell else len(group), words=words)
        return area, count if is_cell else self._lead(count, group)

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

    def _lead(self, mark: str, group: Sequence[Feature]) -> str:
        """A mark of a single incident leads to it."""
        if len(group) > 1 or self._link is None:
            return mark
        return element("a", mark, href=self._link(group[0]["properties"]["incident"]))

    def _is_selected(self, group: Iterable[Feature]) -> bool:
        return any(each["properties"].get("incident", "") == self.selected for each in group)

    def _classify_all(self, group: Sequence[Feature]) -> str:
        """Class of several together: their type's if they share one."""
        types = {each["properties"].get("type", "") for each in group}
        is_one = len(types) == 1 and "n" not in group[0]["properties"]
        return self.classify(group[0]["properties"]["type"]) if is_one else "type-mixed"


def find_radius(harmed: int | None) -> float:
    """Radius in pixels: area grows with the people harmed; unknown is drawn hollow, not small."""
    return 6.0 if harmed is None else min(MOST_RADIUS, 5 + 2.4 * math.sqrt(harmed))


def draw_cell(x: float, y: float, radius: float, number: int, words: str = "") -> str:
    """Incidents of a cell of the grid: a filled circle with their number, if it has room."""
    shown = draw_text(x, y + 4.0, shorten(number), "") if radius >= 9 else ""
    circle = element("circle", cx=x, cy=y, r=radius, fill_opacity=CELL_OPACITY)
    return element("g", words + circle + shown, class_="cell")


def draw_count(
    x: float, y: float, number: int, radius: float = COUNT_RADIUS, words: str = ""
) -> str:
    """Incidents known to an area only: a dashed ring with their number."""
    shown = draw_text(x, y + 4.0, shorten(number), "")
    return element("g", words + element("circle", cx=x, cy=y, r=radius) + shown, class_="count")


def shorten(number: int) -> str:
    """A number in at most four letters: 950, 1.2k, 34k, 1.1M."""
    if number < 1000:
        return str(number)
    value, unit = (number / 1000, "k") if number < 999_500 else (number / 1e6, "M")
    return (f"{value:.1f}" if value < 9.95 else f"{value:.0f}") + unit


def _group(features: Iterable[Feature], name: Callable[[Feature], Any]) -> list[list[Feature]]:
    groups: dict[Any, list[Feature]] = {}
    for each in features:
        groups.setdefault(name(each), []).append(each)
    return list(groups.values())


def _name_point(feature: Feature) -> Any:
    return tuple(feature["geometry"]["coordinates"])


def _name_area(feature: Feature) -> Any:
    told = feature["properties"]
    is_governorate = told["precision"] == "governorate"
    return (told["country"], told["gov"]) if is_governorate else _name_point(feature)


def _tell(group: Sequence[Feature]) -> str:
    """What a mark says when it is pointed at, and to who does not see it."""
    told = group[0]["properties"]
    if len(group) == 1:
        words = [f"{told['day']} · {told['type'] or 'type unknown'}"]
        words += [told["place"] or "Place not named", told["toll"]]
        return write_title(
            "; ".join(words + ([] if told["precision"] == "site" else [told["known_to"]]))
        )
    where = told["gov"] if told["precision"] == "governorate" else told["place"]
    return write_title(f"{len(group)} incidents{f' · {where}' if where else ''}")


def _tell_cell(feature: Feature) -> str:
    told = feature["properties"]
    where = f" · {told['gov']}" if told.get("gov") else ""
    known = "; place known to that area only" if told.get("precision") else ""
    return write_title(f"{told['n']:,} incidents{where}; {told['toll']}{known}")
