"""Reports against claims: what each report on an incident says, and whether others say it too."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Literal

from incidents.table.claims import range_stem
from incidents.table.columns import RANGES, split_ids
from incidents.table.sentences import say_partial_date, say_range, say_stem
from incidents.telling.words.relations import (
    Counts,
    Crowd,
    Dates,
    Kind,
    Numbers,
    Relation,
    Texts,
)

Agreement = Literal["same", "overlaps", "contradicts", "other words", "alone"]

AGREEMENT_MARKS = {"same": "=", "overlaps": "≈", "contradicts": "≠", "other words": "", "alone": ""}
"""The mark beside each cell. Where two texts differ, no rule can tell whether they contradict."""


@dataclass(frozen=True)
class Cell:
    """What one report says of one thing.

    Attributes
    ----------
    text
        As the reader sees it: "4", "2–3", "14 or more", "7 Jul 2021".
    low, high
        The numbers; None where it is no number, `high` also where the report leaves it open.
    agreement
        How it stands to most other publishers that speak of it: ``same``; ``overlaps`` (both
        can be right: 2–3 and 3, July and 7 July); ``contradicts`` (also where they are evenly
        split); ``other words`` (texts that differ); ``alone`` (nobody else speaks of it).
    same, overlapping, contradicting
        Number of other publishers, an agency and its copies once. Superseded reports are compared,
        but nobody is compared with them.
    """

    text: str
    low: int | None
    high: int | None
    agreement: Agreement
    same: int
    overlapping: int
    contradicting: int


@dataclass(frozen=True)
class Line:
    """One report: a row of the matrix, with a cell for each column that it speaks of."""

    report: str
    publisher: str | None
    stance: str | None
    published: str | None
    url: str | None
    title: str | None
    is_superseded: bool
    corrects: tuple[str, ...]
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Heading:
    """A column: ``killed``, ``children_wounded``, ``launched``, ``date`` or ``actor``.

    `is_disputed` tells whether standing reports of two publishers contradict each other on it.
    """

    name: str
    label: str
    is_disputed: bool


@dataclass(frozen=True)
class Matrix:
    """All reports on one incident, the earliest first, and all that any of them speaks of."""

    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class _Said:
    """One cell before it is compared."""

    value: tuple[int | None, int | None] | str
    text: str


@dataclass(frozen=True)
class Matter:
    """How the cells of a column are compared."""

    name: str
    kind: type[Kind]


MATTERS = (
    *(Matter(each.name, Numbers) for each in RANGES if each.group),
    *(Matter(each.name, Numbers) for each in RANGES if not each.group),
    Matter("date", Dates),
    Matter("actor", Texts),
)
"""All that a matrix may speak of: people harmed, munitions, the date, who did it."""


def order_reports(reports: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Earliest publication first; a month after its days, a year after its months, unknown last."""

    def key(report: Mapping[str, Any]) -> tuple[bool, str, str]:
        published = report["published"]
        # "~" sorts behind every figure: 2021-07 may be any of its days.
        known = "" if published is None else f"{published}~"
        return published is None, known, report["report"]

    return sorted(reports, key=key)


def make_matrix(
    reports: Sequence[Mapping[str, Any]], claims: Sequence[Mapping[str, Any]]
) -> Matrix:
    """The matrix of one incident.

    Parameters
    ----------
    reports, claims
        Rows as `Store.find_reports` and `Store.find_claims` answer. Several claims of one report
        on the same group and harm are one cell, from the lowest to the highest.
    """
    superseded = {report["report"] for report in reports if not report["stands"]}
    said = _read_reports(reports, claims)
    columns = {
        column.name: cells
        for column in MATTERS
        if (cells := _fill_column(column, reports, superseded, said))
    }
    headings = tuple(
        Heading(name, say_stem(name), _is_disputed(cells, superseded))
        for name, cells in columns.items()
    )
    lines = (_make_line(report, superseded, columns) for report in order_reports(reports))
    return Matrix(headings, tuple(lines))


