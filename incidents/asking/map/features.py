"""What the live layer draws: the incidents in a window, with the few words it shows."""

from dataclasses import replace
from datetime import date
from typing import Any

from incidents.asking.display import USUAL_DISPLAY, Display
from incidents.asking.figures import count_incidents
from incidents.asking.filters import Filters
from incidents.asking.map.cells import read_cells, select_window, tell_cells
from incidents.asking.map.views import read_change, read_density, read_governorates, read_lines
from incidents.asking.store import Store, read_rows
from incidents.table.sentences import say_range, say_when

MOST_FEATURES = 2_000
"""Incidents that one answer holds one by one; more are told as cells."""

CLOSE = 12
"""Zoom from which a window of the map seldom holds more than `MOST_FEATURES`."""

KNOWN_TO = {
    "site": "Place known to the site",
    "town": "Place known to the town",
    "district": "Place known to the district only",
    "governorate": "Place known to the governorate only",
    "country": "Place known to the country only",
    None: "How exactly the place is known is not stated",
}
_COLUMNS = (
    *(
        "incident",
        "date",
        "date_end",
        "date_precision",
        "type",
        "place",
        "country",
        "gov",
        "precision",
        "lat",
        "lon",
    ),
    *("origin", "origin_lat", "origin_lon"),
    *("killed_min", "killed_max", "wounded_min", "wounded_max"),
)


def read_map(
    store: Store,
    filters: Filters,
    display: Display = USUAL_DISPLAY,
    monitored: tuple[date, date] | None = None,
) -> dict[str, Any]:
    """The answer of ``/api/map``: a GeoJSON FeatureCollection of the window of the filters.

    `monitored` are the first and the last day that the table says to know of.
    ``total`` and ``unplaced`` count all incidents of the filters, in the window or not; so does
    ``far``, which is there where some lie far from here, in doubt (`is_far`). What else
    it holds depends on ``display.view``, see `_read_incidents` and `incidents.asking.map.views`.
    Nothing in it is HTML.
    """
    view = display.view or "incidents"
    # First what nobody else asks: the counts are those of the figures, asked beside it.
    told = READERS[view](store, filters, display)
    total, placed = count_incidents(store, replace(filters, window=None))
    counts = {"view": view, "total": total, "unplaced": total - placed}
    if far := store.count_far(replace(filters, window=None)):
        counts["far"] = far
    answer = {"type": "FeatureCollection", **counts, **told}
    if view == "change":
        known = monitored or store.extent.span
        answer["monitored"] = monitored is not None
        answer["known"] = None if known is None else [day.isoformat() for day in known]
    return answer


def show_incident(row: dict[str, Any]) -> dict[str, Any]:
    """The answer of `read_map` that holds a single placed incident, in full as `Store` finds it."""
    counts = {"view": "incidents", "total": 1, "unplaced": 0, "cells": False}
    return {"type": "FeatureCollection", **counts, "features": [_to_feature(row)]}


def _read_incidents(store: Store, filters: Filters, display: Display) -> dict[str, Any]:
    """Up to `MOST_FEATURES` incidents as features of their own.

    More are told as the cells and areas of `tell_cells`, and ``cells`` is true.
    """
    zoom = display.zoom
    are_many = count_incidents(store, Filters(scope="all"))[1] > MOST_FEATURES
    # A question takes time: the likelier one is asked first.
    if are_many and zoom < CLOSE:
        cells = store.ask(read_cells, filters, zoom)
        if cells.incidents > MOST_FEATURES:
            return {"cells": True, "features": tell_cells(cells, zoom)}
    # One more than are told apart shows that there are too many: none of them is told then.
    window = select_window(store, filters)
    rows = read_rows(window.limit(MOST_FEATURES + 1)[list(_COLUMNS)])
    if len(rows) > MOST_FEATURES:
        cells = store.ask(read_cells, filters, zoom)
        return {"cells": True, "features": tell_cells(cells, zoom)}
    return {"cells": False, "features": _to_features(rows)}


READERS = {
    "incidents": _read_incidents,
    "density": read_density,
    "governorates": read_governorates,
    "lines": read_lines,
    "change": read_change,
}
"""What each view of `incidents.table.sentences.VIEWS` reads."""


def _to_features(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_to_feature(row) for row in sorted(rows, key=lambda r: (r["date"], r["incident"]))]


def say_toll(row: dict[str, Any]) -> str:
    """Killed and wounded in a few words: "killed 4–9, wounded unknown"."""
    killed = say_range(row["killed_min"], row["killed_max"])
    wounded = say_range(row["wounded_min"], row["wounded_max"])
    if killed == wounded == "unknown":
        return "toll unknown"
    return f"killed {killed}, wounded {wounded}"


def count_harmed(row: dict[str, Any]) -> int | None:
    """People killed and wounded by the highest claims; None when nobody gives any number."""
    tops = [
        row[f"{harm}_max"] if row[f"{harm}_max"] is not None else row[f"{harm}_min"]
        for harm in ("killed", "wounded")
    ]
    known = [top for top in tops if top is not None]
    return sum(known) if known else None


def _to_feature(row: dict[str, Any]) -> dict[str, Any]:
    properties = {
        "incident": row["incident"],
        "date": row["date"].isoformat(),
        "day": say_when(row["date"], row["date_end"], row["date_precision"]),
        "type": row["type"],
        "place": row["place"],
        "country": row["country"],
        "gov": row["gov"],
        "precision": row["precision"],
        "known_to": KNOWN_TO.get(row["precision"], KNOWN_TO[None]),
        "harmed": count_harmed(row),
        "toll": say_toll(row),
    }
    if row["origin_lat"] is not None and row["origin_lon"] is not None:
        properties["origin"] = [row["origin_lon"], row["origin_lat"]]
        properties["origin_name"] = row["origin"]
    point = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    return {"type": "Feature", "geometry": point, "properties": properties}
