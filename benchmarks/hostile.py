"""Time and memory against size, for small inputs that could be much work.

    python benchmarks/hostile.py [WORDS ...] [--largest SECONDS]

Each kind of input is made at a size, at twice and at four times that size, and given to the code
that takes it, in a process of its own. A line for each kind: processor seconds, memory that the
work added at the largest size, and the exponent of growth from the smallest to the largest, 1
where time grows in step with size, 2 where it grows with the square. With `WORDS`, only the kinds
whose name holds one of them. Ends with 1 if one grows by more than `STEEP`.
"""

from __future__ import annotations

import argparse
import math
import os
import pickle
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import hostile_files as files  # noqa: E402
from benchmarks import hostile_tables as tables  # noqa: E402
from benchmarks import hostile_workbooks as workbooks  # noqa: E402
from incidents.asking.casualties.answer import read_casualties  # noqa: E402
from incidents.asking.escalation.aftermath import follow_strikes  # noqa: E402
from incidents.asking.facets import count_facets, read_facets  # noqa: E402
from incidents.asking.figures import read_figures  # noqa: E402
from incidents.asking.filters import Filters, to_sentence  # noqa: E402
from incidents.asking.map.features import read_map  # noqa: E402
from incidents.asking.neighbours import find_neighbours  # noqa: E402
from incidents.asking.store import Store, read_rows  # noqa: E402
from incidents.intake.mapping.apply import apply_profile  # noqa: E402
from incidents.intake.mapping.guess import guess_profile  # noqa: E402
from incidents.intake.mapping.profile import read_profile  # noqa: E402
from incidents.intake.placing.duplicates import find_duplicates  # noqa: E402
from incidents.intake.placing.overrides import apply_overrides  # noqa: E402
from incidents.intake.reading.formats import read_content  # noqa: E402
from incidents.intake.reading.sizes import STRANGERS  # noqa: E402
from incidents.table.errors import ProfileError, TableError  # noqa: E402
from incidents.telling.words.chronology import tell_chronology  # noqa: E402
from incidents.telling.words.matrix import list_differences, make_matrix  # noqa: E402
from incidents.versions.drafts import prepare  # noqa: E402

STEEP = 1.35
"""Above this, time does not grow in step with size: sorting and large tables stay below it."""
TIMES = (1, 2, 4)
LEAST = 0.02  # processor seconds below which a ratio says nothing


@dataclass(frozen=True)
class Case:
    """What is made of a size, what is done with it, and the smallest size."""

    make: Callable[[int], Any]
    work: Callable[[Any], Any]
    size: int


def _read(data: bytes) -> None:
    with suppress(TableError):  # what is too large gets a sentence
        read_content(data, "a", STRANGERS)


def _map(given: tuple[Any, Any]) -> None:
    apply_profile(*given)


def _read_mapping(text: str) -> None:
    with suppress(ProfileError):
        read_profile(text)


def _prepare(bundle: Any) -> None:
    prepare(bundle, tables.know().world)


def _compare(given: tuple[Any, Any]) -> None:
    matrix = make_matrix(*given)
    list_differences(matrix)
    tell_chronology(matrix)


def _count_options(store: Store) -> None:
    corners = [
        round(each, 4) for n in range(50) for each in (43 + math.cos(n / 8), 33 + math.sin(n / 8))
    ]
    words = " ".join(f"w{n}" for n in range(60))
    read_facets(store)
    count_facets(store, Filters(area=tuple(corners), q=words))


def _ask(store: Store) -> None:
    row = read_rows(store.select(Filters()).limit(1))[0]
    find_neighbours(store, row)
    for question in (read_figures, read_map):
        question(store, Filters())
    read_casualties(store, Filters(), "actor", "killed")


def _ask_for_values(given: tuple[Store, Filters]) -> None:
    store, filters = given
    to_sentence(filters)
    read_figures(store, filters)


