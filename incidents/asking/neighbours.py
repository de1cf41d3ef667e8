"""Incidents close to one in time and place."""

from dataclasses import dataclass
from datetime import timedelta
from math import cos, radians
from typing import Any

import ibis
from ibis.expr.types import FloatingValue

from geo.places.points import EARTH_RADIUS_KM, Point, distance_km
from incidents.asking.conditions import choose_claims
from incidents.asking.store import Store, read_rows


@dataclass(frozen=True)
class Neighbour:
    """An incident close by: days after the one asked for (negative: before), and distance."""

    row: dict[str, Any]
    days: int
    km: float | None


def find_neighbours(
    store: Store,
    row: dict[str, Any],
    basis: str = "range",
    days: int = 14,
    km: float = 50,
    most: int = 8,
) -> list[Neighbour]:
    """Incidents within so many days and km of one, and the other parts of its operation.

    Parameters
    ----------
    row
        As `Store.find_incident` answers. Without coordinates only its operation is looked at.
    basis
        Which claims their ranges show, see `choose_claims`.

    Returns
    -------
    list
        Parts of the operation first, then the others; of both the closest in time, then in place.
        At most `most`.
    """
    incidents, near = store.incidents, timedelta(days)
    operation = row["operation"]
    # Those of no operation are not parts of one together.
    is_part = ibis.literal(False) if operation is None else incidents.operation == operation
    at_hand = incidents.date.between(row["date"] - near, row["date"] + near)
    apart = incidents.date.delta(ibis.literal(row["date"]), unit="day")
    away = _measure(incidents, row)
    # The cheap conditions first: to measure all distances would take longer than all the rest.
    chosen = incidents.filter(
        is_part | at_hand, is_part | (away <= km), incidents.incident != row["incident"]
    )
    first = ibis.coalesce(is_part, False).desc()
    order = [first, apart.abs(), away.asc(nulls_first=False), "incident"]
    told = choose_claims(chosen.order_by(order).limit(most), basis)
    return [_make(found, row) for found in read_rows(told)]


def _make(found: dict[str, Any], row: dict[str, Any]) -> Neighbour:
    km = None
    if row["lat"] is not None and found["lat"] is not None:
        km = distance_km(Point(row["lat"], row["lon"]), Point(found["lat"], found["lon"]))
    return Neighbour(found, (found["date"] - row["date"]).days, km)


def _measure(incidents: ibis.Table, row: dict[str, Any]) -> FloatingValue:
    """Distance of each incident in km, as `geo.places.points.distance_km` measures it."""
    if row["lat"] is None or row["lon"] is None:
        return ibis.null("float64")
    here = Point(lat=row["lat"], lon=row["lon"])
    half_lat = ((incidents.lat - here.lat).radians() / 2).sin()
    half_lon = ((incidents.lon - here.lon).radians() / 2).sin()
    across = incidents.lat.radians().cos() * cos(radians(here.lat)) * half_lon * half_lon
    chord = half_lat * half_lat + across
    # The least of a number and of what is missing is the number: an unplaced one stays unknown.
    return (chord > 1).ifelse(1.0, chord).sqrt().asin() * (2 * EARTH_RADIUS_KM)
