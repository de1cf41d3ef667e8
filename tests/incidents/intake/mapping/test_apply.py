"""Each way to fill a column, by a small table; and what stays as it was."""

from dataclasses import replace
from typing import Any

import pytest

from benchmarks.hostile_tables import number, repeats_of_one_event
from incidents.intake.checking.validation import validate
from incidents.intake.mapping.apply import apply_profile
from incidents.intake.mapping.profile import read_profile
from incidents.intake.mapping.rules import From, Profile
from incidents.intake.reading.tables import Table, Tables
from tests.growth import IN_STEP, spend

# a rule of the column summary, the table, the cells that it gives
RULES = {
    "a header": ("Was", "Was,B\na,1\n ,1\n", ["a", ""]),
    "any case": ("was", "WAS\na\n", ["a"]),
    "the first that is filled": ("[A, B]", "A,B\na,b\n,b\n,\n", ["a", "b", ""]),
    "the first that is known": (
        "{from: [A, B], unknown: [Unknown]}",
        "A,B\nunknown,b\nUnknown,UNKNOWN\n",
        ["b", ""],
    ),
    "the first rule that gives something": (
        "{first: [{from: A, where: {B: ['1']}}, {always: none}]}",
        "A,B\na,1\na,1.0\na,2\n,1\n",
        ["a", "a", "none", "none"],
    ),
    "not where": ("{from: A, unless: {B: [x]}}", "A,B\na,X\na,y\n", ["", "a"]),
    "where it is empty": ("{from: A, where: {B: ['']}}", "A,B\na,\na,y\n", ["a", ""]),
    "joined without repeats": (
        "{join: [A, B, C], by: '; '}",
        "A,B,C\na,b,a\n,b,\na,a,b\n,,\n",
        ["a; b", "b", "a; b", ""],
    ),
    "words with gaps": (
        "{text: 'from {A} to {Zu Ort}!'}",
        'A,Zu Ort\na,b\n,b\n{B},"{A}"\n',
        ["from a to b!", "", "from {B} to {A}!"],
    ),
    "always": ("{always: IQ}", "A\na\nb\n", ["IQ", "IQ"]),
    "values": (
        "{from: A, values: {'1': one, -9: '', yes: both}, otherwise: keep}",
        "A\n1\n1.0\n-9\nYES\n9\n",
        ["one", "one", "", "both", "9"],
    ),
    "values, others are nothing": (
        "{from: A, values: {a: b}, otherwise: empty}",
        "A\na\nc\n",
        ["b", ""],
    ),
    "a date of its parts": (
        "{date: {year: Y, month: M, day: D}}",
        "Y,M,D\n2013,5,7\n2013,5,0\n2013,0,7\n2013,,\n2013,-9,1\n0,5,7\n2013.0,5.0,7.0\n2013,13,1\n",
        ["2013-5-7", "2013-5", "2013", "2013", "2013", "", "2013-5-7", "2013-13-1"],
    ),
    "a date of year and month": ("{date: {year: Y, month: M}}", "Y,M\n2013,5\n", ["2013-5"]),
    "how many items": ("{count: A, by: ;}", 'A\na; b;A\n""\n;\na\n', ["2", "", "", "1"]),
    "each publisher once": (
        "{count: A, by: ;}",
        "A\nReuters;REUTERS\nAl Jazeera;\u200fAl\u00a0 jazeera\nAP;AFP\n\u200f\n",
        ["1", "1", "2", ""],
    ),
    "how many cells": ("{count: [A, B]}", "A,B\na,b\na,a\n,\n", ["2", "1", ""]),
    "the sum": ("{sum: [A, B]}", "A,B\n1,2\n,2\n,\n0,\nsome,2\n", ["3", "2", "", "0", "some"]),
    "before and after": (
        "{from: A, after: ',', before: Acc}",
        'A\n"35.9, 36.7 Accuracy"\n35.9\n',
        ["36.7", ""],
    ),
    "without an ending": (
        "{from: A, strip: [' governorate']}",
        "A\nHoms Governorate\nHoms\ngovernorate\n",
        ["Homs", "Homs", "governorate"],
    ),
}


def profile_of(columns: str) -> Profile:
    return read_profile("name: mine\ntitle: Mine\ncolumns:\n" + columns)


