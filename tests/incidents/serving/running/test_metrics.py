"""Numbers for Prometheus: what is counted, what is looked up, and where they are told."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.responses import Response

from incidents.serving.running.metrics import Metrics
from incidents.serving.running.requests import Seen
from incidents.serving.turns import Turns
from incidents.table.setting_readers import Host
from incidents.table.settings import Settings
from incidents.versions.catalog import Catalog

Read = Callable[[], dict[str, float]]


@pytest.fixture
def line() -> Turns:
    return Turns("pictures", at_once=1, waiting=1)


@pytest.fixture
def catalog(shipped_settings: Settings, tmp_path: Path) -> Catalog:
    return Catalog(replace(shipped_settings, snapshots=tmp_path / "kept"))


@pytest.fixture
def metrics(catalog: Catalog, line: Turns) -> Metrics:
    return Metrics(catalog, {"pictures": line})


@pytest.fixture
def read(metrics: Metrics) -> Read:
    port = metrics.serve(Host("127.0.0.1", 0))

    def read() -> dict[str, float]:
        answer = httpx2.get(f"http://127.0.0.1:{port}/api/metrics", trust_env=False)
        assert answer.status_code == 200
        return {
            sample.name + "".join(f" {each}" for each in sample.labels.values()): sample.value
            for family in text_string_to_metric_families(answer.text)
            for sample in family.samples
        }

    return read


def see(metrics: Metrics, **other: object) -> None:
    seen = Seen("http", "GET", "/api/map", 200, 0.2, 1000, None, True)
    metrics.seen(seen._replace(**other))  # type: ignore[arg-type]


def test_requests_are_counted_by_route_and_status(metrics: Metrics, read: Read) -> None:
    see(metrics)
    see(metrics, seconds=3.0)
    see(metrics, status=503, sent=5)
    see(metrics, status=None, sent=0)
    see(metrics, kind="websocket", route="/_stcore/stream", status=101, seconds=600.0)
    told = read()
    assert told["incidents_requests_total GET /api/map 200"] == 2
    assert told["incidents_requests_total GET /api/map 503"] == 1
    assert told["incidents_requests_total GET /api/map none"] == 1
    assert told["incidents_sent_bytes_total /api/map"] == 2005
    assert told["incidents_request_seconds_bucket 0.25 /api/map"] == 3
    assert told["incidents_request_seconds_bucket 5.0 /api/map"] == 4
    # An open page is no slow answer.
    assert "incidents_request_seconds_count /_stcore/stream" not in told


def test_open_pages(metrics: Metrics, read: Read) -> None:
    for change in (1, 1, -1):
        metrics.count_sessions(change)
    assert read()["incidents_sessions"] == 1


def test_the_state_is_that_of_the_moment(catalog: Catalog, read: Read) -> None:
    assert read()["incidents_ready"] == 0
    catalog.start().result()
    told = read()
    assert (told["incidents_ready"], told["incidents_degraded"]) == (1, 0)
    assert told["incidents_versions"] == 1 and told["incidents_snapshots_bytes"] > 10_000
    assert told["incidents_disk_free_bytes"] > 0
    assert told["process_resident_memory_bytes"] > 10_000_000 and told["process_open_fds"] > 3


def test_what_waits_for_its_turn(line: Turns, read: Read) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def make() -> Response:
        begun.set()
        go_on.wait(20)
        return Response()

    making = threading.Thread(target=line.take, args=(make,))
    making.start()
    begun.wait(20)
    assert read()["incidents_waiting pictures"] == 1
    go_on.set()
    making.join()
    assert read()["incidents_waiting pictures"] == 0


def test_a_taken_address_is_told(metrics: Metrics) -> None:
    port = metrics.serve(Host("127.0.0.1", 0))
    with pytest.raises(OSError, match="in use"):
        metrics.serve(Host("127.0.0.1", port))
