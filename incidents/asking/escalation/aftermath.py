"""What followed a strike by the coalition, by the calendar.

What came after a strike is compared with what comes in any stretch of days of the same length, so
that chance is not read as cause. All functions are pure, on rows and on counts per spell of days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from incidents.asking.escalation.answers import find_day
from incidents.asking.escalation.sides import Spell
from incidents.asking.time.periods import Period
from incidents.table.columns import STRIKE

FEW_STRIKES = 10
"""With fewer strikes than this, a mean over them tells little."""
FEW_STRETCHES = 10
"""With room for fewer stretches side by side than this, a share of them tells little."""


@dataclass(frozen=True)
class Followed:
    """What came around one strike, each a range: what surely fell into these days, what may have.

    Attributes
    ----------
    strike
        Id of the incident, or of the operation that it is part of.
    day
        Its day; the incidents of that day came before or after it, nobody knows which.
    same_day, before, after
        Attacks on its day, and in as many days before and after it; None where they are not all
        monitored. Nothing is known of other days: they are not without attacks.
    share
        Share of all stretches of as many days with at least as many attacks as surely followed;
        None where `after` is.
    """

    strike: str
    day: date
    same_day: tuple[int, int] | None
    before: tuple[int, int] | None
    after: tuple[int, int] | None
    share: float | None


@dataclass(frozen=True)
class Aftermath:
    """What followed within so many days of each strike, and the base rate.

    Attributes
    ----------
    days
        Length of the stretches compared.
    strikes
        One for each strike of a known day; the parts of an operation are one.
    vague
        Number of strikes whose day is not exactly known. They are left out.
    stretches
        Number of all stretches of so many days in the monitored days, each beginning one day
        after the other, and so overlapping.
    apart
        Number of stretches that fit side by side without overlap: how much the base rate rests on.
    base
        Mean number of attacks in all stretches, surely and at the most; None where none fits.
    mean_before, mean_after
        Mean number of attacks before and after the strikes with full stretches on both sides.
    counted
        Number of these strikes.
    """

    days: int
    strikes: tuple[Followed, ...]
    vague: int
    stretches: int
    apart: int
    base: tuple[float, float] | None
    mean_before: tuple[float, float] | None
    mean_after: tuple[float, float] | None
    counted: int

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader must know before reading anything into these numbers."""
        told = ["More attacks after a strike do not show that the strike caused them."]
        if self.counted < FEW_STRIKES:
            told.append(f"{_say_strikes(self.counted)}: too few to tell a pattern from chance.")
        if self.apart < FEW_STRETCHES:
            told.append(
                f"Only {self.apart} stretches of {self.days} days fit side by side into the "
                "monitored days: the base rate is rough."
            )
        if self.vague:
            told.append(f"{_say_strikes(self.vague)} of no exact day left out.")
        return tuple(told)


def _say_strikes(number: int) -> str:
    return "1 strike" if number == 1 else f"{number:,} strikes"


def list_strikes(incidents: Iterable[Mapping[str, Any]]) -> tuple[dict[str, date], int]:
    """Day of each strike by the coalition, and the number of those whose day is not known.

    The parts of an operation are one strike, on the first of its days. If the day of one part is
    not known, neither is that of the strike.
    """
    days: dict[str, date | None] = {}
    for row in incidents:
        if row["direction"] == STRIKE:
            name, day = row["operation"] or row["incident"], find_day(row)
            first = days.get(name, day)
            days[name] = None if day is None or first is None else min(day, first)
    exact = {name: day for name, day in days.items() if day is not None}
    in_order = dict(sorted(exact.items(), key=lambda item: (item[1], item[0])))
    return in_order, len(days) - len(exact)


def count_stretches(
    spells: Iterable[Spell], span: Period, days: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Incidents in each stretch of so many days that lies in the span.

    Parameters
    ----------
    spells
        When the incidents happened, or may have.
    span
        First and last monitored day.
    days
        Length of a stretch, at least 1.

    Returns
    -------
    two arrays
        For each first day of a stretch, from the first monitored day on: incidents that surely lie
        in it, as all their possible days do; and those that may. Empty if none fits.
    """
    first = span[0].toordinal()
    size = max(0, span[1].toordinal() - first + 1 - days + 1)
    sure, possible = np.zeros(size + 1, np.int64), np.zeros(size + 1, np.int64)
    for start, end, number in spells:
        low, high = start.toordinal() - first, end.toordinal() - first
        # A stretch from day s holds s to s + days - 1.
        _add(sure, high - days + 1, low, number)
        _add(possible, low - days + 1, high, number)
    return sure.cumsum()[:-1], possible.cumsum()[:-1]


def _add(steps: npt.NDArray[np.int64], first: int, last: int, number: int) -> None:
    """Add a number from a first to a last place, as steps to be summed up."""
    size = len(steps) - 1
    first, last = max(first, 0), min(last, size - 1)
    if first <= last:
        steps[first] += number
        steps[last + 1] -= number


def follow_strikes(
    spells: Sequence[Spell], strikes: Mapping[str, date], vague: int, span: Period, days: int
) -> Aftermath:
    """What followed within so many days of each strike, beside the base rate.

    The days after a strike begin on the day after it: which of the attacks of its own day came
    first is not known. The base rate is that of all stretches of as many days in the monitored
    days, whether or not a strike lies before or in them.

    Parameters
    ----------
    spells
        Of the attacks on the coalition.
    strikes, vague
        As `list_strikes` answers.
    span
        First and last monitored day.
    days
        At least 1.
    """
    if days < 1:
        raise ValueError(f"A stretch has at least 1 day, not {days}.")
    counts, single = count_stretches(spells, span, days), count_stretches(spells, span, 1)

    def look(counted: tuple[npt.NDArray[np.int64], ...], start: date) -> tuple[int, int] | None:
        at = (start - span[0]).days
        if not 0 <= at < len(counted[0]):
            return None
        return int(counted[0][at]), int(counted[1][at])

    followed = []
    in_order, size = np.sort(counts[0]), len(counts[0])
    for name, day in strikes.items():
        after = look(counts, day + timedelta(1))
        # Of all stretches, those with as many or more: not counted anew for each strike.
        fewer = 0 if after is None else int(np.searchsorted(in_order, after[0]))
        share = None if after is None else (size - fewer) / size
        before = look(counts, day - timedelta(days))
        followed.append(Followed(name, day, look(single, day), before, after, share))
    both = [(f.before, f.after) for f in followed if f.before is not None and f.after is not None]
    return Aftermath(
        days=days,
        strikes=tuple(followed),
        vague=vague,
        stretches=len(counts[0]),
        apart=max(0, (span[1] - span[0]).days + 1) // days,
        base=None if len(counts[0]) == 0 else (float(counts[0].mean()), float(counts[1].mean())),
        mean_before=_mean([before for before, _ in both]),
        mean_after=_mean([after for _, after in both]),
        counted=len(both),
    )


def _mean(ranges: Sequence[tuple[int, int]]) -> tuple[float, float] | None:
    if not ranges:
        return None
    low, high = (sum(each) / len(ranges) for each in zip(*ranges, strict=True))
    return low, high
