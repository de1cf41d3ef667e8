"""Places set by hand: what a decision must say, and which rows follow it."""

import pandas as pd
import pytest

from benchmarks.hostile_tables import decisions
from incidents.intake.placing.overrides import (
    FIELDS,
    Override,
    apply_overrides,
    make_override,
    mark_overrides,
    merge_overrides,
    overrides_frame,
    overrides_of,
    read_overrides,
    tell_unused_decisions,
)
from incidents.intake.reading.files import table_from_bytes
from incidents.table.errors import TableError
from incidents.versions.review import (
    write_overrides,
)
from tests.growth import IN_STEP, spend

HERE = (34.0, 43.0, "town")


def incidents(*rows: tuple[str | None, str | None, str | None, float | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["place", "country", "gov", "lat"])
    texts = frame[["place", "country", "gov"]].astype("str")
    return texts.assign(
        lat=frame["lat"].astype("float64"),
        lon=frame["lat"].astype("float64") + 9,
        precision=pd.Series(pd.NA, index=frame.index, dtype="str"),
    ).rename_axis("row")


def decide(place: str, country: str = "", gov: str = "", why: str = "known") -> Override:
    return make_override(place, country, gov, *HERE, who="AB", why=why, when="2021-08-01")


REFUSED = {
    "no name": ({"place": " "}, "name of the place is empty"),
    "half a point": ({"place": "X", "lat": 1.0}, "a latitude and a longitude"),
    "not on the globe": (
        {"place": "X", "lat": 1.0, "lon": 4239.0, "precision": "town"},
        "Latitude is -90 to 90",
    ),
    "no number": (
        {"place": "X", "lat": float("nan"), "lon": 1.0, "precision": "town"},
        "Latitude is -90 to 90",
    ),
    "zero": ({"place": "X", "lat": 0.0, "lon": 0.0, "precision": "town"}, "of 0"),
    "one zero": ({"place": "X", "lat": 33.0, "lon": 0.0, "precision": "town"}, "of 0"),
    "no precision": ({"place": "X", "lat": 1.0, "lon": 1.0}, "how exactly"),
    "no day": ({"place": "X", "when": "yesterday"}, "not a day like 2021-07-07"),
    "no country": ({"place": "X", "country": "Narnia"}, '"Narnia" is no country that we know'),
}


@pytest.mark.parametrize(("given", "words"), REFUSED.values(), ids=list(REFUSED))
def test_decision_is_refused_in_a_sentence(given: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make_override(**given)  # type: ignore[arg-type]


def test_every_row_of_the_name_without_coordinates_follows() -> None:
    table = incidents(
        ("Al Jala", "IQ", None, None),
        ("Al Jala", None, None, None),
        ("Al Jala", "IQ", None, 30.0),
        ("Al-Jala", "IQ", None, None),
        (None, "IQ", None, None),
    )
    placed, chosen = apply_overrides(table, [decide("Al Jala")])
    assert list(chosen) == [0, 0, -1, -1, -1]
    assert list(placed["lat"].dropna()) == [34.0, 34.0, 30.0]
    assert list(placed["precision"].dropna()) == ["town", "town"]
    assert table["lat"].notna().sum() == 1, "what was given is not changed"


@pytest.mark.parametrize("name", ["Al  Jala", " al jala", "AL\nJALA", "Al\u00a0Jala", "Al Jala "])
def test_blanks_and_case_tell_no_names_apart(name: str) -> None:
    assert list(apply_overrides(incidents((name, None, None, None)), [decide("Al Jala")])[1]) == [0]
    assert list(apply_overrides(incidents(("Al Jala", None, None, None)), [decide(name)])[1]) == [0]
    assert merge_overrides([decide("Al Jala")], [decide(name, why="new")])[0].why == "new"


def test_a_country_may_be_named_in_words() -> None:
    assert decide("Jala", "Iraq").country == decide("Jala", "العراق").country == "IQ"


def test_country_and_governorate_narrow_a_decision() -> None:
    table = incidents(
        ("Jala", "IQ", "Anbar", None), ("Jala", "SY", None, None), ("Jala", None, None, None)
    )
    _, chosen = apply_overrides(table, [decide("Jala", "IQ", "Anbar")])
    assert list(chosen) == [0, -1, 0]


def test_the_narrower_decision_counts_then_the_later() -> None:
    table = incidents(("Jala", "IQ", "Anbar", None))
    narrow, wide, later = decide("Jala", "IQ"), decide("Jala"), decide("Jala", "IQ", why="new")
    assert list(apply_overrides(table, [narrow, wide])[1]) == [0]
    assert list(apply_overrides(table, [narrow, wide, later])[1]) == [2]
    assert merge_overrides([narrow, wide], [later]) == (later, wide)


def test_a_row_says_who_decided_and_why() -> None:
    table = incidents(("Jala", None, None, None), ("Hit", None, None, None))
    nowhere = make_override("Hit", who="CD", why="three of them", when="2021-08-02")
    decisions = [decide("Jala"), nowhere]
    placed, chosen = apply_overrides(table, decisions)
    # As the gazetteer would have it.
    located = placed.assign(located_by="gazetteer", match="exact", match_reason="")
    located.loc[1, ["lat", "lon"]] = (33.6, 42.8)
    marked = mark_overrides(located, chosen, decisions)
    assert marked.loc[0, "located_by"] == "override"
    assert marked.loc[0, "match_reason"] == "Set by hand by AB on 2021-08-01: known."
    assert marked.loc[1, ["lat", "lon", "located_by", "precision"]].isna().all()
    assert "by CD on 2021-08-02: three of them" in marked.loc[1, "match_reason"]


def test_decisions_are_kept_as_a_table() -> None:
    decisions = (
        decide("الجلاء", "IQ"),
        make_override("Hit", who="=AB", why='a "doubt", said'),
        decide("-Bar"),
    )
    frame = overrides_frame(decisions)
    assert tuple(frame) == FIELDS
    assert overrides_of(frame) == decisions
    table = table_from_bytes(frame.to_csv(index=False).encode(), "overrides.csv")
    assert read_overrides(table) == (decisions, [])
    defused = table_from_bytes(write_overrides(decisions), "overrides.csv")
    assert "'-Bar" in list(defused.rows["place"])
    assert read_overrides(defused) == (decisions, [])


def test_decisions_kept_before_places_were_chosen_are_read() -> None:
    frame = overrides_frame([decide("Hit")]).drop(columns=["at", "at_country", "at_gov"])
    assert overrides_of(frame) == (decide("Hit"),)


def test_a_chosen_place_brings_its_country_and_governorate() -> None:
    there = make_override("Rabia", "", "", *HERE, at="P-RABIA", at_country="Iraq", at_gov="Nineveh")
    table = incidents(("Rabia", None, None, None), ("Rabia", None, "Homs", None))
    placed, _ = apply_overrides(table, [there])
    assert placed[["country", "gov"]].values.tolist() == [["IQ", "Nineveh"]] * 2
    nowhere = make_override("Rabia", at="P-RABIA", at_country="Iraq", at_gov="Nineveh")
    assert (nowhere.at, nowhere.at_country, nowhere.at_gov) == ("", "", "")


def test_rows_that_cannot_be_used_are_told() -> None:
    text = "place,lat,lon,precision,who\nHit,33.6,42.8,town,A\nX,north,1,town,A\nY,1,,town,A\n"
    found, problems = read_overrides(table_from_bytes(text.encode(), "overrides.csv"))
    assert [each.place for each in found] == ["Hit"]
    assert [(each.kind, each.row) for each in problems] == [
        ("override_unusable", 3),
        ("override_unusable", 4),
    ]
    assert '"north" is not a number of degrees' in problems[0].message


def test_a_table_without_places_is_refused() -> None:
    with pytest.raises(TableError, match='no column "place"'):
        read_overrides(table_from_bytes(b"lat,lon\n1,2\n", "overrides.csv"))


def test_nobody_named_is_told_and_the_decision_used() -> None:
    text = "place,lat,lon,precision,who\nHit,33.6,42.8,town,\n"
    found, problems = read_overrides(table_from_bytes(text.encode(), "overrides.csv"))
    assert len(found) == 1
    assert [(each.kind, each.row, each.column) for each in problems] == [
        ("override_unsigned", 2, "who")
    ]


def test_decisions_that_no_row_follows_are_told() -> None:
    decisions = [decide("Jala"), decide("Narnia"), decide("Hit", "SY")]
    table = incidents(("jala", None, None, None), ("Hit", "IQ", None, None))
    _, chosen = apply_overrides(table, decisions)
    told = tell_unused_decisions(decisions, chosen[chosen >= 0])
    assert [(each.kind, each.value) for each in told] == [
        ("override_unused", "Narnia"), ("override_unused", "Hit")]  # fmt: skip


def test_decisions_are_not_put_beside_rows() -> None:
    rows, each = decisions(20_000)

    def decide_on(number: int) -> float:
        return spend(lambda chosen: apply_overrides(rows, chosen), each[:number])

    assert decide_on(2_000) < IN_STEP * decide_on(2)
