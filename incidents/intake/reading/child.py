"""The process in which files from strangers are read, `python -m incidents.intake.reading.child`.

It imports what reading needs once, then makes a child of its own for each file: that one starts
in a hundredth of a second, has limits of memory and time, and dies alone. `apart` speaks to it.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from incidents.intake.reading.formats import read_content
from incidents.intake.reading.handing import hand_over
from incidents.intake.reading.sizes import Limits
from incidents.table.errors import TableError

IDLE = 300
"""Seconds without a file after which the process ends: it holds 100 MB."""
TABLE, SAID, FAULT = b"table\n", b"said\n", b"fault\n"
"""What an answer begins with: a table follows, a sentence for the reader, or a traceback."""
TOO_LARGE, TOO_LONG, BROKEN, IDLED = 10, 11, 12, 13
"""How the process ends: for want of memory, or of time; broken by a file; after `IDLE`."""
_LOOK = 0.02  # seconds between two looks at a child, in which it may take 100 MB
_ASKED_FOR = 3  # times as much memory as it may use


@dataclass(frozen=True)
class Request:
    """What a line of JSON asks for; `size` bytes of a file follow it.

    Reading it may take `memory` bytes and `seconds` of time.
    """

    name: str
    size: int
    limits: Limits
    memory: int
    seconds: int


def serve() -> None:
    """Read one file after another, as standard input asks, until it ends."""
    # What is printed by chance must not get between the answers.
    answers = os.dup(1)
    os.dup2(2, 1)
    gc.freeze()  # what is shared with the children stays so
    while (line := _wait_for_line()) != b"":
        given = json.loads(line)
        request = Request(**given | {"limits": Limits(**given["limits"])})
        number = os.fork()
        if number == 0:
            _restrict(request)
            os._exit(_answer(request, answers))
        ended = _watch(number, request)
        if ended != 0:
            # Half an answer may be under way: whoever waits for it sees the end of the stream.
            sys.exit(ended)


def _wait_for_line() -> bytes:
    """Read up to the first line end and no further: the file behind it is for the child."""
    signal.signal(signal.SIGALRM, lambda *_: os._exit(IDLED))
    signal.alarm(IDLE)
    line = b""
    while not line.endswith(b"\n") and (letter := os.read(0, 1)):
        line += letter
    signal.alarm(0)
    return line


def _watch(number: int, request: Request) -> int:
    """Wait for a child, and kill it when it takes too much; gives how it ended.

    The child is killed as well when this process is told to end, or is left alone.
    """

    def kill(cause: int) -> int:
        os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)
        return cause

    signal.signal(signal.SIGTERM, lambda *_: os._exit(kill(0)))
    end = time.monotonic() + request.seconds
    dashboard = os.getppid()
    pause = 0.001
    while (ended := os.waitpid(number, os.WNOHANG)) == (0, 0):
        if _measure(number) > request.memory:
            return kill(TOO_LARGE)
        if time.monotonic() > end or os.getppid() != dashboard:
            return kill(TOO_LONG)
        time.sleep(pause)
        pause = min(2 * pause, _LOOK)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    code = os.waitstatus_to_exitcode(ended[1])
    if code in (0, TOO_LARGE):
        return code
    return {-signal.SIGXCPU: TOO_LONG, -signal.SIGKILL: TOO_LARGE}.get(code, BROKEN)


def _measure(number: int) -> int:
    """Bytes that a process holds; 0 where the system does not tell, as only Linux does."""
    try:
        pages = int(Path(f"/proc/{number}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _restrict(request: Request) -> None:
    """Set the limits that hold also if nobody watches any more."""
    import resource

    # Libraries ask for far more than they use.
    most = _ASKED_FOR * request.memory
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    # At the second one it is killed as if for its memory.
    resource.setrlimit(resource.RLIMIT_CPU, (request.seconds, request.seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    with suppress(OSError):  # only Linux: if memory runs out, this process goes first
        Path("/proc/self/oom_score_adj").write_text("1000")


def _answer(request: Request, answers: int) -> int:
    """Read the file and write the answer; gives the status with which to end."""
    with open(answers, "wb", closefd=False) as out:
        try:
            _read(request, out)
        except MemoryError:
            return TOO_LARGE
        except TableError as error:
            out.write(SAID + json.dumps(str(error)).encode() + b"\n")
        except BaseException:  # what a library in Rust raises is no Exception
            out.write(FAULT + json.dumps(traceback.format_exc()).encode() + b"\n")
    return 0


def _read(request: Request, out: IO[bytes]) -> None:
    with open(0, "rb", closefd=False) as source:
        data = source.read(request.size)
    table = read_content(data, request.name, request.limits)
    del data
    out.write(TABLE)
    hand_over(table, out)


if __name__ == "__main__":
    serve()
