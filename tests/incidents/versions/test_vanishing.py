"""What another server takes away between two looks is left out, whoever looks."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from incidents.asking import database
from incidents.asking.database import discard_database, find_size, open_database
from incidents.table import kept_files
from incidents.table.errors import DamagedError, TableError
from incidents.table.kept_files import list_names, measure, remove, sweep_drafts
from incidents.table.settings import Settings
from incidents.versions import notes, origins, pruning, shelf, snapshots, soundness, sources
from incidents.versions.catalog import Catalog
from incidents.versions.healing import find_healed
from incidents.versions.notes import list_gone, list_noted
from incidents.versions.origins import Origin, is_visitors, list_origins
from incidents.versions.own_table import stamp_inputs
from incidents.versions.pruning import list_held
from incidents.versions.shelf import Shelf
from incidents.versions.snapshots import list_snapshots, telling_damage
from incidents.versions.soundness import ASIDE, find_aside, find_sound
from incidents.versions.sources import find_source_row

ID = "0123456789ab"
FIRST = Origin("upload", "mine.csv")
MODULES = (database, notes, origins, pruning, shelf, snapshots, soundness, sources)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of snapshots; whatever is listed in it is gone a moment later."""
    for name in (
        f"{ID}/snapshot.json",
        f"{ID}/store-x-y.duckdb",
        f"{ID}/source_0_incidents.parquet",
        f"{ASIDE}{ID}-1/snapshot.json",
        f"origins/{ID}/a.json",
        f"gone/{ID}",
        "inputs/a",
        "brought/a/note.json",
        ".draft-a/.lock",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")

    def list_and_take(folder: Path) -> list[str]:
        names = list_names(folder)
        for name in names:
            remove(folder / name)
        return names

    for module in MODULES:
        monkeypatch.setattr(module, "list_names", list_and_take)
    return tmp_path


LOOKS: dict[str, Callable[[Path], object]] = {
    "snapshots": list_snapshots,
    "set aside": lambda home: find_aside(home, ID),
    "origins": lambda home: list_origins(home, ID, FIRST)[1:],
    "shelf": lambda home: Shelf(home, 1).sweep(),
    "noted": list_noted,
    "gone": list_gone,
    "held": lambda home: list_held(replace(Settings(), snapshots=home)),
    "databases": lambda home: discard_database(home / ID),
    "size": lambda home: find_size(home / ID),
}


@pytest.mark.parametrize("what", LOOKS)
def test_what_is_gone_is_left_out(home: Path, what: str) -> None:
    assert not LOOKS[what](home)


def test_who_made_what_is_gone_is_not_told(home: Path) -> None:
    assert not is_visitors(home, ID, FIRST)


def test_drafts_that_go_meanwhile_are_left_out(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_files, "list_names", lambda folder: [".draft-a", ".draft-gone"])
    sweep_drafts(home)
    assert not (home / ".draft-a").exists()


def test_what_must_be_there_is_damaged(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DamagedError):
        find_source_row(home / ID, "A")
    build = database._build_database

    def take_and_build(folder: Path, draft: Path, find_own: None) -> Path:
        remove(folder)
        return build(folder, draft, find_own)

    monkeypatch.setattr(database, "_build_database", take_and_build)
    for _ in range(2):
        with pytest.raises(DamagedError):
            open_database(home / ID)
        assert not (home / ID).exists(), "it is not made anew without its tables"


def test_a_table_that_is_saved_is_looked_at_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(Settings(), table=tmp_path / "own.csv")
    settings.table.write_text("date,place\n")
    assert stamp_inputs(settings) != ()
    is_file = Path.is_file

    def take(path: Path) -> bool:
        found = is_file(path)
        if path == settings.table:
            path.unlink(missing_ok=True)
        return found

    monkeypatch.setattr(Path, "is_file", take)
    assert stamp_inputs(settings) == ()


def test_one_that_goes_while_it_is_looked_at_is_none(
    shipped_catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ID
    folder.mkdir()
    (folder / "snapshot.json").write_text("{")
    looked = threading.Event()

    def look(home: Path, snapshot_id: str) -> object:
        if looked.is_set():
            return find_sound(home, snapshot_id)
        looked.set()
        remove(folder)
        raise DamagedError("as it goes")

    monkeypatch.setattr("incidents.versions.healing.find_sound", look)
    assert find_healed(tmp_path, ID, lambda damaged: damaged) is None
    assert measure(folder) == 0


def test_too_many_open_files_are_no_damage(tmp_path: Path) -> None:
    path = tmp_path / ID / "incidents.parquet"
    with pytest.raises(TableError, match="too many files are open"), telling_damage(path):
        raise OSError(24, "Too many open files")
