"""Files from strangers, read in a process apart that may take so much memory and time, no more.

A file that is too much for it, or breaks it, becomes a sentence; the dashboard goes on.
"""

from __future__ import annotations

import atexit
import json
import select
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict

from incidents.intake.reading import child
from incidents.intake.reading.handing import take_over
from incidents.intake.reading.sizes import STRANGERS, Limits
from incidents.intake.reading.tables import Table
from incidents.table.errors import TableError
from incidents.table.progress import Tell, tell_nobody
from incidents.table.settings import ROOT

MEMORY = 1_500_000_000
"""Bytes that reading one file may take."""
SECONDS = 120
"""How long it may take."""
BEAT = 0.3
"""Seconds between two looks at whether somebody still waits."""

Process = subprocess.Popen[bytes]

_idle: list[Process] = []
"""Processes that wait for a file, whoever brings it; they know nothing of the last one."""


class ReadingFault(RuntimeError):
    """A fault of this program while a file was read; its text is the traceback."""


def warm() -> None:
    """Start a process, if none waits, for the file that somebody is about to bring."""
    if not any(process.poll() is None for process in _idle):
        _idle.append(_start())


def read_apart(
    data: bytes,
    name: str,
    limits: Limits = STRANGERS,
    tell: Tell = tell_nobody,
    memory: int = MEMORY,
    seconds: int = SECONDS,
) -> Table:
    """Read the content of one file as `table_from_bytes` does, in a process of its own.

    How many are read at once is for the caller to say.

    Parameters
    ----------
    tell
        Is called every `BEAT` seconds, with no numbers. What it raises ends the reading and its
        process: nobody waits for it any more.

    Raises
    ------
    TableError
        There is no table in it, or reading it takes too much memory or time.
    ReadingFault
        This program has a fault.
    """
    request = child.Request(name, len(data), limits, memory, seconds)
    process = _take_idle() or _start()
    try:
        answer = _ask(process, request, data, tell)
    except BaseException:
        process.terminate()
        _end(process)
        raise
    if answer is not None:
        _idle.append(process)
    elif (ended := _end(process)) == child.IDLED:  # just before it was asked
        return read_apart(data, name, limits, tell, memory, seconds)
    else:
        answer = _tell_end(ended, request)
    if isinstance(answer, Exception):
        raise answer
    return answer


def _start() -> Process:
    return subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", child.__name__],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # what ends the dashboard by Ctrl-C is not for it
    )


def _take_idle() -> Process | None:
    while _idle:
        process = _idle.pop()
        if process.poll() is None:
            return process
        _end(process)
    return None


def _ask(
    process: Process, request: child.Request, data: bytes, tell: Tell
) -> Table | TableError | ReadingFault | None:
    """Hand over a file and take the answer; None if the process ends before that."""
    assert process.stdin is not None and process.stdout is not None
    with suppress(BrokenPipeError):  # it tells by its end why
        process.stdin.write(json.dumps(asdict(request)).encode() + b"\n")
        process.stdin.write(data)
        process.stdin.flush()
    while not select.select([process.stdout], [], [], BEAT)[0]:
        tell(0, 0)
    try:
        kind = process.stdout.readline()
        if kind == child.TABLE:
            return take_over(process.stdout)
        text = json.loads(process.stdout.readline())
    except (OSError, ValueError):  # the end of a stream amid an answer is a ValueError
        return None
    return TableError(text) if kind == child.SAID else ReadingFault(text)


def _tell_end(ended: int, request: child.Request) -> TableError | ReadingFault:
    name = request.name
    if ended in (child.TOO_LARGE, -signal.SIGKILL):
        return TableError(
            f"{name} takes more than {request.memory / 1e9:.2g} GB of memory to read. "
            "Leave out rows or columns, or split the table."
        )
    if ended == child.TOO_LONG:
        return TableError(
            f"{name} takes more than {request.seconds:,} seconds to read. "
            "Leave out rows or columns, split the table, or save it as CSV UTF-8."
        )
    if ended == child.BROKEN:
        return TableError(
            f"{name} broke off while it was read: it is damaged, or too large. "
            "Save the table again as CSV UTF-8 or XLSX."
        )
    return ReadingFault(f"The process that reads files ended with status {ended}.")


def _end(process: Process) -> int:
    """Wait for the end of a process that ends, or waits for a file; gives how it ended."""
    assert process.stdin is not None
    with suppress(BrokenPipeError):
        process.stdin.close()
    with process:
        return process.wait()


@atexit.register
def _end_idle() -> None:
    while _idle:
        _end(_idle.pop())
