"""Names of columns of coordinates, read word by word: "event.location.latitude", "geo_lat"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_AXES: dict[str, frozenset[str]] = {
    "lat": frozenset(("lat", "latitude", "latit", "широта", "العرض", "y")),
    "lon": frozenset(("lon", "long", "lng", "longitude", "longit", "долгота", "الطول", "x")),
}
_MINUTES = frozenset(("min", "mins", "minute", "minutes", "минуты", "мин", "دقيقة", "دقائق"))
_NEEDLESS = frozenset(
    (
        *("geo", "gps", "coord", "coords", "coordinate", "coordinates", "point", "location"),
        "loc",
        *(
            "event",
            "incident",
            "attack",
            "wgs",
            "dd",
            "deg",
            "degree",
            "degrees",
            "decimal",
            "site",
        ),
        *("place", "position", "geometry", "properties", "map", "of", "the", "in", "final"),
        *("n", "e", "centroid", "epsg", "attributes", "data", "خط", "دائرة", "град", "градусы"),
    )
)
_UTM = {
    "zone": frozenset(("zone", "utmzone", "gridzone", "utmgridzone", "зона", "المنطقه")),
    "east": frozenset(("easting", "utme", "utmeasting", "eastings", "utmx")),
    "north": frozenset(("northing", "utmn", "utmnorthing", "northings", "utmy")),
}


def read_axis(header: str) -> str:
    """Whether a name says latitude ("lat") or longitude ("lon") and nothing else; "" if not."""
    words = [word.casefold() for word in _WORD.findall(_CAMEL.sub(" ", header).replace("_", " "))]
    found = {axis for axis, names in _AXES.items() if names & set(words)}
    known = _NEEDLESS.union(*_AXES.values())
    return found.pop() if len(found) == 1 and known.issuperset(words) else ""


def has_minutes(headers: Sequence[str]) -> bool:
    """Whether minutes stand in columns of their own ("lat_deg", "lat_min"): degrees tell half."""
    found = [set(_WORD.findall(header.replace("_", " ").casefold())) for header in headers]
    return any(words & _MINUTES and words & names for words in found for names in _AXES.values())


def find_utm(headers: Sequence[str]) -> str:
    """The words of a rule that puts zone, easting and northing of UTM together; "" without one."""
    found: dict[str, str] = {}
    for header in headers:
        folded = "".join(_WORD.findall(header)).casefold()
        for part, names in _UTM.items():
            if folded in names and "{" not in header and "}" not in header:
                found.setdefault(part, header)
    return " ".join(f"{{{found[part]}}}" for part in _UTM) if len(found) == len(_UTM) else ""