def kinds_of(table: Any) -> list[list[Any]]:
    found = table.problems
    return [[None if c != c else c, k] for c, k in zip(found["column"], found["kind"], strict=True)]


@pytest.mark.parametrize("name", RULES)
def test_rule(name: str, make_table: Any) -> None:
    rule, text, cells = RULES[name]
    mapped = apply_profile(make_table(text), profile_of(f"  summary: {rule}\n"))
    assert mapped.rows["summary"].tolist() == cells


def test_only_columns_that_can_be_filled_are_there(make_table: Any) -> None:
    mapped = apply_profile(make_table("A\n1\n"), profile_of("  date: A\n  place: B\n"))
    assert list(mapped.rows.columns) == ["date"]
    assert kinds_of(mapped) == [[None, "profile_column_missing"]]
    assert mapped.origins == {"date": "A"}


def test_rows_keep_their_numbers_and_problems_the_names_of_the_file(make_table: Any) -> None:
    table = make_table("Tag,Tote\n2021-07-07,1\nbald,2\n2021-07-08,many\n")
    mapped = apply_profile(table, profile_of("  date: Tag\n  killed: Tote\n"))
    assert list(mapped.rows.index) == [2, 3, 4] and mapped.read == table.read
    problems = validate(Tables(mapped)).problems
    told = problems[problems["row"].notna()]
    assert told[["row", "column", "kind"]].values.tolist() == [
        [3, "Tag", "date_invalid"],
        [4, "Tote", "count_invalid"],
    ]


def test_values_that_are_unknown_are_told_with_their_number(make_table: Any) -> None:
    mapped = apply_profile(
        make_table("A\na\nx\nx\ny\n"), profile_of("  type: {from: A, values: {a: b}}\n")
    )
    found = mapped.problems
    assert found["kind"].tolist() == ["profile_value_unknown"] * 2
    assert '"x"' in found["message"][0] and "Rows: 2." in found["message"][0]


def test_own_tables_pass_through(make_table: Any) -> None:
    table = make_table("date,place\n2021,a\n")
    own = Profile("own", "Own", {"date": From(("date",))}, is_own=True)
    assert apply_profile(table, own) is table


def test_text_of_a_table_is_never_a_pattern(make_table: Any) -> None:
    mapped = apply_profile(
        make_table('A,B\n"{B} %s {0.__class__}",(.*)\n'),
        profile_of("  summary: {text: '{A} and {B}'}\n"),
    )
    assert mapped.rows["summary"].tolist() == ["{B} %s {0.__class__} and (.*)"]


def test_no_rows_are_fine(profiles: Any, make_table: Any) -> None:
    for profile in profiles:
        header = ",".join(f'"{name}"' for name in profile.list_headers())
        mapped = apply_profile(make_table(header + "\n"), profile)
        assert len(mapped.rows) == 0
        assert kinds_of(mapped) == []
        validate(Tables(mapped))


def test_repeats_that_differ_elsewhere_stay(make_table: Any) -> None:
    profile = read_profile(
        "name: mine\ntitle: Mine\nonce: [actor]\n"
        "columns: {incident: id, actor: who, killed: dead}\n"
    )
    mapped = apply_profile(
        make_table("id,who,dead\n1,a,3\n1,b,3\n1,b,4\n2,a,\n,x,1\n,y,1\n1,c,3\n"), profile
    )
    assert mapped.rows["actor"].tolist() == ["a; b; c", "b", "a", "x", "y"]
    assert list(mapped.rows.index) == [2, 4, 5, 6, 7]
    told = mapped.problems[["row", "kind"]].values.tolist()
    assert told == [[3, "event_repeated"], [8, "event_repeated"]]
    assert 'event "1" of row 2' in mapped.problems["message"][0]


def test_many_rows_of_one_event_are_as_quick_as_rows_of_many() -> None:
    def apply(given: tuple[Table, Profile]) -> None:
        apply_profile(*given)

    table, profile = repeats_of_one_event(20_000)
    apart = replace(table, rows=table.rows.assign(id=number(10_000) * 2))
    assert spend(apply, (table, profile)) < IN_STEP * spend(apply, (apart, profile))
