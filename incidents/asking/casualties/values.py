"""Rows by the values of a column: the frequent ones by name, all others together."""

from typing import Any

import ibis

from incidents.asking.casualties.rows import Row
from incidents.asking.facets import read_facets
from incidents.asking.filters import Filters
from incidents.asking.store import Store

MOST_NAMED = 500
"""Values of a column that one answer tells by name; the others are one row together."""


def name_values(
    store: Store, filters: Filters, by: str, chosen: ibis.Table
) -> dict[str, ibis.Column]:
    """What to group the chosen incidents by: ``value``, and ``is_rest`` where values are too many.

    Parameters
    ----------
    by
        A column of the facets.
    """
    column = chosen[by]
    named = store.ask(read_facets).values[by]
    if len(named) <= MOST_NAMED:
        return {"value": column}
    # What the reader chose is told by name, however rare it is.
    told = [*getattr(filters, by), *named[:MOST_NAMED]]
    is_rest = column.notnull() & column.notin(told)
    return {"value": is_rest.ifelse(ibis.null(), column), "is_rest": is_rest}


def rank(row: Row, low: int | None, high: int | None) -> tuple[Any, ...]:
    """Order of rows: the largest range first, then unknown ones; what has no name last."""
    return (
        row["is_rest"],
        row["value"] is None,
        high is None,
        -(high or 0),
        -(low or 0),
        -row["incidents"],
        row["value"] or "",
    )
