"""What a reader asked for, as a value."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Filters:
    """The reader's question. Every field is a key of `KEYS`; its default asks for nothing.

    It is a value: compare it, keep it in a cache key, write it to a link with `to_query`.
    """

    dates: tuple[date, date] | None = None
    country: tuple[str, ...] = ()
    gov: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    direction: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    weapon: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    dataset: tuple[str, ...] = ()
    scope: str = "attacks"
    who: str = "all"
    killed: tuple[int, int] | None = None
    wounded: tuple[int, int] | None = None
    basis: str = "range"
    sources: int = 0
    precision: str | None = None
    q: str = ""
    area: tuple[float, ...] | None = None
    data: str | None = None
    against: str | None = None
    incident: str | None = None
    bbox: tuple[float, float, float, float] | None = None
    z: int | None = None
    view: str | None = None
    shade: str | None = None
    before: tuple[date, date] | None = None
    step: str | None = None
    length: int | None = None
    average: str | None = None
    within: int | None = None
    sort: str | None = None
    page: int | None = None
    harm: str | None = None
    by: str | None = None
