"""Names whose matches are known already: looked up once for all the parts of a large table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from geo.finding.geocoder import Geocoder
from geo.finding.learned import Learned
from geo.finding.matches import Match

Asked: TypeAlias = tuple[str | None, ...]
"""What was asked for: the question, the name and its hints."""


@dataclass(frozen=True, slots=True)
class KnownNames(Geocoder):
    """A geocoder that keeps its answers, and can be handed out with them.

    What the rows of one part of a table say of a name teaches it nothing: the same name has to
    be the same place in all parts, in whatever order they come.
    """

    known: dict[Asked, Match] = field(default_factory=dict)

    def teach(self, learned: Learned) -> KnownNames:
        """The same geocoder: see the class."""
        return self

    def match(self, name: str | None, country: str | None = None, gov: str | None = None) -> Match:
        """As `Geocoder.match`; each name is looked up once."""
        key = ("name", name, country, gov)
        if key not in self.known:
            self.known[key] = Geocoder.match(self, name, country, gov)
        return self.known[key]

    def match_governorate(self, gov: str, country: str | None = None) -> Match:
        """As `Geocoder.match_governorate`; each one is looked up once."""
        key = ("governorate", gov, country)
        if key not in self.known:
            self.known[key] = Geocoder.match_governorate(self, gov, country)
        return self.known[key]
