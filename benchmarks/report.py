"""Write the results as tables in Markdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plan import LATE, Result, Results

OWN, EMPTY = "this dashboard", "an empty page"
AIM_ROWS, PEER_ROWS, PEER_AIM = 1_000_000, 50_000, 20
EMPTY_AIMS = (
    ("open", "open beside an empty page of Streamlit", None, 1.8),
    ("filter", "filter change beside the rerun of an empty page", AIM_ROWS, 2),
)
"""Measure, label, rows (None: the first table) and how many times the empty page's at the most."""


@dataclass(frozen=True)
class Measure:
    """One line of a table: unit, factor from what was measured, and the aim.

    Aims are for a million rows; with `is_plain`, for the first table: size plays no part there.
    """

    key: str
    label: str
    unit: str
    factor: float = 1
    aim: float | None = None
    is_plain: bool = False


MEASURES = (
    Measure("first reader", "first open after the start", "s"),
    Measure("open", "open, as a new reader", "s"),
    Measure("first view, 9 Mbit/s", "first view at 9 Mbit/s and 85 ms", "s", is_plain=True),
    Measure("open, 9 Mbit/s", "open at 9 Mbit/s and 85 ms", "s", 1, 3.5, True),
    Measure("first view, 1.6 Mbit/s", "first view at 1.6 Mbit/s and 150 ms", "s", 1, 1.5, True),
    Measure("open, 1.6 Mbit/s", "open at 1.6 Mbit/s and 150 ms", "s", 1, 10, True),
    Measure("first visit", "all that a first visit receives", "kB", 1, 1_500, True),
    Measure("second visit", "all that a second visit receives", "kB", 1, 150, True),
    Measure("filter", "filter change settled", "ms", 1000),
    Measure("pan", "pan to new features", "ms", 1000, 100),
    Measure("zoom", "zoom to new features", "ms", 1000, 120),
    Measure("brush", "brush on the timeline settled", "ms", 1000),
    Measure("payload", "largest answer of /api/map, as sent", "kB", aim=150),
    Measure("received", "all that a filter change sends", "kB"),
    Measure("memory, 1 reader", "server memory, 1 reader", "MB"),
    Measure("memory, many readers", "server memory, {readers} readers", "MB", aim=600),
    Measure("ingest", "first start on the table (ingest)", "s"),
    Measure("second start", "second start", "s"),
)
# What peers do not have, or have by another name, is not compared.
SHARED = (
    "first reader",
    "open",
    "open, 9 Mbit/s",
    "open, 1.6 Mbit/s",
    "first visit",
    "filter",
    "received",
    "memory, 1 reader",
    "memory, many readers",
    "ingest",
)

All = Mapping[int, Mapping[str, Results]]
"""Results by number of rows and subject."""


def write_report(
    results: All, machine: str, day: str, runs: int, limit: float, readers: int
) -> str:
    """The whole of RESULTS.md."""
    return "\n".join(
        [
            "# Results of the benchmarks",
            "",
            f"Measured on {day}; machine: {machine}. Written by `make bench`; how, and what each"
            " line means, is in [README.md](README.md).",
            "",
            f"Medians of {runs} run{'s' if runs > 1 else ''} each (the first open is one run)."
            f" Servers, browser and measuring program share the machine. A page that was not"
            f" settled within {limit:.0f} s is given up.",
            "",
            "## This dashboard",
            "",
            *list_own(results, readers),
            "",
            "## Aims",
            "",
            *list_aims(results, readers, limit),
            "",
            "## Beside what else one would use",
            "",
            "Same rows, same machine, same browser, same run. In brackets: how many times ours."
            " (a) and (b): Streamlit, pandas and streamlit-folium; (c): Datasette with"
            " datasette-cluster-map. Their maps leave off the third of the rows that has no"
            " coordinates, which this dashboard places.",
            *(line for rows in results for line in list_peers(rows, results[rows], readers, limit)),
            "",
        ]
    )


