"""Lists of administrative units with OCHA's P-codes, as the field coordination shares them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.places.packaged_places import COVERED
from geo.places.points import Point, read_point

_CODES = re.compile(
    rf"(?:{'|'.join(COVERED)})[A-Z0-9]{{1,12}}|C\d{{3,6}}"
)  # C: communities of Syria
_CODE_HEADER = re.compile(r"adm(?:in)?(\d)p?code")
_NAME_HEADER = re.compile(r"adm(?:in)?(\d)(?:name)?(?:en|ar|ku|ckb|tr|ref|alt\d?(?:en|ar)?|\d)?")


@dataclass(frozen=True, slots=True)
class AdminUnit:
    """A governorate (level 1), district (2), sub-district (3) or community (4 and more).

    `parent` is the code of the unit around it, "" for a governorate. Many lists have no points.
    """

    code: str
    level: int
    names: tuple[str, ...]
    country: str
    parent: str
    point: Point | None


def find_levels(headers: Sequence[str]) -> dict[int, int]:
    """Which column has the P-code of each level from 1; {} when it is no such list."""
    found = ((at, _CODE_HEADER.fullmatch(header)) for at, header in enumerate(headers))
    return {int(match[1]): at for at, match in found if match is not None and match[1] != "0"}


def read_units(
    headers: Sequence[str], rows: Sequence[Sequence[str]], lat: int | None, lon: int | None
) -> list[AdminUnit]:
    """Every unit that the lines name, once. A point is that of the line's deepest unit."""
    levels = find_levels(headers)
    columns = {level: list(_list_names(headers, level)) for level in levels}
    units: dict[str, AdminUnit] = {}
    for row in rows:
        country, parent = "", ""
        deepest = max((n for n, at in levels.items() if _read(row, at)), default=0)
        for level in sorted(levels):
            code = _read(row, levels[level]).upper()
            if not _CODES.fullmatch(code):
                continue
            country = code[:2] if code[:2] in COVERED else country
            names = tuple(dict.fromkeys(filter(None, (_read(row, at) for at in columns[level]))))
            point = _read_point(row, lat, lon) if level == deepest else None
            if country and (code not in units or units[code].point is None):
                units[code] = AdminUnit(code, level, names, country, parent, point)
            parent = code
    return sorted(units.values(), key=lambda unit: unit.level)


def _list_names(headers: Sequence[str], level: int) -> Iterator[int]:
    for at, header in enumerate(headers):
        match = _NAME_HEADER.fullmatch(header)
        if match is not None and int(match[1]) == level:
            yield at


def _read(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def _read_point(row: Sequence[str], lat: int | None, lon: int | None) -> Point | None:
    if lat is None or lon is None:
        return None
    return read_point(_read(row, lat), _read(row, lon))
