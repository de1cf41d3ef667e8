"""Raw events become partitions and summaries; a new day touches its own, a kill nothing."""

import math
import multiprocessing
import re
import shutil
import time
from collections.abc import Callable
from datetime import date
from multiprocessing.process import BaseProcess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.places.mercator import to_y
from incidents.asking.filters import Filters
from incidents.asking.open_stores import OpenStores
from incidents.asking.rolled.manifest import MANIFEST, Manifest, read_manifest
from incidents.asking.rolled.placing import UNPLACED
from incidents.intake.bundles import Brought, Bundle
from incidents.intake.reading.files import read_table
from incidents.intake.reading.tables import Tables
from incidents.table.columns import COLUMNS
from incidents.table.errors import TableError
from incidents.table.settings import ROOT
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import prepare
from incidents.versions.own_table import _RULES, _list_code
from incidents.versions.rolling.kept import find_rolled
from incidents.versions.rolling.preparing import Asked
from incidents.versions.rolling.run import Run
from incidents.versions.rolling.sources import Source
from incidents.versions.rolling.steps import WORK, roll_up
from tests.incidents.versions.rolling.conftest import draw_events, write_events

Ask = Callable[..., Asked]
Rolled = tuple[Path, Manifest, Manifest]


@pytest.fixture(scope="module")
def rolled(
    raw_days: tuple[Path, Path], ask_for: Ask, tmp_path_factory: pytest.TempPathFactory
) -> Rolled:
    """A folder at its first version, kept aside, and brought up to a later file."""
    events, later = raw_days
    home = tmp_path_factory.mktemp("rolled")
    source, target = home / "source", home / "target"
    shutil.copytree(events, source)
    first = roll_up(ask_for(source, target))
    shutil.copytree(target, home / "first")
    shutil.copy(later, source / "c.parquet")
    return home, first, roll_up(ask_for(source, target))


def read_incidents(folder: Path, manifest: Manifest) -> pa.Table:
    files = [folder / piece.path for piece in manifest.pieces["incidents"]]
    rows = pa.concat_tables([pq.ParquetFile(path).read() for path in files])
    return rows.sort_by([("date", "ascending"), ("incident", "ascending")])


def test_its_rows_are_those_of_a_version(rolled: Rolled, shipped_catalog: Catalog) -> None:
    home, first, _ = rolled
    tables = [read_table(home / "source" / name) for name in ("a.parquet", "b.parquet")]
    brought = tuple(Brought("feed", Tables(table)) for table in tables)
    wanted = prepare(Bundle(brought), shipped_catalog.world).incidents
    wanted = wanted.sort_values(["date", "incident"], kind="stable")
    found = read_incidents(home / "first", first)
    names = [each.name for each in COLUMNS if each.name != "dataset"]
    for name in [*names, "match", "match_reason", "located_by", "names"]:
        told = pa.array(wanted[name].astype("object"), from_pandas=True)
        assert (
            found.column(name).to_pylist() == told.cast(found.schema.field(name).type).to_pylist()
        )


def test_partitions_are_of_one_year_and_cell(rolled: Rolled) -> None:
    home, _, manifest = rolled
    counted = {}
    for piece in manifest.pieces["incidents"]:
        rows = pq.ParquetFile(home / "target" / piece.path).read().to_pylist()
        assert f"year={piece.key[0]}/cell={piece.key[1]}/" in piece.path
        counted[piece.key] = (len(rows), sum(row["lat"] is not None for row in rows))
        for row in rows:
            assert (row["date"].year, find_cell(row["lat"], row["lon"])) == piece.key
    told = {(each.year, each.cell): (each.rows, each.located) for each in manifest.partitions}
    assert counted == told
    assert {year for year, _ in told} == {2020, 2021}
    assert len({cell for _, cell in told} - {UNPLACED}) > 1


def find_cell(lat: float | None, lon: float | None) -> int:
    """A 64th of the square world map a side, counted row by row from its upper left."""
    if lat is None or lon is None:
        return UNPLACED
    return math.floor(to_y(lat) * 64) * 64 + math.floor((lon + 180) / 360 * 64)


