"""Change against the period before, as HTML."""

from collections.abc import Sequence
from html import escape

from incidents.asking.figures import Total
from incidents.asking.time.trends import NOTHING, Sums, Trend, say_change, say_range_change
from incidents.table.palette import NOT_STATED
from incidents.table.sentences import say_dates

NONE = "–"
"""Stands for the toll of no incident: nothing is known or unknown of it."""


def write_trend(trend: Trend) -> str:
    """One comparison: incidents, killed and wounded, and incidents by governorate."""
    head = f"<b>{escape(trend.name)}</b> {escape(say_dates(*trend.dates))}"
    if trend.obstacle:
        return f'<p class="trend-head">{head}</p><p class="note">{escape(trend.obstacle)}</p>'
    rows = [
        _row("Incidents", *_count(trend.now.incidents, trend.earlier.incidents)),
        _row("Killed", *_toll(trend, "killed")),
        _row("Wounded", *_toll(trend, "wounded")),
    ]
    places = [
        _row(place.gov or NOT_STATED, *_count(place.incidents, place.earlier))
        for place in trend.places
    ]
    return (
        f'<p class="trend-head">{head}</p><table class="trends"><thead>'
        f"<tr><th></th><th>This period</th><th>{escape(say_dates(*trend.before))}</th>"
        f"<th>Change</th></tr></thead><tbody>{''.join(rows)}</tbody>"
        f'<tbody><tr><th colspan="4" class="part">Incidents by governorate</th></tr>'
        f"{''.join(places)}{_rest(trend)}</tbody></table>{_notes(trend)}"
    )


def _row(name: str, now: str, earlier: str, change: str) -> str:
    cells = "".join(f"<td>{escape(each)}</td>" for each in (now, earlier, change))
    return f"<tr><th>{escape(name)}</th>{cells}</tr>"


def _count(now: int, earlier: int) -> Sequence[str]:
    return f"{now:,}", f"{earlier:,}", say_change(now, earlier)


def _toll(trend: Trend, harm: str) -> Sequence[str]:
    now, earlier = getattr(trend.now, harm), getattr(trend.earlier, harm)
    is_empty = NOTHING.incidents in (trend.now.incidents, trend.earlier.incidents)
    change = NONE if is_empty else say_range_change(now, earlier)
    return _say_total(trend.now, now), _say_total(trend.earlier, earlier), change


def _say_total(sums: Sums, total: Total) -> str:
    if sums.incidents == 0:
        return NONE
    has_rest = total.unknown > 0 and total.unknown < sums.incidents
    return f"{total.text} (+ {total.unknown:,} unknown)" if has_rest else total.text


def _rest(trend: Trend) -> str:
    """The governorates that are not listed, together."""
    if trend.more == 0:
        return ""
    now = trend.now.incidents - sum(place.incidents for place in trend.places)
    earlier = trend.earlier.incidents - sum(place.earlier for place in trend.places)
    return _row(f"{trend.more:,} more", *_count(now, earlier))


def _notes(trend: Trend) -> str:
    if trend.shared == 0:
        return ""
    words = "1 incident counts" if trend.shared == 1 else f"{trend.shared:,} incidents count"
    return (
        f'<p class="note">{words} in both periods: the days known of cross the border between '
        "them.</p>"
    )
