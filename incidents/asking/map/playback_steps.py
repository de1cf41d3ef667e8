"""The windows of days that a playback moves through."""

from dataclasses import dataclass
from datetime import date, timedelta

from incidents.asking.time.steps import count_steps, find_end, find_start
from incidents.table.errors import FilterError
from incidents.table.sentences import STEPS, say_date

MOST_PICTURES = 240
"""Pictures of one animation; a step that makes more of them is refused."""
USUAL_PICTURES = 60
"""Pictures that the step chosen for the reader makes at most."""


@dataclass(frozen=True)
class Steps:
    """The steps between two days, and the windows of `length` steps that move over them.

    Attributes
    ----------
    starts
        First day of each step, also of the first one if the days begin within it.
    first, last
        The two days, both included: windows at the ends hold only days between them.
    """

    name: str
    length: int
    first: date
    last: date
    starts: tuple[date, ...]

    @property
    def windows(self) -> int:
        """Number of windows, at least one."""
        return max(1, len(self.starts) - self.length + 1)

    def last_step(self, window: int) -> int:
        """The last step of a window; its first is the window's own number."""
        return min(window + self.length, len(self.starts)) - 1

    def days(self, window: int) -> tuple[date, date]:
        """First and last day of a window."""
        after = self.last_step(window) + 1
        end = self.last if after == len(self.starts) else self.starts[after] - timedelta(days=1)
        return max(self.first, self.starts[window]), end


def plan_steps(first: date, last: date, name: str | None, length: int | None, whole: bool) -> Steps:
    """The steps from one day to another.

    Parameters
    ----------
    name
        A step of `incidents.asking.time.steps`; None for the shortest that makes
        `USUAL_PICTURES` or fewer.
    length
        Steps that a window holds; None for one.
    whole
        Whether to begin and end with whole steps, rather than at the very days.

    Raises
    ------
    FilterError
        There would be more than `MOST_PICTURES`.
    """
    name = _choose_step(first, last) if name is None else name
    held = 1 if length is None else length
    number = count_steps(first, last, name)
    windows = max(1, number - held + 1)
    if windows > MOST_PICTURES:
        raise FilterError(
            f'"step": one picture per {name} from {say_date(first)} to {say_date(last)} makes'
            f" {windows:,} pictures, and an animation holds {MOST_PICTURES}: choose a longer step"
            " or fewer dates."
        )
    starts = [find_start(first, name)]
    while len(starts) < number:
        starts.append(find_end(starts[-1], name))
    if whole:
        first, last = starts[0], find_end(starts[-1], name) - timedelta(days=1)
    return Steps(name, held, first, last, tuple(starts))


def _choose_step(first: date, last: date) -> str:
    fitting = (name for name in STEPS if count_steps(first, last, name) <= USUAL_PICTURES)
    return next(fitting, "year")
