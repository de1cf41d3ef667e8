"""Moving averages of the timeline."""

from datetime import date, timedelta

import pandas as pd

from incidents.asking.time.steps import DAYS

MOST_POINTS = 1_000
"""Points of a line of averages; of a longer one only every second, third… is kept."""


def average_weeks(
    weeks: pd.DataFrame, span: tuple[date, date], window: int, step: str
) -> pd.DataFrame:
    """Trailing mean of the incidents of so many weeks, as incidents per step.

    Parameters
    ----------
    weeks
        As `incidents.asking.time.timeline.count_weeks` answers.
    span
        Days that are known of. Only weeks that lie wholly inside count; those without incidents
        are 0. There is no value before `window` weeks are full, nor after the last day.
    window
        Number of weeks.

    Returns
    -------
    pandas.DataFrame
        ``end`` (the day after the window), ``below`` (strikes by the coalition), ``average``.
    """
    monday = span[0] + timedelta(days=-span[0].weekday() % 7)
    mondays = [monday + timedelta(weeks=n) for n in range(((span[1] - monday).days + 1) // 7)]
    ends = [each + timedelta(weeks=1) for each in mondays]
    lines = []
    for below in sorted(weeks["below"].unique()):
        counts = weeks[weeks["below"] == below].set_index("start")["incidents"]
        known = counts.reindex(mondays).fillna(0).astype("int64")
        # Whole numbers are added before they are divided: no crumbs of earlier weeks stay.
        sums = known.cumsum() - known.cumsum().shift(window, fill_value=0)
        means = sums.to_numpy() / window * (DAYS[step] / 7)
        line = pd.DataFrame({"end": ends, "below": bool(below), "average": means})
        line = line.iloc[window - 1 :]
        lines.append(line.iloc[:: -(-len(line) // MOST_POINTS) or 1])
    empty = pd.DataFrame({"end": [], "below": [], "average": []})
    return pd.concat(lines, ignore_index=True) if lines else empty
