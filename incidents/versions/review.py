"""What somebody should look at in a version: its problems by kind, and names that are in doubt."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa

from geo.finding.geocoder import Geocoder
from geo.places.places import Place
from incidents.asking.doubts import Doubt, count_rows_named, read_problem_kinds
from incidents.asking.store import Store
from incidents.intake.placing.decisions import fold_place
from incidents.intake.placing.overrides import Override, overrides_frame
from incidents.table.csv_files import write_csv
from incidents.versions.preview import KindCount, sort_kinds

MOST_CANDIDATES = 12


def count_problem_kinds(store: Store) -> list[KindCount]:
    """Every kind of problem in a version, errors first, with its number."""
    return sort_kinds([KindCount(**row) for row in read_problem_kinds(store)])


def count_rows_of(store: Store, place: str, country: str, gov: str) -> int:
    """Rows that a decision on this name is for: those without coordinates of their own."""
    return count_rows_named(store, fold_place(place), country, gov)


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
    return _write(overrides_frame(overrides))


def write_findings(findings: pd.DataFrame) -> bytes:
    """What was found in a version as a CSV, as `write_overrides` writes it."""
    return _write(findings)


def _write(frame: pd.DataFrame) -> bytes:
    table = pa.Table.from_pandas(frame, preserve_index=False)
    return b"".join(write_csv(table.to_batches(), table.schema))