def _fill_column(
    column: Matter,
    reports: Sequence[Mapping[str, Any]],
    superseded: AbstractSet[str],
    said: Mapping[tuple[str, str], _Said],
) -> dict[str, Cell]:
    """The cells of one column, by report."""
    speaking = [report for report in reports if (report["report"], column.name) in said]
    standing = Crowd(
        column.kind,
        (
            (find_voice(report), said[report["report"], column.name].value)
            for report in speaking
            if report["report"] not in superseded
        ),
    )
    return {
        report["report"]: _compare(
            said[report["report"], column.name], find_voice(report), standing
        )
        for report in speaking
    }


def _is_disputed(cells: Mapping[str, Cell], superseded: AbstractSet[str]) -> bool:
    return any(cell.contradicting for name, cell in cells.items() if name not in superseded)


def _make_line(
    report: Mapping[str, Any],
    superseded: AbstractSet[str],
    columns: Mapping[str, Mapping[str, Cell]],
) -> Line:
    name = report["report"]
    return Line(
        report=name,
        publisher=report["publisher"],
        stance=report["stance"],
        published=report["published"],
        url=report["url"],
        title=report["title"],
        is_superseded=name in superseded,
        corrects=tuple(split_ids(report["supersedes"])),
        cells={column: cells[name] for column, cells in columns.items() if name in cells},
    )


def list_differences(matrix: Matrix) -> list[tuple[str, list[tuple[str, int]]]]:
    """What standing reports contradict each other on: label, each text and how many say it."""
    found = []
    for heading in matrix.headings:
        if heading.is_disputed:
            lines = [line for line in matrix.lines if not line.is_superseded]
            cells = [line.cells[heading.name] for line in lines if heading.name in line.cells]
            found.append((heading.label, Counter(cell.text for cell in cells).most_common()))
    return found


def find_voice(report: Mapping[str, Any]) -> str:
    """Whose voice a report is; one of an unknown publisher is its own."""
    voice: str | None = report["voice"]
    return f"report {report['report']}" if voice is None else voice


def _read_reports(
    reports: Sequence[Mapping[str, Any]], claims: Sequence[Mapping[str, Any]]
) -> dict[tuple[str, str], _Said]:
    """What each report says of each column."""
    known = {report["report"] for report in reports}
    ends: dict[tuple[str, str], list[tuple[int | None, int | None]]] = {}
    for claim in claims:
        low, high = claim["low"], claim["high"]
        if claim["report"] in known and claim["measure"] and (low, high) != (None, None):
            stem = range_stem(claim["measure"], claim["group"] or "all")
            ends.setdefault((claim["report"], stem), []).append((low, high))
    said = {key: _join(pairs) for key, pairs in ends.items()}
    for report in reports:
        if report["says_date"]:
            text = say_partial_date(report["says_date"])
            said[report["report"], "date"] = _Said(report["says_date"], text)
        if report["says_actor"]:
            said[report["report"], "actor"] = _Said(report["says_actor"], report["says_actor"])
    return said


def _join(pairs: Sequence[tuple[int | None, int | None]]) -> _Said:
    lows, highs = [low for low, _ in pairs], [high for _, high in pairs]
    low = None if None in lows else min(each for each in lows if each is not None)
    high = None if None in highs else max(each for each in highs if each is not None)
    return _Said((low, high), say_range(low, high))


_VERDICTS: tuple[Relation, ...] = ("contradicts", "same", "other words")


def _compare(own: _Said, voice: str, others: Crowd) -> Cell:
    """A cell beside those of other publishers."""
    counts = others.count_others(voice, own.value)
    low, high = own.value if isinstance(own.value, tuple) else (None, None)
    return Cell(
        own.text,
        low,
        high,
        _judge(counts),
        counts["same"],
        counts["overlaps"],
        counts["contradicts"],
    )


def _judge(counts: Counts) -> Agreement:
    everybody = sum(counts.values())
    if everybody == 0:
        return "alone"
    usual = (each for each in _VERDICTS if counts[each] * 2 >= everybody)
    return next(usual, "overlaps")
