"""A damaged version is told from a sound one, set aside, and made anew from what is left."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from incidents.asking.filters import Filters
from incidents.asking.store import Store, read_rows
from incidents.intake.bundles import Brought, Bundle
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Tables
from incidents.table.errors import SnapshotError, TableError
from incidents.table.settings import Settings
from incidents.versions import keeping
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import prepare, publish
from incidents.versions.knowledge import Knowledge
from incidents.versions.notes import GoneError
from incidents.versions.snapshots import Snapshot
from incidents.versions.soundness import ASIDE, find_sound
from tests.incidents.versions.damages import ALL, LOST, MADE_ANEW, MENDED, SOME, cut

pytestmark = pytest.mark.usefixtures("shared_world")
TABLE = "date,place,country,killed\n2021-07-07,Ain al-Asad,IQ,0\n2021-07-08,Narnia,IQ,\n"


def count_all(store: Store) -> int:
    """Asked of the database, not of what is kept of answers."""
    return len(read_rows(store.incidents))


@pytest.fixture
def settings(shipped_settings: Settings, tmp_path: Path) -> Settings:
    table = tmp_path / "own table.csv"
    table.write_text(TABLE, "utf-8")
    return replace(shipped_settings, table=table, snapshots=tmp_path / "snapshots")


@pytest.fixture
def visitors(settings: Settings) -> Snapshot:
    """A version that a visitor has made of a table that is nowhere else, opened once."""
    catalog = Catalog(settings)
    snapshot = bring(catalog)
    assert catalog.find(snapshot.id).store.count(Filters())[0] == 1
    return snapshot


def bring(catalog: Catalog, text: str = "date,place\n2021-07-07,Erbil\nno day,Hit\n") -> Snapshot:
    table = table_from_bytes(text.encode(), "mine.csv")
    bundle = Bundle((Brought("mine", Tables(table)),), source="mine.csv")
    draft = prepare(bundle, catalog.world)
    return publish(draft, catalog.settings.snapshots, "upload")


def list_left(settings: Settings) -> list[str]:
    """What is left behind: drafts and what was set aside, anywhere."""
    return [path.name for path in settings.snapshots.rglob(".*") if path.name != ".lock"]


@pytest.mark.parametrize("how", ALL)
def test_the_host_s_newest_version_is_made_anew_from_its_table(
    settings: Settings, how: str
) -> None:
    good = Catalog(settings).current
    assert good.store.count(Filters())[0] == 2
    ALL[how](good.snapshot.folder)
    catalog = Catalog(settings)
    assert catalog.current.snapshot.id == good.snapshot.id
    assert catalog.current.store.ask(count_all) == 2
    assert catalog.notice is None and list_left(settings) == []
    assert find_sound(settings.snapshots, good.snapshot.id) is not None


@pytest.mark.parametrize("how", SOME)
def test_the_host_s_version_is_made_anew_while_it_is_shown(settings: Settings, how: str) -> None:
    catalog = Catalog(settings)
    good = catalog.current.snapshot
    ALL[how](good.folder)
    catalog.refresh()
    assert catalog.current.snapshot == good and catalog.notice is None
    assert find_sound(settings.snapshots, good.id) == good
    assert catalog.current.store.find_incident("x") is None
    assert not catalog.refresh()


@pytest.mark.parametrize("how", MENDED | MADE_ANEW)
def test_a_visitor_s_version_is_made_anew_from_what_it_keeps(
    settings: Settings, visitors: Snapshot, how: str
) -> None:
    made = visitors.made
    ALL[how](visitors.folder)
    found = Catalog(settings).find(visitors.id)
    assert found.snapshot == visitors and found.store.ask(count_all) == 1
    assert found.store.table("problems").count().to_pyarrow().as_py() > 0
    assert list_left(settings) == []
    assert found.snapshot.made == made


@pytest.mark.parametrize("how", LOST)
def test_what_cannot_be_made_anew_is_said_until_it_is_brought_again(
    settings: Settings, visitors: Snapshot, how: str
) -> None:
    LOST[how](visitors.folder)
    for _ in range(2):
        with pytest.raises(GoneError, match=r"is damaged, .* Bring that table again") as told:
            Catalog(settings).find(visitors.id)
        assert told.value.instead is None
    assert [name.startswith(ASIDE) for name in list_left(settings)] == [True]
    catalog = Catalog(settings)
    assert bring(catalog) == visitors
    assert catalog.find(visitors.id).store.count(Filters())[0] == 1
    assert list_left(settings) == []


@pytest.mark.parametrize("how", ["incidents cut", "problems gone", *LOST])
def test_bringing_it_again_heals_it(settings: Settings, visitors: Snapshot, how: str) -> None:
    ALL[how](visitors.folder)
    assert bring(Catalog(settings)) == visitors
    assert find_sound(settings.snapshots, visitors.id) == visitors
    assert list_left(settings) == []


def test_one_that_is_made_anew_otherwise_is_named(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gazetteer knows Narnia by now."""
    visitors = bring(Catalog(settings), TABLE)
    (tmp_path / "gazetteers").mkdir()
    (tmp_path / "gazetteers" / "own.csv").write_text(
        "name,country,lat,lon\nNarnia,IQ,33.5,43.5\n", "utf-8"
    )
    cut(visitors.folder / "incidents.parquet")
    catalog = Catalog(replace(settings, gazetteers=tmp_path / "gazetteers"))
    monkeypatch.setattr(Catalog, "world", Knowledge(catalog.settings).world)
    with pytest.raises(GoneError, match="was damaged") as told:
        catalog.find(visitors.id)
    assert told.value.instead is not None and told.value.instead != visitors.id
    assert catalog.find(told.value.instead).snapshot.origin == "upload"
    with pytest.raises(GoneError, match=told.value.instead):
        Catalog(settings).find(visitors.id)


