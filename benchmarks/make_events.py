"""Stream raw events into Parquet files from a fixed seed, skewed as real ones are.

    python benchmarks/make_events.py ROWS FOLDER [FILES]

As `benchmarks/make_table.py` draws them, but in the order of their days, as a feed brings them,
and a file at a time: a hundred million rows need no more memory than a million. Of each thousand
rows one tells again an event that came before.
"""

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.make_table import (  # noqa: E402
    ACTORS,
    DIRECTIONS,
    FIRST,
    LAST,
    PUBLISHERS,
    SEED,
    TARGETS,
    TYPES,
    WEAPONS,
    draw_ranks,
)
from geo.places.places import read_places  # noqa: E402

ROWS_A_FILE = 1_000_000
GROUP = 100_000


def draw_sorted_days(
    random: np.random.Generator, rows: int, start: float, end: float
) -> np.ndarray:
    """Days of one part of the span, quiet weeks and bursts, in order."""
    days = int((LAST - FIRST).astype(int)) + 1
    weights = np.repeat(np.random.default_rng(SEED).gamma(0.8, size=days // 7 + 1), 7)[:days]
    spread = np.cumsum(weights) / weights.sum()
    at = np.sort(random.uniform(start, end, size=rows))
    return (FIRST + np.searchsorted(spread, at).clip(0, days - 1)).astype("datetime64[D]")


def _take(values: list[str], chosen: np.ndarray) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(chosen.astype("int32")), pa.array(values))


def _toll(random: np.random.Generator, rows: int) -> tuple[pa.Array, pa.Array]:
    low = np.floor(random.pareto(1.4, size=rows)).clip(0, 400)
    high = low + np.where(random.random(rows) < 0.3, np.ceil(random.pareto(1.6, size=rows)), 0)
    unknown = random.random(rows) <= 0.45
    ends = (low, high.clip(0, 900))
    return tuple(pa.array(each.astype("int64"), mask=unknown) for each in ends)  # type: ignore[return-value]


def make_part(number: int, rows: int, start: float, end: float, first: int) -> pa.Table:
    """The rows of one file; `first` is the number of its first event."""
    random = np.random.default_rng((SEED, number))
    places = [p for p in read_places(ROOT / "data" / "places.csv") if p.kind != "country"]
    chosen = draw_ranks(random, len(places), rows, 1.1)
    spread = np.where(random.random(rows) < 0.1, 0, 0.11)
    no_point = random.random(rows) <= 1 / 3
    point = [
        pa.array(
            (np.array(ends)[chosen] + random.normal(size=rows) * spread).round(5), mask=no_point
        )
        for ends in ([p.lat for p in places], [p.lon for p in places])
    ]
    ids = np.arange(first, first + rows)
    again = (random.random(rows) < 0.001) & (np.arange(rows) > 1000)
    ids[again] -= random.integers(1, 1000, size=int(again.sum()))
    digits = pc.utf8_lpad(pa.array(ids).cast(pa.string()), 9, "0")
    killed, wounded = _toll(random, rows), _toll(random, rows)
    types = random.choice(len(TYPES), size=rows, p=list(TYPES.values()))
    actors = draw_ranks(random, ACTORS, rows, 1.3)
    columns = {
        "incident": pc.binary_join_element_wise("B", digits, ""),
        "date": pa.array(draw_sorted_days(random, rows, start, end)),
        "country": _take([p.country for p in places], chosen),
        "gov": _take([p.gov for p in places], chosen),
        "place": _take([p.name for p in places], chosen),
        "lat": point[0],
        "lon": point[1],
        "precision": pa.DictionaryArray.from_arrays(
            pa.array(np.zeros(rows, "int32"), mask=no_point), pa.array(["site"])
        ),
        "type": _take(list(TYPES), types),
        "direction": _take(
            list(DIRECTIONS), random.choice(3, size=rows, p=list(DIRECTIONS.values()))
        ),
        "target": _take(list(TARGETS), draw_ranks(random, len(TARGETS), rows, 0.8)),
        "actor": _take([f"Group {n}" for n in range(ACTORS)], actors),
        "weapon": _take(
            [f"weapon {n}" for n in range(WEAPONS)], draw_ranks(random, WEAPONS, rows, 1.2)
        ),
        "killed_min": killed[0],
        "killed_max": killed[1],
        "wounded_min": wounded[0],
        "wounded_max": wounded[1],
        "sources": pa.array(1 + draw_ranks(random, PUBLISHERS, rows, 1.5)),
    }
    return pa.table(columns)


def make_events(rows: int, folder: Path, files: int | None = None) -> None:
    """Write so many events as files of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    count = files or max(1, -(-rows // ROWS_A_FILE))
    edges = np.linspace(0, rows, count + 1).astype(int)
    for number in range(count):
        first, last = int(edges[number]), int(edges[number + 1])
        part = make_part(number, last - first, number / count, (number + 1) / count, first)
        path = folder / f"part-{number:05d}.parquet"
        pq.write_table(part, path, compression="zstd", row_group_size=GROUP)


if __name__ == "__main__":
    make_events(int(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:4]))
