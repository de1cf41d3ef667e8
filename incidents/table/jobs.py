"""Work that is done beside the page, and only as long as somebody waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from incidents.table.errors import TableError
from incidents.table.progress import Begin, Progress, Tell

Result = TypeVar("Result")
GRACE = 1.0
"""Seconds in which a page that is drawn anew comes back to what it waits for."""


class JobCancelled(Exception):
    """Nobody wants the job any more: its page is gone, or its reader has changed his mind."""


class Job(Generic[Result]):
    """One piece of work: made by `Jobs.start`, done by one thread, waited for by any.

    Parameters
    ----------
    work
        Is given `Begin`, and tells by it how far it is. It ends at what it tells next when
        nobody waits for it.
    is_lasting
        Whether it goes on though nobody waits.

    Attributes
    ----------
    progress
        How far it is; None while it stands in the line.
    """

    def __init__(
        self,
        work: Callable[[Begin], Result],
        is_lasting: bool = False,
        progress: Progress | None = None,
    ) -> None:
        self.progress = Progress() if progress is None else progress
        self._work, self._is_lasting = work, is_lasting
        self._future: Future[Result] = Future()
        self._is_cancelled = False
        self._waiting = 0
        self._changed = threading.Condition()

    def wait(self, seconds: float) -> bool:
        """Wait so long at most; whether it is over. Who waits keeps it going."""
        with self._waited():
            return not wait([self._future], seconds).not_done

    @property
    def is_over(self) -> bool:
        """Whether there is a result, or an error."""
        return self._future.done()

    @property
    def error(self) -> BaseException | None:
        """What the work raised; None if it goes on, or went well."""
        return self._future.exception() if self.is_over else None

    @property
    def is_wanted(self) -> bool:
        """Whether somebody waits for it, or it needs nobody to."""
        with self._changed:
            return not self._is_cancelled and (self._is_lasting or self._waiting > 0)

    @property
    def is_cancelled(self) -> bool:
        """Whether it was given up before its end."""
        return isinstance(self.error, JobCancelled)

    def cancel(self) -> None:
        """Give it up: it ends at what it tells next, or never begins."""
        with self._changed:
            self._is_cancelled = True
            self._changed.notify_all()

    def result(self, seconds: float | None = None) -> Result:
        """What came of it; waits for that, so long at most.

        Raises
        ------
        JobCancelled
            It was given up.
        TimeoutError
            It is not over yet.
        Exception
            What the work raised.
        """
        with self._waited():
            return self._future.result(seconds)

    def run(self) -> None:
        """Do the work, in this thread; what it raises is kept for `result`."""
        try:
            self._give_up_if_unwanted()
            self._future.set_result(self._work(self._begin))
        except BaseException as error:
            self._future.set_exception(error)
        finally:
            self.progress.end(None)

    def _begin(self, stage: str, rows: int | None = None) -> Tell:
        self._give_up_if_unwanted()
        self.progress.begin(stage, rows)
        return self._tell

    def _tell(self, done: int, total: int) -> None:
        self._give_up_if_unwanted()
        self.progress.tell(done, total)

    def _give_up_if_unwanted(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_cancelled or self._is_kept(), GRACE)
            if self._is_cancelled or not self._is_kept():
                raise JobCancelled

    def _is_kept(self) -> bool:
        return self._is_lasting or self._waiting > 0

    @contextmanager
    def _waited(self) -> Iterator[None]:
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def _count(self, change: int) -> None:
        with self._changed:
            self._waiting += change
            self._changed.notify_all()


class Jobs:
    """A line of jobs: so many are done at once, so many may wait, the first come first.

    Those for which somebody waits come before those that were left.

    Parameters
    ----------
    at_once
        Threads; there are none while there is nothing to do.
    most
        Jobs that may stand in the line besides.
    """

    def __init__(self, name: str, at_once: int = 1, most: int = 16) -> None:
        self._name, self._at_once, self._most = name, at_once, most
        self._lock = threading.Lock()
        self._line: list[Job[Any]] = []
        self._threads = 0

    def start(self, job: Job[Result]) -> Job[Result]:
        """Put a job at the end of the line.

        Raises
        ------
        TableError
            Too many wait already.
        """
        with self._lock:
            if len(self._line) >= self._most:
                self._drop_unwanted()
            if len(self._line) >= self._most:
                raise TableError(
                    f"{self._most} other tables are waiting to be read here. Try again in a minute."
                )
            self._line.append(job)
            if self._threads < self._at_once:
                self._threads += 1
                threading.Thread(target=self._run, name=self._name, daemon=True).start()
        return job

    def _drop_unwanted(self) -> None:
        for job in [each for each in self._line if not each.is_wanted]:
            self._line.remove(job)
            job.cancel()
            # Who comes back to it hears that it was given up.
            job.run()

    def _run(self) -> None:
        while (job := self._take()) is not None:
            job.run()

    def _take(self) -> Job[Any] | None:
        with self._lock:
            if not self._line:
                self._threads -= 1
                return None
            wanted = next((each for each in self._line if each.is_wanted), self._line[0])
            self._line.remove(wanted)
            return wanted
