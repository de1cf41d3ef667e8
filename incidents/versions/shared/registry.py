"""Which folder of snapshots holds copies of a shared store; what others ask of that store."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from incidents.table.errors import TableError


@dataclass(frozen=True)
class Stored:
    """A version that a store holds.

    Attributes
    ----------
    opened
        When somebody opened it last, on any server, in seconds since 1970.
    is_hosts
        Whether the host made or imported it.
    """

    id: str
    size: int
    opened: float
    is_hosts: bool


class Holder(Protocol):
    """A store, as those see it who only keep or take something."""

    def note_opened(self, version: str) -> None:
        """Note that somebody opens a version now."""

    def take_small(self, name: str) -> None:
        """Take a small file by its path below the folder, if there is one."""

    def list_stored(self) -> Sequence[Stored]:
        """All versions, the newest of the host first."""

    def discard(self, version: str, opened_before: float) -> bool:
        """Take a visitor's version away everywhere, unless opened since; whether it is gone."""


_stores: dict[Path, Holder] = {}


def join(home: Path, store: Holder) -> None:
    """Have a folder hold copies of a store."""
    _stores[home] = store


def find_store(home: Path) -> Holder | None:
    """The store of which a folder holds copies; None where its server is on its own."""
    return _stores.get(home)


def want(home: Path, path: Path) -> None:
    """Take a small file below a folder from its store, where there is one.

    Where the store does not answer, what is here counts.
    """
    store = _stores.get(home)
    if store is not None:
        with suppress(TableError):
            store.take_small(path.relative_to(home).as_posix())
