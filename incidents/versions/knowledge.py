"""What tables are read by: gazetteer, outlines and profiles, read again when their files change."""

import gc
import threading
import time
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from geo.finding.nominatim import Nominatim
from geo.places.boundaries import Boundaries
from geo.places.gazetteer import Gazetteer
from geo.places.gazetteer_files import find_shipped, list_gazetteer_files
from incidents.asking.rolled.manifest import is_rolled
from incidents.intake.datasets import World
from incidents.intake.mapping.profile import list_profiles
from incidents.intake.mapping.rules import Profile
from incidents.table.errors import TableError
from incidents.table.settings import Settings, find_today
from incidents.versions.protected import is_exact, protect
from incidents.versions.snapshots import Snapshot

Read = TypeVar("Read")


class _Kept(Generic[Read]):
    """What was read of files, as long as these are the same. Read by one thread for all."""

    def __init__(self, list_files: Callable[[], Sequence[Path]], read: Callable[[], Read]) -> None:
        self._list_files, self._lock = list_files, threading.Lock()
        self._read = lru_cache(maxsize=1)(lambda _stamps: read())

    def get(self) -> Read:
        with self._lock:
            stats = [(path, path.stat()) for path in self._list_files()]
            return self._read(
                tuple((path, stat.st_mtime_ns, stat.st_size, stat.st_ino) for path, stat in stats)
            )


class Knowledge:
    """What places are found in, and how columns are mapped; safe from many threads.

    Parameters
    ----------
    settings
        Where the files are.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        places, gazetteers, outlines = settings.places, settings.gazetteers, settings.boundaries
        self._gazetteer = _Kept(
            lambda: (
                places,
                *list_gazetteer_files(find_shipped(places)),
                *list_gazetteer_files(gazetteers),
            ),
            lambda: Gazetteer.read(places, gazetteers),
        )
        self._boundaries = _Kept(
            lambda: sorted(outlines.glob("*.geojson")), lambda: Boundaries.read(outlines)
        )
        self._profiles = _Kept(
            lambda: sorted(settings.profiles.glob("*.yaml")),
            lambda: list_profiles(settings.profiles),
        )

    @property
    def gazetteer(self) -> Gazetteer:
        """Places: the curated ones, those of GeoNames, airports, those of the files of the host."""
        return self._gazetteer.get()

    @property
    def boundaries(self) -> Boundaries:
        """Outlines of the governorates and neighbours."""
        return self._boundaries.get()

    def show(self, snapshot: Snapshot) -> Snapshot:
        """The reading of a snapshot for who is answered now, see `incidents.versions.protected`.

        Raises
        ------
        DamagedError, TableError
            It cannot be made.
        """
        if is_exact() or not self._settings.protect:
            return snapshot
        if is_rolled(snapshot.folder):
            raise TableError(
                "INCIDENTS_PROTECT does not hold for a table that was rolled up: roll up one "
                "that is coarse already, or unset it."
            )
        protections = self._settings.protect
        return protect(snapshot, protections, self.boundaries, self._gazetteer.get)

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """How the columns of known sources are mapped to ours."""
        return self._profiles.get()

    @cached_property
    def online(self) -> Nominatim | None:
        """Who is asked for names that no gazetteer knows; None unless the settings say so."""
        settings = self._settings
        if not settings.nominatim:
            return None
        kept = settings.snapshots / "nominatim"
        return Nominatim(settings.nominatim, kept, settings.nominatim_server, time.monotonic)

    @property
    def world(self) -> World:
        """What places are found in."""
        return World(self.gazetteer, self.boundaries, self.online, find_today)


def settle() -> None:
    """Take what stays for good, as modules and gazetteer, out of the sight of garbage collection.

    Each full collection stops all readers while it looks at every object: half a second.
    """
    gc.collect()
    gc.freeze()
