"""A queue before what only few can do at once: who came first is first."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Queue:
    """At most so many at once; the others wait in the order in which they came.

    A semaphore would not do: who comes as one is released may pass all who wait.
    """

    def __init__(self, most: int) -> None:
        self._free = most
        self._lock = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for a turn, and have it for the length of a `with` block. Not to be nested."""
        gate = threading.Lock()
        with self._lock:
            if self._free > 0:
                self._free -= 1
            else:
                gate.acquire()
                self._waiting.append(gate)
        gate.acquire()
        try:
            yield
        finally:
            with self._lock:
                if self._waiting:
                    self._waiting.popleft().release()
                else:
                    self._free += 1
