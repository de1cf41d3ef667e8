"""Raw events in Parquet, and folders that they are rolled up into."""

import random
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from incidents.versions.catalog import Catalog
from incidents.versions.rolling.preparing import Asked
from incidents.versions.rolling.sources import Source

PLACES = (
    ("Mosul", "Nineveh", "IQ"), ("Baghdad", None, "IQ"), ("Ain al-Asad", "Anbar", None),
    ("الرقة", None, "SY"), ("Idlib", "Idlib", "SY"), ("no such place", None, "IQ"),
)  # fmt: skip
KEYS = (
    *("incident", "date", "date_end", "place", "gov", "country", "lat", "lon", "type", "actor"),
    *("direction", "operation", "category", "killed_min", "killed_max", "sources", "summary"),
)


def draw_events(first: int, count: int, start: date, days: int) -> list[dict[str, object]]:
    """Events of some days; the same numbers give the same ones."""
    draw = random.Random(first)
    events = []
    for number in range(first, first + count):
        place, gov, country = draw.choice(PLACES)
        day = start + timedelta(draw.randrange(days))
        low = draw.choice((None, 0, 1, 4))
        has_point = draw.random() < 0.5 and country == "IQ"
        events.append({
            "incident": f"e{number}", "date": day,
            "date_end": day + timedelta(3) if draw.random() < 0.2 else None,
            "place": place, "gov": gov, "country": country,
            "lat": round(33.3 + draw.random() / 10, 4) if has_point else None,
            "lon": round(44.3 + draw.random() / 10, 4) if has_point else None,
            "type": draw.choice(("air strike", "rocket attack")),
            "actor": draw.choice(("Group 1", "Group 2", None)),
            "direction": draw.choice(("strike by coalition", "other", None)),
            "operation": draw.choice((None, None, None, "op 1")),
            "category": draw.choice((None, None, None, "other event")),
            "killed_min": low, "killed_max": None if low is None else low + draw.choice((0, 3)),
            "sources": draw.choice((None, 1, 2)), "summary": f"Event {number}",
        })  # fmt: skip
    return events


def write_events(path: Path, events: list[dict[str, object]], rows_a_group: int = 200) -> None:
    """A file of raw events."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = {"killed_min": pa.int64(), "killed_max": pa.int64(), "sources": pa.int64(),
             "date": pa.date32(), "date_end": pa.date32(), "lat": pa.float64(),
             "lon": pa.float64()}  # fmt: skip
    schema = pa.schema([(key, whole.get(key, pa.string())) for key in KEYS])
    pq.write_table(pa.Table.from_pylist(events, schema=schema), path, row_group_size=rows_a_group)


@pytest.fixture(scope="session")
def raw_days(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two files of events, and a third that came later: it tells two of them again."""
    home = tmp_path_factory.mktemp("raw")
    first = draw_events(0, 300, date(2020, 6, 1), 300)
    write_events(home / "events" / "a.parquet", first)
    write_events(home / "events" / "b.parquet", draw_events(300, 100, date(2021, 2, 1), 200))
    later = draw_events(400, 30, date(2021, 7, 8), 1)
    write_events(home / "later.parquet", [*later, *first[7:9], later[0]])
    return home / "events", home / "later.parquet"


@pytest.fixture(scope="session")
def ask_for(shipped_catalog: Catalog) -> object:
    """What is asked of a rollup, by the shipped gazetteer."""

    def ask(source: Path, target: Path, engine: str = "duckdb") -> Asked:
        workers = 1 if engine == "duckdb" else None
        return Asked(
            Source(str(source)),
            target,
            engine,
            shipped_catalog.world,
            "feed",
            rules="1",
            workers=workers,
        )

    return ask
