"""Versions of the table: the one in use, and older ones that links name."""

import gc
import hashlib
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from geo.finding.nominatim import Nominatim
from geo.places.boundaries import Boundaries
from geo.places.gazetteer import Gazetteer
from geo.places.gazetteer_files import list_gazetteer_files
from incidents.asking.open_stores import OpenStores
from incidents.asking.store import Store
from incidents.intake.datasets import World
from incidents.intake.mapping.profile import list_profiles
from incidents.intake.mapping.rules import Profile
from incidents.intake.placing.locating import tell_gazetteer_files
from incidents.table.errors import SnapshotError, TableError, say_cause
from incidents.table.jobs import Job, Jobs
from incidents.table.progress import Begin, Progress, Tell
from incidents.table.settings import Settings, read_settings
from incidents.versions.drafts import Draft, prepare, publish
from incidents.versions.own_table import Stamps, bring_own, hash_inputs, stamp_inputs
from incidents.versions.snapshots import Snapshot, find_snapshot, recall, remember

RETRY_AFTER = 5.0
"""Seconds after which a table that could not be read is tried again though it has not changed."""


@dataclass(frozen=True)
class Version:
    """A snapshot, whose store is opened when it is asked for.

    It may be kept as long as a session lasts: it holds nothing open.
    """

    snapshot: Snapshot
    stores: OpenStores

    @property
    def store(self) -> Store:
        """Its tables, open; to be let go when a question is answered.

        Raises
        ------
        DamagedError, TableError
            As `incidents.asking.open_stores.OpenStores.open`.
        """
        return self.stores.open(self.snapshot.folder)


