"""How far the reading of a table has come: in words, for the reader and the operator."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

Tell = Callable[[int, int], None]
"""What a stage tells: how much is done, of how much."""
Begin = Callable[[str, int | None], Tell]
"""Told that a stage begins, see `STAGES`, and of how many rows; gives a `Tell`."""


def tell_nobody(done: int, total: int) -> None:
    """For those who do not ask."""


def begin_silently(stage: str, rows: int | None = None) -> Tell:
    """For those who do not ask how far it is."""
    return tell_nobody


@dataclass(frozen=True)
class Stage:
    """One part of the reading: its name in words, what it counts, and its part of the time.

    `share` was measured on a table of a million rows; what does not count its steps has no `unit`.
    """

    words: str
    unit: str
    share: float


STAGES = {
    "read": Stage("Reading the file", "", 0.10),
    "check": Stage("Checking", "columns", 0.20),
    "locate": Stage("Placing", "place names", 0.17),
    "hash": Stage("Computing the version", "columns", 0.10),
    "write": Stage("Writing", "rows", 0.18),
    "open": Stage("Preparing the database", "", 0.25),
}
"""In the order in which they run."""
LARGE = 50_000
"""Rows from which on a table takes its time as one of a million does."""
SOON, FEW = 2.0, 5
"""Seconds of reading before which, and seconds left of which, no number is told."""
ROLLUP_STAGES = {
    "names": Stage("Collecting place names", "parts", 0.05),
    "prepare": Stage("Checking and placing", "parts", 0.75),
    "join": Stage("Finding what came before", "", 0.05),
    "partitions": Stage("Writing partitions", "partitions", 0.08),
    "summaries": Stage("Summing up", "summaries", 0.07),
}
"""Those of a rollup, after the reading."""


@dataclass(frozen=True)
class Moment:
    """How far the reading is.

    Attributes
    ----------
    done, total
        Steps of the stage, in its unit; 0 of 0 if it tells none.
    rows
        Rows of the table; None until they are counted.
    seconds, seconds_in_stage
        Time since the reading and since the stage began.
    """

    stage: str
    done: int
    total: int
    rows: int | None
    seconds: float
    seconds_in_stage: float

    @property
    def fraction(self) -> float:
        """About how much of the whole reading is done, 0 to 1; never more than is told."""
        before = sum(STAGES[name].share for name in list(STAGES)[: list(STAGES).index(self.stage)])
        return min(before + STAGES[self.stage].share * self._of_stage, 1.0)

    @property
    def _of_stage(self) -> float:
        return self.done / self.total if self.total else 0.0

    @property
    def rows_per_second(self) -> int | None:
        """Rows that the stage gets through in a second; None until known, and of few rows."""
        if self.rows is None or self.rows < LARGE or self.done == 0 or self.seconds_in_stage <= 0:
            return None
        return round(self.rows * self._of_stage / self.seconds_in_stage)

    @property
    def seconds_left(self) -> int | None:
        """About how long the rest takes if it goes on like this; None until that can be told.

        Of few rows it never is: the parts of the time are those of large tables.
        """
        if self.fraction <= 0 or (self.rows or 0) < LARGE or self.seconds < SOON:
            return None
        # What a stage has run without telling a step is no part of the fraction yet.
        seconds = self.seconds if self.done else self.seconds - self.seconds_in_stage
        return max(round(seconds / self.fraction - self.seconds), 1)

    def say(self) -> str:
        """As in "Writing: 400,000 of 1,000,000 rows, 310,000 rows/s, about 12 s left"."""
        stage = STAGES[self.stage]
        parts = [f"{stage.words}: {self.done:,} of {self.total:,} {stage.unit}"]
        if not self.total:
            parts = [stage.words]
        if self.rows is not None and stage.unit != "rows":
            parts[0] += f", {self.rows:,} rows"
        if self.rows_per_second is not None:
            parts.append(f"{_round(self.rows_per_second):,} rows/s")
        left = self.seconds_left
        if left is not None:
            parts.append("a few seconds left" if left <= FEW else f"about {left:,} s left")
        return ", ".join(parts)

    def to_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "stage": STAGES[self.stage].words,
            "done": self.done,
            "total": self.total,
            "unit": STAGES[self.stage].unit or None,
            "rows": self.rows,
            "rows_per_second": self.rows_per_second,
            "seconds_left": self.seconds_left,
            "message": self.say(),
        }


def _round(number: int) -> int:
    """To two digits: more would tremble."""
    return int(float(f"{number:.2g}"))


class Progress:
    """What one thread tells and any thread may look at while a table is read.

    Parameters
    ----------
    log
        Takes a line for the operator, once a second at most, and none in the first second.
    clock
        Seconds that only grow.
    """

    def __init__(
        self, log: Callable[[str], None] | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        self._log, self._clock = log, clock
        self._moment: Moment | None = None
        self._began = self._stage_began = self._logged = 0.0

    def begin(self, stage: str, rows: int | None = None) -> None:
        """A stage begins; the first one begins the reading. `rows` are known from here on."""
        now = self._clock()
        if self._moment is None:
            self._began = self._logged = now
        self._stage_began = now
        rows = rows if rows is not None or self._moment is None else self._moment.rows
        self._note(Moment(stage, 0, 0, rows, now - self._began, 0.0))

    def tell(self, done: int, total: int) -> None:
        """So much of the stage is done."""
        if self._moment is not None:
            self._note(replace(self._moment, done=done, total=total))

    def end(self, name: str | None) -> None:
        """The reading is over; `name` is that of the table, None if it failed."""
        moment, self._moment = self.now(), None
        if self._log and name is not None and moment is not None and moment.seconds >= 1:
            self._log(f"Read {moment.rows or 0:,} rows of {name} in {moment.seconds:.0f} s.")

    def now(self) -> Moment | None:
        """How far the reading is now; None if none is under way."""
        # The reading thread puts a new moment there and changes none: this one stays whole.
        moment, now = self._moment, self._clock()
        return moment and replace(
            moment, seconds=now - self._began, seconds_in_stage=now - self._stage_began
        )

    def _note(self, moment: Moment) -> None:
        self._moment = moment
        told = self.now()
        if self._log and told is not None and self._clock() - self._logged >= 1:
            self._logged = self._clock()
            self._log(f"{told.say()}.")
