"""Places that a host's own table with coordinates teaches: names as written, points, provenance."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from statistics import median

import pandas as pd
import pyarrow as pa

from geo.finding.learned import AGREE_KM
from geo.names.cleaning import clean_name
from geo.names.names import MAX_NAME_LENGTH, drop_articles, fold_parts
from geo.names.nothing import says_nothing
from geo.names.phrases import list_phrases
from geo.places.by_names import is_any
from geo.places.packaged_places import COVERED
from geo.places.points import Point, distance_km
from geo.places.precision import is_at_least
from incidents.table.columns import IN_DOUBT
from incidents.table.csv_files import write_csv

_MOST_SPOTS = 4
"""A name that stands at more spots of one governorate is none."""


@dataclass(frozen=True)
class TaughtPlace:
    """A line of the file: the most frequent spelling, and `names` for the others.

    `events` and `spread_km` say how many rows tell it, and how far their points are apart.
    """

    name: str
    country: str
    gov: str
    kind: str
    lat: str
    lon: str
    precision: str
    names: str
    events: int
    spread_km: str
    source: str
    licence: str


_COLUMNS = fields(TaughtPlace)


def list_taught(incidents: pd.DataFrame, source: str, licence: str) -> list[TaughtPlace]:
    """What located incidents teach: names whose rows have coordinates of their own, to the town.

    Rows whose fields contradict each other teach nothing, nor do texts that describe a place by
    others ("near Hit") or tell a kind only ("airport"). A name that stands at two spots of a
    governorate is listed twice, and so stays ambiguous there; in two it is two places.
    """
    trusted = incidents[
        incidents["located_by"].eq("table")
        & incidents["place"].notna()
        & incidents["country"].isin(COVERED)
        & (incidents["precision"].isna() | incidents["precision"].map(_is_fine))
        & ~incidents["match_reason"].fillna("").str.contains(IN_DOUBT, regex=False)
    ]
    counted = trusted.groupby(["place", "country", "gov", "lat", "lon"], dropna=False).size()
    told: dict[tuple[str, str, str, str], list[tuple[str, Point, int]]] = defaultdict(list)
    for (place, country, gov, lat, lon), rows in counted.items():
        name = clean_name(str(place))
        bare, word = fold_parts(name)
        if bare and _is_name(name):
            area = gov if isinstance(gov, str) else ""
            told[bare, word, country, area].append((name, Point(lat=lat, lon=lon), int(rows)))
    taught = []
    for (_, word, country, gov), lines in told.items():
        spots = _part(lines)
        if len(spots) <= _MOST_SPOTS:
            kind = "village" if word in ("", "city", "village") else _KINDS.get(word, "village")
            taught += [_tell(spot, country, gov, kind, source, licence) for spot in spots]
    return taught


_KINDS = {"base": "base", "airport": "airport", "camp": "camp", "oilfield": "oil field"}
_KINDS |= {"crossing": "border crossing", "neighbourhood": "neighbourhood", "district": "district"}


def _is_fine(precision: object) -> bool:
    return isinstance(precision, str) and is_at_least(precision, "town")


def _is_name(name: str) -> bool:
    is_some = not says_nothing(name) and not is_any(name)
    # "At Tayyibah" has an article, and "at Hit" a preposition.
    plain = " ".join(drop_articles(name.lower().split()))
    return is_some and len(name) <= MAX_NAME_LENGTH and not list_phrases(plain)


Line = tuple[str, Point, int]


def _part(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines by the spot that they tell of, that of most rows first."""
    spots: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line[2]):
        near = (s for s in spots if distance_km(s[0][1], line[1]) <= AGREE_KM)
        spot = next(near, None)
        if spot is None:
            spots.append(spot := [])
        spot.append(line)
    return spots


def _tell(
    spot: list[Line], country: str, gov: str, kind: str, source: str, licence: str
) -> TaughtPlace:
    points = [point for _, point, rows in spot for _ in range(min(rows, 100))]
    middle = Point(median(p.lat for p in points), median(p.lon for p in points))
    spread = max(distance_km(middle, point) for point in points)
    first, *others = dict.fromkeys(name for name, *_ in spot)
    return TaughtPlace(
        name=first,
        country=country,
        gov=gov,
        kind=kind,
        lat=f"{middle.lat:.5f}",
        lon=f"{middle.lon:.5f}",
        precision="district" if kind == "district" else "town",
        names=";".join(name for name in others if ";" not in name),
        events=sum(rows for *_, rows in spot),
        spread_km=f"{spread:.1f}",
        source=source,
        licence=licence,
    )


def write_taught(taught: Iterable[TaughtPlace], folder: Path, table: str) -> Path:
    """Write a gazetteer file of what a table taught, in place of what it taught before.

    Raises
    ------
    OSError
        It cannot be written.
    """
    stem = re.sub(r"[^\w-]+", "-", Path(table).stem).strip("-") or "table"
    path = folder / f"taught-{stem}.csv"
    folder.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}")
    types = {"events": pa.int64()}
    schema = pa.schema([(each.name, types.get(each.name, pa.string())) for each in _COLUMNS])
    batch = pa.RecordBatch.from_pylist([asdict(place) for place in taught], schema)
    with draft.open("wb") as file:
        file.writelines(write_csv([batch], schema, but_numbers=True))
    draft.replace(path)
    return path
