"""What somebody should look at in a version: its problems by kind, and names that are in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import pandas as pd
import pyarrow as pa

from geo.finding.geocoder import Geocoder
from geo.places.places import Place
from incidents.asking.exports import BOM, defuse, write_csv
from incidents.asking.store import Store, read_frame, read_rows
from incidents.intake.placing.overrides import BY_HAND, Override, fold_place, overrides_frame
from incidents.versions.preview import KindCount, sort_kinds

ROWS_A_PAGE = 100
MOST_NAMES = 200
"""Names in doubt that are listed; more are counted."""
MOST_CANDIDATES = 12
DOUBTFUL = ("none", "ambiguous", "fuzzy", "area", "online")


@dataclass(frozen=True)
class Doubt:
    """A name in doubt, as the rows have it, and how many of them there are.

    Attributes
    ----------
    place, country, gov
        What an override of these rows names. Country and governorate are empty if none is known.
    is_placed
        Whether the rows have a point, of a place that is only spelled alike.
    """

    place: str
    country: str
    gov: str
    rows: int
    is_placed: bool
    reason: str


def count_problem_kinds(store: Store) -> list[KindCount]:
    """Every kind of problem in a version, errors first, with its number."""
    problems = store.table("problems")
    counted = problems.group_by(["kind", "level"]).aggregate(
        n=ibis._.count(), example=ibis._.message.min()
    )
    return sort_kinds(
        [KindCount(r["kind"], r["level"], r["n"], r["example"]) for r in read_rows(counted)]
    )


def list_problems_of(store: Store, kind: str, page: int = 1) -> pd.DataFrame:
    """One page of the problems of a kind, in the order of file, row, column; pages count from 1."""
    problems = store.table("problems")
    chosen = problems.filter(problems.kind == kind).order_by(["file", "row", "column", "message"])
    return read_frame(chosen.limit(ROWS_A_PAGE, offset=(page - 1) * ROWS_A_PAGE))


def _choose_doubtful(store: Store) -> ibis.Table:
    incidents = store.incidents
    by = incidents.located_by.fill_null("")
    match = incidents.match.fill_null("none")
    rows = incidents.filter(
        # Who left a name without a place by hand has settled it, too.
        (by != "table")
        & (by != BY_HAND)
        & match.isin(DOUBTFUL)
        & ~incidents.match_reason.fill_null("").startswith("Left without a place by hand")
    )
    return rows.mutate(name=ibis.coalesce(rows.place, rows.gov))


def list_doubts(store: Store, most: int = MOST_NAMES) -> list[Doubt]:
    """Names without a place, or with one that is only spelled alike; most rows first."""
    named = _choose_doubtful(store).filter(ibis._.name.notnull())
    counted = named.group_by(["name", "country", "gov"]).aggregate(
        n=ibis._.count(), placed=ibis._.lat.count(), reason=ibis._.match_reason.max()
    )
    ordered = counted.order_by([ibis.desc("n"), "name", "country", "gov"]).limit(most)
    return [
        Doubt(
            r["name"],
            r["country"] or "",
            # A row that names only a governorate has it as its place.
            "" if r["gov"] is None or r["gov"] == r["name"] else r["gov"],
            r["n"],
            r["placed"] > 0,
            r["reason"] or "",
        )
        for r in read_rows(ordered)
    ]


def count_doubts(store: Store) -> tuple[int, int, int]:
    """Names in doubt, the rows that bear them, and rows without a point that name no place."""
    rows = _choose_doubtful(store)
    is_named = rows.name.notnull()
    row = read_rows(
        rows.aggregate(
            names=ibis.struct(
                {"a": rows.name, "b": rows.country.fill_null(""), "c": rows.gov.fill_null("")}
            ).nunique(where=is_named),
            named=is_named.sum(),
            unnamed=(~is_named).sum(),
        )
    )[0]
    return row["names"] or 0, row["named"] or 0, row["unnamed"] or 0


def count_rows_of(store: Store, place: str, country: str, gov: str) -> int:
    """Rows that a decision on this name is for: those without coordinates of their own."""
    incidents = store.incidents
    name = ibis.coalesce(incidents.place, incidents.gov)
    # As `fold_place`; for the database, other blanks than these are letters.
    folded = name.re_replace("[\\s\u00a0\u2000-\u200a\u202f\u3000]+", " ").strip().lower()
    fits = folded == fold_place(place)
    for column, value in ((incidents.country, country), (incidents.gov, gov)):
        if value:
            fits &= column.isnull() | (column == value)
    own = incidents.located_by.fill_null("") == "table"
    return int(incidents.filter(fits & ~own).count().to_pyarrow().as_py())


def describe_incidents(store: Store, ids: Sequence[str]) -> dict[str, str]:
    """Day, place and type of incidents in a few words; those that are not in the version lack."""
    incidents = store.incidents
    rows = incidents.filter(incidents.incident.isin(list(ids)))
    told = read_rows(rows.select("incident", "date", "place", "type"))
    return {
        row["incident"]: " · ".join(
            str(row[name]) for name in ("date", "place", "type") if row[name] is not None
        )
        for row in told
    }


def list_candidates(geocoder: Geocoder, doubt: Doubt) -> list[Place]:
    """Places that the name may mean: as its rows name it, then without their hints; each once."""
    found: dict[str, Place] = {}
    for country, gov in ((doubt.country, doubt.gov), (doubt.country, ""), ("", "")):
        match = geocoder.match(doubt.place, country or None, gov or None)
        found |= {place.id: place for place in match.candidates if place.id not in found}
    return list(found.values())[:MOST_CANDIDATES]


def write_overrides(overrides: Sequence[Override]) -> bytes:
    """The decisions as a CSV that can be brought beside a table; UTF-8 with BOM.

    A text that starts like a formula gets an apostrophe in front, as in all exports.
    """
    table = pa.Table.from_pandas(overrides_frame(overrides), preserve_index=False)
    batches = [defuse(batch) for batch in table.replace_schema_metadata(None).to_batches()]
    schema = None if batches else table.schema
    return BOM + write_csv(pa.Table.from_batches(batches, schema), has_header=True)
