"""Names of columns of coordinates, read word by word: "event.location.latitude", "geo_lat"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from incidents.table.columns import fold_name

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
        *(
            "where",
            "place",
            "position",
            "geometry",
            "properties",
            "map",
            "of",
            "the",
            "in",
            "final",
        ),
        *(
            "dms",
            "ddm",
            "degmin",
            "n",
            "e",
            "centroid",
            "epsg",
            "attributes",
            "data",
            "خط",
            "دائرة",
            "град",
            "градусы",
        ),
    )
)
_UTM = {
    "zone": frozenset(("zone", "utmzone", "gridzone", "utmgridzone", "зона", "المنطقه")),
    "east": frozenset(("easting", "utme", "utmeasting", "eastings", "utmx", "east", "utmeast")),
    "north": frozenset(
        ("northing", "utmn", "utmnorthing", "northings", "utmy", "north", "utmnorth")
    ),
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


def find_utm(headers: Sequence[str]) -> dict[str, str]:
    """The columns of zone (if told), easting and northing of UTM; {} without the last two."""
    found: dict[str, str] = {}
    for header in headers:
        folded = "".join(_WORD.findall(header)).casefold()
        for part, names in _UTM.items():
            if folded in names and "{" not in header and "}" not in header:
                found.setdefault(part, header)
    if not {"east", "north"} <= set(found):
        return {}
    return {part: found[part] for part in _UTM if part in found}


_AXIS = (
    r"(?P<lat>latitude|lat|широта|خطالعرض|دائرهالعرض|n(?=deg|min|sec))|"
    r"(?P<lon>longitude|long|lon|lng|долгота|خطالطول|e(?=deg|min|sec))"
)
_PART = (
    r"(?P<degrees>degrees?|deg|d|градус\w*|град|درجه|درجات)|"
    r"(?P<minutes>minutes?|mins?|m|минут\w*|мин|دقيقه|دقائق)|"
    r"(?P<seconds>seconds?|secs?|s|секунд\w*|сек|ثانيه|ثواني)|"
    r"(?P<side>direction|dir|hemisphere|hemi|hem|ns|ew|side)"
)
_OF_ANGLE = tuple(
    re.compile(form) for form in (rf"(?:{_AXIS})(?:{_PART})", rf"(?:{_PART})(?:{_AXIS})")
)


def find_angles(headers: Sequence[str]) -> dict[str, list[str]]:
    """By axis, the words of rules that put degrees, minutes and seconds together, longest first.

    {} unless both axes have degrees and minutes in columns of their own ("lat_deg", "Lon Min").
    """
    found: dict[str, dict[str, str]] = {"lat": {}, "lon": {}}
    for header in headers:
        folded = fold_name(header).replace("ة", "ه")
        match = next((m for form in _OF_ANGLE if (m := form.fullmatch(folded))), None)
        if match is not None and "{" not in header and "}" not in header:
            part = next(name for name in _PARTS if match[name])
            found["lat" if match["lat"] else "lon"].setdefault(part, header)
    if not all({"degrees", "minutes"} <= set(parts) for parts in found.values()):
        return {}
    angles = {}
    for axis, parts in found.items():
        side = [parts["side"]] if "side" in parts else []
        needed = [parts["degrees"], parts["minutes"]]
        ways = [[*needed, parts["seconds"]], needed] if "seconds" in parts else [needed]
        angles[axis] = [" ".join(f"{{{each}}}" for each in [*way, *side]) for way in ways]
    return angles


_PARTS = ("degrees", "minutes", "seconds", "side")
