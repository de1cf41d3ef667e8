"""Other views of the map: density, governorates, launch lines, before and after."""

from dataclasses import replace
from typing import Any

import ibis

from incidents.asking.conditions import touches
from incidents.asking.display import Display
from incidents.asking.figures import Total, sum_ranges
from incidents.asking.filters import Filters
from incidents.asking.map.cells import (
    CELL_PIXELS,
    by_cell,
    find_spot,
    make_feature,
    order_spot,
    say_tolls,
    select_window,
    sum_points,
)
from incidents.asking.store import Store, read_rows
from incidents.asking.time.periods import find_periods
from incidents.table.columns import HARMS

DENSITY_PIXELS = 16
"""Side of a cell of the density on screen."""

MOST_LINES = 1_000
"""Lines that one answer holds, those of most incidents first."""


def read_density(store: Store, filters: Filters, display: Display) -> dict[str, Any]:
    """Incidents per cell of a fine grid: ``grid`` is its zoom, its pixels and ``[cx, cy, n]``.

    ``vague`` counts the incidents of the window that are known to a governorate or country only:
    no cell holds them.
    """
    zoom = display.zoom
    window = select_window(store, filters, zoom)
    by = by_cell(window, zoom, DENSITY_PIXELS)
    counted = window.aggregate(by={"cx": by["cx"], "cy": by["cy"]}, n=window.count())
    rows = read_rows(counted.order_by(["cy", "cx"]))
    return {
        "features": [],
        "grid": {
            "zoom": zoom,
            "pixels": DENSITY_PIXELS,
            "cells": [[row["cx"], row["cy"], row["n"]] for row in rows if row["cx"] is not None],
        },
        "vague": sum(row["n"] for row in rows if row["cx"] is None),
    }


def read_governorates(store: Store, filters: Filters, display: Display) -> dict[str, Any]:
    """Incidents and tolls per governorate, in the window or not: ``areas``.

    In each governorate an operation counts once. ``vague`` counts the incidents that name none.
    """
    chosen = store.select(replace(filters, window=None))
    by, has_operations = ["country", "gov"], store.extent.has_operations
    rows = sum_ranges(chosen, HARMS, by, has_operations=has_operations)
    areas = [
        {
            "country": row["country"],
            "gov": row["gov"],
            "n": row["incidents"],
            "killed": _ends(totals["killed"]),
            "wounded": _ends(totals["wounded"]),
            "toll": say_tolls(totals),
        }
        for row, totals in rows
        if row["gov"] is not None
    ]
    # The database gives them in any order, and the same question has the same answer.
    areas.sort(key=lambda area: (area["country"] or "", area["gov"]))
    vague = sum(row["incidents"] for row, _ in rows if row["gov"] is None)
    return {"features": [], "areas": areas, "vague": vague}


def _ends(total: Total) -> list[int | None]:
    return [total.low, total.high]


def read_lines(store: Store, filters: Filters, display: Display) -> dict[str, Any]:
    """From launch site to target: a line for each pair, with its number of incidents.

    At most `MOST_LINES`; ``launches`` counts the incidents that name a launch site, drawn or not.
    """
    chosen = store.select(replace(filters, window=None))
    known = chosen.filter(
        chosen.lat.notnull(), chosen.origin_lat.notnull(), chosen.origin_lon.notnull()
    )
    first = {
        name: known[name].min()
        for name in ("origin", "place", "type", "incident", "date", "precision")
    }
    lines = known.aggregate(
        by=["origin_lon", "origin_lat", "lon", "lat"],
        n=known.count(),
        types=known.type.nunique(),
        **first,
    )
    counted = lines.mutate(launches=lines.n.sum().over(), pairs=lines.count().over())
    rows = read_rows(counted.order_by([ibis.desc("n"), "incident"]).limit(MOST_LINES))
    return {
        "features": [_to_line(row) for row in rows],
        "launches": rows[0]["launches"] if rows else 0,
        "pairs": rows[0]["pairs"] if rows else 0,
    }


def _to_line(row: dict[str, Any]) -> dict[str, Any]:
    ends = [[row["origin_lon"], row["origin_lat"]], [row["lon"], row["lat"]]]
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": ends},
        "properties": {
            "n": row["n"],
            "origin": row["origin"],
            "place": row["place"],
            "type": row["type"] if row["types"] == 1 else None,
            "incident": row["incident"] if row["n"] == 1 else None,
            "day": row["date"].isoformat() if row["n"] == 1 else None,
        },
    }


def read_change(store: Store, filters: Filters, display: Display) -> dict[str, Any]:
    """Incidents per cell in two periods: ``before`` and ``after`` of each cell and of them all.

    An incident that may have happened in either period is counted in both, as the filter by
    dates counts it.
    """
    span = store.extent.span
    if span is None:
        return {"features": [], "periods": None}
    periods = find_periods(filters.dates, display.before, span)
    window = select_window(store, replace(filters, dates=None), display.zoom)
    before, after = (touches(window, *period) for period in periods)
    window = window.mutate(is_before=before, is_after=after)
    window = window.filter(window.is_before | window.is_after)
    rows = read_rows(
        window.aggregate(
            by=by_cell(window, display.zoom, CELL_PIXELS),
            n=window.count(),
            before=window.is_before.sum(),
            after=window.is_after.sum(),
            **sum_points(window),
        )
    )
    everywhere = replace(filters, window=None)
    counts = [store.count(replace(everywhere, dates=each))[0] for each in periods]
    return {
        "features": [
            make_feature(
                row["area"],
                row["sum_x"] / row["n"],
                row["sum_y"] / row["n"],
                {each: row[each] for each in ("before", "after")},
            )
            for row in sorted(rows, key=lambda row: order_spot(find_spot(row)))
        ],
        "periods": [
            {"dates": [day.isoformat() for day in period], "n": count}
            for period, count in zip(periods, counts, strict=True)
        ],
    }
