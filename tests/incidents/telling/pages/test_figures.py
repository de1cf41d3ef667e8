"""The cards of figures, in words."""

from typing import Any

import pytest

from incidents.asking.figures import count_figures
from incidents.telling.pages.figures import list_cards

KILLED = [
    ("one of several has most", [(1, 57), (2, 37)], "57 of 94 in one incident"),
    ("exactly half", [(1, 4), (4, 4)], "4 of 8 in one incident"),
    ("just below half", [(1, 4), (5, 5)], "5 of 9 in one incident"),
    ("none has half", [(3, 3), (3, 3), (3, 3)], ""),
    ("a single incident", [(1, 57)], ""),
    ("a single known one among unknown", [(1, 57), (None, None)], ""),
    ("nobody killed", [(0, 0), (0, 0)], ""),
    ("nobody says", [(None, None), (None, None)], ""),
    ("at least so many", [(90, None), (2, 2)], "90 of 92 in one incident"),
]


@pytest.mark.parametrize(
    ("ranges", "words"), [case[1:] for case in KILLED], ids=[case[0] for case in KILLED]
)
def test_a_figure_that_rests_on_one_incident_says_so(
    make_store: Any, ranges: list[tuple[int | None, int | None]], words: str
) -> None:
    rows = [{"killed_min": low, "killed_max": high} for low, high in ranges]
    _, killed, wounded, civilians = list_cards(count_figures(make_store(*rows).incidents))
    assert killed.note.partition("; ")[2] == words
    assert "one incident" not in wounded.note + civilians.note


def test_of_civilians_killed_and_wounded_count_together(make_store: Any) -> None:
    rows = [
        {"civilians_killed_max": 3, "civilians_wounded_max": 4},
        {"civilians_wounded_min": 2, "civilians_wounded_max": 2},
        {"civilians_killed_max": 1},
    ]
    *_, civilians = list_cards(count_figures(make_store(*rows).incidents))
    assert civilians.note == "known for every incident; 7 of 10 in one incident"


def test_an_operation_is_no_more_than_its_total(make_store: Any) -> None:
    part = {"operation": "O", "killed_min": 1, "killed_max": 9}
    _, killed, *_ = list_cards(count_figures(make_store(part, part).incidents))
    assert killed.note == "known for every incident; 9 of 9 in one incident"


def test_of_no_incident_nothing_is_said(make_store: Any) -> None:
    cards = list_cards(count_figures(make_store().incidents))
    assert [card.note for card in cards] == [""] * 4
