"""Incidents over time: counts per day, week or month."""

from datetime import date

import ibis
import pandas as pd

from incidents.store import read_frame

STEPS = {"day": "D", "week": "W", "month": "M"}
"""Steps of the timeline and their codes; a week starts on Monday."""


def choose_step(first: date | None, last: date | None) -> str:
    """The step that gives a readable number of bars for a span of days."""
    if first is None or last is None:
        return "week"
    days = (last - first).days
    return "day" if days <= 45 else "week" if days <= 400 else "month"


def count_by_step(incidents: ibis.Table, step: str) -> pd.DataFrame:
    """Incidents per step, type and direction.

    Returns
    -------
    pandas.DataFrame
        ``start`` (first day of the step), ``type``, ``direction``, ``incidents``; only steps that
        have incidents. An incident of several days counts at its first day.
    """
    start = incidents.date.truncate(STEPS[step])
    counted = (
        incidents.mutate(start=start)
        .group_by(["start", "type", "direction"])
        .aggregate(incidents=ibis._.count())
        .order_by(["start", "type", "direction"])
    )
    return read_frame(counted)
