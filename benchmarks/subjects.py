"""What is compared: how each is started, looked at and filtered in the browser."""

import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import cdn
from browsing import ROOT, Outside, choose_type, read_probe, start_probe, time_opening
from plan import TYPES, Plan
from playwright.sync_api import Page
from servers import Server, answers, has_rows, run_server

from tests.servers import find_free_port

SECONDS_TO_INGEST = 900
DASHBOARD = 'window.lookAtStreamlit(".figure", (frame) => frame.liveLayer?.answer)'
FOLIUM = """window.lookAtStreamlit('[data-testid="stMetricValue"]', (frame) => frame.map)"""
# Ten times the rows in each answer: a tenth of the requests until the map has all.
DATASETTE_SETTINGS = ("--setting", "max_returned_rows", "10000")


@dataclass(frozen=True)
class Subject:
    """One of those compared.

    Attributes
    ----------
    name
        As the report calls it.
    start
        Runs its server on the plan's table.
    open
        Opens it in a page: seconds until settled.
    filter
        Chooses the n-th of the types besides those before: seconds until settled.
    outside
        Answers for other hosts, if it asks them.
    is_empty
        Whether it shows nothing: what any page of Streamlit costs.
    """

    name: str
    start: Callable[[Plan], AbstractContextManager[Server]]
    open: Callable[[Page, str, float], float]
    filter: Callable[[Page, str, int, float], float]
    outside: Outside | None = None
    is_empty: bool = False


def streamlit(*words: str | Path) -> tuple[list[str | Path], str]:
    """Command and address of a Streamlit server."""
    port = find_free_port()
    command = [sys.executable, "-m", "streamlit", "run", *words[:1], "--server.port", str(port)]
    quiet = ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    return [*command, *quiet, "--", *words[1:]], f"http://localhost:{port}"


def start_dashboard(plan: Plan) -> AbstractContextManager[Server]:
    """The dashboard; its snapshots stay in the plan's folder."""
    command, address = streamlit(ROOT / "app.py")
    env = {"INCIDENTS_TABLE": str(plan.table), "INCIDENTS_SNAPSHOTS": str(plan.folder / "kept")}
    return run_server(
        command, address, lambda: has_rows(address, plan.rows), SECONDS_TO_INGEST, env, cwd=ROOT
    )


def start_streamlit(script: str) -> Callable[[Plan], AbstractContextManager[Server]]:
    """A peer that Streamlit runs, outside the dashboard's folder and its configuration."""

    def start(plan: Plan) -> AbstractContextManager[Server]:
        path = ROOT / "benchmarks" / "peers" / script
        command, address = streamlit(path, plan.table)
        url = f"{address}/_stcore/health"
        return run_server(command, address, lambda: answers(url), 60, cwd=plan.folder)

    return start


def start_datasette(plan: Plan) -> AbstractContextManager[Server]:
    """Datasette on the database that `make_database` made; pages of rows as large as may be."""
    port = find_free_port()
    address = f"http://localhost:{port}"
    command = [cdn.PEERS / "bin" / "datasette", "serve", plan.folder / "incidents.db"]
    options = ["--host", "localhost", "--port", str(port), *DATASETTE_SETTINGS]
    url = f"{address}/-/versions.json"
    return run_server([*command, *options], address, lambda: answers(url), 60, cwd=plan.folder)


def open_streamlit(look: str) -> Callable[[Page, str, float], float]:
    """Open a page of Streamlit: figures, map and timeline must be there."""

    def run(page: Page, address: str, limit: float) -> float:
        return time_opening(page, address, look, ("figures", "map", "timeline"), limit)

    return run


def filter_streamlit(look: str) -> Callable[[Page, str, int, float], float]:
    """Choose a type in the sidebar: figures, map and timeline must be new."""

    def run(page: Page, address: str, number: int, limit: float) -> float:
        start_probe(page, look, ("figures", "map", "timeline"), "pointer")
        choose_type(page, TYPES[number])
        seconds = read_probe(page, limit)
        page.keyboard.press("Escape")
        return seconds

    return run


def open_empty(page: Page, address: str, limit: float) -> float:
    """Open a page that has one number."""
    return time_opening(page, address, FOLIUM, ("figures",), limit)


def filter_empty(page: Page, address: str, number: int, limit: float) -> float:
    """Choose something: the number must be new."""
    start_probe(page, FOLIUM, ("figures",), "pointer")
    choose_type(page, str(number))
    seconds = read_probe(page, limit)
    page.keyboard.press("Escape")
    return seconds


def open_datasette(page: Page, address: str, limit: float, query: str = "") -> float:
    """Open the table: all rows must be on the map."""
    link = f"{address}/incidents/incidents{query}"
    return time_opening(page, link, "window.lookAtDatasette()", ("first", "map"), limit)


def filter_datasette(page: Page, address: str, number: int, limit: float) -> float:
    """Follow the link of a filter, as its form does."""
    query = urlencode({"type__in": json.dumps(TYPES[: number + 1])})
    return open_datasette(page, address, limit, f"?{query}")


OWN = Subject(
    "this dashboard", start_dashboard, open_streamlit(DASHBOARD), filter_streamlit(DASHBOARD)
)
EMPTY = Subject(
    "an empty page", start_streamlit("empty.py"), open_empty, filter_empty, is_empty=True
)
PEERS = (
    Subject(
        "(a) a marker per row",
        start_streamlit("markers.py"),
        open_streamlit(FOLIUM),
        filter_streamlit(FOLIUM),
        cdn.answer,
    ),
    Subject(
        "(b) FastMarkerCluster",
        start_streamlit("clusters.py"),
        open_streamlit(FOLIUM),
        filter_streamlit(FOLIUM),
        cdn.answer,
    ),
    Subject("(c) Datasette", start_datasette, open_datasette, filter_datasette, cdn.answer),
)
