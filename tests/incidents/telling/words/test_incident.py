"""What happened, as a headline."""

from datetime import date
from typing import Any

import pytest

from incidents.telling.words.incident import say_what_happened, title_incident

BARE: dict[str, Any] = {
    **dict.fromkeys(("killed_min", "killed_max", "launched_min", "launched_max", "weapon")),
    "type": "rocket attack", "place": "Ain al-Asad", "gov": "Anbar", "country": "IQ",
    "precision": "site", "wounded_min": 2, "wounded_max": 3,
    "date": date(2021, 7, 7), "date_end": None, "date_precision": "day",
}  # fmt: skip
LAUNCHED = {"launched_min": 14, "launched_max": 14}
HEADLINES: list[tuple[dict[str, Any], str]] = [
    (LAUNCHED, "14 rockets at Ain al-Asad, 2–3 wounded"),
    (LAUNCHED | {"weapon": "Grad rockets"}, "14 rockets at Ain al-Asad, 2–3 wounded"),
    # Missiles are no rockets.
    (LAUNCHED | {"weapon": "missiles"}, "Rocket attack at Ain al-Asad, 2–3 wounded"),
    ({"launched_min": 1, "launched_max": 1}, "1 rocket at Ain al-Asad, 2–3 wounded"),
    ({"launched_min": 4}, "4 or more rockets at Ain al-Asad, 2–3 wounded"),
    ({"launched_max": 3, "type": "drone attack"}, "Up to 3 drones at Ain al-Asad, 2–3 wounded"),
    ({}, "Rocket attack at Ain al-Asad, 2–3 wounded"),
    (LAUNCHED | {"type": "air strike"}, "Air strike at Ain al-Asad, 2–3 wounded"),
    ({"type": None}, "Incident at Ain al-Asad, 2–3 wounded"),
    ({"type": "other"}, "Incident at Ain al-Asad, 2–3 wounded"),
    ({"precision": "governorate", "place": "Anbar"}, "Rocket attack in Anbar, 2–3 wounded"),
    ({"place": None}, "Rocket attack in Anbar, 2–3 wounded"),
    ({"place": None, "gov": None}, "Rocket attack in Iraq, 2–3 wounded"),
    (
        {"place": None, "gov": None, "country": None},
        "Rocket attack, place not named, 2–3 wounded",
    ),
    ({"killed_min": 0, "killed_max": 0},
     "Rocket attack at Ain al-Asad, nobody killed, 2–3 wounded"),
    (
        {"killed_min": 0, "killed_max": 0, "wounded_min": 0, "wounded_max": 0},
        "Rocket attack at Ain al-Asad, nobody killed or wounded",
    ),
    # Unknown is not nobody.
    ({"wounded_min": None, "wounded_max": None}, "Rocket attack at Ain al-Asad, toll unknown"),
    (
        {"wounded_min": None, "wounded_max": None, "killed_min": 0, "killed_max": 0},
        "Rocket attack at Ain al-Asad, nobody killed",
    ),
    ({"wounded_max": None}, "Rocket attack at Ain al-Asad, 2 or more wounded"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "words"), HEADLINES)
def test_headline_says_what_the_record_says(changes: dict[str, Any], words: str) -> None:
    assert say_what_happened({**BARE, **changes}) == words


def test_a_title_has_the_day_as_exactly_as_it_is_known() -> None:
    row = {**BARE, "date_precision": "month"}
    assert title_incident(row) == "Rocket attack at Ain al-Asad, 2–3 wounded, Jul 2021"
