"""Versions of the table: the one in use, and older ones that links name."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TypeVar

from incidents.asking.open_stores import OpenStores
from incidents.asking.store import Store
from incidents.table.errors import AwayError, DamagedError, SnapshotError, TableError
from incidents.table.jobs import Job, Jobs
from incidents.table.kept_files import can_write, forget_hashes
from incidents.table.progress import Begin, Progress, Tell
from incidents.table.settings import Settings, read_settings
from incidents.versions.drafts import make_anew
from incidents.versions.healing import find_healed
from incidents.versions.knowledge import settle
from incidents.versions.notes import recall_last
from incidents.versions.opened import note_opened
from incidents.versions.own_table import Stamps
from incidents.versions.own_version import say_failure
from incidents.versions.protected import discard_protected
from incidents.versions.rolling.kept import find_rolled
from incidents.versions.shared.sharing import Sharing
from incidents.versions.snapshots import Snapshot, find_snapshot
from incidents.versions.soundness import is_sound

Answer = TypeVar("Answer")
RETRY_AFTER = 5.0
"""Seconds after which a table that could not be read is tried again though it has not changed."""
REFUSED_FOR = 60.0
"""The same, where the last good version is shown and the disk refused the new one."""


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


class Catalog(Sharing):
    """Reads the table of the settings once, and opens versions of it. Safe from many threads.

    Parameters
    ----------
    settings
        Where the table, the gazetteer, the boundaries and the snapshots are.
    log
        Takes lines on how far the reading of a large table is.
    """

    def __init__(self, settings: Settings, log: Callable[[str], None] | None = None) -> None:
        super().__init__(settings)
        self.progress = Progress(log)
        self._lock, self._starting = threading.Lock(), threading.Lock()
        self._jobs = Jobs("read")
        self._reading: Job[Version] | None = None
        self._failed_at = 0.0
        self._current: Snapshot | None = None
        self._seen: Stamps | None = None
        self._pending: Stamps | None = None
        self._unhealed: Stamps | None = None
        self._has_unasked = self._is_refused = False
        self._stores = self._make_stores()

    @property
    def is_ready(self) -> bool:
        """Whether the table is read already, so that `current` answers at once."""
        return self._current is not None

    def keeps(self, snapshot_id: str) -> bool:
        """Whether `find` has this version without reading the table."""
        with suppress(AwayError):
            self.fetch(snapshot_id)
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
        return Version(self.show(self._current), self._stores)

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
        return is_later or self._stamp() != self._seen

    def _open_current(self, begin: Begin) -> Version:
        try:
            version = self.current
        except Exception:
            self._failed_at = time.monotonic()
            raise
        settle()
        return version

    def refresh(self) -> bool:
        """Read the table again if its files changed on disk; whether a new version came of it.

        Also if names were not asked for in an outage of the network that is over, or the disk was
        full and has room again. Called from time to time by one thread. A file that is still being
        written is left for the next call. If the new table cannot be read, the last good version
        stays, and `notice` says why. Where it is the version that was damaged or removed, it is
        made anew.
        """
        if self._current is None or self._seen is None:
            return False
        stamps = self._stamp()
        is_due = stamps != self._seen or self._may_ask_again()
        is_new = is_due and stamps == self._pending
        self._pending = stamps
        if not is_new and (self._unhealed == stamps or is_sound(self._current)):
            return False
        before = self._current
        with self._lock:
            try:
                self._current = self._read_and_open()
            except (TableError, SnapshotError) as error:
                # What is open still answers.
                self.told, self._unhealed = str(error), stamps
        return self._current != before

    def _may_ask_again(self) -> bool:
        if self._is_refused:
            is_later = time.monotonic() - self._failed_at >= REFUSED_FOR
            return is_later and can_write(self.settings.snapshots)
        return self._has_unasked and self.online is not None and self.online.is_back()

    def find(self, snapshot_id: str) -> Version:
        """The version of this id, made anew if it is damaged; need not wait for the host's table.

        Raises
        ------
        SnapshotError
            It is not kept here, or not any more; a `GoneError` says why.
        TableError
            It is damaged, and cannot be made anew now.
        """
        snapshot = self.find_kept(snapshot_id)
        if snapshot is None and not self.is_ready:
            # On a host that forgets its disk, the table that is there may still be the one.
            with suppress(TableError):
                self.current  # noqa: B018
            snapshot = self.find_kept(snapshot_id)
        if snapshot is None:
            raise SnapshotError(f'Version "{snapshot_id}" of the table is not kept here.')
        return self.answer_of(Version(self.show(snapshot), self._stores), _open)

    def answer(self, snapshot_id: str | None, question: Callable[[Version], Answer]) -> Answer:
        """What a question finds in the version of this id; in the newest for None: `answer_of`."""
        asked = self.current if snapshot_id is None else self.find(snapshot_id)
        return self.answer_of(asked, question)

    def answer_of(self, version: Version, question: Callable[[Version], Answer]) -> Answer:
        """What a question finds in a version; asked again where a file of it is found damaged.

        Raises
        ------
        SnapshotError, TableError
            As `find`.
        """
        try:
            return question(version)
        except DamagedError:
            self.mend(version)
        found = self.find_kept(version.snapshot.id)
        return question(version if found is None else Version(self.show(found), self._stores))

    def mend(self, version: Version) -> None:
        """See to a version of which a file could not be read: it is looked at and opened anew."""
        forget_hashes()
        self._stores.discard(version.snapshot.folder)
        discard_protected(version.snapshot.folder)

    def find_kept(self, snapshot_id: str) -> Snapshot | None:
        """The snapshot of this id, made anew if it is damaged; None if there never was one.

        Raises
        ------
        GoneError, TableError
            As `find`. Nothing is opened, and the host's table not read.
        """
        self.fetch(snapshot_id)
        try:
            rolled = find_rolled(self.settings.table, snapshot_id)
            found = rolled or find_healed(self.settings.snapshots, snapshot_id, self._make_anew)
        except OSError as error:
            raise TableError(say_failure(error)) from error
        if found is not None:
            note_opened(found.folder)
        return found

    def _make_anew(self, damaged: Snapshot) -> Snapshot:
        return make_anew(damaged, self.world)

    def close_removed(self) -> None:
        """Let go of open versions that have expired, whoever took them away."""
        self._stores.close_removed()

    def _read_and_open(self) -> Snapshot:
        name = None
        self._seen = self._pending = self._stamp()
        try:
            snapshot = self._read_or_fall_back()
            if self.progress.now() is not None:
                self.progress.begin("open", snapshot.rows)
            self._stores.pin(self.show(snapshot).folder)
            name = None if self.told else self.settings.table.name
        finally:
            self.progress.end(name)
        return snapshot

    def _read_or_fall_back(self) -> Snapshot:
        try:
            known = self._keep_own(self._find_last, self._begin)
            snapshot, self._has_unasked = known
            self.told, self._is_refused = None, False
            return snapshot
        except (TableError, OSError) as cause:
            is_away = isinstance(cause, AwayError)
            self._is_refused = is_away or isinstance(cause, OSError)
            self._failed_at = time.monotonic()
            error = cause if isinstance(cause, TableError) else TableError(say_failure(cause))
            last = self._find_last()
            if last is None:
                raise error from cause
            # That the database is away is told as long as it is, and no longer.
            self.told = None if is_away else f"{error} The last good version of the table is shown."
            return last

    def _find_last(self) -> Snapshot | None:
        """The last good version of the table, of this run or an earlier one."""
        known = recall_last(self.settings.snapshots, self.settings.table)
        if self._current is not None:
            known.insert(0, self._current.id)
        for each in known:
            with suppress(SnapshotError, TableError):
                if (found := self.find_kept(each)) is not None:
                    return found
        return None

    def _begin(self, stage: str, rows: int | None = None) -> Tell:
        self.progress.begin(stage, rows)
        return self.progress.tell


def _open(version: Version) -> Version:
    """Have the store opened, so that what is damaged is found now."""
    version.store  # noqa: B018
    return version


@lru_cache(maxsize=1)
def get_catalog() -> Catalog:
    """The catalog of this process, by its settings."""
    return Catalog(read_settings(), log=partial(print, flush=True))
