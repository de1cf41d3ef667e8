"""Countries and states that no place of the gazetteer lies in."""

from collections.abc import Callable

from geo.names.names import drop_directions, fold
from geo.places.countries import find_country_code, name_country
from geo.places.packaged_places import COVERED, read_foreign_areas


def find_foreign_area(text: str) -> str | None:
    """The name of another country, or of a state of the USA, that a text names; else None.

    There are a Baghdad in Arizona and a Damascus in Maryland ("MD").
    """
    areas = read_foreign_areas()
    code = find_country_code(drop_directions(text) or text)
    if code in COVERED:
        return None
    if text.strip() in areas:
        return areas[text.strip()]
    return areas.get(fold(text)) if code is None else name_country(code)


def put_country_last(parts: list[str], is_governorate: Callable[[str], bool]) -> list[str]:
    """Read "Iraq, Anbar, Hit" as "Hit, Anbar, Iraq"."""
    country, *rest = parts
    if find_country_code(country) is None:
        return parts
    is_falling = is_governorate(rest[0]) and not is_governorate(rest[-1])
    return [*(reversed(rest) if is_falling else rest), country]
