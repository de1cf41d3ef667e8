import pytest

from incidents.table.columns import (
    CLAIM_COLUMNS,
    COLUMNS,
    GROUPS,
    HARMS,
    RANGES,
    REPORT_COLUMNS,
    find_column,
    fold_name,
    range_column,
    split_ids,
)


def test_the_columns_stand_in_the_order_of_the_contract() -> None:
    names = [column.name for column in COLUMNS]
    assert names[:8] == [
        *("incident", "operation", "date", "date_end", "date_precision", "time", "country", "gov"),
    ]
    assert names[names.index("weapon") + 1 :][:4] == [
        *("launched_min", "launched_max", "intercepted_min", "intercepted_max"),
    ]
    harms = [
        range_column(group, harm, bound)
        for group in GROUPS
        for harm in HARMS
        for bound in ("min", "max")
    ]
    start = names.index("killed_min")
    assert names[start : start + len(harms)] == harms
    assert names[-6:] == [*("sources", "grade", "reported_by", "response_to", "summary", "dataset")]


@pytest.mark.parametrize("columns", [COLUMNS, REPORT_COLUMNS, CLAIM_COLUMNS])
def test_names_are_unique(columns) -> None:
    names = [column.name for column in columns]
    assert len(names) == len(set(names))


def test_no_alias_means_two_things() -> None:
    meanings: dict[str, str] = {}
    for each in (*COLUMNS, *RANGES):
        for name in (each.name, *each.aliases):
            assert meanings.setdefault(fold_name(name), each.name) == each.name


def test_every_count_of_the_table_is_a_bound_of_a_range_or_sources() -> None:
    bounds = {bound for each in RANGES for bound in (each.low, each.high)}
    assert {column.name for column in COLUMNS if column.type == "count"} == bounds | {"sources"}


@pytest.mark.parametrize(
    ("group", "harm", "bound", "name"),
    [
        ("all", "killed", "min", "killed_min"),
        ("all", "wounded", "max", "wounded_max"),
        ("security_forces", "wounded", "min", "security_forces_wounded_min"),
    ],
)
def test_range_column(group: str, harm: str, bound: str, name: str) -> None:
    assert range_column(group, harm, bound) == name


@pytest.mark.parametrize(
    "words", [("soldiers", "killed", "min"), ("all", "hurt", "min"), ("all", "killed", "mean")]
)
def test_range_column_refuses_what_there_is_not(words: tuple[str, str, str]) -> None:
    with pytest.raises(KeyError):
        range_column(*words)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Event_Date", "eventdate"),
        ("event date", "eventdate"),
        ("EVENT-DATE ", "eventdate"),
        ("Дата", "дата"),
        ("تاريخ", "تاريخ"),
        ("أ", "ا"),
        ("___", ""),
    ],
)
def test_fold_name(name: str, folded: str) -> None:
    assert fold_name(name) == folded


def test_find_column_knows_names_only() -> None:
    found = find_column("date")
    assert found is not None and found.required
    assert find_column("event_date") is None


@pytest.mark.parametrize(
    ("cell", "ids"),
    [(None, []), ("", []), ("a", ["a"]), (" a ; b;", ["a", "b"]), ("a;a", ["a"])],
)
def test_split_ids(cell: str | None, ids: list[str]) -> None:
    assert split_ids(cell) == ids
