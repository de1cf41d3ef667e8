"""A real cluster of Spark for tests: a master and workers, each a process of its own."""

import json
import os
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyspark

from tests.servers import find_free_port, stop
from tests.waiting import wait_for

HERE = "127.0.0.1"
_CLASS = "org.apache.spark.deploy"


@dataclass
class Cluster:
    """A master, as an engine is named by it, and the processes of its workers."""

    address: str
    workers: list[subprocess.Popen[bytes]]
    _status: str

    def has_workers(self, number: int) -> bool:
        """Whether the master hears of so many; at first it says nothing, or half."""
        # The master is on this machine: a proxy of the environment is not for it.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with suppress(OSError, ValueError), opener.open(f"{self._status}/json/", timeout=5) as told:
            return int(json.load(told)["aliveworkers"]) == number
        return False


@contextmanager
def run_cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """Start them, with a core and a gigabyte for each worker."""
    port, status = find_free_port(), find_free_port()
    with ExitStack() as stack:
        ends = ("--host", HERE, "--port", str(port), "--webui-port", str(status))
        stack.enter_context(_run(folder / "master", "master.Master", *ends))
        cluster = Cluster(f"spark://{HERE}:{port}", [], f"http://{HERE}:{status}")
        wait_for(lambda: cluster.has_workers(0))
        for number in range(workers):
            home = folder / f"worker-{number}"
            share = ("--cores", "1", "--memory", "1g", "--webui-port", str(find_free_port()))
            where = ("--host", HERE, "--work-dir", str(home), cluster.address)
            worker = _run(home, "worker.Worker", *share, *where)
            cluster.workers.append(stack.enter_context(worker))
        wait_for(lambda: cluster.has_workers(workers))
        yield cluster


@contextmanager
def _run(home: Path, name: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """One process of Spark, with its log in the folder."""
    home.mkdir(parents=True, exist_ok=True)
    program = Path(pyspark.__file__).parent / "bin" / "spark-class"
    command = ["bash", program, f"{_CLASS}.{name}", *words]
    env = {**os.environ, "SPARK_LOCAL_IP": HERE, "SPARK_DAEMON_MEMORY": "256m"}
    with (
        (home / "log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log, cwd=home, env=env) as process,
    ):
        try:
            yield process
        finally:
            stop(process)
