"""A small map on which a reader says where a name lies: candidates to choose from, or a point."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geo.drawing.maps import LIVE, Legend, LiveLayer, make_world
from geo.places.mercator import Bounds


@dataclass(frozen=True)
class Pin:
    """A place that the name may mean: its label, its point, and the radius in km of it."""

    label: str
    lat: float
    lon: float
    radius_km: float


@dataclass(frozen=True)
class PointView:
    """What the map shows; handed over by `geo.drawing.maps.ShowView`.

    Attributes
    ----------
    name
        What is looked for; the map moves when it changes, and only then.
    spots
        The candidates, drawn with their numbers, from 1. A click on one tells its position in
        here, from 0; a click elsewhere tells the point, as ``lat,lon``.
    point
        The point that is chosen: lat, lon and the radius in km that it stands for.
    home
        Where the map stands without candidates.
    """

    name: str
    spots: Sequence[Pin]
    point: tuple[float, float, float] | None
    home: Bounds


class PointLayer(LiveLayer):
    """Land, candidates and the chosen point. It asks the server for nothing but the land."""

    # In this order: the second adds to the first.
    scripts = (LIVE, "pick-point")


def build_point_map(version: str, tiles: bool = False) -> Any:
    """The map; the same arguments give the same map, so it is not rebuilt.

    See `geo.drawing.maps.build_map` for the arguments.
    """
    world = make_world(tiles)
    PointLayer(Legend((), {}), version, tiles, tools=False).add_to(world)
    return world
