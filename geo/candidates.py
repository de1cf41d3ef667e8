"""Names that fit, gathered by spot, and the choice between the spots."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from geo.gazetteer import Name
from geo.points import distance_km

SAME_SPOT_KM = 15.0
"""Places of one name that are nearer to each other than this are taken for one place."""

BIG_CITY = 100_000
"""A city of so many people is meant by its own name, if the namesakes are a tenth of it."""

_SMALL_SHARE = 0.1
_RANKS = {"exact": 0, "alias": 1, "folded": 2}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name of a place that fits, and the text (see `geo.names.tidy`) that it fits."""

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

    def is_in(self, gov: str) -> bool:
        """Whether any candidate here is said to lie in the governorate."""
        return any(member.name.place.gov == gov for member in self.members)

    @property
    def population(self) -> int:
        """People of the largest place here that bears the name; 0 when unknown."""
        return max(member.name.place.population for member in self.members)

    @property
    def is_primary(self) -> bool:
        """Whether the name is the own name of a place here, not a by-name."""
        return any(member.name.is_primary for member in self.members)

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

    A hand-kept name outweighs by-names of GeoNames elsewhere, which are many and loose. Otherwise
    only the own name of a big city outweighs its small namesakes.
    """
    named = [spot for spot in spots if spot.is_curated or spot.is_primary]
    strong = named if any(spot.is_curated for spot in spots) else spots
    if len(strong) == 1:
        return strong[0]
    biggest = max(strong, key=lambda spot: spot.population)
    others = [spot for spot in strong if spot is not biggest]
    is_overwhelming = all(s.population <= _SMALL_SHARE * biggest.population for s in others)
    if biggest.is_primary and biggest.population >= BIG_CITY and is_overwhelming:
        return biggest
    return None
