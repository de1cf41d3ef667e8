"""Names that a table itself tells: rows with coordinates teach the rows without."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from geo.names.names import fold_parts
from geo.places.places import Place
from geo.places.points import Point, distance_km, find_middle

AGREE_KM = 5.0
"""A name is learned only where all its points lie within this of their middle."""

APART_KM = 25.0
"""Further apart, a place of a gazetteer and the table's own point for its name are two places."""

_SAME_KM = 15.0

Key = tuple[str, str, str | None, str | None]
"""A folded name (see `fold_parts`), the country and the governorate of a lesson on it.

Each lesson counts under None in their place, too, for who asks in no particular one: a name may be
taught, and asked for, in as many governorates as a table has rows.
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What some rows of a table tell about one name: the box of their points, and how exactly.

    `country` and `gov` (our own names) are None where neither those rows nor the outlines say.
    """

    name: str
    country: str | None
    gov: str | None
    low: Point
    high: Point
    rows: int
    precision: str = "town"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A name that was told, as a place, by how many rows, and whether their points agree."""

    place: Place
    rows: int
    is_agreed: bool = True

    def contradicts(self, place: Place) -> bool:
        """Whether a place of a gazetteer that nobody keeps by hand is far from here."""
        is_fine = place.precision in ("site", "town")
        return (
            is_fine
            and not place.is_curated
            and distance_km(self.place.point, place.point) > APART_KM
        )

    def agrees(self, candidates: Iterable[Place]) -> bool:
        """Whether one of the places that a gazetteer would not choose between is here."""
        return any(distance_km(self.place.point, c.point) <= _SAME_KM for c in candidates)


@dataclass(frozen=True, slots=True)
class Learned:
    """Names that one table taught; for the rows of that table only.

    `lessons` are what is settled, None where lessons disagree; `count` is how many were taught.
    """

    lessons: dict[Key, Lesson | None] = field(default_factory=dict)
    count: int = 0

    def __len__(self) -> int:
        return self.count

    def find(self, bare: str, word: str, country: str | None, gov: str | None) -> Lesson | None:
        """The one lesson on a folded name; None when there is none or several disagree.

        A country or governorate that is not asked for shuts nothing out. One that is asked for
        must be the lesson's own: a name taught nowhere in particular is no place in Basra.
        """
        return self.lessons.get((bare, word, country, gov))


def learn(told: Iterable[Told]) -> Learned:
    """Learn names; one whose points are too far apart is remembered as not to be decided."""
    lessons: dict[Key, list[Lesson]] = {}
    count = 0
    for each in told:
        middle, radius = find_middle([each.low, each.high])
        parts = fold_parts(each.name)
        if parts[0]:
            count += 1
            lesson = Lesson(_make_place(each, middle), each.rows, radius <= AGREE_KM)
            for country in (lesson.place.country, None):
                for gov in (lesson.place.gov, None):
                    lessons.setdefault((*parts, country, gov), []).append(lesson)
    return Learned({key: _settle(each) for key, each in lessons.items()}, count)


def _settle(lessons: list[Lesson]) -> Lesson | None:
    """The lesson of most rows, if all agree."""
    if not all(lesson.is_agreed for lesson in lessons):
        return None
    if find_middle([lesson.place.point for lesson in lessons])[1] > AGREE_KM:
        return None
    return max(lessons, key=lambda lesson: lesson.rows)


def _make_place(told: Told, point: Point) -> Place:
    name = " ".join(told.name.split())
    return Place(
        id=f"learned {name}",
        name=name,
        names=(name,),
        aliases=(),
        kind="",
        country=told.country or "",
        gov=told.gov or "",
        point=point,
        precision=told.precision,
        coordinates_from="other rows of the table",
    )
