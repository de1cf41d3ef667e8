"""Incidents close to one in time and place."""

from dataclasses import dataclass
from datetime import timedelta
from math import cos, radians
from typing import Any

import ibis

from geo.places.points import Point, distance_km
from incidents.asking.conditions import choose_claims
from incidents.asking.store import Store, read_rows

KM_PER_DEGREE = 111.2


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
        Parts of the operation first, then the closest in time, at most `most`.
    """
    incidents = choose_claims(store.incidents, basis)
    conditions = []
    if row["operation"] is not None:
        conditions.append(incidents.operation == row["operation"])
    if row["lat"] is not None:
        conditions.append(_near(incidents, row, days, km))
    if not conditions:
        return []
    others = incidents.filter(incidents.incident != row["incident"], ibis.or_(*conditions))
    found = [_measure(other, row) for other in read_rows(others.limit(500))]
    parts = [n for n in found if _is_part(n, row)]
    near = [n for n in found if not _is_part(n, row) and n.km is not None and n.km <= km]
    near.sort(key=lambda n: (abs(n.days), n.km, n.row["incident"]))
    return [*parts, *near][:most]


def _is_part(neighbour: Neighbour, row: dict[str, Any]) -> bool:
    return row["operation"] is not None and neighbour.row["operation"] == row["operation"]


def _near(incidents: ibis.Table, row: dict[str, Any], days: int, km: float) -> Any:
    lat_span = km / KM_PER_DEGREE
    lon_span = lat_span / max(cos(radians(row["lat"])), 0.01)
    span = timedelta(days=days)
    return (
        incidents.date.between(row["date"] - span, row["date"] + span)
        & incidents.lat.between(row["lat"] - lat_span, row["lat"] + lat_span)
        & incidents.lon.between(row["lon"] - lon_span, row["lon"] + lon_span)
    )


def _measure(other: dict[str, Any], row: dict[str, Any]) -> Neighbour:
    km = None
    if row["lat"] is not None and other["lat"] is not None:
        km = distance_km(Point(row["lat"], row["lon"]), Point(other["lat"], other["lon"]))
    return Neighbour(other, (other["date"] - row["date"]).days, km)
