"""Columns and filters of a version as JSON: what the API answers and what it takes."""

from collections.abc import Sequence
from typing import Any

from incidents.asking.address import KEYS
from incidents.asking.own_keys import make_keys
from incidents.table.columns import COLUMNS
from incidents.table.own_columns import OwnColumn
from incidents.versions.long_links import KEY as LONG_LINK

KEPT: dict[str, Any] = {
    "name": LONG_LINK,
    "label": "Kept filters",
    "meaning": "Name of filters too long for an address, as a link names them.",
    "default": None,
    "schema": {"type": "string", "pattern": "^[0-9a-f]{24}$"},
}
"""The parameter of a link that is no filter itself."""
OWN_TYPES = {"facet": "choice", "number": "number", "date": "date", "text": "text"}
"""Types of own columns, in the words of ours."""


def make_schema(own: Sequence[OwnColumn] = ()) -> dict[str, Any]:
    """Columns and filters as JSON: what the API answers and what it takes.

    `own` are the own columns of a version, the last of either.
    """
    return {
        "columns": [
            {
                "name": column.name,
                "type": column.type,
                "unit": column.unit or None,
                "allowed": list(column.allowed) or None,
                "meaning": column.meaning,
            }
            for column in COLUMNS
        ]
        + [
            {
                "name": column.name,
                "type": OWN_TYPES[column.kind],
                "unit": None,
                "allowed": None,
                "meaning": f"Column “{column.label}” of this table.",
            }
            for column in own
        ],
        "filters": [
            {
                "name": key.name,
                "label": key.label,
                "meaning": key.meaning,
                "default": key.default,
                "schema": key.kind.schema,
            }
            for key in (*KEYS, *make_keys(own))
        ]
        + [KEPT],
    }
