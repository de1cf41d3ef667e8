"""How exactly a place is known, and how large a circle says so."""

PRECISIONS: dict[str, float] = {
    "site": 1.0,
    "town": 5.0,
    "district": 20.0,
    "governorate": 75.0,
    "country": 400.0,
}
"""Every precision, finest first, with the radius in km of the circle that is drawn for it."""


def is_at_least(precision: str | None, wanted: str) -> bool:
    """Whether `precision` is as fine as `wanted` or finer.

    An unknown or missing `precision` is at least nothing, so the answer is False.

    Raises
    ------
    ValueError
        `wanted` is not one of `PRECISIONS`.
    """
    wanted_km = find_radius_km(wanted)
    if wanted_km is None:
        raise ValueError(f'Precision "{wanted}" is not one of: {", ".join(PRECISIONS)}.')
    radius_km = find_radius_km(precision)
    return radius_km is not None and radius_km <= wanted_km


def find_radius_km(precision: str | None) -> float | None:
    """Radius in km that stands for a precision, or None when it is unknown or missing."""
    return None if precision is None else PRECISIONS.get(precision)


def find_precision(radius_km: float) -> str | None:
    """The finest precision whose circle is that large; None when even a country's is smaller."""
    return next((name for name, km in PRECISIONS.items() if radius_km <= km), None)


def find_coarser(*precisions: str) -> str:
    """The coarsest of some precisions."""
    return max(precisions, key=lambda name: PRECISIONS[name])


def widen_precision(precision: str) -> str:
    """One step coarser, for what is only near a place; a governorate is wide enough already."""
    steps = {"site": "town", "town": "district", "district": "governorate"}
    return steps.get(precision, precision)
