"""What takes a processor or much memory is made by few at a time; few more may wait."""

import threading
from collections.abc import Callable

from starlette.responses import PlainTextResponse, Response

from incidents.asking.queue import Queue


class Turns:
    """A line for answers of one kind. Who waits in it holds a thread that other answers need, too.

    Parameters
    ----------
    says
        What is made, in a sentence.
    at_once, waiting
        How many are made at a time, and how many may wait besides, who came first in front.

    Attributes
    ----------
    count
        How many are being made or wait.
    """

    def __init__(self, says: str, at_once: int, waiting: int) -> None:
        self._says = says
        self._making = Queue(at_once)
        self._most, self.count = at_once + waiting, 0
        self._counting = threading.Lock()

    def take(self, make: Callable[[], Response]) -> Response:
        """The answer that is made; where enough wait already, that it may be asked for later."""
        with self._counting:
            if self.count == self._most:
                words = f"Other {self._says} are being made: try again in half a minute."
                return PlainTextResponse(words, 503, {"retry-after": "30"})
            self.count += 1
        try:
            with self._making.take():
                return make()
        finally:
            with self._counting:
                self.count -= 1
