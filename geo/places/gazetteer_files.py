"""Gazetteer files that a host drops into a folder: plain tables, GeoNames dumps, P-code lists.

A file that cannot be read is told in a sentence and left out; it never stops the others.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geo.names.names import fold, unify_characters
from geo.places.admin_lists import AdminUnit, find_levels, read_units
from geo.places.countries import find_country_code
from geo.places.geonames_dump import COLUMNS_OF_DUMP, make_place
from geo.places.packaged_places import COVERED
from geo.places.places import KINDS_OF_PLACE, Place
from geo.places.points import read_point
from geo.places.precision import PRECISIONS

SUFFIXES = (".csv", ".tsv", ".txt")
"""Endings of the files that are read; all others are told."""

MAX_LINES = 1_000_000
"""More lines are not read of one file: all of GeoNames' Iraq has 60,000."""

_UNREAD = ("readme", "licen")
_WORDS = {
    "name": ("name", "nameen", "place", "placename", "asciiname", "location", "village", "town"),
    "lat": ("lat", "latitude", "y", "latitudey", "pointy"),
    "lon": ("lon", "lng", "long", "longitude", "x", "longitudex", "pointx"),
    "country": ("country", "cc", "countrycode", "iso", "iso2", "adm0pcode"),
    "gov": ("gov", "governorate", "province", "admin1", "adm1", "admin1name", "adm1en", "state"),
    "kind": ("kind", "type", "featuretype"),
    "names": ("names", "othernames", "aliases", "alias", "alternatenames", "altnames"),
    "precision": ("precision",),
    "id": ("id", "geonameid", "pcode"),
    "events": ("events",),
    "source": ("source",),
    "licence": ("licence", "license"),
}


class GazetteerFileError(ValueError):
    """A file is no gazetteer; the message is the end of a sentence that names it."""


@dataclass
class Dropped:
    """What the files of a folder hold, and what is wrong with them, a sentence each."""

    places: list[Place] = field(default_factory=list)
    units: list[AdminUnit] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def list_gazetteer_files(folder: Path | None) -> list[Path]:
    """Files of the folder that count, by name; [] where there is no folder."""
    if folder is None or not folder.is_dir():
        return []
    found = (path for path in folder.iterdir() if path.is_file())
    return sorted(
        path
        for path in found
        if not path.name.startswith(".") and not path.name.lower().startswith(_UNREAD)
    )


def find_shipped(places_path: Path) -> Path:
    """The folder of further places that are shipped: called like the hand-kept table."""
    return places_path.with_suffix("")


def read_gazetteer_files(folder: Path | None) -> Dropped:
    """Read all gazetteer files of a folder; raises nothing because of what they hold."""
    dropped = Dropped()
    for path in list_gazetteer_files(folder):
        try:
            _read_file(path, dropped)
        except (GazetteerFileError, OSError, UnicodeError, csv.Error) as error:
            dropped.notes.append(f'The gazetteer file "{path.name}" is left out: {_say(error)}')
    return dropped


def _say(error: Exception) -> str:
    if isinstance(error, GazetteerFileError):
        return str(error)
    if isinstance(error, UnicodeError):
        return "it is not UTF-8. Save it as CSV UTF-8."
    return "it cannot be read."


def _read_file(path: Path, dropped: Dropped) -> None:
    if path.suffix.lower() not in SUFFIXES:
        raise GazetteerFileError(f"it ends in none of {', '.join(SUFFIXES)}.")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        first = lines.readline()
        lines.seek(0)
        if first.count("\t") + 1 == COLUMNS_OF_DUMP:
            rows = (line.rstrip("\r\n").split("\t") for line in lines)
            places = [make_place(row) for row in _limit(rows)]
            wrong = sum(isinstance(place, str) for place in places)
            dropped.places += [place for place in places if isinstance(place, Place)]
        else:
            separator = max(",;\t", key=first.count)
            table = [row for row in _limit(csv.reader(lines, delimiter=separator)) if any(row)]
            wrong = _read_table(path.stem, table, dropped)
    if wrong:
        dropped.notes.append(
            f'{wrong} lines of the gazetteer file "{path.name}" are left out: '
            "they have no name, or no point on Earth in lat and lon."
        )


def _limit(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows):
        if number >= MAX_LINES:
            raise GazetteerFileError(f"it has more than {MAX_LINES:,} lines.")
        yield row


def _read_table(stem: str, table: list[list[str]], dropped: Dropped) -> int:
    """Add the places of a table with a header; give how many lines cannot be used."""
    headers = [re.sub(r"[\W_]+", "", unify_characters(cell)) for cell in table[0]] if table else []
    rows = [row for row in table[1:] if not any(cell.startswith("#") for cell in row[:3])]
    columns = {word: _find(headers, names) for word, names in _WORDS.items()}
    if find_levels(headers):
        units = read_units(headers, rows, columns["lat"], columns["lon"])
        if not units:
            raise GazetteerFileError("it has P-code columns, but no P-code of Iraq or Syria.")
        dropped.units += units
        return 0
    missing = [word for word in ("name", "lat", "lon") if columns[word] is None]
    if missing:
        raise GazetteerFileError(f"it has no column for {' and '.join(missing)}.")
    others = [
        at for at, header in enumerate(headers) if re.fullmatch(r"name(?!en$)\w\w\w?", header)
    ]
    places = [_make_place(stem, n, row, columns, others) for n, row in enumerate(rows, start=2)]
    dropped.places += [place for place in places if place is not None]
    return sum(place is None for place in places)


def _find(headers: Sequence[str], names: Sequence[str]) -> int | None:
    return next((headers.index(name) for name in names if name in headers), None)


def _make_place(
    stem: str,
    line: int,
    row: Sequence[str],
    columns: dict[str, int | None],
    others: Sequence[int],
) -> Place | None:
    def read(word: str) -> str:
        at = columns[word]
        return row[at].strip() if at is not None and at < len(row) else ""

    point = read_point(read("lat"), read("lon"))
    name = " ".join(read("name").split())
    if point is None or not fold(name):
        return None
    country = find_country_code(read("country")) if read("country") else ""
    if country not in ("", *COVERED):
        return None
    kind = read("kind").lower() if read("kind").lower() in KINDS_OF_PLACE else "village"
    precision = read("precision") if read("precision") in PRECISIONS else _find_precision(kind)
    named = [row[at].strip() for at in others if at < len(row) and row[at].strip()]
    return Place(
        id=f"{stem}-{read('id') or line}",
        name=name,
        names=tuple(dict.fromkeys((name, *named))),
        aliases=tuple(text.strip() for text in re.split(r"[;|]", read("names")) if text.strip()),
        kind=kind,
        country=country or "",
        gov=read("gov"),
        point=point,
        precision=precision,
        coordinates_from=_say_origin(f"{stem}, line {line}", read("source"), read("licence")),
        # What events were told of is known less well than what somebody listed as places.
        is_extra=columns["events"] is not None,
    )


def _say_origin(line: str, source: str, licence: str) -> str:
    return f"{source} ({licence})" if source and licence else source or line


def _find_precision(kind: str) -> str:
    wide = {"district": "district", "governorate": "governorate", "country": "country"}
    return wide.get(kind, "site" if kind in ("base", "airport", "embassy") else "town")
