"""Tables in which engines could differ: what is missing, odd letters, equal values, open ends."""

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from incidents.table.columns import (
    ATTACK,
    CLAIM_COLUMNS,
    COLUMNS,
    GROUPS,
    HARMS,
    REPORT_COLUMNS,
    STRIKE,
)
from incidents.table.problems import make_problem, problems_frame
from incidents.versions.keeping import write_snapshot
from tests.incidents.conftest import frame_of

TEXTS = (
    *("Baghdad", "baghdad", "BAGHDAD", "Bağdat", "Ёлка", "елка", "ИДЛИБ", "عَيْن الأسد", "عين الاسد"),
    *('O\'Neill "x"', "a,b;c", "line\nbreak", "\\.", "50%_x", "İstanbul", "ΣΊΣΥΦΟΣ", "straße"),
    *("\u212a", "z\u0301", " blanks\u00a0 ", "", None, None, "Ain al-Asad", "áîn ÀL", "日本", "\t"),
)
WORDS = ("baghdad", "BAĞ", "елка", "عين", "asad", "al", "%_", "\\", "ß", "k", "x", "no such")
"""Words to be searched, in three scripts and with signs that mean something in a pattern."""
NUMBERS = (None, None, 0, 0, 1, 2, 3, 7, 40, 1_000_000_000)
SPOTS = ((33.3152, 44.3661), (36.34, 43.13), (-17.5, 178.9), (-16.2, -179.4), (89.9, 12.5))


def make_odd_version(home: Path, rows: int = 260, seed: int = 7) -> Path:
    """A version of drawn rows, the same each time; its folder."""
    draw = random.Random(seed)
    chosen = {column.name: column for column in COLUMNS}
    incidents = [_make_incident(draw, number, chosen) for number in range(rows)]
    reports = [
        {
            "report": f"r{number}",
            "incident": f"i{draw.randrange(rows)}",
            "publisher": draw.choice(TEXTS),
            "family": draw.choice((None, "Reuters", "AP")),
            "stance": draw.choice((None, "party", "independent")),
            "published": draw.choice((None, "2021", "2021-07", "2021-07-07")),
            "title": draw.choice(TEXTS),
        }
        for number in range(rows)
    ]
    claims = [
        {
            "claim": f"c{number}",
            "report": (report := draw.choice(reports))["report"],
            "incident": report["incident"],
            "measure": draw.choice(HARMS),
            "group": draw.choice(GROUPS),
            "low": draw.choice(NUMBERS[2:6]),
            "high": draw.choice(NUMBERS),
            "said_by": draw.choice((None, None, *TEXTS[:4])),
        }
        for number in range(rows)
    ]
    tables = {
        "incidents": frame_of(COLUMNS, tuple(incidents)).assign(
            located_by=[draw.choice((None, "table", "gazetteer")) for _ in incidents],
            match=[draw.choice((None, "none", "exact", "fuzzy", "ambiguous")) for _ in incidents],
            match_reason=[draw.choice(("Two places.", None, "x" * 3)) for _ in incidents],
            names=[draw.choice((None, "baghdad bagdad", "ayn asad al")) for _ in incidents],
        ),
        "reports": frame_of(REPORT_COLUMNS, tuple(reports)),
        "claims": frame_of(CLAIM_COLUMNS, tuple(claims)),
    }
    tables = {name: frame.assign(row=range(2, rows + 2)) for name, frame in tables.items()}
    found = [
        make_problem("monitoring_unclear", "a.csv", reason=f"{n % 3}\nsecond") for n in range(9)
    ]
    return write_snapshot(home, tables, problems_frame(found), "odd.csv", 0).folder


def _make_incident(draw: random.Random, number: int, columns: Any) -> dict[str, Any]:
    day = date(2020, 11, 20) + timedelta(draw.randrange(460))
    lasts = draw.random() < 0.3
    placed = draw.random() < 0.8
    lat, lon = draw.choice(SPOTS)
    lat, lon = lat - draw.choice((0, 0.01, 0.37)), lon + draw.choice((0, 0.004, 0.3))
    row: dict[str, Any] = {
        "incident": f"i{number}",
        "date": day.isoformat(),
        "date_end": (day + timedelta(draw.randrange(40))).isoformat() if lasts else None,
        "date_precision": draw.choice(("day", "week", "month", "year", None)),
        "lat": lat if placed else None,
        "lon": lon if placed else None,
        "precision": draw.choice(columns["precision"].allowed) if placed else None,
        "country": draw.choice(("IQ", "SY", None)),
        "gov": draw.choice(("Baghdad", "Nineveh", "Idlib", None)),
        "direction": draw.choice((ATTACK, STRIKE, None)),
        "operation": draw.choice((None, None, None, "op 1", "op 2")),
        "category": draw.choice((None, None, None, *columns["category"].allowed)),
        "response_to": draw.choice((None, None, "i1", "i2 ;\u00a0i3", "i4;", " ; i5\u2003")),
        "sources": draw.choice((None, 0, 1, 2, 5)),
        "origin_lat": draw.choice((None, 33.1)),
        "origin_lon": draw.choice((None, 44.1)),
    }
    for name in ("place", "site", "actor", "target_name", "weapon", "summary", "origin"):
        row[name] = draw.choice(TEXTS)
    for name in ("type", "target"):
        row[name] = draw.choice((*TEXTS[:6], None))
    for name, column in columns.items():
        if column.type == "count" and name != "sources":
            row[name] = draw.choice(NUMBERS)
    return row