@pytest.mark.parametrize("how", [how for how in SOME if how in MADE_ANEW])
def test_with_a_broken_table_it_is_made_anew_from_what_it_keeps(
    settings: Settings, how: str
) -> None:
    good = Catalog(settings).current.snapshot
    settings.table.unlink()
    MADE_ANEW[how](good.folder)
    catalog = Catalog(settings)
    assert catalog.current.snapshot == good
    assert catalog.notice is not None and "last good version" in catalog.notice


@pytest.mark.parametrize("how", [how for how in SOME if how in LOST])
def test_with_a_broken_table_the_last_sound_version_is_shown(settings: Settings, how: str) -> None:
    first = Catalog(settings).current.snapshot
    settings.table.write_text(TABLE + "2021-07-09,Erbil,IQ,1\n", "utf-8")
    second = Catalog(settings).current.snapshot
    settings.table.unlink()
    LOST[how](second.folder)
    catalog = Catalog(settings)
    assert catalog.current.snapshot == first
    assert catalog.notice is not None and "last good version" in catalog.notice
    LOST[how](first.folder)
    with pytest.raises(TableError, match="There is no table"):
        _ = Catalog(settings).current


NOTES: dict[str, Callable[[str, str], str]] = {
    "empty": lambda note, other: "",
    "cut": lambda note, other: note[:7],
    "garbage": lambda note, other: "\x00\xff",
    "another version": lambda note, other: note.replace(note[:12], other),
    "another version, as older code wrote it": lambda note, other: other,
    "a path": lambda note, other: "../../etc/passwd",
}


@pytest.mark.parametrize("how", NOTES)
def test_a_wrong_note_is_not_believed(settings: Settings, visitors: Snapshot, how: str) -> None:
    good = Catalog(settings).current.snapshot
    for path in (settings.snapshots / "inputs").iterdir():
        path.write_text(NOTES[how](path.read_text("utf-8"), visitors.id), "latin-1")
    catalog = Catalog(settings)
    assert catalog.current.snapshot == good and catalog.notice is None


def test_a_damaged_database_is_told_while_it_is_open_and_then_made_anew(
    settings: Settings, shipped_settings: Settings
) -> None:
    catalog = Catalog(replace(settings, table=shipped_settings.table))
    version = catalog.current
    store = version.store
    for path in version.snapshot.folder.glob("*.duckdb"):
        # Below the open file.
        path.write_bytes(b"x" * path.stat().st_size)
    with pytest.raises(SnapshotError, match="cannot be read"):
        for name in ("incidents", "reports", "claims", "problems"):
            read_rows(store.table(name))
    catalog.mend(version)
    assert len(read_rows(catalog.current.store.incidents)) == version.snapshot.rows


def test_a_disk_that_is_full_is_no_damage(
    settings: Settings, visitors: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut(visitors.folder / "incidents.parquet")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(keeping.pq, "ParquetWriter", fail)
        with pytest.raises(TableError, match="the disk is full"):
            Catalog(settings).find(visitors.id)
    # Nothing is lost by it.
    assert Catalog(settings).find(visitors.id).snapshot == visitors
    assert list_left(settings) == []


def test_a_file_that_may_not_be_read_now_is_no_damage(
    settings: Settings, visitors: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> str:
        raise OSError(24, "Too many open files", str(path))

    with monkeypatch.context() as patch:
        patch.setattr("incidents.versions.sums.hash_file", fail)
        with pytest.raises(TableError, match="too many files are open"):
            Catalog(settings).find(visitors.id)
    assert Catalog(settings).find(visitors.id).snapshot == visitors
