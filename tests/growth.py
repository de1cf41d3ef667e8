"""How work grows with its size, by processor time: no seconds, so a busy machine fails no test."""

import gc
import time
from collections.abc import Callable
from statistics import median
from typing import Any

IN_STEP = 9
"""Four times the size may take up to so many times the work: sixteen times is the square."""
RUNS = 3


def spend(work: Callable[[Any], object], given: Any) -> float:
    """Processor seconds of some work, the median of several runs."""
    spent = []
    gc.disable()  # as `timeit` does: it looks at all objects of the whole run
    try:
        for _ in range(RUNS):
            started = time.process_time()
            work(given)
            spent.append(time.process_time() - started)
    finally:
        gc.enable()
    return median(spent)


def grow(make: Callable[[int], Any], work: Callable[[Any], object], size: int) -> float:
    """How many times the work of `size` that of four times the size is."""
    return spend(work, make(4 * size)) / spend(work, make(size))
