"""The errors of this package: ValueErrors that carry a plain sentence for the reader."""

from __future__ import annotations

import errno
import os

_CAUSES = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "no more of the disk may be used",
    errno.EROFS: "the disk is for reading only",
    errno.EACCES: "this program may not do that",
    errno.EPERM: "this program may not do that",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
}


class IncidentsError(ValueError):
    """Whatever this package raises on purpose; its text may be shown as it is."""


class TableError(IncidentsError):
    """A file that cannot be read as a table at all: names the file and what to do."""


class AwayError(TableError):
    """A database that does not answer now: says since when. What asks again later may be told."""


class FilterError(IncidentsError):
    """A filter of a link or a request that cannot be read: names the key and what it takes."""


class SnapshotError(IncidentsError):
    """A version of the table that is not kept here: names it."""


class DamagedError(SnapshotError):
    """A version whose files are not as they were written: names it."""


class ProfileError(IncidentsError):
    """A mapping of columns that cannot be read: names the place in it and what to do."""


class SettingsError(IncidentsError):
    """Settings of the host that cannot be used: a line for each, with what to write."""


def say_cause(error: OSError) -> str:
    """Why the disk did not do what it was asked for, in a few words; without any path.

    Libraries put words of their own where the system's belong: its number tells the cause.
    """
    if error.errno is None:
        return error.strerror or "unknown reason"
    return _CAUSES.get(error.errno, os.strerror(error.errno))
