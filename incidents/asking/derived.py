"""Columns of the incidents that a database has besides: they follow from the others, as SQL."""

import duckdb

from incidents.asking.conditions import MERCATOR_BITS, OTHER
from incidents.table.columns import OTHER_EVENT, RANGES

# Beyond 85.05 degrees the square map ends.
_LAT = "least(greatest(lat, -85.05), 85.05)"
_SIDE = 2**MERCATOR_BITS
AREAS = ("governorate", "country")
"""Precisions that are drawn as their area, never as a point or in a cell."""
# The least of a number and of what is missing is the number.
_PLACED = "lat IS NOT NULL AND lon IS NOT NULL"
_IS_AREA = f"{_PLACED} AND precision IN {AREAS}"
EXTRA = f""",
    CASE WHEN {_PLACED} THEN
        CAST(floor(least((lon + 180) / 360, 0.99999999) * {_SIDE}) AS INTEGER) END AS mx,
    CASE WHEN {_PLACED} THEN
        CAST(floor((0.5 - ln(tan(pi() / 4 + radians({_LAT}) / 2)) / (2 * pi())) * {_SIDE})
        AS INTEGER) END AS my,
    CASE WHEN {_IS_AREA} THEN concat_ws('/', precision, coalesce(country, ''), coalesce(gov, ''))
        END AS area"""

TOPS = "".join(f",\n    coalesce({each.high}, {each.low}) AS {each.top}" for each in RANGES)
"""Worked out once: with every sum of a million rows it would take a third of the time."""
MONTH = """,
    CASE WHEN date_trunc('month', coalesce(date_end, date)) = date_trunc('month', date)
    THEN year(date) * 12 + month(date) - 1 END AS month_code"""
"""Months since the year 0 of an incident whose days are all of one: to add up by a small number
takes a third of what it takes by a day that is cut off each time."""
CODED = (
    *("type", "direction", "precision", "country", "gov", "place", "target", "actor", "weapon"),
    *("grade", "dataset", "area"),
)
"""Text columns that are grouped by: each has a column of short codes besides, see `find_code`."""
MOST_CODES = 5_000
"""Values of a column from which on it has no codes."""


def add_codes(database: duckdb.DuckDBPyConnection, source: str) -> str:
    """Columns of codes as SQL, one for each of `CODED` that has values, and not too many.

    The types of the codes are made in the database.
    """
    counts = ", ".join(f"approx_count_distinct({name})" for name in CODED)
    found = database.execute(f"SELECT {counts} FROM {source}").fetchone() or ()
    added = []
    for name, values in zip(CODED, found, strict=True):
        if 0 < values < MOST_CODES:
            # In the order of the texts, so that codes are sorted as these are.
            database.execute(
                f"CREATE TYPE {name}_code AS ENUM (SELECT DISTINCT {name} FROM {source}"
                f" WHERE {name} IS NOT NULL ORDER BY {name})"
            )
            added.append(f", CAST({name} AS {name}_code) AS {name}_code")
    return "".join(added)


def add_other(database: duckdb.DuckDBPyConnection, source: str) -> str:
    """A column that tells what is no attack. Where all are, no filter need ask for it."""
    is_other = f"coalesce(category = '{OTHER_EVENT}', false)"
    found = database.execute(f"SELECT bool_or({is_other}) FROM {source}").fetchone()
    return f", {is_other} AS {OTHER}" if found and found[0] else ""