def list_own(results: All, readers: int) -> list[str]:
    """Table: a line for each measure, a column for each size."""
    lines = [
        [f"{each.label.format(readers=readers)}, {each.unit}"]
        + [write_value(own.get(OWN, {}).get(each.key), each) for own in results.values()]
        for each in MEASURES
    ]
    return make_table(["", *(f"{rows:,} rows" for rows in results)], lines)


def list_aims(results: All, readers: int, limit: float) -> list[str]:
    """Table: each aim, what was measured, and whether it is met."""
    lines = []
    first = min(results)
    for each in MEASURES:
        if each.aim is not None:
            rows = first if each.is_plain else AIM_ROWS
            value = results.get(rows, {}).get(OWN, {}).get(each.key)
            met = judge(isinstance(value, float) and value * each.factor <= each.aim, value)
            label = f"{each.label.format(readers=readers)}, {rows:,} rows"
            lines.append([label, f"≤ {each.aim:,} {each.unit}", write_value(value, each), met])
    for key, label, rows, aim in EMPTY_AIMS:
        found = results.get(rows or first, {})
        empty = found.get(EMPTY, {}).get(key)
        own = found.get(OWN, {}).get(key)
        ratio = own / empty if isinstance(own, float) and isinstance(empty, float) else None
        shown = say_missing(own) if ratio is None else f"{ratio:.1f} times"
        met = judge(ratio is not None and ratio <= aim, ratio)
        lines.append([f"{label}, {rows or first:,} rows", f"≤ {aim} times", shown, met])
    half = results.get(PEER_ROWS, {})
    slow = next((found for name, found in half.items() if name.startswith("(a)")), {})
    for key, label in (("open", "open"), ("filter", "filter change")):
        # One that does not even open has no other measures: then the opening's limit counts.
        peer = slow.get(key, slow.get("open", slow.get("first reader")))
        ratio, sign = divide(peer, half.get(OWN, {}).get(key), limit)
        met = judge(ratio is not None and ratio >= PEER_AIM, ratio)
        name = f"{label} beside a marker per row (a), {PEER_ROWS:,} rows"
        shown = say_missing(peer) if ratio is None else f"{sign}{ratio:.1f} times"
        lines.append([name, f"≥ {PEER_AIM} times faster", shown, met])
    return make_table(["", "aim", "measured", ""], lines)


def list_peers(rows: int, found: Mapping[str, Results], readers: int, limit: float) -> list[str]:
    """Heading and table of one size: a line for each measure, a column for each subject."""
    if len(found) < 2:
        return []
    lines = []
    for each in (measure for measure in MEASURES if measure.key in SHARED):
        line = [f"{each.label.format(readers=readers)}, {each.unit}"]
        for name, results in found.items():
            value = results.get(each.key)
            own = None if name == OWN else found.get(OWN, {}).get(each.key)
            ratio, sign = divide(value, own, limit)
            times = f" ({sign}{ratio:.1f}×)" if ratio is not None else ""
            line.append(write_value(value, each) + times)
        lines.append(line)
    return ["", f"### {rows:,} rows", "", *make_table(["", *found], lines)]


def write_value(value: Result | None, measure: Measure) -> str:
    """A number in the measure's unit, or why there is none."""
    if value is None or isinstance(value, str):
        return say_missing(value)
    number = value * measure.factor
    return f"{number:,.2f}" if number < 10 else f"{number:,.0f}"


def say_missing(value: Result | None) -> str:
    """Why there is no number."""
    return "–" if value is None else str(value).replace("|", "/")


def divide(peer: Result | None, own: Result | None, limit: float) -> tuple[float | None, str]:
    """How many times ours, where that can be told; with ">" of one that reached the limit."""
    if not isinstance(own, float):
        return None, ""
    if isinstance(peer, str) and peer.startswith(LATE):
        return limit / own, "> "
    return (peer / own if isinstance(peer, float) else None), ""


def judge(is_met: bool, value: Result | None) -> str:
    """Whether an aim is met; what was not measured is neither."""
    return "not measured" if value is None else "met" if is_met else "not met"


def make_table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> list[str]:
    """A table in Markdown, numbers to the right."""
    rule = ["---"] + ["--:"] * (len(head) - 1)
    return [f"| {' | '.join(cells)} |" for cells in (head, rule, *lines)]
