"""Jobs: done in their turn, and only as long as somebody waits."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from incidents.table import jobs
from incidents.table.errors import TableError
from incidents.table.jobs import Job, JobCancelled, Jobs
from incidents.table.progress import Begin

LONG = 30.0
"""Seconds that no test takes: a thread that hangs fails instead."""


class Held:
    """Work that stops in the middle until it may go on, and tells then what it does."""

    def __init__(self) -> None:
        self.has_begun, self.may_go_on = threading.Event(), threading.Event()

    def __call__(self, begin: Begin) -> str:
        tell = begin("check", 10)
        self.has_begun.set()
        assert self.may_go_on.wait(LONG)
        tell(5, 10)
        return "done"


@contextmanager
def waiting(job: Job[str]) -> Iterator[None]:
    """Somebody waits for the job as long as the block goes on."""
    gone = threading.Event()

    def wait() -> None:
        while not gone.is_set() and not job.wait(0.02):
            pass

    waiter = threading.Thread(target=wait)
    waiter.start()
    yield
    gone.set()
    waiter.join(LONG)


def finish(name: str) -> None:
    """Wait, for no job, until a line is empty: then its threads have ended."""
    for thread in threading.enumerate():
        if thread.name == name:
            thread.join(LONG)
            assert not thread.is_alive()


@pytest.fixture
def grace(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    return lambda seconds: monkeypatch.setattr(jobs, "GRACE", seconds)


def test_gives_what_came_of_it_and_tells_how_far_it_is() -> None:
    held, line = Held(), Jobs("test")
    job = line.start(Job(held))
    with waiting(job):
        assert held.has_begun.wait(LONG)
        moment = job.progress.now()
        assert moment is not None and moment.stage == "check"
        assert not job.is_over and job.error is None
        held.may_go_on.set()
        assert job.result(LONG) == "done"
    assert job.is_over and not job.is_cancelled
    assert job.progress.now() is None


def test_gives_the_error_of_the_work() -> None:
    def fail(begin: Begin) -> None:
        raise OSError("no room")

    job = Jobs("test").start(Job(fail))
    with pytest.raises(OSError, match="no room"):
        job.result(LONG)
    assert isinstance(job.error, OSError) and not job.is_cancelled


def test_ends_at_what_it_tells_next_when_nobody_waits(grace: Callable[[float], None]) -> None:
    held = Held()
    job = Jobs("left").start(Job(held))
    with waiting(job):
        assert held.has_begun.wait(LONG)
    grace(0.0)
    held.may_go_on.set()
    finish("left")
    assert job.is_cancelled
    with pytest.raises(JobCancelled):
        job.result(LONG)


def test_goes_on_for_who_comes_back_in_time(grace: Callable[[float], None]) -> None:
    held, line = Held(), Jobs("test")
    grace(LONG)
    job = line.start(Job(held))
    assert not job.is_wanted
    held.may_go_on.set()
    # Before it begins, it waits for somebody to wait.
    assert job.result(LONG) == "done"


def test_a_lasting_job_needs_nobody(grace: Callable[[float], None]) -> None:
    grace(0.0)
    held = Held()
    job = Jobs("test").start(Job(held, is_lasting=True))
    assert held.has_begun.wait(LONG)
    held.may_go_on.set()
    assert job.result(LONG) == "done"


def test_a_reader_who_changed_his_mind_ends_it_at_once(grace: Callable[[float], None]) -> None:
    grace(LONG)
    held = Held()
    job = Jobs("test").start(Job(held))
    with waiting(job):
        assert held.has_begun.wait(LONG)
        job.cancel()
        held.may_go_on.set()
    assert job.is_cancelled


def test_those_that_were_left_do_not_stand_before_the_wanted_one(
    grace: Callable[[float], None],
) -> None:
    line, held, done = Jobs("passed over"), Held(), list[str]()

    def note(name: str) -> Callable[[Begin], str]:
        return lambda begin: done.append(name) or name

    first = line.start(Job(held))
    with waiting(first):
        assert held.has_begun.wait(LONG)
        left = [line.start(Job(note(f"left {number}"))) for number in range(5)]
        wanted = line.start(Job(note("wanted")))
        with waiting(wanted):
            held.may_go_on.set()
            assert wanted.result(LONG) == "wanted"
    grace(0.0)
    finish("passed over")
    assert all(each.is_cancelled for each in left)
    assert done == ["wanted"]


def test_one_at_a_time_in_the_order_in_which_they_came() -> None:
    line, order, at_once, most = Jobs("test"), list[int](), 0, 0
    lock = threading.Lock()

    def work(number: int) -> None:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        order.append(number)
        with lock:
            at_once -= 1

    held = Held()
    first = line.start(Job(held, is_lasting=True))
    others = [line.start(Job(lambda begin, n=n: work(n), is_lasting=True)) for n in range(10)]
    held.may_go_on.set()
    first.result(LONG)
    for each in others:
        each.result(LONG)
    assert (order, most) == (list(range(10)), 1)


def test_the_line_is_bounded_by_those_who_wait() -> None:
    line, held = Jobs("test", most=2), Held()
    first = line.start(Job(held, is_lasting=True))
    assert held.has_begun.wait(LONG)
    left = line.start(Job(lambda begin: "left"))
    wanted = line.start(Job(lambda begin: "wanted", is_lasting=True))
    # The one that nobody waits for makes room.
    other = line.start(Job(lambda begin: "other", is_lasting=True))
    assert left.is_cancelled
    with pytest.raises(TableError, match=r"^2 other tables are waiting .* again in a minute\.$"):
        line.start(Job(lambda begin: "too many", is_lasting=True))
    held.may_go_on.set()
    assert [each.result(LONG) for each in (first, wanted, other)] == ["done", "wanted", "other"]


def test_there_is_no_thread_while_there_is_nothing_to_do() -> None:
    line = Jobs("a line of its own")
    assert line.start(Job(lambda begin: 1)).result(LONG) == 1
    finish("a line of its own")
    assert line.start(Job(lambda begin: 2)).result(LONG) == 2
