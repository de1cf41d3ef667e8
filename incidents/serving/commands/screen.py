"""What a command writes: to a person at a terminal, to a file, or to a program as JSON."""

from __future__ import annotations

import io
import json
import os
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from incidents.table.progress import ROLLUP_STAGES, STAGES, Begin, Tell


def clean(text: object) -> str:
    """A text of a table without line breaks and without what would steer a terminal."""
    return "".join(
        " " if each in "\n\r\t" else "\ufffd" if unicodedata.category(each) in _STEER else each
        for each in str(text)
    )


# Control characters, and marks that turn the direction of the text after them.
_STEER = ("Cc", "Cf", "Cs")


class Screen:
    """Where a command writes: results to `out`, all else to `err`.

    At a terminal tables have colours and aligned columns, and a bar shows how far it is. Into a
    file or a pipe go plain lines, whose cells are parted by tabs.
    """

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.out, self.err = out or sys.stdout, err or sys.stderr
        for stream in (self.out, self.err):
            # A terminal that knows no Arabic gets its code points, not a traceback.
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")

    def say(self, text: object) -> None:
        """A line of the result."""
        print(clean(text), file=self.out)

    def tell(self, text: object) -> None:
        """A line that is no part of the result: what went wrong, or what was done."""
        print(clean(text), file=self.err)

    def say_json(self, answer: object) -> None:
        """The result for a program."""
        print(json.dumps(answer, ensure_ascii=False, indent=2, default=str), file=self.out)

    def say_table(self, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """A table; nothing where it has no rows."""
        cells = [["" if each is None else clean(each) for each in row] for row in rows]
        if not cells:
            return
        if not self.out.isatty():
            for line in (head, *cells):
                print("\t".join(line), file=self.out)
            return
        table = Table(*head, box=None, pad_edge=False, header_style="bold")
        for row in cells:
            table.add_row(*(Text(each) for each in row))
        Console(file=self.out).print(table)

    def write(self, pieces: Iterator[bytes]) -> None:
        """A file as the result."""
        self.out.flush()
        for piece in pieces:
            self.out.buffer.write(piece)
        self.out.buffer.flush()

    @contextmanager
    def show_progress(self) -> Iterator[Begin]:
        """A bar for each stage of an import, at a terminal; gone when it is over."""
        columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
        console = Console(file=self.err)
        bars = Progress(*columns, console=console, transient=True, disable=not self.err.isatty())
        with bars:
            yield _Bars(bars).begin

    def let_go(self) -> None:
        """Write no more: the reader of the pipe has gone, and Python need not say so at its end."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.out.fileno())


class _Bars:
    """One bar at a time: a stage that begins ends the one before."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._last: TaskID | None = None

    def begin(self, stage: str, rows: int | None = None) -> Tell:
        if self._last is not None:
            self._bars.remove_task(self._last)
        of = "" if rows is None else f", {rows:,} rows"
        task = self._last = self._bars.add_task(
            f"{(STAGES | ROLLUP_STAGES)[stage].words}{of}", total=None
        )

        def tell(done: int, total: int) -> None:
            self._bars.update(task, completed=done, total=total)

        return tell


def to_json_cells(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a frame with None for what is missing."""
    return {name: None if value is None or value != value else value for name, value in row.items()}
