"""Numbers of the escalation view in words: what is not monitored is not 0."""

import pytest

from incidents.telling.words.escalation import say_count, say_how_common, say_mean


@pytest.mark.parametrize(
    ("counted", "words"), [(None, "not monitored"), ((0, 0), "0"), ((3, 3), "3"), ((3, 4), "3–4")]
)
def test_count(counted: tuple[int, int] | None, words: str) -> None:
    assert say_count(counted) == words


@pytest.mark.parametrize(
    ("mean", "words"),
    [(None, "not monitored"), ((0, 0), "0.0"), ((1.66, 1.66), "1.7"), ((1, 2.25), "1.0–2.2")],
)
def test_mean(mean: tuple[float, float] | None, words: str) -> None:
    assert say_mean(mean) == words


@pytest.mark.parametrize(
    ("share", "stretches", "words"),
    [(None, 200, "–"), (0.0, 200, "0%"), (0.001, 2000, "<1%"), (0.762, 1000, "76%"),
     (1.0, 20, "100%"), (1 / 3, 9, "3 of 9"), (0.0, 19, "0 of 19")],
)  # fmt: skip
def test_share(share: float | None, stretches: int, words: str) -> None:
    assert say_how_common(share, stretches) == words
