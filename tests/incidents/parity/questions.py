"""Every question that pages, API and files ask of a store: one table, asked of every engine."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from geo.places.mercator import fit_window
from incidents.asking import exports
from incidents.asking.casualties.answer import read_casualties
from incidents.asking.casualties.parties import has_parties
from incidents.asking.casualties.rows import has_claims
from incidents.asking.conditions import CODE
from incidents.asking.derived import CODED
from incidents.asking.display import Display
from incidents.asking.doubts import (
    count_doubts,
    count_findings,
    count_rows_named,
    describe_incidents,
    list_doubts,
    list_findings,
    read_findings,
    read_problem_kinds,
)
from incidents.asking.escalation.answer import read_escalation
from incidents.asking.escalation.spells import find_linked
from incidents.asking.facets import IRAQ_AND_SYRIA, count_facets, read_facets
from incidents.asking.figures import read_figures
from incidents.asking.filters import Filters
from incidents.asking.histograms import count_histograms
from incidents.asking.links import find_span, fit_filters
from incidents.asking.listing import count_pages, count_rows, list_matches, read_page, sort_rows
from incidents.asking.map.features import read_map
from incidents.asking.map.playback_cells import count_bars, read_groups, sum_killed
from incidents.asking.map.playback_steps import plan_steps
from incidents.asking.map.windows import read_window
from incidents.asking.munitions.answer import BY, read_munitions
from incidents.asking.neighbours import find_neighbours
from incidents.asking.records import read_records
from incidents.asking.sorting import ORDERS
from incidents.asking.store import Store, read_frame, read_rows
from incidents.asking.time.steps import CODES
from incidents.asking.time.timeline import (
    count_weeks,
    describe_timeline,
    read_timeline,
    read_whole_span,
)
from incidents.asking.time.trends import compare_periods
from incidents.table.columns import HARMS, RANGES
from incidents.table.sentences import BYS

Question = Callable[[Store, Filters], Any]
DAYS = (date(2021, 1, 1), date(2021, 12, 31))
WINDOWS = {"world": None, "region": IRAQ_AND_SYRIA, "town": (44.2, 33.1, 44.6, 33.5),
           "across the antimeridian": (170.0, -60.0, -170.0, 60.0)}  # fmt: skip
VIEWS = ("incidents", "density", "governorates", "lines", "change")


def _map(view: str, window: Any, zoom: int) -> Question:
    def ask(store: Store, filters: Filters) -> Any:
        return read_map(store, replace(filters, window=window), Display(view=view, z=zoom))

    return ask


def _pages(order: str, which: slice = slice(None)) -> Question:
    def ask(store: Store, filters: Filters) -> Any:
        last = count_pages(store, filters)
        own = tuple(column.name for column in store.own)
        return [read_page(store, filters, order, page, own) for page in sorted({1, last})[which]]

    return ask


def _about_each(store: Store, filters: Filters) -> Any:
    """What is told of single incidents, also of one that there is not."""
    rows = store.select(filters)
    ids = [row["incident"] for row in read_rows(rows.order_by("incident").limit(400)[["incident"]])]
    found = []
    for incident in [*sorted(ids)[:3], "'; none"]:
        row = store.find_incident(incident, filters.basis)
        found.append((row, store.find_reports(incident), store.find_claims(incident)))
        if row is not None:
            found.append((find_neighbours(store, row, filters.basis, 400, 3_000),
                          find_linked(store, row, filters.basis)))  # fmt: skip
    return found, describe_incidents(store, ids[:5])


def _escalation(store: Store, filters: Filters) -> Any:
    return read_escalation(store, filters, DAYS)


def _playback(are_many: bool) -> Question:
    def ask(store: Store, filters: Filters) -> Any:
        types = store.ask(read_facets).values["type"]
        steps = plan_steps(*DAYS, "month", None, False)
        window = fit_window(IRAQ_AND_SYRIA, 600, 400)
        groups = read_groups(store.select(filters), steps, window, types, are_many)
        return count_bars(groups, len(steps.starts)), sum_killed(groups)

    return ask


def _fit(store: Store, filters: Filters) -> Any:
    facets = store.ask(read_facets)
    return fit_filters(filters, facets, find_span(facets, None), store)


def _findings(store: Store, filters: Filters) -> Any:
    kinds = sorted(read_problem_kinds(store), key=lambda each: each["kind"])
    pages = [(list_findings(store, each["kind"]), count_findings(store, each["kind"]))
             for each in kinds]  # fmt: skip
    return kinds, pages, read_findings(store)


def _doubts(store: Store, filters: Filters) -> Any:
    named = [count_rows_named(store, name, country, "")
             for name in ("baghdad", "ain al-asad", "x") for country in ("", "IQ")]  # fmt: skip
    return list_doubts(store), count_doubts(store), named


def _trends(store: Store, filters: Filters) -> Any:
    days = filters.dates or (date(2021, 6, 1), date(2021, 6, 30))
    return compare_periods(store.select(replace(filters, dates=None)), days, DAYS, False)


def _whole(store: Store, filters: Filters) -> Any:
    return store.extent, read_facets(store), read_whole_span(store), has_claims(store), \
        has_parties(store), list_matches(store.incidents), \
        store.find_values("place", ["Baghdad", "none", ""])  # fmt: skip


def _weeks(store: Store, filters: Filters) -> Any:
    frame = count_weeks(store.select(filters))
    return frame.sort_values(["start", "below"]).reset_index(drop=True)


QUESTIONS: dict[str, Question] = {
    "whole table": _whole,
    "count": lambda store, filters: store.count(filters),
    "figures": read_figures,
    "facets": count_facets,
    "histograms": count_histograms,
    "fitting": _fit,
    "window that holds them": read_window,
    "single incidents": _about_each,
    "records": lambda store, filters: read_records(store, filters, "-killed_max", 40),
    "escalation": _escalation,
    "trends": _trends,
    "weeks": _weeks,
    "findings": _findings,
    "doubts": _doubts,
    "rows": lambda store, filters: count_rows(store.select(filters)),
    "csv": lambda store, filters: exports.to_csv(store.select(filters)),
    "geojson": lambda store, filters: exports.to_geojson(store.select(filters), {}),
    "parquet": lambda store, filters: exports.to_parquet(store.select(filters), {}),
    "sorted frame": lambda store, filters: read_frame(sort_rows(store.select(filters), "place")),
    "playback": _playback(are_many=False),
    "playback of many": _playback(are_many=True),
    "pages": _pages("-date"),
    **{
        f"timeline by {step}": lambda store, filters, step=step: read_timeline(
            store, filters, step, store.ask(read_facets).values["type"][:3]
        )
        for step in CODES
    },
    "timeline of the API": lambda store, filters: describe_timeline(store, filters, "year", None),
    **{
        f"{harm} by {by}": lambda store, filters, by=by, harm=harm: read_casualties(
            store, filters, by, harm, "year" if by == "time" else None
        )
        for by in BYS
        for harm in HARMS
    },
    **{
        f"munitions by {by}": lambda store, filters, by=by: read_munitions(store, filters, by)
        for by in BY
    },
    **{
        f"map: {view}, {name}, zoom {zoom}": _map(view, window, zoom)
        for view in VIEWS
        for name, window in WINDOWS.items()
        for zoom in ((3, 7, 13) if name == "region" else (5,))
        if view == "incidents" or (name, zoom) == ("region", 7)
    },
}
"""Each under the filters that it is given; what ends in an order of its own is put in one."""
OF_COLUMNS = (
    *("whole table", "count", "facets", "histograms", "pages", "single incidents", "findings"),
    *("doubts", "csv", "geojson", "parquet", "sorted frame"),
)
"""Those in whose answer a table's own columns, or its problems, are."""
SORTED: dict[str, Question] = {
    order: _pages(order, slice(-1, None)) for order in ORDERS[::4] + ORDERS[3::4]
}
"""The last page of the list in the order of each column: it is asked for from the other end."""

HIDDEN = {each.top for each in RANGES} | {f"{name}{CODE}" for name in ("month", *CODED)}


def make_plain(answer: Any) -> Any:
    """An answer as values that can be compared: frames as columns, pieces of a file as one.

    The tops of ranges and the codes, of which nobody is told, are not in every engine's tables.
    """
    if isinstance(answer, pd.DataFrame):
        answer = answer.drop(columns=[name for name in answer if name in HIDDEN])
        shown = answer.astype(object).where(answer.notna(), None)
        return {name: (str(answer[name].dtype), shown[name].tolist()) for name in answer.columns}
    if isinstance(answer, Mapping):
        return {key: make_plain(value) for key, value in answer.items() if key not in HIDDEN}
    if isinstance(answer, list | tuple) and not hasattr(answer, "_fields"):
        return [make_plain(each) for each in answer]
    if hasattr(answer, "__next__"):
        return b"".join(answer)
    if hasattr(answer, "__dataclass_fields__"):
        return {name: make_plain(getattr(answer, name)) for name in answer.__dataclass_fields__}
    return answer
