"""A place and the table of places that is kept by hand."""

import csv
from dataclasses import dataclass
from pathlib import Path

from geo.places.points import Point
from geo.places.precision import PRECISIONS

KINDS_OF_PLACE = (
    *("base", "airport", "embassy", "district", "neighbourhood", "city", "town", "village"),
    *("oil field", "border crossing", "camp", "governorate", "country"),
)
"""What a place may be."""

PLACE_COLUMNS = (
    *("place", "name", "name_ar", "name_ru", "aliases", "kind", "country", "gov", "lat", "lon"),
    *("precision", "icao", "coordinates_from"),
)
"""Columns of the table of places, in order."""


class PlacesError(ValueError):
    """The table of places cannot be used; the message says which line and why."""


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the gazetteer.

    `names` are its primary names (English, Arabic, Russian), `population` is 0 when unknown,
    `is_curated` tells a place of the hand-kept table from one of GeoNames or airportsdata;
    `loose_aliases` are names that GeoNames adds to it, which count for less. `is_extra` tells one
    of an events table: it is asked where no other place of that name is known (in the governorate).
    """

    id: str
    name: str
    names: tuple[str, ...]
    aliases: tuple[str, ...]
    kind: str
    country: str
    gov: str
    point: Point
    precision: str
    coordinates_from: str
    icao: str = ""
    population: int = 0
    is_curated: bool = False
    loose_aliases: tuple[str, ...] = ()
    is_extra: bool = False

    @property
    def lat(self) -> float:
        """Latitude in degrees north."""
        return self.point.lat

    @property
    def lon(self) -> float:
        """Longitude in degrees east."""
        return self.point.lon

    def describe(self) -> str:
        """The place in a few words, as in ``Ain al-Asad Air Base (base, Anbar, Iraq)``."""
        country = {"IQ": "Iraq", "SY": "Syria"}.get(self.country, self.country)
        return f"{self.name} ({', '.join(p for p in (self.kind, self.gov, country) if p)})"


def read_places(path: Path) -> list[Place]:
    """Read the hand-kept table (UTF-8 CSV with the columns of `PLACE_COLUMNS`).

    Raises
    ------
    PlacesError
        A column is missing, or a line has a number, kind or precision that cannot be.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = [c for c in PLACE_COLUMNS if c not in (rows.fieldnames or ())]
        if missing:
            raise PlacesError(f"The table of places lacks the column {', '.join(missing)}.")
        return [_read_row(row, number) for number, row in enumerate(rows, start=2)]


def _read_row(row: dict[str, str], line: int) -> Place:
    try:
        point = Point(lat=float(row["lat"]), lon=float(row["lon"]))
    except (TypeError, ValueError):
        raise PlacesError(
            f"Line {line} of the table of places has no number in lat or lon."
        ) from None
    if not point.is_on_earth:
        raise PlacesError(f"Line {line} of the table of places lies outside the Earth.")
    for column, allowed in (("kind", KINDS_OF_PLACE), ("precision", tuple(PRECISIONS))):
        if row[column] not in allowed:
            raise PlacesError(f'Line {line} of the table of places: {column} "{row[column]}".')
    return Place(
        id=row["place"],
        name=row["name"],
        names=tuple(n for n in (row["name"], row["name_ar"], row["name_ru"]) if n),
        aliases=tuple(a.strip() for a in row["aliases"].split(";") if a.strip()),
        kind=row["kind"],
        country=row["country"],
        gov=row["gov"],
        point=point,
        precision=row["precision"],
        coordinates_from=row["coordinates_from"],
        icao=row["icao"],
        is_curated=True,
    )
