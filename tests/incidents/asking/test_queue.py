"""At most so many at once, first come, first served."""

import threading
import time

import pytest

from incidents.asking.queue import Queue

PATIENCE = 20


def wait_for(number: int, queue: Queue) -> None:
    ends = time.monotonic() + PATIENCE
    while len(queue._waiting) < number and time.monotonic() < ends:
        time.sleep(0.001)
    assert len(queue._waiting) == number


def test_at_most_so_many_at_once_in_the_order_they_came() -> None:
    queue, done, served = Queue(2), threading.Event(), list[int]()

    def hold() -> None:
        with queue.take():
            done.wait(PATIENCE)

    def ask(number: int) -> None:
        with queue.take():
            served.append(number)

    threads = [threading.Thread(target=hold) for _ in range(2)]
    for thread in threads:
        thread.start()
    while queue._free:
        time.sleep(0.001)
    for number in range(8):
        threads.append(threading.Thread(target=ask, args=(number,)))
        threads[-1].start()
        wait_for(number + 1, queue)
    assert served == []
    done.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert sorted(served) == list(range(8))
    assert queue._free == 2


def test_one_turn_serves_in_order() -> None:
    queue, served = Queue(1), list[int]()

    def ask(number: int) -> None:
        with queue.take():
            served.append(number)

    with queue.take():
        threads = [threading.Thread(target=ask, args=(number,)) for number in range(20)]
        for number, thread in enumerate(threads):
            thread.start()
            wait_for(number + 1, queue)
    for thread in threads:
        thread.join(PATIENCE)
    assert served == list(range(20))


def test_a_turn_that_fails_is_given_back() -> None:
    queue = Queue(1)
    with pytest.raises(ZeroDivisionError), queue.take():
        raise ZeroDivisionError
    with queue.take():
        assert queue._free == 0
    assert queue._free == 1
