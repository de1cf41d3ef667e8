"""What becomes of prepared rows: which count, and what each partition holds. Nothing is run here.

The expressions are written once; `incidents.asking.rolled.engines` runs them.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis

from incidents.asking.differences import IDS

KEPT, NEW = 0, 1
"""Rows that are in the table already come before those that are brought now."""


@ibis.udf.agg.builtin  # type: ignore[untyped-decorator]
def bit_xor(number: int) -> int:  # type: ignore[empty-body]
    """The engines' own function: Ibis has no words for it in Spark."""


def find_repeated(part: str, new: ibis.Table, kept: ibis.Table | None) -> ibis.Table:
    """Rows of the prepared table whose id another one has that comes before: ``file``, ``row``.

    The first stands, in the order of files and rows; what is in the table already is before all.
    ``first_file`` and ``first_row`` tell which one it is; ``first_file`` is missing where it came
    with an earlier day.
    """
    name = IDS[part]
    ids = new.select(id=new[name], file=new.file, row=new.row, age=ibis.literal(NEW, "int8"))
    if kept is not None:
        # Only those of the ids that are brought again.
        again = kept.select(id=kept[name]).semi_join(ids, "id").distinct()
        before = again.select(
            id=again.id,
            file=ibis.literal(""),
            row=ibis.literal(0, "int64"),
            age=ibis.literal(KEPT, "int8"),
        )
        ids = ids.union(before)
    many = ids.group_by("id").aggregate(times=ids.count())
    doubled = ids.semi_join(many.filter(many.times > 1), "id")
    order = ibis.window(group_by="id", order_by=["age", "file", "row"])
    ranked = doubled.mutate(
        place=ibis.row_number().over(order),
        first_file=doubled.file.first().over(order),
        first_row=doubled.row.first().over(order),
    )
    later = ranked.filter(ranked.place > 0, ranked.age == NEW)
    return later.select("id", "file", "row", "first_file", "first_row")


def drop_repeated(new: ibis.Table, repeated: ibis.Table) -> ibis.Table:
    """The prepared rows that count."""
    return new.anti_join(repeated, ["file", "row"])


def count_partitions(incidents: ibis.Table) -> ibis.Table:
    """Partitions of prepared rows: how many, how many placed, what they say as one number."""
    return incidents.group_by(["year", "cell"]).aggregate(
        rows=incidents.count(), located=incidents.lat.count(), print=bit_xor(incidents.print)
    )


def take_partitions(incidents: ibis.Table, keys: Sequence[tuple[int, int]]) -> ibis.Table:
    """The rows of some partitions."""
    years, cells = (sorted({key[n] for key in keys}) for n in (0, 1))
    chosen = incidents.filter(incidents.year.isin(years), incidents.cell.isin(cells))
    if len(years) * len(cells) == len(set(keys)):
        return chosen
    is_one = [(chosen.year == year) & (chosen.cell == cell) for year, cell in keys]
    return chosen.filter(ibis.or_(*is_one))


def take_joint(incidents: ibis.Table) -> ibis.Table:
    """The incidents that belong to operations."""
    return incidents.filter(incidents.operation.notnull())
