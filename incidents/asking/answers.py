"""Answers that are kept for the next who asks the same."""

import pickle
import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

from cachetools import LRUCache

Answer = TypeVar("Answer")

KEPT_ANSWERS = 64_000_000
"""Bytes of answers of `Store.ask` that are kept for all readers of all versions, about."""


_UNPACKED, _KEY = 4, 500
"""How much more memory objects take than what they are written as; bytes of a question, about."""


class Answers:
    """Answers that are kept for the next who asks the same of a version; safe from many threads.

    Those that nobody has asked for longest go when all of them take too much memory. Who asks for
    what is being answered waits for that answer.
    """

    def __init__(self, most: int = KEPT_ANSWERS) -> None:
        self._lock = threading.Lock()
        self._kept: LRUCache[Hashable, Any] = LRUCache(most, getsizeof=_weigh)
        self._coming: dict[Hashable, Future[Any]] = {}

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer of this key; made by who asks first. It may not ask for itself.

        Where making it fails, whoever waits for it is told the same.
        """
        with self._lock:
            if key in self._kept:
                kept: Answer = self._kept[key]
                return kept
            coming = self._coming.get(key)
            if coming is None:
                mine: Future[Answer] = Future()
                self._coming[key] = mine
        if coming is not None:
            told: Answer = coming.result()
            return told
        return self._make(key, make, mine)

    def find(self, key: Hashable) -> Any:
        """The answer of this key if it is kept, or None; nothing is made."""
        with self._lock:
            return self._kept.get(key)

    def _make(self, key: Hashable, make: Callable[[], Answer], mine: Future[Answer]) -> Answer:
        try:
            answer = make()
        except BaseException as error:
            with self._lock:
                del self._coming[key]
            mine.set_exception(error)
            raise
        # Whoever waits is told, whether or not it can be kept.
        mine.set_result(answer)
        # One that takes more than all may take is not.
        with self._lock, suppress(ValueError):
            del self._coming[key]
            self._kept[key] = answer
        return answer


def _weigh(answer: object) -> int:
    if isinstance(answer, bytes):
        return len(answer) + _KEY
    return len(pickle.dumps(answer)) * _UNPACKED + _KEY
