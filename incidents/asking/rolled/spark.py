"""Spark: a cluster, or this machine, does the steps of a rollup."""

from __future__ import annotations

import pickle
import shutil
import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sf

from incidents.asking.rolled.engines import Key, Work, list_parts
from incidents.table.errors import TableError

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = ("geo", "incidents")
"""Packages that the workers get; what else these import has to be there."""
JAVA = "Java 17, such as Debian's default-jre-headless"
_PART = "part_"
_UNITS_A_SLOT = 4
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.log.level": "ERROR",
    "spark.ui.showConsoleProgress": "false",
}


class Spark:
    """Spark through its own session; `incidents.asking.rolled.engines.Engine`.

    Workers write prepared rows themselves: the folder is on a disk that all of them share.
    """

    at_once = True

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
            some = [(pickle.dumps(each),) for each in units[start : start + at_once]]
            rows = context.parallelize(some, len(some))
            frame = self._session.createDataFrame(rows, "unit binary")
            with _telling():
                done = frame.mapInArrow(run, "answer binary").collect()
            for row in done:
                yield pickle.loads(bytes(row["answer"]))

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
        return self._name(reader.parquet(*map(str, paths)))

    def _name(self, frame: DataFrame) -> ibis.Table:
        name = f"rows_{uuid.uuid4().hex}"
        frame.createOrReplaceTempView(name)
        return self._backend.table(name)

    def _frame(self, rows: ibis.Table) -> DataFrame:
        return self._session.sql(self._backend.compile(rows))

    def rows(self, rows: ibis.Table) -> list[dict[str, Any]]:
        """See `Engine.rows`."""
        with _telling():
            found: list[dict[str, Any]] = self._frame(rows).toArrow().to_pylist()
        return found

    def write(
        self, rows: ibis.Table, by: Sequence[str], order: Sequence[str], folder: Path
    ) -> list[tuple[Key, Path]]:
        """See `Engine.write`."""
        frame = self._frame(rows)
        frame = frame.repartition(*by) if by else frame.coalesce(1)
        keys = [sf.expr(each) for each in (*by, *order)]
        if keys:
            frame = frame.sortWithinPartitions(*keys)
        # It leaves the columns out of the files that it names folders by.
        named = [f"{_PART}{name}" for name in by]
        for name, column in zip(named, by, strict=True):
            frame = frame.withColumn(name, sf.col(column))
        made = folder / uuid.uuid4().hex
        writer = frame.write.partitionBy(*named) if named else frame.write
        with _telling():
            writer.parquet(str(made))
        return list_parts(made, named)

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


def make_runner(
    shipped: str, given: Any
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What a worker runs. It knows none of our modules before it has found them."""

    def run(batches: Any) -> Any:
        import pickle
        import sys

        import pyarrow
        from pyspark import SparkFiles

        house = SparkFiles.get(shipped)
        if house not in sys.path:
            sys.path.insert(0, house)
        function, shared = pickle.loads(given.value)
        for batch in batches:
            for unit in batch.column(0).to_pylist():
                answer = pickle.dumps(function(shared, pickle.loads(unit)))
                yield pyarrow.RecordBatch.from_pydict({"answer": [answer]})

    return run
