"""Names that fit, gathered by spot, and the choice between the spots."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from geo.names.names import fold_words
from geo.places.place_names import BIG_CITY, Name
from geo.places.points import distance_km

SAME_SPOT_KM = 15.0
"""Places of one name that are nearer to each other than this are taken for one place."""

KNOWN_TOWN = 15_000
"""The same for a place of the hand-kept table, if no namesake is hand-kept."""

_SMALL_SHARE = 0.1
_RANKS = {"exact": 0, "alias": 1, "folded": 2}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name of a place that fits, and the text (see `geo.names.names.tidy`) that it fits."""

    name: Name
    text: str

    @property
    def kind(self) -> Literal["exact", "alias", "folded"]:
        """How literally the text is the name."""
        if self.text != self.name.tidied:
            return "folded"
        return "exact" if self.name.is_primary else "alias"

    @property
    def rank(self) -> tuple[bool, bool, int, int, str]:
        """Order within a spot: hand-kept, unwidened, literal, populous; the id for steadiness."""
        place = self.name.place
        is_widened = self.name.precision != place.precision
        return (
            not self.name.is_curated,
            is_widened,
            _RANKS[self.kind],
            -place.population,
            place.id,
        )


@dataclass
class Spot:
    """Candidates that lie within `SAME_SPOT_KM` of the best of them."""

    best: Candidate
    members: list[Candidate] = field(default_factory=list)

    @property
    def population(self) -> int:
        """People of the largest place here that bears the name; 0 when unknown."""
        return max(member.name.place.population for member in self.members)

    @property
    def is_primary(self) -> bool:
        """Whether the name is the own name of a place here, not a by-name."""
        return any(member.name.is_primary for member in self.members)

    @property
    def is_worded_alike(self) -> bool:
        """Whether a hand-kept name here has the generic words of the text too."""
        curated = (m for m in self.members if m.name.is_curated)
        return any(fold_words(m.text) == fold_words(m.name.text) for m in curated)

    @property
    def is_curated(self) -> bool:
        """Whether the best name here is of the hand-kept table."""
        return self.best.name.is_curated


def gather_spots(candidates: Iterable[Candidate], country: str | None) -> list[Spot]:
    """Spots of the candidates within a country (everywhere when None), best first."""
    spots: list[Spot] = []
    inside = (c for c in candidates if country in (None, c.name.place.country))
    for candidate in sorted(inside, key=lambda c: c.rank):
        point = candidate.name.place.point
        near = (s for s in spots if distance_km(s.best.name.place.point, point) <= SAME_SPOT_KM)
        spot = next(near, None)
        if spot is None:
            spots.append(spot := Spot(candidate))
        spot.members.append(candidate)
    return spots


def choose(spots: list[Spot]) -> Spot | None:
    """The spot that is meant, or None when two are equally good.

    A hand-kept name outweighs by-names of GeoNames elsewhere, which are many and loose. Of two
    hand-kept places the one whose name has the same generic words is meant ("Imam Ali Air Base"
    and "Imam Ali base"). Otherwise a place outweighs namesakes of a tenth of its people: the
    hand-kept one among others from `KNOWN_TOWN`, any own name from `BIG_CITY`.
    """
    curated = [spot for spot in spots if spot.is_curated]
    strong = [spot for spot in spots if spot.is_curated or spot.is_primary] if curated else spots
    literal = [spot for spot in curated if spot.is_worded_alike]
    if len(strong) == 1 or (len(curated) > 1 and len(literal) == 1):
        return (literal if len(strong) > 1 else strong)[0]
    biggest = max(strong, key=lambda spot: spot.population)
    others = [spot for spot in strong if spot is not biggest]
    is_overwhelming = all(s.population <= _SMALL_SHARE * biggest.population for s in others)
    people = KNOWN_TOWN if curated == [biggest] else BIG_CITY
    if biggest.is_primary and biggest.population >= people and is_overwhelming:
        return biggest
    return None
