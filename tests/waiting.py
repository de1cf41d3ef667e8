"""Waiting for what comes about by itself, in another thread or process."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
PAUSE = 0.05
"""Seconds between two looks."""


def wait_for(condition: Callable[[], Found], seconds: float = 60) -> Found:
    """What holds after a while; no test may depend on how long that is."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, f"It did not come about within {seconds:g} s."
        time.sleep(PAUSE)
    return found
