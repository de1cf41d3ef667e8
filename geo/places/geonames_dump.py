"""Lines of GeoNames' country dumps (``IQ.txt``, ``SY.txt``: 19 columns between tabs, no header)."""

from geo.names.names import strip_marks
from geo.places.governorates import name_gov
from geo.places.packaged_places import COVERED, is_no_name
from geo.places.places import Place
from geo.places.points import Point

COLUMNS_OF_DUMP = 19

_MIN_CITY, _MIN_TOWN = 50_000, 5_000
_SITES = {
    **dict.fromkeys(("AIRP", "AIRF", "AIRH"), "airport"),
    **dict.fromkeys(("AIRB", "MILB", "INSM", "FT"), "base"),
    **dict.fromkeys(("OILF", "GASF", "OILW", "OILR", "OILP", "OILQ", "GOSP"), "oil field"),
    **dict.fromkeys(("PSTB", "BDLD", "CSTM"), "border crossing"),
    **dict.fromkeys(("CMP", "CMPRF", "RFGC"), "camp"),
    **dict.fromkeys(("DAM", "PS", "PSH", "BDG", "PRN", "HSP", "UNIV", "RUIN", "ANS"), "site"),
}
_AREAS = {
    **dict.fromkeys(("RGN", "AREA", "LCTY", "OAS", "PRK"), "area"),
    **dict.fromkeys(("MT", "MTS", "HLL", "HLLS", "PLN", "PLAT", "VAL", "DSRT"), "landform"),
}
_AREA_OF_ADMIN = {"ADM2": "district", "ADM3": "district"}


def make_place(row: list[str]) -> Place | str | None:
    """The place of a line; None for what is not looked for (streams, wells), "" for a bad line.

    Governorates are left out: the hand-kept table has them. Districts are named as such, so that
    a town and the district around it are told apart.
    """
    if len(row) != COLUMNS_OF_DUMP:
        return ""
    code, country = row[7], row[8]
    kind = _find_kind(row[6], code, row[14])
    if kind is None or country not in COVERED:
        return None
    try:
        point = Point(lat=float(row[4]), lon=float(row[5]))
    except ValueError:
        return ""
    if not point.is_on_earth or not row[1].strip():
        return ""
    aliases = row[3].split(",") if row[2] == strip_marks(row[1]) else [row[2], *row[3].split(",")]
    return Place(
        id=f"GN-{row[0]}",
        name=row[1],
        names=(row[1],),
        aliases=tuple(dict.fromkeys(text for text in aliases if text and not is_no_name(text))),
        kind=kind,
        country=country,
        gov=name_gov(country, row[10]),
        point=point,
        precision=_find_precision(row[6], kind),
        coordinates_from=f"GeoNames {row[0]}",
        population=int(row[14]) if row[14].isdecimal() else 0,
    )


def _find_kind(feature: str, code: str, people: str) -> str | None:
    if feature == "P":
        if code in ("PPLH", "PPLQ", "PPLW"):  # gone, left, destroyed
            return None
        population = int(people) if people.isdecimal() else 0
        if population >= _MIN_CITY:
            return "city"
        return "town" if population >= _MIN_TOWN or code.startswith("PPLA") else "village"
    if feature == "A":
        return _AREA_OF_ADMIN.get(code)
    return _SITES.get(code) if feature in "SL" and code in _SITES else _AREAS.get(code)


def _find_precision(feature: str, kind: str) -> str:
    if feature == "P":
        return "town"
    return "district" if kind in ("area", "landform", "district") else "site"
