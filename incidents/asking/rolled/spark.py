"""Spark: a cluster, or this machine, does the steps of a rollup."""

from __future__ import annotations

import pickle
import shutil
import sys
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis
import pyarrow.parquet as pq
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql import functions as sf
from pyspark.sql.pandas.types import from_arrow_schema

from incidents.asking.rolled.engines import Work
from incidents.table.errors import TableError

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = ("geo", "incidents")
"""Packages that the workers get; what else these import has to be there."""
JAVA = "Java 17, such as Debian's default-jre-headless"
_UNITS_A_SLOT = 16
# Java does little here, and its second compiler would take more time than it saves.
_SHORT = "-XX:TieredStopAtLevel=1"
SETTINGS = {
    "spark.driver.extraJavaOptions": _SHORT,
    "spark.executor.extraJavaOptions": _SHORT,
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.log.level": "ERROR",
    "spark.ui.showConsoleProgress": "false",
}


class Spark:
    """Spark through its own session; `incidents.asking.rolled.engines.Engine`.

    Workers write prepared rows themselves: the folder is on a disk that all of them share.
    """

    def __init__(self, name: str, scratch: Path, workers: int | None = None) -> None:
        self.name = name
        master = f"local[{workers or '*'}]" if name == "local" else name
        builder = SparkSession.builder.master(master).appName("incidents rollup")
        for key, value in SETTINGS.items():
            builder = builder.config(key, value)
        if workers and name != "local":
            builder = builder.config("spark.cores.max", str(workers))
        with _telling():
            self._session = builder.getOrCreate()
        context = self._session.sparkContext
        if context.pythonExec == "python3":  # nobody has chosen one
            context.pythonExec = sys.executable
        self.slots = context.defaultParallelism
        self._session.conf.set("spark.sql.shuffle.partitions", str(2 * self.slots))
        self._backend = ibis.pyspark.connect(self._session)
        self._scratch, self._shipped = scratch, ""

    def work(self, function: Work, shared: Any, units: Sequence[Any]) -> Iterator[Any]:
        """See `Engine.work`."""
        context = self._session.sparkContext
        if not self._shipped:
            self._shipped = self._ship()
        given = context.broadcast(pickle.dumps((function, shared)))
        run = make_runner(self._shipped, given)
        at_once = max(self.slots * _UNITS_A_SLOT, 1)
        for start in range(0, len(units), at_once):
            some = [pickle.dumps(each) for each in units[start : start + at_once]]
            with _telling():
                done = context.parallelize(some, len(some)).mapPartitions(run).collect()
            yield from map(pickle.loads, done)

    def _ship(self) -> str:
        """Send our packages to the workers; the name under which these find them."""
        house = self._scratch / f"house-{uuid.uuid4().hex[:8]}"
        for name in SHIPPED:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, house / name, ignore=ignored)
        archive = Path(shutil.make_archive(str(house), "zip", house))
        shutil.rmtree(house)
        self._session.sparkContext.addArchive(str(archive))
        return archive.name

    def read(self, paths: Sequence[Path]) -> ibis.Table:
        """See `Engine.read`."""
        # Columns are read from the files alone, not from the names of their folders.
        reader = self._session.read.option("recursiveFileLookup", "true")
        # To find out the columns by itself would be a job of its own.
        schema = from_arrow_schema(pq.read_schema(paths[0]))
        name = f"rows_{uuid.uuid4().hex}"
        reader.schema(schema).parquet(*map(str, paths)).createOrReplaceTempView(name)
        return self._backend.table(name)

    def write(self, rows: ibis.Table, order: Sequence[str], folder: Path) -> list[Path]:
        """See `Engine.write`."""
        # All before is done by as many tasks as there are partitions, not by the one that writes.
        frame = self._session.sql(self._backend.compile(rows)).repartition(1)
        if order:
            frame = frame.sortWithinPartitions(*map(sf.expr, order))
        made = folder / uuid.uuid4().hex
        with _telling():
            frame.write.parquet(str(made))
        return sorted(made.glob("*.parquet"))

    def close(self) -> None:
        """See `Engine.close`."""
        self._session.stop()


@contextmanager
def _telling() -> Iterator[None]:
    """What ends a job is told in a sentence: ours, where one of ours was raised on a worker."""
    try:
        yield
    except (Py4JError, PySparkException) as error:
        if "JAVA_GATEWAY" in str(error):
            raise TableError(f"Spark has not begun: it needs {JAVA}.") from error
        lines = str(error).strip().splitlines() or [type(error).__name__]
        ours = [line for line in lines if f"{TableError.__module__}." in line]
        words = ours[-1].partition(": ")[2] if ours else f"Spark did not go on: {lines[0][:300]}"
        raise TableError(words) from error


def make_runner(shipped: str, given: Any) -> Callable[[Iterable[bytes]], Iterator[bytes]]:
    """What a worker runs. It knows none of our modules before it has found them."""

    def run(units: Any) -> Any:
        import pickle
        import sys

        from pyspark import SparkFiles

        house = SparkFiles.get(shipped)
        if house not in sys.path:
            sys.path.insert(0, house)
        function, shared = pickle.loads(given.value)
        for unit in units:
            yield pickle.dumps(function(shared, pickle.loads(unit)))

    return run