def test_what_came_before_is_set_aside_and_told(rolled: Rolled) -> None:
    home, first, manifest = rolled
    assert (first.read, first.rows) == (400, 400)
    assert (manifest.read, manifest.rows) == (433, 430)
    files = [home / "target" / piece.path for piece in manifest.pieces["problems"]]
    told = [row for path in files for row in pq.ParquetFile(path).read().to_pylist()
            if row["kind"] in ("id_brought_before", "id_repeated")]  # fmt: skip
    assert {(row["value"], row["file"]) for row in told} == {
        ("e7", "c.parquet"), ("e8", "c.parquet"), ("e400", "c.parquet")
    }  # fmt: skip


def test_a_new_day_touches_its_partitions_alone(rolled: Rolled) -> None:
    _, first, manifest = rolled
    before, after = (
        {piece.key: piece.path for piece in each.pieces["incidents"]} for each in (first, manifest)
    )
    touched = {key for key in after if after[key] != before.get(key)}
    # The new file has one day of 2021: some of its cells, and no other ones.
    grown = {(each.year, each.cell): each.rows for each in manifest.partitions}
    for each in first.partitions:
        grown[each.year, each.cell] -= each.rows
    assert touched == {key for key, more in grown.items() if more}
    assert {year for year, _ in touched} == {2021}
    assert sum(grown.values()) == 30
    assert {key for key in before if key[0] == 2020} == before.keys() & after.keys() - touched


def test_what_is_there_already_is_not_made_again(rolled: Rolled, ask_for: Ask) -> None:
    home, _, manifest = rolled
    stamp = (home / "target" / MANIFEST).stat().st_mtime_ns
    assert roll_up(ask_for(home / "source", home / "target")).id == manifest.id
    assert (home / "target" / MANIFEST).stat().st_mtime_ns == stamp


def test_old_and_new_version_are_both_open(rolled: Rolled) -> None:
    home, first, manifest = rolled
    stores = OpenStores()
    for version, rows in ((first, 400), (manifest, 430)):
        kept = find_rolled(home / "target", version.id)
        assert kept is not None and kept.rows == rows
        assert stores.open(kept.folder).count(Filters(scope="all"))[0] == rows
    newest = find_rolled(home / "target")
    assert newest is not None and newest.id == manifest.id
    assert find_rolled(home / "target", "0" * 12) is None


def wait_for(is_there: Callable[[], bool], process: BaseProcess) -> None:
    end = time.monotonic() + 120
    while not is_there():
        assert process.is_alive() and time.monotonic() < end
        time.sleep(0.01)


def test_killed_at_any_moment_the_next_run_ends_it_right(
    rolled: Rolled, ask_for: Ask, tmp_path: Path
) -> None:
    home, first, manifest = rolled
    target = tmp_path / "target"
    shutil.copytree(home / "first", target)

    def count_files(table: str) -> int:
        return len(list((target / table).rglob("*.parquet")))

    moments: dict[str, Callable[[], bool]] = {
        "prepared": lambda: any((target / ".work").glob("*/*.json")),
        "written": lambda: count_files("incidents") > len(first.pieces["incidents"]),
        "summed up": lambda: count_files("months_few") > 1,
    }
    fork = multiprocessing.get_context("fork")
    for is_there in moments.values():
        process = fork.Process(target=roll_up, args=(ask_for(home / "source", target),))
        process.start()
        wait_for(is_there, process)
        process.kill()
        process.join()
        kept = read_manifest(target)
        assert kept is not None and kept.id == first.id
    assert roll_up(ask_for(home / "source", target)).id == manifest.id
    ended = read_manifest(target)
    assert ended is not None
    files = {str(path.relative_to(target)) for path in target.rglob("*.parquet")}
    pieces = {piece.path for each in (ended, first) for piece in each.list_files()}
    assert files == pieces and not (target / ".work").exists()


