"""Answers are made once, for all who ask."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from incidents.asking.answers import Answers

PATIENCE = 20


def test_who_asks_for_what_is_being_answered_waits_for_it() -> None:
    answers, going, made = Answers(), threading.Barrier(9), list[int]()
    begun, end = threading.Event(), threading.Event()

    def make() -> str:
        begun.set()
        end.wait(PATIENCE)
        made.append(1)
        return "answer"

    def ask() -> str:
        going.wait(PATIENCE)
        return answers.get("question", make)

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(ask) for _ in range(8)]
        going.wait(PATIENCE)
        begun.wait(PATIENCE)
        # Another question is answered meanwhile.
        assert answers.get("other", lambda: 2) == 2
        end.set()
        assert [each.result(PATIENCE) for each in asked] == ["answer"] * 8
    assert made == [1]


def test_a_failure_is_told_to_all_who_wait_and_not_kept() -> None:
    answers, begun, end = Answers(), threading.Event(), threading.Event()

    def fail() -> str:
        begun.set()
        end.wait(PATIENCE)
        raise ZeroDivisionError

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(answers.get, "question", fail)
        begun.wait(PATIENCE)
        others = [pool.submit(answers.get, "question", fail) for _ in range(3)]
        end.set()
        for each in (first, *others):
            with pytest.raises(ZeroDivisionError):
                each.result(PATIENCE)
    assert answers.get("question", lambda: "answer") == "answer"


def test_who_waits_is_told_also_what_cannot_be_weighed() -> None:
    answers, begun, end, told = Answers(), threading.Event(), threading.Event(), list[object]()

    def make() -> object:
        begun.set()
        end.wait(PATIENCE)
        return threading.Lock()

    def ask() -> None:
        try:
            told.append(answers.get("question", make))
        except TypeError as error:
            told.append(error)

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(2)]
    threads[0].start()
    begun.wait(PATIENCE)
    coming = answers._coming["question"]
    threads[1].start()
    ends = time.monotonic() + PATIENCE
    while not coming._condition._waiters and time.monotonic() < ends:  # type: ignore[attr-defined]
        time.sleep(0.001)
    end.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert sorted(type(each).__name__ for each in told) == ["TypeError", "lock"]
    assert answers.get("question", lambda: "answer") == "answer"


def test_what_takes_more_than_all_may_take_is_answered_and_not_kept() -> None:
    answers, made = Answers(most=1_000), list[int]()

    def make() -> bytes:
        made.append(1)
        return bytes(2_000)

    assert len(answers.get("question", make)) == len(answers.get("question", make)) == 2_000
    assert made == [1, 1]
