"""What the overview asks of a version besides what its map asks."""

from collections.abc import Sequence

from incidents.asking.display import Display
from incidents.asking.figures import read_figures
from incidents.asking.filters import Filters, without
from incidents.asking.keys import Days
from incidents.asking.listing import read_listed
from incidents.asking.store import Store
from incidents.asking.time.steps import choose_step
from incidents.asking.time.timeline import read_timeline

PATIENCE = 0.25
"""Seconds for which a page waits for its answers before it draws what it has: each part that is
sent by itself has the browser draw the page once more."""


def ask_overview(
    store: Store,
    filters: Filters,
    display: Display,
    span: Days | None,
    types: Sequence[str],
    patience: float = 0.0,
) -> None:
    """Ask for figures, timeline and list on another thread, see `Store.ask_ahead`.

    `span` are the days of the timeline's axis, `types` those that it tells by name.
    """

    def ask_timeline(store: Store) -> None:
        if span is not None:
            step = display.step or choose_step(*span)
            store.ask(read_timeline, without(filters, "dates"), step, types)

    store.ask_ahead(
        lambda store: store.ask(read_figures, filters),
        ask_timeline,
        lambda store: read_listed(store, filters, display),
        patience=patience,
    )