def test_a_file_that_changed_has_all_made_anew(
    rolled: Rolled, ask_for: Ask, tmp_path: Path
) -> None:
    home, first, _ = rolled
    shutil.copytree(home / "first", tmp_path / "target")
    rows = pq.read_table(home / "source" / "b.parquet").to_pylist()
    write_events(tmp_path / "source" / "b.parquet", rows[:50])
    manifest = roll_up(ask_for(tmp_path / "source", tmp_path / "target"))
    assert (manifest.read, manifest.rows) == (50, 50) and manifest.id != first.id
    found = read_incidents(tmp_path / "target", manifest).column("incident").to_pylist()
    assert sorted(found) == sorted(row["incident"] for row in rows[:50])


def test_what_was_prepared_with_other_reports_is_not_used(
    ask_for: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that was killed has left rows that were prepared with the reports of then."""
    source, target = tmp_path / "source", tmp_path / "target"
    write_events(source / "incidents" / "a.parquet", draw_events(0, 5, date(2021, 7, 1), 5))

    def write_reports(title: str) -> None:
        (source / "reports").mkdir(exist_ok=True)
        told = [{"report": "r1", "incident": "e1", "title": title}]
        pq.write_table(pa.Table.from_pylist(told), source / "reports" / "a.parquet")

    write_reports("First")
    with monkeypatch.context() as broken:
        broken.setattr(Run, "join", lambda *given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            roll_up(ask_for(source, target))
    assert len(list((target / WORK).glob("*/*.json"))) == 1
    write_reports("Second")
    manifest = roll_up(ask_for(source, target))
    (piece,) = manifest.pieces["reports"]
    assert pq.read_table(target / piece.path).column("title").to_pylist() == ["Second"]


def test_reports_that_come_without_events_are_taken_up(ask_for: Ask, tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    write_events(source / "incidents" / "a.parquet", draw_events(0, 5, date(2021, 7, 1), 5))
    first = roll_up(ask_for(source, target))
    (source / "reports").mkdir()
    told = [{"report": "r1", "incident": "e1", "title": "Later"}]
    pq.write_table(pa.Table.from_pylist(told), source / "reports" / "a.parquet")
    later = roll_up(ask_for(source, target))
    titles = [pq.read_table(target / each.path).column("title").to_pylist()
              for each in later.pieces["reports"]]  # fmt: skip
    assert titles == [["Later"]] and later.rows == first.rows == 5
    assert roll_up(ask_for(source, target)).id == later.id != first.id


def test_the_code_that_rolls_up_is_among_its_rules() -> None:
    """Where any of it is another one, all is made anew."""
    code = set(_list_code(_RULES))
    places = ("incidents/versions/rolling/preparing.py", "incidents/asking/rolled/placing.py",
              "incidents/asking/rolled/summaries.py")  # fmt: skip
    for place in places:
        text = (ROOT / place).read_text("utf-8")
        used = re.findall(r"^from ((?:geo|incidents)\.[\w.]+) import", text, re.MULTILINE)
        needed = {ROOT / f"{name.replace('.', '/')}.py" for name in used} | {ROOT / place}
        assert needed - code == set()


def test_a_source_is_a_folder_or_an_address(raw_days: tuple[Path, Path], tmp_path: Path) -> None:
    events, _ = raw_days
    for address in (str(events), f"file://{events}"):
        assert Source(address).list_files() == ["a.parquet", "b.parquet"]
    with pytest.raises(TableError, match="cannot be read"):
        Source(str(tmp_path / "none")).list_files()
    units = Source(str(events)).cut(Source(str(events)).hash("a.parquet"))
    assert [unit.groups for unit in units] == [(0, 1)]
    table = Source(str(events)).read_text(units[0])
    assert list(table.rows.index) == list(range(2, 302))
    headers = Source(str(events)).read_headers(units[0].file)
    assert list(headers.rows.columns) == list(table.rows.columns) and headers.rows.empty
