"""Which layout a table has, by the names of its columns; their order does not count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from incidents.intake.mapping.rules import Profile
from incidents.table.columns import fold_name

_NEAR = 0.75  # share of the columns of a layout that make a table look like it
_FEWEST = 5  # columns that do: a few common names are no layout


def recognise(headers: Iterable[str], profiles: Sequence[Profile]) -> Profile | None:
    """Find the profile whose marks the table has; of several, the one that fits best.

    A table with only some of the marks of a profile is not recognised: see `find_near`.
    """
    folded = {fold_name(header) for header in headers}
    marked = [
        profile
        for profile in profiles
        if any(all(fold_name(mark) in folded for mark in marks) for marks in profile.marks)
    ]
    return max(marked, key=lambda each: _rate(each, folded), default=None)


def find_near(headers: Iterable[str], profiles: Sequence[Profile]) -> Profile | None:
    """Find the profile that a table looks like though it lacks the marks; None if it is unlike."""
    folded = {fold_name(header) for header in headers}
    near = []
    for profile in profiles:
        share, there = _rate(profile, folded)
        if share >= _NEAR and there >= _FEWEST:
            near.append(profile)
    return max(near, key=lambda each: _rate(each, folded), default=None)


def _rate(profile: Profile, folded: set[str]) -> tuple[float, int]:
    """The share of the needed columns that are there, and their number."""
    needed = profile.list_needed()
    there = sum(any(fold_name(name) in folded for name in names) for names in needed)
    return (there / len(needed) if needed else 0.0), there
