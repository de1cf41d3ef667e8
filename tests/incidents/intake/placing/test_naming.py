"""A text that tells what its row hides is found, and one that does not stays."""

import pandas as pd
import pytest

from incidents.intake.placing.naming import find_naming


def names(text: str | None, **hidden: str | None) -> bool:
    frame = pd.DataFrame({"target": [text], **{name: [cell] for name, cell in hidden.items()}})
    return bool(find_naming(frame, ["target"], list(hidden))["target"].item())


@pytest.mark.parametrize(
    ("text", "place", "site"),
    [
        ("contractors at Balad", "Balad Air Base", None),
        ("coalition at Ain al-Asad", "Ain Al Asad", None),
        ("Asad's perimeter", "Ain al-Asad Air Base", None),
        ("convoy near hit", "Hit", None),
        ("قرب عين الأسد", "قاعدة عين الاسد", None),
        ("market of Mayadin", None, "depots in Deir ez-Zor, al-Mayadin and al-Bukamal"),
        ("BALAD", "balad", None),
    ],
)
def test_a_word_of_the_place_tells_it(text: str, place: str | None, site: str | None) -> None:
    assert names(text, place=place, site=site)


@pytest.mark.parametrize(
    ("text", "place", "site"),
    [
        ("base", "Balad Air Base", "base and villages outside"),
        ("airport", "Erbil International Airport", None),
        ("air strike", "Ain al-Asad Air Base", None),
        ("convoy and depots", "Hit", "positions and depots in Hit"),
        ("oil field", "Kirkuk", "oil wells"),
        (None, "Hit", None),
        ("base", None, None),
    ],
)
def test_the_kind_of_a_place_does_not(
    text: str | None, place: str | None, site: str | None
) -> None:
    assert not names(text, place=place, site=site)


def test_of_other_names_the_whole_counts() -> None:
    assert names("post of Ashab al-Kahf", actor="Qasim; Ashab al-Kahf")
    assert not names("bus of the militia groups", actor="US; Iran-backed groups")
    assert not names("unknown", actor="unknown")
    assert names("the US convoy", actor="US")
    assert not names("Liwa", actor="Liwa al-Thairin")


def test_a_row_is_judged_by_its_own_cells() -> None:
    frame = pd.DataFrame({"place": ["Hit", "Balad", "Hit"], "target": ["Balad", "Balad", None]},
                         index=[7, 3, 7])  # fmt: skip
    found = find_naming(frame, ["target", "place"], ["place", "site"])
    assert found["target"].tolist() == [False, True, False]
    assert not found["place"].any()
