"""The row of figures above the map."""

from dataclasses import dataclass
from html import escape

from incidents.asking.figures import Figures, Total


@dataclass(frozen=True)
class Card:
    """A figure as the reader sees it: 14–94, killed, unknown for 30 incidents."""

    value: str
    label: str
    note: str


def say_unknown(total: Total) -> str:
    """How many incidents a total leaves out because nobody gives a number."""
    if total.unknown == 0:
        return "known for every incident"
    return f"unknown for {total.unknown:,} incident{'' if total.unknown == 1 else 's'}"


def say_reliance(figures: Figures, total: Total, most: int | None) -> str:
    """That half of a total or more is claimed of one incident: 57 of 94 in one incident."""
    several = figures.incidents - total.unknown > 1
    if not several or not most or not total.high or 2 * most < total.high:
        return ""
    # The sources of an operation's parts may each tell of all its people.
    return f"{min(most, total.high):,} of {total.high:,} in one incident"


def list_cards(figures: Figures) -> list[Card]:
    """Incidents, killed, wounded and civilians harmed, each range with its unknowns beside."""
    unplaced = figures.incidents - figures.located
    is_any = figures.incidents > 0
    placed = f"{unplaced:,} cannot be placed" if unplaced else "all placed" if is_any else ""
    cards = [
        Card(
            f"{figures.incidents:,}",
            "incident" if figures.incidents == 1 else "incidents",
            placed,
        )
    ]
    for total, most, label in (
        (figures.killed, figures.most_killed, "killed"),
        (figures.wounded, figures.most_wounded, "wounded"),
        (figures.civilians, figures.most_civilians, "civilians harmed"),
    ):
        notes = [say_unknown(total), say_reliance(figures, total, most)]
        # Of no incident, nothing is known or unknown.
        value, note = (total.text, "; ".join(filter(None, notes))) if is_any else ("–", "")
        cards.append(Card(value, label, note))
    return cards


def write_figures(figures: Figures) -> str:
    """The cards as HTML."""
    cards = "".join(
        f'<div class="figure"><span class="figure-value">{escape(card.value)}</span>'
        f'<span class="figure-label">{escape(card.label)}</span>'
        f'<span class="figure-note">{escape(card.note)}</span></div>'
        for card in list_cards(figures)
    )
    return f'<div class="figures">{cards}</div>'
