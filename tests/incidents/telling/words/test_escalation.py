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
    ("share", "words"),
    [(None, "–"), (0.0, "0 %"), (0.001, "under 1 %"), (0.762, "76 %"), (1.0, "100 %")],
)
def test_share(share: float | None, words: str) -> None:
    assert say_how_common(share) == words