class Catalog:
    """Reads the table of the settings once, and opens versions of it. Safe from many threads.

    Parameters
    ----------
    settings
        Where the table, the gazetteer, the boundaries and the snapshots are.
    log
        Takes lines on how far the reading of a large table is.
    """

    def __init__(self, settings: Settings, log: Callable[[str], None] | None = None) -> None:
        self.settings = settings
        self.notice: str | None = None
        self.progress = Progress(log)
        self._lock, self._starting = threading.Lock(), threading.Lock()
        self._jobs = Jobs("read")
        self._reading: Job[Version] | None = None
        self._failed_at = 0.0
        self._current: Snapshot | None = None
        self._seen: Stamps | None = None
        self._pending: Stamps | None = None
        self._has_unasked = False
        self._stores = OpenStores()
        self._gathering = threading.Lock()
        self._gather = lru_cache(maxsize=1)(self._read_gazetteer)

    @property
    def gazetteer(self) -> Gazetteer:
        """Places of the curated table, of GeoNames, of the list of airports, of the host's files.

        Read again when one of these files has changed.
        """
        with self._gathering:
            places, folder = self.settings.places, self.settings.gazetteers
            files = [(str(each), each.stat()) for each in (places, *list_gazetteer_files(folder))]
            return self._gather(tuple((name, at.st_mtime_ns, at.st_size) for name, at in files))

    def _read_gazetteer(self, stamps: Stamps) -> Gazetteer:
        return Gazetteer.read(self.settings.places, self.settings.gazetteers)

    @cached_property
    def online(self) -> Nominatim | None:
        """Who is asked for names that no gazetteer knows; None unless the settings say so."""
        settings = self.settings
        if not settings.nominatim:
            return None
        kept = settings.snapshots / "nominatim"
        return Nominatim(settings.nominatim, kept, settings.nominatim_server, time.monotonic)

    @cached_property
    def boundaries(self) -> Boundaries:
        """Outlines of the governorates and neighbours."""
        return Boundaries.read(self.settings.boundaries)

    @property
    def world(self) -> World:
        """What places are found in."""
        return World(self.gazetteer, self.boundaries, self.online)

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """How the columns of known sources are mapped to ours."""
        return list_profiles(self.settings.profiles)

    @property
    def is_ready(self) -> bool:
        """Whether the table is read already, so that `current` answers at once."""
        return self._current is not None

    def keeps(self, snapshot_id: str) -> bool:
        """Whether `find` has this version without reading the table."""
        return find_snapshot(self.settings.snapshots, snapshot_id) is not None

    @property
    def current(self) -> Version:
        """The newest version of the table; waits until it is read.

        If the table cannot be read, the last good version of it, and `notice` says why.

        Raises
        ------
        TableError
            The table cannot be read and there is no earlier version of it.
        """
        if self._current is None:
            with self._lock:
                if self._current is None:
                    self._current = self._read_and_open()
        return Version(self._current, self._stores)

    def start(self) -> Job[Version]:
        """Read the table in the background, if nobody does or has; `current` as it will be.

        After a failure a call tries again if the table's files have changed, or some seconds later.
        """
        with self._starting:
            if self._reading is None or (self._reading.is_over and self._may_try_again()):
                # It is for everybody: it goes on though the one who asked has gone.
                job = Job(self._open_current, is_lasting=True, progress=self.progress)
                self._reading = self._jobs.start(job)
            return self._reading

    def _may_try_again(self) -> bool:
        """Whether a reading that has ended failed, and another may not."""
        if self.is_ready:
            return False
        is_later = time.monotonic() - self._failed_at >= RETRY_AFTER
        return is_later or stamp_inputs(self.settings) != self._seen

    def _open_current(self, begin: Begin) -> Version:
        try:
            version = self.current
        except Exception:
            self._failed_at = time.monotonic()
            raise
        _settle()
        return version

    def refresh(self) -> bool:
        """Read the table again if its files changed on disk; whether a new version came of it.

        Also if names were not asked for in an outage of the network that is over. Called from time
        to time by one thread. A file that is still being written is left for the next call. If the
        new table cannot be read, the last good version stays, and `notice` says why.
        """
        if self._current is None or self._seen is None:
            return False
        stamps = stamp_inputs(self.settings)
        is_due = stamps != self._seen or self._may_ask_again()
        if not is_due or stamps != self._pending:
            self._pending = stamps
            return False
        before = self._current
        with self._lock:
            self._current = self._read_and_open()
        return self._current != before

    def _may_ask_again(self) -> bool:
        return self._has_unasked and self.online is not None and self.online.is_back()

    def find(self, snapshot_id: str) -> Version:
        """The version of this id; one that is kept needs not wait for the table to be read.

        Raises
        ------
        SnapshotError
            It is not kept here.
        """
        snapshot = find_snapshot(self.settings.snapshots, snapshot_id)
        if snapshot is None and not self.is_ready:
            # On a host that forgets its disk, the table that is there may still be the one.
            with suppress(TableError):
                self.current  # noqa: B018
            snapshot = find_snapshot(self.settings.snapshots, snapshot_id)
        if snapshot is None:
            raise SnapshotError(f'Version "{snapshot_id}" of the table is not kept here.')
        return Version(snapshot, self._stores)

    def find_or_newest(self, snapshot_id: str) -> tuple[Version, str | None]:
        """The version that a link names; else the newest, and a sentence that says so.

        Raises
        ------
        TableError
            It is not kept here, and there is no other.
        """
        try:
            return self.find(snapshot_id), None
        except SnapshotError as error:
            return self.current, f"{error} The newest version is shown instead."

    def _read_and_open(self) -> Snapshot:
        name = None
        self._seen = self._pending = stamp_inputs(self.settings)
        try:
            snapshot = self._read_or_fall_back()
            if self.progress.now() is not None:
                self.progress.begin("open", snapshot.rows)
            self._stores.pin(snapshot.folder)
            name = None if self.notice else self.settings.table.name
        finally:
            self.progress.end(name)
        return snapshot

    def _read_or_fall_back(self) -> Snapshot:
        try:
            snapshot = self._read()
            self.notice = None
            return snapshot
        except (TableError, OSError) as cause:
            error = cause if isinstance(cause, TableError) else TableError(_say_failure(cause))
            last = self._find_last()
            if last is None:
                raise error from cause
            self.notice = f"{error} The last good version of the table is shown."
            return last

    def _find_last(self) -> Snapshot | None:
        """The last good version of the table, of this run or an earlier one."""
        return self._current or recall(self.settings.snapshots, self._last)

    @property
    def _last(self) -> str:
        """Under this name the last good version of the table is remembered: the table's path."""
        path = str(self.settings.table.resolve())
        return "last-" + hashlib.sha256(path.encode()).hexdigest()

    def _begin(self, stage: str, rows: int | None = None) -> Tell:
        self.progress.begin(stage, rows)
        return self.progress.tell

    def _read(self) -> Snapshot:
        settings = self.settings
        inputs = hash_inputs(settings)
        kept = recall(settings.snapshots, inputs)
        self._has_unasked = False
        if kept is not None:
            remember(settings.snapshots, self._last, kept.id)
            return kept
        self.progress.begin("read")
        bundle = bring_own(settings.table, list_profiles(settings.profiles))
        world = self.world
        told = (*bundle.told, *tell_gazetteer_files(world.gazetteer))
        draft = prepare(replace(bundle, told=told), world, self._begin)
        last = self._find_last()
        if draft.incidents.empty and last is not None and last.rows:
            # A new file of nothing usable is a broken one: the last good version stays.
            raise TableError(_say_unusable(settings.table.name, draft))
        snapshot = publish(draft, settings.snapshots, "table", self._begin)
        self._has_unasked = bool((draft.problems["kind"] == "lookup_stopped").any())
        if not self._has_unasked:
            # Else the next start asks for the names that are left.
            remember(settings.snapshots, inputs, snapshot.id)
        remember(settings.snapshots, self._last, snapshot.id)
        return snapshot


def _settle() -> None:
    """Take what stays for good, as modules and gazetteer, out of the sight of garbage collection.

    Each full collection stops all readers while it looks at every object: half a second.
    """
    gc.collect()
    gc.freeze()


def _say_unusable(name: str, draft: Draft) -> str:
    """Why nothing of a table can be used: the first thing that is wrong."""
    errors = draft.problems[draft.problems["level"] == "error"]
    first = errors.iloc[0] if len(errors) else None
    why = "" if first is None else f" {first['message']} {first['remedy']}"
    return f"{name} holds no row that can be used.{why}"


def _say_failure(error: OSError) -> str:
    """Which file or folder failed, by its name alone: a reader may see it."""
    name = Path(str(error.filename)).name if error.filename else "A file"
    return f'"{name}" cannot be read or written: {say_cause(error)}.'


def warm_up() -> None:
    """Read the table in the background, so that the first reader need not wait for all of it.

    What is wrong with the table is told to the reader who asks for it, not here.
    """
    get_catalog().start()


def watch(catalog: Catalog, stop: threading.Event, every: float = 2.0) -> None:
    """Look every so many seconds whether the table's files have changed, until told to stop."""
    while not stop.wait(every):
        try:
            catalog.refresh()
        except Exception as error:  # the thread must outlive whatever a file holds
            _print(f"The changed table cannot be read: {error!r}")


@lru_cache(maxsize=1)
def get_catalog() -> Catalog:
    """The catalog of this process, by its settings."""
    return Catalog(read_settings(), log=_print)


def _print(line: str) -> None:
    print(line, flush=True)
