"""Attacks on the coalition and its strikes: what answers what, and what followed."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from incidents.asking.escalation.aftermath import Aftermath
from incidents.asking.escalation.answer import WITHIN, Escalation, read_escalation
from incidents.telling.charts.escalation import draw_escalation
from incidents.telling.charts.grammar import Choice
from incidents.telling.charts.timeline_marks import find_axis
from incidents.telling.words.escalation import (
    describe_escalation,
    label_strike,
    say_answers,
    say_count,
    say_how_common,
    say_mean,
)
from parts.address.switch import follow, take
from parts.address.view import View, read_ink
from parts.casualties.framed import AS_SVG
from parts.casualties.picks import name_chart, take_pick
from parts.timeline.chart import find_span, has_strikes, show_chart_save

LONGEST = 90
"""Days after a strike that can be looked at."""
MOST_ROWS = 12
"""Strikes and answers that the tables show; the others are counted."""
ESCALATION_EXPLAINED = (
    "Attacks on the coalition stand above the axis, strikes by it hang below. A line leads from an "
    "incident to the one that answers it (square), only where a report says so. Click the square "
    "to open it."
)


def show_escalation(view: View) -> None:
    """The view, for tables that tell strikes by the coalition from attacks on it."""
    if not has_strikes(view):
        return
    st.html('<div class="section">Attacks and strikes: what answers what, what followed</div>')
    above = st.container()
    left, right = st.columns([0.4, 0.6], gap="large")
    with right:
        # Before anything is asked: the field takes the link's days from the address.
        follow("within", WITHIN)
        days = st.number_input(
            "Days after a strike",
            1,
            LONGEST,
            key="within",
            on_change=take,
            args=("within", WITHIN),
            width=170,
        )
    monitored = view.version.snapshot.monitored
    told = view.store.ask(read_escalation, view.filters, monitored, int(days))
    if told.is_empty:
        above.caption("Under these filters there is no strike by the coalition.")
        return
    with above:
        _show_chart(view, told)
    with left:
        _show_answers(told)
    with right:
        _show_aftermath(told)


def _show_chart(view: View, told: Escalation) -> None:
    axis = find_axis(view.filters.dates or find_span(view), told.step)
    key = name_chart("escalation")
    dated = [each for each in told.answers if each.days is not None]
    choices: list[Choice] = [("incident", each.incident) for each in dated]
    title = f"Attacks and strikes per {told.step}"
    with st.container(key="escalation", gap=None):
        show_chart_save(view, "escalation", title)
        st.vega_lite_chart(
            spec=draw_escalation(told, axis, *read_ink()) | AS_SVG,
            key=key,
            width="stretch",
            on_select=(lambda: take_pick(key, choices)) if choices else "ignore",
            selection_mode="pick" if choices else None,
            alt=describe_escalation(told),
        )
    vague = told.vague_attacks + told.vague_strikes
    left = f" {vague:,} that fit into no {told.step} are not drawn." if vague else ""
    st.caption(f"{ESCALATION_EXPLAINED}{left}")


def _show_answers(told: Escalation) -> None:
    if not told.answers:
        st.html('<p class="note">No report says that one of these incidents answers another.</p>')
        return
    rows = [
        f"<tr><th>{escape(answer)}</th><td>{escape(answered)}</td><td>{escape(said)}</td></tr>"
        for answer, answered, said in say_answers(told)
    ]
    _write_table(["Incident", "Answers", "After"], rows, "answers")


def _show_aftermath(told: Escalation) -> None:
    found = told.aftermath
    heads = [
        "Strike by the coalition",
        _say_days(found.days, "before"),
        "Same day",
        _say_days(found.days, "after"),
        f"Stretches of {_say_days(found.days)} with as many or more",
    ]
    # The latest first: of many strikes, those are asked about.
    rows = [
        f"<tr><th>{escape(label_strike(told, each))}</th>"
        + "".join(f"<td>{escape(say_count(n))}</td>"
                  for n in (each.before, each.same_day, each.after))
        + f"<td>{escape(say_how_common(each.share, found.stretches))}</td></tr>"
        for each in reversed(found.strikes)
    ]  # fmt: skip
    _write_table(heads, rows, "aftermath", _write_means(found))
    st.html("".join(f'<p class="note">{escape(note)}</p>' for note in told.notes))


def _write_means(found: Aftermath) -> str:
    of = f"{found.counted:,} strike{'' if found.counted == 1 else 's'}"
    return (
        f"<tr><th>Mean of {of} with both sides monitored</th>"
        f"<td>{escape(say_mean(found.mean_before))}</td><td></td>"
        f"<td>{escape(say_mean(found.mean_after))}</td><td></td></tr>"
        f"<tr><th>Mean of all stretches, strike or not</th><td></td><td></td>"
        f"<td>{escape(say_mean(found.base))}</td><td></td></tr>"
    )


def _say_days(days: int, where: str = "") -> str:
    return f"{days} day{'' if days == 1 else 's'} {where}".strip()


def _write_table(heads: Sequence[str], rows: Sequence[str], name: str, foot: str = "") -> None:
    more = len(rows) - MOST_ROWS
    rest = f'<p class="note">{more:,} more are in the API.</p>' if more > 0 else ""
    head = "".join(f"<th>{escape(each)}</th>" for each in heads)
    st.html(
        f'<table class="trends {name}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows[:MOST_ROWS])}</tbody><tbody>{foot}</tbody></table>{rest}"
    )