CASES: dict[str, Case] = {
    **{
        f"file: {make.__name__.replace('_', ' ')}": Case(make, _read, size)
        for make, size in (
            (files.csv_of_equal_names, 1_000),
            (files.csv_of_columns, 1_000),
            (files.csv_of_returns, 500_000),
            (files.csv_of_one_cell, 2_000_000),
            (files.csv_of_line_ends_in_a_cell, 1_000_000),
            (files.csv_open_quote, 4_000_000),
            (files.csv_of_quotes, 2_000_000),
            (files.csv_of_repeated_headers, 50_000),
            (files.csv_of_errors, 20_000),
            (files.zip_of_torn_rows, 100_000),
            (files.gzip_of_blank_lines, 700_000),
            (files.geojson_of_own_properties, 500),
            (files.geojson_of_empty_features, 20_000),
            (files.geojson_of_numbers, 100_000),
            (files.geojson_nested, 50_000),
            (files.parquet_of_equal_names, 1_000),
            (files.parquet_of_empty_columns, 100_000),
            (files.parquet_of_lists, 5_000),
            (files.parquet_of_one_text, 500),
            (workbooks.workbook_of_empty_formulas, 300),
            (workbooks.workbook_of_far_cells, 60),
            (files.geopackage_of_generated_cells, 50),
        )
    },
    "columns like one of ours": Case(tables.equal_columns, guess_profile, 300),
    "columns like nothing": Case(tables.empty_columns, guess_profile, 1_000),
    "columns of errors": Case(tables.columns_of_errors, _map, 1_200),
    "mapping: rules within rules": Case(tables.nested_rules, _read_mapping, 1_000),
    "mapping: parts of a rule": Case(tables.many_parts, _map, 5),
    "mapping: values": Case(tables.many_values, _map, 20_000),
    "mapping: endings": Case(tables.many_endings, _map, 20_000),
    "mapping: unknown values": Case(tables.unknown_values, _map, 20_000),
    "mapping: repeats of one event": Case(tables.repeats_of_one_event, _map, 20_000),
    "cells: long ones": Case(tables.long_cells, _prepare, 20_000),
    "cells: one id": Case(tables.rows_of_one_id, _prepare, 50_000),
    "cells: rows alike": Case(tables.rows_alike, _prepare, 50_000),
    "cells: answers": Case(tables.answers_of_one, _prepare, 50_000),
    "cells: problems": Case(tables.problems_of_own_kind, _prepare, 10_000),
    "places: distinct names": Case(tables.distinct_names, _prepare, 3_000),
    "places: distinct governorates": Case(tables.distinct_govs, _prepare, 3_000),
    "places: names taught": Case(tables.taught_names, _prepare, 3_000),
    "places: one name taught": Case(tables.one_name_taught, _prepare, 5_000),
    "places: names of many words": Case(tables.names_of_many_words, _prepare, 200),
    "places: decisions": Case(tables.decisions, lambda given: apply_overrides(*given), 20_000),
    "duplicates: datasets at one place": Case(tables.datasets_at_one_place, find_duplicates, 1_000),
    "duplicates: two datasets at one place": Case(
        tables.two_datasets_at_one_place, find_duplicates, 20_000
    ),
    "reports on one incident": Case(tables.reports_on_one, _prepare, 20_000),
    "reports on one incident, compared": Case(tables.matrix_of, _compare, 2_000),
    "questions: options of an area and words": Case(tables.spread, _count_options, 5_000),
    "questions: at one place": Case(tables.one_operation, _ask, 10_000),
    "questions: values of a link": Case(tables.values_of_a_link, _ask_for_values, 2_000),
    "questions: strikes": Case(
        tables.strikes_of_years,
        lambda given: follow_strikes(*given, 0, (given[0][0][0], given[0][-1][0]), 14),
        20_000,
    ),
}


@dataclass(frozen=True)
class Cost:
    """Processor seconds, and megabytes that were added at the most."""

    seconds: float
    megabytes: float


def measure(case: Case, size: int, longest: float) -> Cost | None:
    """What the work costs in a process of its own; None if it takes longer."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        _work(case, size, longest, write)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        told = answer.read()
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) == 1:
        raise RuntimeError("The work failed; see above.")
    return pickle.loads(told) if told else None


def _work(case: Case, size: int, longest: float, write: int) -> None:
    try:
        given = case.make(size)
        before = resource.getrusage(resource.RUSAGE_SELF)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, longest)
        started = time.process_time()
        case.work(given)
        seconds = time.process_time() - started
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        cost = Cost(seconds, (most - before.ru_maxrss) / 1024)
        os.write(write, pickle.dumps(cost))
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def find_growth(costs: list[Cost | None]) -> float | None:
    """The exponent from the smallest to the largest; None where it says nothing."""
    first, last = costs[0], costs[-1]
    if first is None or last is None or last.seconds < LEAST:
        return None
    return math.log(last.seconds / max(first.seconds, LEAST / 4), TIMES[-1] / TIMES[0])


def main() -> int:
    """Measure and print; 1 if a kind of input grows steeply or takes too long."""
    with tempfile.TemporaryDirectory() as tempfile.tempdir:
        return _print_all(_parse())


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("words", nargs="*", help="parts of names of kinds")
    parser.add_argument("--largest", type=float, default=60, help="seconds for one (60)")
    return parser.parse_args()


def _print_all(asked: argparse.Namespace) -> int:
    assert tables.know().world  # read once, for all processes
    print(f"{'kind':45} {'size':>10} {'n':>8} {'2n':>8} {'4n':>8} {'memory':>9} {'growth':>7}")
    steep = []
    for name, case in CASES.items():
        if asked.words and not any(word in name for word in asked.words):
            continue
        costs = [measure(case, case.size * each, asked.largest) for each in TIMES]
        growth = find_growth(costs)
        times = " ".join("  longer" if c is None else f"{c.seconds:6.2f} s" for c in costs)
        memory = "" if costs[-1] is None else f"{costs[-1].megabytes:,.0f} MB"
        is_steep = costs[-1] is None or (growth is not None and growth > STEEP)
        shown = "" if growth is None else f"{growth:.2f}"
        mark = "  steep" if is_steep else ""
        print(f"{name:45} {case.size:10,} {times} {memory:>9} {shown:>7}{mark}", flush=True)
        steep += [name] if is_steep else []
    if steep:
        print(f"Time grows faster than size: {', '.join(steep)}.")
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main())
