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
    for total, label in (
        (figures.killed, "killed"),
        (figures.wounded, "wounded"),
        (figures.civilians, "civilians harmed"),
    ):
        # Of no incident, nothing is known or unknown.
        value, note = (total.text, say_unknown(total)) if is_any else ("–", "")
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
