"""Escalation in words: rows of its tables, and what the chart shows for those who do not see it."""

from incidents.asking.escalation.aftermath import Followed
from incidents.asking.escalation.answer import Escalation
from incidents.asking.escalation.answers import Reply
from incidents.table.sentences import label_incident, say_date, say_days_apart, say_part, say_range

NOT_MONITORED = "not monitored"
MOST_PLACES = 3
"""Places that the label of a strike names."""


def say_answer(answer: Reply) -> str:
    """How long after what it answers an answer came: 11 days later, same day."""
    return "day not known" if answer.days is None else say_days_apart(answer.days)


def say_answers(told: Escalation) -> list[tuple[str, str, str]]:
    """For each answer: its incident, what it answers, and how much later."""
    return [
        (
            label_incident(told.incidents[each.incident]),
            label_incident(told.incidents[each.answers]),
            say_answer(each),
        )
        for each in told.answers
    ]


def label_strike(told: Escalation, strike: Followed) -> str:
    """Day and places of a strike, whatever its parts are."""
    rows = (told.incidents[name] for name in told.parts[strike.strike])
    places = list(dict.fromkeys(row["place"] or row["gov"] or "place not named" for row in rows))
    more = len(places) - MOST_PLACES
    rest = f" and {more} more" if more > 0 else ""
    return f"{say_date(strike.day)} · {', '.join(places[:MOST_PLACES])}{rest}"


def say_count(counted: tuple[int, int] | None) -> str:
    """Attacks in a stretch, surely to possibly: 3, 3–4; not monitored is not 0."""
    return NOT_MONITORED if counted is None else say_range(*counted)


def say_mean(mean: tuple[float, float] | None) -> str:
    """A mean number of attacks: 2.1, 2.1–2.4."""
    if mean is None:
        return NOT_MONITORED
    low, high = (f"{each:,.1f}" for each in mean)
    return low if low == high else f"{low}–{high}"


def say_how_common(share: float | None, stretches: int) -> str:
    """How common so many attacks are among all stretches: 12%, or 3 of 9 where there are few."""
    return "–" if share is None else say_part(round(share * stretches), stretches)


def describe_escalation(told: Escalation) -> str:
    """The chart in words."""
    attacks = sum(side.attacks for side in told.sides) + told.vague_attacks
    strikes = sum(side.strikes for side in told.sides) + told.vague_strikes
    answers = "; ".join(f"{one} answers {other}, {said}" for one, other, said in say_answers(told))
    return (
        f"Incidents per {told.step}: {attacks:,} attacks on the coalition above the axis, "
        f"{strikes:,} strikes by it below. {answers or 'No report says that one answers another'}."
    )
