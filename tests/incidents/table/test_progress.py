"""Progress of reading a table, by a clock of its own."""

from itertools import pairwise

import pytest

from incidents.table.progress import STAGES, Progress


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def lines() -> list[str]:
    return []


@pytest.fixture
def progress(clock: Clock, lines: list[str]) -> Progress:
    return Progress(lines.append, clock)


def say(progress: Progress) -> str:
    moment = progress.now()
    assert moment is not None
    return moment.say()


def test_nothing_is_under_way_before_and_after(progress: Progress) -> None:
    assert progress.now() is None
    progress.tell(1, 2)
    assert progress.now() is None
    progress.begin("read")
    assert progress.now() is not None
    progress.end("x.csv")
    assert progress.now() is None


def test_says_steps_rows_rate_and_rest(progress: Progress, clock: Clock) -> None:
    progress.begin("read")
    assert say(progress) == "Reading the file"
    clock.now += 4
    progress.begin("check", 1_000_000)
    assert say(progress) == "Checking, 1,000,000 rows, about 36 s left"
    clock.now += 2
    progress.tell(5, 10)
    assert say(progress) == (
        "Checking: 5 of 10 columns, 1,000,000 rows, 250,000 rows/s, about 24 s left"
    )
    progress.begin("write")
    progress.tell(400_000, 1_000_000)
    assert say(progress).startswith("Writing: 400,000 of 1,000,000 rows, ")


@pytest.mark.parametrize("rows", [None, 64, 49_999])
def test_of_few_rows_nobody_says_how_long_they_take(
    progress: Progress, clock: Clock, rows: int | None
) -> None:
    progress.begin("read")
    clock.now += 3
    progress.begin("check", rows)
    progress.tell(1, 10)
    assert "left" not in say(progress)


def test_no_number_of_seconds_at_once_nor_at_the_end(progress: Progress, clock: Clock) -> None:
    progress.begin("read")
    clock.now += 1
    progress.begin("check", 1_000_000)
    assert "left" not in say(progress)
    clock.now += 20
    progress.begin("open")
    progress.tell(9, 10)
    assert say(progress).endswith("a few seconds left")


def test_a_stage_that_tells_nothing_pretends_nothing(progress: Progress, clock: Clock) -> None:
    progress.begin("open", 10)
    before = progress.now()
    clock.now += 60
    after = progress.now()
    assert before is not None and after is not None
    assert after.fraction == before.fraction < 1
    assert after.rows_per_second is None


def test_the_bar_only_grows(progress: Progress) -> None:
    seen = []
    for stage in STAGES:
        progress.begin(stage, 10)
        for done in (0, 5, 10):
            progress.tell(done, 10)
            moment = progress.now()
            assert moment is not None
            seen.append(moment.fraction)
    assert all(one <= other + 1e-9 for one, other in pairwise(seen))
    assert seen[-1] == pytest.approx(1)


def test_shares_make_a_whole() -> None:
    assert sum(stage.share for stage in STAGES.values()) == pytest.approx(1)


def test_the_operator_gets_a_line_a_second_at_most(
    progress: Progress, clock: Clock, lines: list[str]
) -> None:
    progress.begin("read")
    progress.begin("check", 2_000)
    for done in range(10):
        clock.now += 0.25
        progress.tell(done, 10)
    progress.end("own.csv")
    assert [line.partition(",")[0] for line in lines] == [
        "Checking: 3 of 10 columns",
        "Checking: 7 of 10 columns",
        "Read 2",
    ]
    assert lines[-1] == "Read 2,000 rows of own.csv in 2 s."


@pytest.mark.parametrize(("seconds", "name"), [(0.9, "x.csv"), (5.0, None)])
def test_a_short_or_failed_reading_is_no_line(
    progress: Progress, clock: Clock, lines: list[str], seconds: float, name: str | None
) -> None:
    progress.begin("read")
    clock.now += seconds
    progress.end(name)
    assert lines == []


def test_is_json(progress: Progress) -> None:
    progress.begin("check", 10)
    moment = progress.now()
    assert moment is not None
    told = moment.to_json()
    assert (told["stage"], told["rows"], told["message"]) == (
        "Checking",
        10,
        moment.say(),
    )
