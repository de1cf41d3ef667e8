"""Measure the dashboard and its peers, print the tables and write RESULTS.md (see README.md)."""

import argparse
import os
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from make_table import make_table  # noqa: E402
from measures import measure_subject  # noqa: E402
from plan import NotMeasured, Plan, Results, take  # noqa: E402
from playwright.sync_api import Error as BrowserError  # noqa: E402
from report import write_report  # noqa: E402
from starts import make_database, measure_starts  # noqa: E402
from subjects import EMPTY, OWN, PEERS, Subject  # noqa: E402

SIZES = [10_000, 50_000, 100_000, 1_000_000]


def read_options() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 rows, one run, few readers")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of rows")
    parser.add_argument("--runs", type=int, default=5, help="runs for each median")
    parser.add_argument("--limit", type=float, default=120, help="seconds that a page may take")
    parser.add_argument("--readers", type=int, default=20, help="pages open at once for memory")
    parser.add_argument("--only", nargs="+", help="first letters of the subjects to measure")
    parser.add_argument("--machine", default=describe_machine(), help="class of machine to name")
    parser.add_argument("--date", default=date.today().isoformat(), help="day to name")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "RESULTS.md")
    options = parser.parse_args()
    if options.quick:
        options.sizes, options.runs, options.readers = [10_000], 1, 3
    return options


def describe_machine() -> str:
    """Cores and memory of this machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB"


def choose_subjects(letters: list[str] | None) -> list[Subject]:
    """Those whose names begin so; without a choice all."""
    return [each for each in (OWN, EMPTY, *PEERS) if each.name.startswith(tuple(letters or [""]))]


def measure_size(rows: int, options: argparse.Namespace, folder: Path) -> dict[str, Results]:
    """Results of each subject on one table."""
    table = folder / "incidents.csv"
    make_table(rows).to_csv(table, index=False)
    plan = Plan(
        table, rows, options.runs, options.limit, options.readers, folder, rows == options.sizes[0]
    )
    found: dict[str, Results] = {}
    for subject in choose_subjects(options.only):
        print(f"{rows:,} rows, {subject.name}", flush=True)
        found[subject.name] = results = {}
        try:
            if subject is OWN:
                measure_starts(plan, results)
            elif subject.name.endswith("Datasette"):
                take(results, "ingest", lambda: make_database(plan))
            measure_subject(subject, plan, results)
        except (NotMeasured, BrowserError) as error:
            # What was measured so far stands, and the others are still measured.
            print(f"    stopped: {error}", flush=True)
            results.setdefault("first reader", str(error).splitlines()[0])
    return found


def main() -> None:
    """Measure size after size; the report stands, as far as it goes, after each."""
    options = read_options()
    results: dict[int, dict[str, Results]] = {}
    for rows in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            results[rows] = measure_size(rows, options, Path(folder))
        report = write_report(
            results, options.machine, options.date, options.runs, options.limit, options.readers
        )
        options.out.write_text(report, encoding="utf-8")
    print(report)


if __name__ == "__main__":
    main()
