"""Names of towns as Russian and Arabic sentences mention them, made of those that we keep."""

from collections import Counter
from collections.abc import Iterator

from geo.finding.geocoder import Geocoder
from geo.names.names import find_script
from geo.places.places import Place

ARABIC = (
    *("{n}", "في {n}", "ب{n}", "بلدة {n}", "مدينة {n}", "بمدينة {n}", "بلدة {n} بريف {g}"),
    *("مدينة {n} في ريف {g} الشمالي", "{n} بريف {g} الشرقي", "{n} بمحافظة {g}", "محيط مدينة {n}"),
    *("أطراف بلدة {n}", "{n} شرق {g}", "إلى {n}", "مدينة {n} السورية", "قرب {n}", "{n}، {g}"),
)
RUSSIAN = ("{n}", "в {n}", "из {n}", "под {n}", "города {n}", "в сирийском городе {n}", "{n}, {g}")
# Case forms by how the name ends: of a man's, of a woman's.
_ENDINGS = {"": ("", "а", "у", "ом", "е"), "а": ("а", "ы", "е", "у", "ой")}
_CONSONANTS = "бвдзлмнпрстф"


def list_mentions(places: list[Place]) -> Iterator[tuple[str, str, Place]]:
    """Script, text and the place that it mentions, for each town and phrase."""
    govs = {(p.country, p.gov): p for p in places if p.kind == "governorate"}
    for place in (p for p in places if p.is_curated and p.kind in ("city", "town")):
        gov = govs.get((place.country, place.gov))
        for name in place.names[1:]:
            script = find_script(name) or ""
            area = (
                "" if gov is None else next((n for n in gov.names if find_script(n) == script), "")
            )
            words = area.removeprefix("محافظة ")
            phrases = ARABIC if script == "arabic" else RUSSIAN
            for form in [name] if script == "arabic" else decline(name):
                yield from ((script, phrase.format(n=form, g=words), place) for phrase in phrases)


def decline(name: str) -> list[str]:
    """The cases of a Russian name that ends in a hard consonant or in -а; else the name alone."""
    if name[-1:] in _CONSONANTS:
        return [name + ending for ending in _ENDINGS[""]]
    if name[-2:-1] in _CONSONANTS and name.endswith("а"):
        return [name[:-1] + ending for ending in _ENDINGS["а"]]
    return [name]


def measure_mentions(geocoder: Geocoder) -> None:
    """Print how many are found, in their governorate only, and wrong."""
    counts: dict[str, Counter[str]] = {}
    for script, text, place in list_mentions(geocoder.gazetteer.places):
        match = geocoder.match(text)
        said = "not found"
        if match.place is not None:
            is_it = place.id in (match.place.id, *(each.id for each in match.candidates))
            is_area = match.place.kind == "governorate" and match.place.gov == place.gov
            said = "found" if is_it else "governorate" if is_area else "wrong"
        counts.setdefault(script, Counter())[said] += 1
    for script, each in counts.items():
        total = sum(each.values())
        shares = "  ".join(f"{said} {100 * n / total:.1f}%" for said, n in each.most_common())
        print(f"{script:10} {total:6} mentions  {shares}")
