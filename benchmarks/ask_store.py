"""Ask the same of a snapshot's Parquet files and of the database made from them.

    python benchmarks/ask_store.py [ROWS]

Makes a table (`make_table.py`), reads it into a snapshot in a temporary folder as the dashboard
would, and prints for each question the medians of several runs, in turn, and their ratio.
"""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import duckdb  # noqa: E402
from make_table import make_table  # noqa: E402

from incidents.asking.database import open_database  # noqa: E402
from incidents.table.settings import Settings  # noqa: E402
from incidents.versions.catalog import Catalog  # noqa: E402

RUNS = 7
QUESTIONS = {
    "figures": "SELECT count(*), count(lat), sum(killed_min), sum(killed_max) FROM incidents",
    "filtered": "SELECT count(*), sum(killed_min) FROM incidents"
    " WHERE type IN ('air strike', 'rocket attack') AND killed_max BETWEEN 1 AND 50",
    "timeline": "SELECT date_trunc('month', date), type, count(*) FROM incidents GROUP BY ALL",
    "window": "SELECT incident, date, lat, lon FROM incidents"
    " WHERE lat BETWEEN 33.2 AND 33.4 AND lon BETWEEN 44.3 AND 44.5 LIMIT 2001",
    "words": "SELECT count(*) FROM incidents WHERE contains(lower(summary), 'group 41')",
    "latest": "SELECT incident, date, type FROM incidents ORDER BY date DESC LIMIT 500",
}


def read_snapshot(rows: int, folder: Path) -> Path:
    """Make a table, read it into a snapshot, and answer the snapshot's folder."""
    table = folder / "incidents.csv"
    make_table(rows).to_csv(table, index=False)
    data = ROOT / "data"
    started = time.perf_counter()
    settings = Settings(table, data / "places.csv", data / "boundaries", folder / "snapshots")
    folder = Catalog(settings).current.snapshot.folder
    print(f"{rows:,} rows read in {time.perf_counter() - started:.1f} s")
    return folder


def time_of(connection: duckdb.DuckDBPyConnection, query: str) -> float:
    """Seconds that one question takes."""
    started = time.perf_counter()
    connection.execute(query).fetchall()
    return time.perf_counter() - started


def main(rows: int) -> None:
    """Print a line per question: milliseconds of either, and how much faster the database is."""
    with tempfile.TemporaryDirectory() as name:
        folder = read_snapshot(rows, Path(name))
        parquet = duckdb.connect()
        source = folder / "incidents.parquet"
        parquet.execute(f"CREATE VIEW incidents AS FROM read_parquet('{source}')")
        database = open_database(folder)
        print(f"{'question':10} {'Parquet':>10} {'database':>10} {'ratio':>7}")
        for question, query in QUESTIONS.items():
            times: dict[str, list[float]] = {"parquet": [], "database": []}
            for _ in range(RUNS):
                times["parquet"].append(time_of(parquet, query))
                times["database"].append(time_of(database, query))
            slow, fast = median(times["parquet"]), median(times["database"])
            print(f"{question:10} {slow * 1e3:7.0f} ms {fast * 1e3:7.0f} ms {slow / fast:6.1f}×")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
