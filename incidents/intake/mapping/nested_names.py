"""Names of columns in the objects of JSON: "casualties.killed", "where.country"."""

from __future__ import annotations

from collections.abc import Sequence

from incidents.intake.mapping.harm_names import read_harm_name
from incidents.intake.mapping.likeness import list_our_names
from incidents.table.columns import fold_name

_NEUTRAL = frozenset(
    (
        *("event", "incident", "attack", "strike", "record", "item", "entry", "row", "document"),
        *("data", "attributes", "properties", "fields", "details", "detail", "info", "main"),
        *("where", "location", "loc", "place", "position", "address", "geo", "site"),
        *("when", "date", "dates", "time", "period"),
        *("casualties", "casualty", "victims", "harm", "toll", "losses", "impact", "people"),
    )
)
"""Objects that say nothing more of what stands in them. A country of a "source" is none of ours."""


def find_nested(headers: Sequence[str]) -> dict[str, list[str]]:
    """Headers below such objects by our column that their own name is; "where.name" is a place."""
    ours = {fold_name(name): each for each, name in reversed(list(list_our_names()))}
    found: dict[str, list[str]] = {}
    for header in headers:
        *objects, name = header.split(".")
        if not objects or not {fold_name(each) for each in objects} <= _NEUTRAL:
            continue
        own = fold_name(name) if fold_name(name) != "name" else fold_name(objects[-1])
        meant = ours.get(own) or read_harm_name(name)
        if meant:
            found.setdefault(meant, []).append(header)
    return found
