"""The columns of the list of incidents, in words."""

from typing import Any

from incidents.table.sentences import UNKNOWN, say_range, say_when

ROW_COLUMNS = ("Date", "Type", "Place", "Killed", "Wounded")


def list_cells(row: dict[str, Any]) -> tuple[str, str, str, str, str]:
    """The cells of an incident under `ROW_COLUMNS`; ? where nobody gives a number."""
    return (
        say_row_date(row),
        row["type"] or "not stated",
        row["place"] or "not named",
        _shorten(row, "killed"),
        _shorten(row, "wounded"),
    )


def say_row_date(row: dict[str, Any]) -> str:
    """When an incident of the list happened."""
    return say_when(row["date"], row["date_end"], row["date_precision"])


def _shorten(row: dict[str, Any], harm: str) -> str:
    said = say_range(row[f"{harm}_min"], row[f"{harm}_max"])
    return "?" if said == UNKNOWN else said.replace(" or more", "+")
