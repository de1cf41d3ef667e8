"""What a disk did not do is told by its cause."""

import errno
import os

import pytest

from incidents.table.errors import say_cause

CASES = {
    "full": (OSError(errno.ENOSPC, "Error writing bytes to file. Detail: x"), "the disk is full"),
    "quota": (OSError(errno.EDQUOT, "x"), "no more of the disk may be used"),
    "for reading": (OSError(errno.EROFS, "x", "/secret/path"), "the disk is for reading only"),
    "not allowed": (PermissionError(errno.EACCES, "x"), "this program may not do that"),
    "another": (NotADirectoryError(errno.ENOTDIR, "x"), os.strerror(errno.ENOTDIR)),
    "no number": (OSError("x"), "unknown reason"),
}


@pytest.mark.parametrize("name", CASES)
def test_cause(name: str) -> None:
    error, words = CASES[name]
    assert say_cause(error) == words
