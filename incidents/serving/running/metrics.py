"""Numbers for Prometheus, at an address of their own: never where the pages are."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Mapping

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    start_http_server,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from incidents.serving.running.health import read_state
from incidents.serving.running.requests import Seen
from incidents.serving.turns import Turns
from incidents.table.kept_files import list_names, measure
from incidents.table.setting_readers import Host
from incidents.versions.catalog import Catalog
from incidents.versions.snapshots import is_id

STEPS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""Seconds between which answers are counted."""


class Metrics:
    """What is counted in one process; `seen` and `count_sessions` take it in.

    Parameters
    ----------
    catalog
        Whose versions, disk and state are told.
    lines
        Of what is made in turn, by what that is.
    """

    def __init__(self, catalog: Catalog, lines: Mapping[str, Turns]) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "incidents_requests", "Requests that have ended.", ("route", "method", "status"),
            registry=self.registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "incidents_request_seconds", "Until the last byte, sessions left out.", ("route",),
            buckets=STEPS, registry=self.registry,
        )  # fmt: skip
        self._bytes = Counter(
            "incidents_sent_bytes", "Of bodies and messages.", ("route",), registry=self.registry
        )
        self._sessions = Gauge("incidents_sessions", "Open pages.", registry=self.registry)
        self.registry.register(_State(catalog, lines))
        ProcessCollector(registry=self.registry)

    def seen(self, seen: Seen) -> None:
        """Count a request."""
        self._requests.labels(seen.route, seen.method, str(seen.status or "none")).inc()
        self._bytes.labels(seen.route).inc(seen.sent)
        if seen.kind == "http":
            self._seconds.labels(seen.route).observe(seen.seconds)

    def count_sessions(self, change: int) -> None:
        """A session has opened (1), or ended (-1)."""
        self._sessions.inc(change)

    def serve(self, host: Host) -> int:
        """Answer Prometheus at this address, at any path, as long as the process lives; the port.

        Raises
        ------
        OSError
            The address is taken, or none of this machine.
        """
        server, _ = start_http_server(host.port, host.address, self.registry)
        return int(server.server_port)


class _State(Collector):
    """What is looked up when it is asked for."""

    def __init__(self, catalog: Catalog, lines: Mapping[str, Turns]) -> None:
        self._catalog, self._lines, self._lock = catalog, lines, threading.Lock()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        home = self._catalog.settings.snapshots
        with self._lock:  # the disk is walked once at a time
            yield _tell("versions", "Kept versions of tables.", sum(map(is_id, list_names(home))))
            yield _tell("snapshots_bytes", "What is in their folder.", measure(home))
        disk = shutil.disk_usage(home if home.exists() else home.parent)
        yield _tell("disk_free_bytes", "On the disk of that folder.", disk.free)
        state, _ = read_state(self._catalog)
        yield _tell("ready", "1 while pages are answered.", state != "not ready")
        yield _tell("degraded", "1 while something is wrong, see the health.", state == "degraded")
        waiting = GaugeMetricFamily(
            "incidents_waiting", "Being made in turn, or waiting for it.", labels=("what",)
        )
        for what, line in self._lines.items():
            waiting.add_metric((what,), line.count)
        yield waiting


def _tell(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"incidents_{name}", meaning, value=float(value))
