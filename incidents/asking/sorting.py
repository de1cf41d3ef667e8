"""Orders of a list of incidents: any column, either way."""

from incidents.table.columns import COLUMNS, RANGES, find_column

ORDERS = tuple(sign + column.name for column in COLUMNS for sign in ("", "-"))
"""Each column's name, smallest first; with a minus, largest first. Unknown comes last."""
DEFAULT_ORDER = "-date"

_NAMES = {
    "incident": "Incident id",
    "date_end": "Last day",
    "date_precision": "Date known to",
    "gov": "Governorate",
    "site": "Exact place",
    "lat": "Latitude",
    "lon": "Longitude",
    "precision": "Place known to",
    "target": "Kind of target",
    "target_name": "What was hit",
    "origin": "Launch site",
    "origin_lat": "Latitude of the launch site",
    "origin_lon": "Longitude of the launch site",
    "sources": "Publishers",
} | {
    name: f"{each.name.replace('_', ' ').capitalize()}, {bound} claim"
    for each in RANGES
    for name, bound in ((each.low, "lowest"), (each.high, "highest"))
}
_FIRST = ("date", "type", "place", "gov", "killed_max", "wounded_max", "sources", "actor")
SORTED_BY = (*_FIRST, *(column.name for column in COLUMNS if column.name not in _FIRST))
"""Columns in the order in which a reader is offered them."""

SCALES = ("precision", "date_precision")
"""Choices whose order in the table of columns is one from the finest to the coarsest."""

_UP_AND_DOWN = {
    "date": ("Oldest first", "Latest first"),
    "time": ("Earliest first", "Latest first"),
    "number": ("Smallest first", "Largest first"),
    "count": ("Fewest first", "Most first"),
    "scale": ("Finest first", "Coarsest first"),
}


def name_column(column: str) -> str:
    """A column in plain words."""
    return _NAMES.get(column, column.replace("_", " ").capitalize())


def name_direction(order: str) -> str:
    """Which end of an order comes first, as in "Latest first"."""
    column = find_column(order.removeprefix("-"))
    assert column is not None
    kind = "scale" if column.name in SCALES else column.type
    return _UP_AND_DOWN.get(kind, ("A to Z", "Z to A"))[order.startswith("-")]


def first_order(column: str) -> str:
    """The order in which a reader wants to see a column first: the latest, the most, A to Z."""
    found = find_column(column)
    assert found is not None
    return f"-{column}" if found.type in ("date", "count") else column


def turn_order(order: str) -> str:
    """The same order from its other end."""
    return order[1:] if order.startswith("-") else f"-{order}"
