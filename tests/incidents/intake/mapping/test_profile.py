"""Profiles as YAML: a round trip, and what hostile text gets for an answer."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.intake.mapping.parsing import _RULE_KEYS, parse_profile
from incidents.intake.mapping.profile import list_profiles, read_profile, write_profile
from incidents.intake.mapping.rules import (
    OUR_NAMES,
    PARTS_OF_DATE,
    Always,
    Count,
    Date,
    First,
    From,
    Join,
    Profile,
    Sum,
    Text,
)
from incidents.table.errors import ProfileError

HEAD = "name: mine\ntitle: Mine\n"
PLAIN = HEAD + "columns:\n  date: Datum\n"

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
filled = words.filter(lambda text: text.strip() != "")
listed = st.lists(words, max_size=3).map(tuple)
conditions = st.dictionaries(filled, listed, max_size=2)
extras: dict[str, Any] = {
    "where": conditions,
    "unless": conditions,
    "unknown": listed,
    "after": words,
    "before": words,
    "strip": listed,
    "values": st.dictionaries(words, words, max_size=3),
    "otherwise": st.sampled_from(["tell", "keep", "empty"]),
    "optional": st.booleans(),
    "confidence": st.floats(0, 1),
    "note": words,
}
several = st.lists(filled, min_size=1, max_size=3).map(tuple)
dates = several.map(lambda headers: dict(zip(PARTS_OF_DATE, headers, strict=False)))
simple = st.one_of(
    st.builds(From, several, **extras),
    st.builds(Sum, several, **extras),
    st.builds(Count, several, by=words, **extras),
    st.builds(Date, dates, **extras),
    st.builds(Text, words, **extras),
    st.builds(Always, words, **extras),
)
parts = st.lists(simple, min_size=1, max_size=3).map(tuple)
rules = st.one_of(
    simple,
    st.builds(First, parts, **extras),
    st.builds(Join, parts, by=words, **extras),
)
made = st.builds(
    Profile,
    name=st.from_regex("[a-z][a-z0-9_-]{0,9}", fullmatch=True),
    title=filled,
    columns=st.dictionaries(st.sampled_from(OUR_NAMES), rules, max_size=3),
    about=words,
    marks=st.lists(st.lists(filled, min_size=1, max_size=2).map(tuple), max_size=2).map(tuple),
    once=st.none() | st.lists(st.sampled_from(OUR_NAMES), max_size=2).map(tuple),
    not_claimed=listed,
    is_own=st.booleans(),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(made)
def test_a_profile_that_is_written_is_read_as_the_same(profile: Profile) -> None:
    assert read_profile(write_profile(profile)) == profile


@pytest.mark.parametrize(
    "odd", ["\x85", "a\u2028b", "\n a\n", "\ufeff", "\t", "yes", "#1", "- x: y"]
)
def test_odd_text_survives_it(odd: str) -> None:
    profile = Profile("mine", "Mine", {"type": Always(odd, values={odd: odd})})
    assert read_profile(write_profile(profile)) == profile


def test_the_shipped_profiles_survive_it_too(profiles: tuple[Profile, ...]) -> None:
    assert [read_profile(write_profile(each)) for each in profiles] == list(profiles)


def test_the_short_form_is_a_header_or_several_to_choose_from() -> None:
    profile = read_profile(HEAD + "columns:\n  date: Datum\n  place: [Ort, Stadt]\n")
    assert profile.columns["date"] == From(("Datum",))
    assert profile.columns["place"] == From(("Ort", "Stadt"))


def test_every_word_is_text() -> None:
    profile = read_profile(HEAD + "columns:\n  date: {from: 2021-07-07, values: {1: yes, no: 2}}\n")
    assert profile.columns["date"].sources == ("2021-07-07",)
    assert profile.columns["date"].values == {"1": "yes", "no": "2"}


# what it is, the text, words that the answer holds
HOSTILE = {
    "nothing": ("", "names and what they stand for"),
    "a number": ("7", "names and what they stand for"),
    "a list": ("- a\n- b", "names and what they stand for"),
    "no YAML": ("name: [", "not valid YAML"),
    "a tab": ("a:\n\tb: c", "not valid YAML in line 2"),
    "two documents": (PLAIN + "---\n" + PLAIN, "not valid YAML"),
    "an alias": ("a: &a [x]\nb: *a\n", "alias"),
    "laughs": (
        "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n" + PLAIN,
        "alias",
    ),
    "an object": ("!!python/object/apply:os.system ['true']", "names and what"),
    "a key that is a list": ("? [a, b]\n: c\n" + PLAIN, "not valid YAML"),
    "a key twice": (PLAIN + "  date: Tag\n", "twice"),
    "very deep": ("[" * 3000, "nested too deeply"),
    "very long": ("#" * 100_001, "100000 letters"),
    "a control character": ("name: \x00", "not valid YAML"),
    "no name": ("title: Mine\ncolumns: {}\n", "Name: a text"),
    "a name that is a path": ("name: ../../x\ntitle: M\ncolumns: {}\n", "cannot be used"),
    "no title": ("name: mine\ntitle: ' '\ncolumns: {}\n", "no title"),
    "no columns": (HEAD, "Columns: names"),
    "an unknown key": (PLAIN + "colour: red\n", '"colour" is unknown'),
    "an unknown column": (HEAD + "columns: {colour: Farbe}\n", '"colour" is not a column'),
    "no header": (HEAD + "columns: {date: ' '}\n", 'Column "date": no column of the table'),
    "an empty rule": (HEAD + "columns: {date: {}}\n", "give just one of from"),
    "two ways": (HEAD + "columns: {date: {from: a, always: b}}\n", "give just one of from"),
    "an unknown way": (HEAD + "columns: {date: {eval: a}}\n", '"eval" is unknown'),
    "no rules to choose from": (HEAD + "columns: {date: {first: []}}\n", "a list of rules"),
    "rules within rules": (
        HEAD + "columns: {date: " + "{first: [" * 5 + "a" + "]}" * 5 + "}\n",
        "more than 4 deep",
    ),
    "too many rules in one": (
        HEAD + "columns: {date: {join: [" + "a, " * 21 + "]}}\n",
        "21 rules are too many, the most is 20",
    ),
    "too many columns in one": (
        HEAD + "columns: {date: {sum: [" + "a, " * 101 + "]}}\n",
        "101 columns are too many",
    ),
    "too many columns in words": (
        HEAD + "columns: {date: {text: '" + "{a}" * 101 + "'}}\n",
        "101 columns are too many",
    ),
    "too many conditions": (
        HEAD
        + "columns: {date: {from: a, where: {"
        + ", ".join(f"c{n}: x" for n in range(100))
        + "}}}\n",
        "101 columns are too many",
    ),
    "too many endings": (
        HEAD + "columns: {date: {from: a, strip: [" + "a, " * 101 + "]}}\n",
        "101 endings are too many",
    ),
    "too many rules in all": (
        HEAD
        + "columns: {date: {first: ["
        + ("{first: [" + ("{join: [" + "a, " * 20 + "]}, ") * 13 + "]}, ") * 2
        + "]}}\n",
        "rules are too many, the most is 500",
    ),
    "a day without a month": (HEAD + "columns: {date: {date: {year: a, day: b}}}\n", "a month"),
    "an unknown choice": (HEAD + "columns: {date: {from: a, otherwise: x}}\n", "otherwise is one"),
    "no flag": (HEAD + "columns: {date: {from: a, optional: perhaps}}\n", "true or false"),
    "a confidence of ten": (HEAD + "columns: {date: {from: a, confidence: 10}}\n", "0 to 1"),
    "no confidence": (HEAD + "columns: {date: {from: a, confidence: nan}}\n", "0 to 1"),
    "a field of another way": (HEAD + "columns: {date: {from: a, by: x}}\n", '"by" is unknown'),
    "a way that is written out": (HEAD + "columns: {date: {from: a, way: sum}}\n", '"way" is'),
    "a date of more": (HEAD + "columns: {date: {date: {year: a, hour: b}}}\n", "a year, then"),
    "a date of a list": (HEAD + "columns: {date: {date: [a]}}\n", 'Column "date": names and'),
    "rules that are a text": (HEAD + "columns: {date: {join: a}}\n", "a list of rules"),
    "a text that is a list": (HEAD + "columns: {date: {text: [a]}}\n", "a text is needed"),
    "a rule within rules": (HEAD + "columns: {date: {first: [{from: a, note: []}]}}\n", "a text"),
    "a condition of lists": (
        HEAD + "columns: {date: {from: a, where: {b: [[c]]}}}\n",
        'Column "date", where: a text is needed',
    ),
    "a condition that is a list": (
        HEAD + "columns: {date: {from: a, unless: [b]}}\n",
        'Column "date", unless: names and',
    ),
    "values that are a list": (HEAD + "columns: {date: {from: a, values: [b]}}\n", "names and"),
    "once a foreign column": (PLAIN + "once: [colour]\n", '"colour" is not a column'),
    "marks without lists": (PLAIN + "recognised_by: [a]\n", "a list of texts"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_gets_a_sentence(name: str) -> None:
    text, answer = HOSTILE[name]
    with pytest.raises(ProfileError) as error:
        read_profile(text)
    assert answer in str(error.value)
    assert str(error.value).endswith(".") and len(str(error.value)) < 400


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_any_text_is_a_profile_or_an_error_of_ours(text: str) -> None:
    try:
        read_profile(text)
    except ProfileError as error:
        assert str(error) != ""


odd_keys = st.sampled_from([*_RULE_KEYS, *Profile.__struct_encode_fields__, "date", "x"]) | words
odd_data = st.recursive(
    words | st.sampled_from(["true", "1", "nan", "tell"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(odd_keys, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(odd_data)
def test_any_data_is_a_profile_or_an_error_of_ours(data: Any) -> None:
    for whole in (data, {"name": "x", "title": "X", "columns": {"date": data, "place": [data]}}):
        try:
            profile = parse_profile(whole)
        except ProfileError as error:
            assert str(error).endswith(".") and "Expected `" not in str(error)
        else:
            assert read_profile(write_profile(profile)) == profile


def test_a_folder_is_listed_by_name(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.yaml").write_text(PLAIN.replace("mine", name), "utf-8")
    (tmp_path / "notes.txt").write_text("nothing", "utf-8")
    assert [each.name for each in list_profiles(tmp_path)] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "answer"), [(PLAIN, 'holds the profile "mine"'), ("- a", "odd.yaml: ")]
)
def test_a_bad_file_is_named(tmp_path: Path, text: str, answer: str) -> None:
    (tmp_path / "odd.yaml").write_text(text, "utf-8")
    with pytest.raises(ProfileError, match=r"odd\.yaml") as error:
        list_profiles(tmp_path)
    assert answer in str(error.value)
