"""Whose voice a report is, and whether it stands."""

import pandas as pd
import pytest

from incidents.table.columns import VOICE_COLUMNS
from incidents.table.voices import (
    find_voices,
    fold_voice,
    list_publishers,
    mark_voices,
    name_voices,
)

SAME = {
    "case": ("Reuters", "REUTERS"),
    "blanks around it": ("Reuters", " Reuters  "),
    "blanks within": ("Al Jazeera", "Al  Jazeera"),
    "a blank that does not break": ("Al Jazeera", "Al\u00a0Jazeera"),
    "a line break": ("Al Jazeera", "Al\nJazeera"),
    "marks of direction": ("رويترز", "\u200fرويترز\u200e"),
    "an embedding": ("رويترز", "\u202bرويترز\u202c"),
    "an isolate": ("Reuters", "\u2068Reuters\u2069"),
    "a zero-width blank": ("Reuters", "\u200bReuters"),
    "a byte order mark": ("Reuters", "\ufeffReuters"),
    "letters of full width": ("Reuters", "Ｒｅｕｔｅｒｓ"),
    "letters and marks apart": ("Agência", "Age\u0302ncia"),
    "Cyrillic case": ("ТАСС", "тасс"),
    "case of a sharp s": ("Preußische Allgemeine", "PREUSSISCHE ALLGEMEINE"),
}  # fmt: skip
OTHERS = {
    "two agencies": ("AP", "AFP"),
    "a name and its letters": ("AP", "Associated Press"),
    "a name within a name": ("Reuters", "Reuters Arabic"),
    "two scripts": ("Reuters", "رويترز"),
    "one letter": ("Daily Sabah", "Daily Sabaa"),
    "an article": ("Al Jazeera", "Jazeera"),
    "one word or two": ("Middle East Eye", "MiddleEast Eye"),
    "long names that end differently": ("a" * 300 + "b", "a" * 300 + "c"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_one_publisher(one: str, other: str) -> None:
    assert one != other
    assert fold_voice(one) == fold_voice(other) == fold_voice(fold_voice(other))


@pytest.mark.parametrize(("one", "other"), OTHERS.values(), ids=OTHERS)
def test_two_publishers(one: str, other: str) -> None:
    assert fold_voice(one) != fold_voice(other)


VOICES = {
    "the family comes first": ("Daily Star", "AFP", "afp"),
    "without a family, the publisher": ("Daily Star", None, "daily star"),
    "an empty family": ("Daily Star", "", "daily star"),
    "a family of which nothing is seen": ("Daily Star", " \u200f", "daily star"),
    "a publisher of which nothing is seen": ("\u200f", None, None),
    "neither": (None, None, None),
    "both empty": ("", "", None),
}


@pytest.mark.parametrize(("publisher", "family", "voice"), VOICES.values(), ids=VOICES)
def test_whose_voice_a_report_is(
    publisher: str | None, family: str | None, voice: str | None
) -> None:
    reports = pd.DataFrame({"publisher": [publisher], "family": [family]}, dtype="object")
    (found,) = find_voices(reports)
    assert (None if pd.isna(found) else found) == voice


STANDS = {
    "nothing is named": ("", (True, True)),
    "nothing is there": (None, (True, True)),
    "one": ("r1", (False, True)),
    "one that is not in the table": ("r1;r9", (False, True)),
    "blanks and an empty id": (" r1 ;", (False, True)),
    "itself": ("r2", (True, True)),
    "ids are no names: their case counts": ("R1", (True, True)),
}


@pytest.mark.parametrize(("supersedes", "stands"), STANDS.values(), ids=STANDS)
def test_which_reports_stand(supersedes: str | None, stands: tuple[bool, bool]) -> None:
    reports = pd.DataFrame({"report": ["r1", "r2"], "supersedes": ["", supersedes]})
    marked = mark_voices(reports.assign(publisher="AP", family=None))
    assert tuple(marked["stands"]) == stands


def test_no_report() -> None:
    nothing = pd.DataFrame(columns=["report", "publisher", "family", "supersedes"], dtype="str")
    marked = mark_voices(nothing)
    assert list(marked)[-2:] == [column.name for column in VOICE_COLUMNS]
    assert (str(marked["voice"].dtype), str(marked["stands"].dtype)) == ("str", "bool")


def test_each_publisher_is_named_once_as_it_is_written_first() -> None:
    names = ["REUTERS", None, "AP", "Reuters", "", "\u200f", "ap "]
    assert list_publishers(names) == ["REUTERS", "AP"]


def test_a_voice_is_shown_as_a_report_writes_it() -> None:
    rows = [
        {"voice": "afp", "family": "AFP", "publisher": "Daily Star"},
        {"voice": "reuters", "family": None, "publisher": "Reuters"},
        {"voice": "reuters", "family": " ", "publisher": "REUTERS"},
        {"voice": None, "family": None, "publisher": None},
    ]
    assert name_voices(rows) == name_voices(rows[::-1]) == {"afp": "AFP", "reuters": "REUTERS"}
