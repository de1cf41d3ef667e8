"""The charts of the Casualties page; each can be clicked, saved and read aloud."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from incidents.asking.casualties.answer import Casualties
from incidents.asking.casualties.rows import Row
from incidents.asking.keys import Days
from incidents.table.sentences import BYS, label_incident, say_range
from incidents.telling.charts.bands import draw_band, draw_running
from incidents.telling.charts.bars import Bar
from incidents.telling.charts.timeline_marks import find_axis
from incidents.telling.pages.casualties import CLAIMS, GROUPINGS, say_subject
from incidents.telling.words.casualties import (
    describe_steps,
    label_row,
    say_difference,
    say_incidents,
    say_loose,
    say_no_number,
    say_publisher_count,
    say_publishers,
    say_share,
    say_sum,
    say_sum_and_unknown,
)
from parts.address.switch import show_switch
from parts.address.view import View, read_ink
from parts.casualties.framed import (
    MOST_BARS,
    Frame,
    ask,
    show_bars,
    show_chart,
    show_head,
    show_title,
)
from parts.casualties.picks import choose_days, choose_value
from parts.overview.incident_card import show_card
from parts.timeline.chart import find_span, offer_all_dates, pick_step


def show_claims(basis: str) -> None:
    """Which claims are shown, and where to switch."""
    words = CLAIMS[basis]
    st.html(
        f'<p class="note claims"><b>{escape(words)}</b> Switch between range, lowest, highest and '
        "known only under <i>Claims</i> in the filters. Bars and bands are pale between the lowest "
        "and the highest. An operation told as several incidents counts once; incidents without a "
        "number are in no sum but counted beside it.</p>"
    )


def show_over_time(view: View, harm: str) -> None:
    """The band of each step, and the band of all until then."""
    span = find_span(view)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="steps"):
        step = pick_step(span)
        if view.filters.dates is not None:
            offer_all_dates()
        else:
            st.caption("Click a step to choose its dates. ? counts incidents without a number.")
    told, asked = ask(view, "time", harm, step)
    rows = [row for row in told.rows if row["start"] is not None]
    loose = [row for row in told.rows if row["start"] is None]
    axis = _find_axis(rows, view.filters.dates or span, step)
    title = say_subject(view.filters, harm)
    left, right = st.columns(2, gap="medium")
    with left:
        note = say_loose(loose[0], step, told.harm) if loose else ""
        frame = Frame("band", f"{title} per {step}", asked, note)
        choices = [choose_days(row, view.facets) for row in rows]
        alt = describe_steps(frame.title, rows, step)
        show_chart(view, frame, draw_band(rows, step, axis, *read_ink()), choices, alt)
    with right:
        note = (
            f"{say_sum_and_unknown(told.total)} by the end. An incident counts from its last day."
        )
        frame = Frame("running", f"{title}, added up", asked, note)
        choices = [choose_days(row, view.facets, from_start=True) for row in rows]
        alt = describe_steps(frame.title, rows, step, "until_")
        show_chart(view, frame, draw_running(rows, step, axis, *read_ink()), choices, alt)


def _find_axis(rows: Sequence[Row], days: Days, step: str) -> Days:
    """The days asked for, and all steps in which an incident lies that touches them."""
    first, last = find_axis(days, step)
    return (
        min([first, *(row["start"] for row in rows)]),
        max([last, *(row["end"] for row in rows)]),
    )


def show_groupings(view: View, harm: str) -> str:
    """Bars by what the reader chooses, and how much of each hangs on one publisher.

    Answers what was chosen.
    """
    by = str(show_switch("by", "type", GROUPINGS))
    told, asked = ask(view, by, harm)
    rows, more = told.rows[:MOST_BARS], len(told.rows) - MOST_BARS
    note = f"The first {MOST_BARS} of {len(told.rows):,}; the CSV has all rows." if more > 0 else ""
    if by == "group":
        note = (
            "Groups overlap and are claimed by different sources: they do not add up, and one may "
            "be larger than the total that another source gives."
        )
    # Of groups, the rows say whose harm.
    subject = harm.capitalize() if by == "group" else say_subject(view.filters, harm)
    named = BYS[by].lower()
    left, right = st.columns(2, gap="medium")
    with left:
        frame = Frame("bars", f"{subject} by {named}", asked, note)
        show_bars(view, frame, [_to_bar(row, by) for row in rows])
    with right:
        title = f"Share that hangs on one publisher, by {named}"
        frame = Frame("shares", title, asked, _say_single(told))
        show_bars(view, frame, [_to_share(row, by) for row in rows], are_shares=True)
    return by


def _to_bar(row: Row, by: str) -> Bar:
    return Bar(
        label_row(row, by),
        say_sum_and_unknown(row),
        row["low"],
        row["high"],
        _tell(row, by),
        choose_value(row, by),
    )


def _to_share(row: Row, by: str) -> Bar:
    shares = [s for s in (row["share_of_low"], row["share_of_high"]) if s is not None]
    low, high = (min(shares), max(shares)) if shares else (None, None)
    said = _tell(row, by)
    return Bar(label_row(row, by), say_share(row), low, high, said, choose_value(row, by))


def _tell(row: Row, by: str) -> list[tuple[str, str]]:
    return [
        (BYS[by], label_row(row, by)),
        ("Range", say_sum(row)),
        ("No number", f"{say_no_number(row)} of {row['incidents']:,}"),
        ("Sources", say_publishers(row)),
        ("On one publisher", say_range(row["one_publisher_low"], row["one_publisher_high"])
         if row["one_publisher"] else "–"),
        ("Share of it", say_share(row)),
    ]  # fmt: skip


def _say_single(told: Casualties) -> str:
    """How much of the whole total hangs on single publishers."""
    row = told.total
    if row["high"] is None:
        return "Nobody gives a number."
    if row["publishers_unknown"] == row["incidents"]:
        return "This table does not say how many publishers report an incident."
    if row["one_publisher"] == 0:
        return f"Nothing of {say_sum(row)} hangs on one publisher alone."
    part = say_range(row["one_publisher_low"], row["one_publisher_high"])
    return (
        f"{part} of {say_sum(row)} in all ({say_share(row)}), from "
        f"{say_incidents(row['one_publisher'])} that one publisher alone reports."
    )


def show_disputes(view: View, harm: str) -> None:
    """The incidents on which sources differ most; a click opens one beside them."""
    incident = view.display.incident
    found = None if incident is None else view.store.find_incident(incident, view.filters.basis)
    if found is None:
        _show_differing(view, harm)
        return
    left, right = st.columns(2, gap="medium")
    with left:
        _show_differing(view, harm)
    with right, st.container(border=True):
        show_card(view, found)


def _show_differing(view: View, harm: str) -> None:
    told, asked = ask(view, "incident", harm)
    rows, differ = told.rows[:MOST_BARS], told.total["differ"]
    title = f"{say_subject(view.filters, harm)}: where sources differ most"
    if not rows:
        show_title(title)
        is_one = view.filters.basis in ("low", "high")
        st.caption(
            "One end of each range is shown, so nothing differs: choose Range under Claims."
            if is_one
            else "On no incident do the numbers of sources differ."
        )
        return
    shown = f"The first {len(rows)} of {differ:,}; " if differ > len(rows) else ""
    note = f"{shown}{say_incidents(differ)} with differing numbers. Click one to open it."
    show_bars(view, Frame("differences", title, asked, note), [_to_incident(row) for row in rows])


def _to_incident(row: Row) -> Bar:
    tips = [
        ("Incident", label_incident(row)),
        ("Range", say_range(row["low"], row["high"])),
        ("Differs by", f"{row['difference']:,}"),
        ("Sources", say_publisher_count(row)),
    ]
    choice = ("incident", row["incident"])
    return Bar(label_incident(row), say_difference(row), row["low"], row["high"], tips, choice)


def show_parties(view: View, harm: str) -> None:
    """What a party to the conflict says stands beside what others say."""
    told, asked = ask(view, "party", harm)
    if not told.rows:
        return
    title = f"{say_subject(view.filters, harm)}: what parties to the conflict say"
    rows = "".join(
        f"<tr><th>{escape(label_incident(row))}<small>{escape(row['party'] or '')}</small></th>"
        f"<td>{escape(say_range(row['party_low'], row['party_high']))}</td>"
        f"<td>{escape(say_range(row['others_low'], row['others_high']))}</td></tr>"
        for row in told.rows[:MOST_BARS]
    )
    show_head(view, Frame("parties", title, asked))
    st.html(
        '<table class="trends parties"><thead><tr><th>Incident</th><th>The party says</th>'
        f"<th>Others say</th></tr></thead><tbody>{rows}</tbody></table>"
    )
