"""Districts that rows name besides their places: fallen back to, and decided by."""

from dataclasses import replace

from geo.finding.geocoder import Geocoder
from geo.finding.matches import LOOSE_SCORES, SCORES, Match, say_none
from geo.names.names import fold_parts
from geo.names.nothing import says_nothing
from geo.places.points import distance_km
from geo.places.precision import find_coarser

NEAR_KM = 40.0
"""A namesake so near to the town that a district is called after lies in it, if no other is."""


def match_district(
    geocoder: Geocoder, district: str | None, country: str | None, gov: str | None
) -> Match:
    """The district of that name, or the town it is called after, known to the district.

    None where that is not literally known in the country and governorate: its name is in use
    elsewhere.
    """
    if district is None or says_nothing(district):
        return say_none("No district is named.")
    is_told = fold_parts(district)[1] == "district"
    found = geocoder.match(district if is_told else f"{district} district", country, gov)
    place = found.place
    if place is None or found.precision is None or found.kind not in SCORES:
        return say_none(found.reason)
    if place.kind in ("governorate", "country") or found.precision in ("governorate", "country"):
        return say_none(f'"{district}" is no district.')
    return replace(found, precision=find_coarser(found.precision, "district"))


def choose_near(match: Match, district: Match) -> Match:
    """Of places that a name may mean the one near the district that the row names; else `match`."""
    seat = district.place
    if seat is None:
        return match
    near = [each for each in match.candidates if distance_km(each.point, seat.point) <= NEAR_KM]
    if len(near) != 1:
        return match
    (place,) = near
    reason = f"{place.describe()} is the one near {seat.name}, whose district the row names."
    score = LOOSE_SCORES["described"]
    return Match(place, "described", score, place.precision, (place,), reason)


def say_only(district: Match) -> Match:
    """The district that a row names instead of a place."""
    return replace(district, reason=f"No place is named. {district.reason}")
