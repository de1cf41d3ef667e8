"""The columns of the list of incidents, in words."""

from collections.abc import Sequence
from typing import Any

from incidents.asking.own_keys import say_value
from incidents.table.own_columns import OwnColumn
from incidents.table.sentences import UNKNOWN, say_range, say_when


def list_cells(row: dict[str, Any]) -> tuple[str, str, str, str, str]:
    """Date, type, place, killed and wounded of an incident; ? where nobody gives a number."""
    return (
        say_row_date(row),
        row["type"] or "not stated",
        row["place"] or "not named",
        _shorten(row, "killed"),
        _shorten(row, "wounded"),
    )


def list_own_cells(row: dict[str, Any], columns: Sequence[OwnColumn]) -> list[str]:
    """The cells of an incident in columns of the table's own; ? where nothing is known."""
    return ["?" if row[each.name] is None else say_value(row[each.name]) for each in columns]


def say_row_date(row: dict[str, Any]) -> str:
    """When an incident of the list happened."""
    return say_when(row["date"], row["date_end"], row["date_precision"])


def _shorten(row: dict[str, Any], harm: str) -> str:
    said = say_range(row[f"{harm}_min"], row[f"{harm}_max"])
    return "?" if said == UNKNOWN else said.replace(" or more", "+")
