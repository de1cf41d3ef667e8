"""A line before what is made by few: who came first is first, and who finds it full is told."""

import threading
import time

from starlette.responses import Response

from incidents.serving.turns import Turns

PATIENCE = 20


def test_who_came_first_is_first_and_a_full_line_is_told() -> None:
    turns, go_on, made = Turns("pictures", at_once=1, waiting=4), threading.Event(), list[int]()

    def make(number: int) -> Response:
        go_on.wait(PATIENCE)
        made.append(number)
        return Response(str(number))

    threads = []
    for number in range(5):
        threads.append(threading.Thread(target=turns.take, args=(lambda n=number: make(n),)))
        threads[-1].start()
        ends = time.monotonic() + PATIENCE
        while len(turns._making._waiting) < number and time.monotonic() < ends:
            time.sleep(0.001)
    refused = turns.take(lambda: make(5))
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "30")
    assert b"Other pictures are being made" in refused.body
    go_on.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert made == [0, 1, 2, 3, 4]
    assert turns.count == 0
