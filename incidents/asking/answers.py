"""Answers that are kept for the next who asks the same."""

import pickle
import threading
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Any, TypeVar

from cachetools import LRUCache

Answer = TypeVar("Answer")

KEPT_ANSWERS = 64_000_000
"""Bytes of answers of `Store.ask` that are kept for all readers of all versions, about."""


class Answers:
    """Answers that are kept for the next who asks the same of a version; safe from many threads.

    Those that nobody has asked for longest go when all of them take too much memory.
    """

    def __init__(self, most: int = KEPT_ANSWERS) -> None:
        self._lock = threading.Lock()
        self._kept: LRUCache[Hashable, Any] = LRUCache(most, getsizeof=_weigh)

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer of this key; made by those who ask first, at once."""
        with self._lock:
            if key in self._kept:
                kept: Answer = self._kept[key]
                return kept
        answer = make()
        # One that takes more than all may take is not kept.
        with self._lock, suppress(ValueError):
            self._kept[key] = answer
        return answer


def _weigh(answer: object) -> int:
    return len(pickle.dumps(answer)) + 500
