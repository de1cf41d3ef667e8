"""Conditions on the incidents, one for each filter that leaves incidents out."""

from typing import TYPE_CHECKING, Protocol

import ibis

from geo.precision import PRECISIONS, is_at_least
from incidents.columns import BOUNDS, range_column

if TYPE_CHECKING:
    from incidents.filters import Filters


class Condition(Protocol):
    """Turns a set filter into a condition on the incidents."""

    def __call__(
        self, incidents: ibis.Table, filters: "Filters"
    ) -> ibis.expr.types.BooleanValue: ...


def one_of_column(name: str) -> Condition:
    """The column holds any of the values asked for."""
    return lambda incidents, filters: incidents[name].isin(getattr(filters, name))


def within_dates(incidents: ibis.Table, filters: "Filters") -> ibis.expr.types.BooleanValue:
    """Any of the incident's days, known or possible, lies within the dates, both included."""
    assert filters.dates is not None
    first, last = filters.dates
    # An incident that lasted, or whose day is vague, is in if any of its days is.
    ends = ibis.coalesce(incidents.date_end, incidents.date)
    return (incidents.date <= ibis.literal(last)) & (ends >= ibis.literal(first))


def harm_column(incidents: ibis.Table, harm: str, who: str, basis: str) -> ibis.Column:
    """The column a casualty filter compares: one harm of one group, lowest or highest claim.

    Where a source leaves the top open ("at least 4"), its lowest number stands for the highest.
    Unknown stays null.
    """
    low, high = (incidents[range_column(who, harm, bound)] for bound in BOUNDS)
    return low if basis == "low" else ibis.coalesce(high, low)


def harmed(harm: str) -> Condition:
    """The toll of the group asked for lies within the range; an unknown toll never does."""

    def compare(incidents: ibis.Table, filters: "Filters") -> ibis.expr.types.BooleanValue:
        # Null compared is null, and null is not true: an unknown toll never counts as 0.
        return harm_column(incidents, harm, filters.who, filters.basis).between(
            *getattr(filters, harm)
        )

    return compare


def precise(incidents: ibis.Table, filters: "Filters") -> ibis.expr.types.BooleanValue:
    """The place is known at least as exactly as asked; one that is not stated never is."""
    assert filters.precision is not None
    enough = [name for name in PRECISIONS if is_at_least(name, filters.precision)]
    return incidents.precision.isin(enough)


SEARCHED = ("place", "site", "actor", "target", "target_name", "weapon", "summary")
"""Columns in which ``q`` looks for words."""


def has_words(incidents: ibis.Table, filters: "Filters") -> ibis.expr.types.BooleanValue:
    """Every word stands in some column of `SEARCHED`, in any case."""
    texts = [incidents[name].lower() for name in SEARCHED]
    # Both sides are folded by the database: Python has other lower-case letters for some.
    words = [ibis.literal(word).lower() for word in filters.q.replace("\x00", " ").split()]
    # Column by column, not on the joined text: most columns hold few distinct texts.
    return ibis.and_(*(ibis.or_(*(text.contains(word) for text in texts)) for word in words))
