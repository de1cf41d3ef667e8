"""How what one source says stands to what the others say: counted, not put beside each of them.

An incident may have any number of reports; to compare all with all grows with the square.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise
from math import inf
from typing import Any, Literal, Protocol

import numpy as np

Relation = Literal["same", "overlaps", "contradicts", "other words"]
"""Where two free texts differ, no rule can tell whether they contradict: ``other words``.

Of several things that one voice says, the nearest counts: first ``same``, last ``contradicts``.
"""
Counts = Counter[Relation]
Range = tuple[int | None, int | None]


class Kind(Protocol):
    """Counts voices, of which each has said some things of one kind."""

    def __init__(self, said: Iterable[Sequence[Any]]) -> None: ...

    def count(self, value: Any) -> Counts:
        """How many voices stand how to a value."""


class Texts:
    """Free texts: the same but for case and blanks, or other words."""

    def __init__(self, said: Iterable[Sequence[str]]) -> None:
        each = [{_fold(text) for text in texts} for texts in said]
        self._voices, self._same = len(each), Counter(key for keys in each for key in keys)

    def count(self, text: str) -> Counts:
        """How many voices say the same, and how many other words."""
        same = self._same[_fold(text)]
        return Counter({"same": same, "other words": self._voices - same})


class Dates:
    """ISO dates as exactly as they are: 2021-07 overlaps 2021-07-07. Others are texts."""

    def __init__(self, said: Iterable[Sequence[str]]) -> None:
        each = [[text.strip() for text in texts] for texts in said]
        self._texts, self._voices = Texts(each), len(each)
        self._exact: dict[str, set[int]] = defaultdict(set)
        self._within: dict[str, set[int]] = defaultdict(set)
        self._worded: set[int] = set()
        self._known: dict[str, Counts] = {}
        for voice, texts in enumerate(each):
            for text in texts:
                if not _is_date(text):
                    self._worded.add(voice)
                    continue
                self._exact[text].add(voice)
                for part in {text[:4], text[:7], text}:
                    self._within[part].add(voice)

    def count(self, text: str) -> Counts:
        """How many voices say the same, a part of it, another date, or no date at all."""
        day = text.strip()
        if not _is_date(day):
            return self._texts.count(day)
        if day not in self._known:
            same = self._exact.get(day, set())
            around = (self._exact.get(part, set()) for part in (day[:4], day[:7]))
            near = self._within.get(day, set()).union(*around)
            worded = len(self._worded) - len(self._worded & near)
            self._known[day] = Counter(
                {"same": len(same), "overlaps": len(near) - len(same), "other words": worded,
                 "contradicts": self._voices - len(near) - worded}
            )  # fmt: skip
        return self._known[day]


class Numbers:
    """Ranges: the same, with a number in common, or with none. A missing end is open."""

    def __init__(self, said: Iterable[Sequence[Range]]) -> None:
        each = [set(ranges) for ranges in said]
        self._voices, self._same = len(each), Counter(one for ranges in each for one in ranges)
        apart = [_join(ranges) for ranges in each]
        self._lows = sorted(low for ranges in apart for low, _ in ranges)
        self._highs = sorted(high for ranges in apart for _, high in ranges)
        # Between two ranges of one voice: who meets both of them meets it only once.
        gaps = [(one[1], other[0]) for ranges in apart for one, other in pairwise(ranges)]
        self._gaps = np.array(gaps, dtype=float).reshape(-1, 2)

    def count(self, value: Range) -> Counts:
        """How many voices say the same, what can be true as well, or what cannot."""
        low, high = _close(value)
        above = len(self._lows) - bisect_right(self._lows, high)
        met = len(self._lows) - bisect_left(self._highs, low) - above
        met -= int(((self._gaps[:, 0] >= low) & (self._gaps[:, 1] <= high)).sum())
        same = self._same[value]
        return Counter({"same": same, "overlaps": met - same, "contradicts": self._voices - met})


class Crowd:
    """What several voices say of one thing.

    Parameters
    ----------
    said
        Each voice with what it says; one voice may say several things.
    """

    def __init__(self, kind: type[Kind], said: Iterable[tuple[Hashable, Any]]) -> None:
        by_voice: dict[Hashable, list[Any]] = {}
        for voice, value in said:
            by_voice.setdefault(voice, []).append(value)
        self._all = kind(by_voice.values())
        self._each = {voice: kind([values]) for voice, values in by_voice.items()}

    def count_others(self, voice: Hashable, value: Any) -> Counts:
        """How many other voices stand how to what one says."""
        counts = Counter(self._all.count(value))
        if voice in self._each:
            counts.subtract(self._each[voice].count(value))
        return counts


def _fold(text: str) -> tuple[str, ...]:
    return tuple(text.casefold().split())


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text) is not None


def _close(value: Range) -> tuple[float, float]:
    low, high = value
    return -inf if low is None else low, inf if high is None else high


def _join(ranges: Iterable[Range]) -> list[tuple[float, float]]:
    """Ranges that have a number in common as one, in their order."""
    joined: list[tuple[float, float]] = []
    for low, high in sorted(map(_close, ranges)):
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return joined
