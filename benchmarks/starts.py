"""What comes before the first reader: the first start on a table, later ones, a peer's import."""

import shutil
import subprocess
import time
from statistics import median

import cdn
from plan import Plan, Results, take
from subjects import OWN


def measure_starts(plan: Plan, results: Results) -> None:
    """Seconds from the command until the table is served: without and with a snapshot of it."""

    def start() -> float:
        with OWN.start(plan) as server:
            return server.seconds

    def ingest() -> float:
        shutil.rmtree(plan.folder / "kept", ignore_errors=True)
        return start()

    take(results, "ingest", lambda: median(ingest() for _ in range(plan.runs)))
    take(results, "second start", lambda: median(start() for _ in range(plan.runs)))


def make_database(plan: Plan) -> float:
    """Make the database that Datasette serves, with an index on the filtered column; seconds."""
    database = plan.folder / "incidents.db"
    tool = cdn.PEERS / "bin" / "sqlite-utils"
    started = time.perf_counter()
    for words in (
        ("insert", database, "incidents", plan.table, "--csv"),
        ("create-index", database, "incidents", "type"),
        ("create-index", database, "incidents", "date"),
    ):
        subprocess.run([tool, *words], check=True, capture_output=True)
    return time.perf_counter() - started
