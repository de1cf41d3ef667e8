import pandas as pd

from incidents.table.problems import (
    LONGEST_VALUE,
    PROBLEM_COLUMNS,
    group_findings,
    join_problems,
    make_problem,
    problems_at,
    problems_frame,
)


def test_a_problem_names_row_column_value_and_remedy() -> None:
    problem = make_problem("count_negative", "a.csv", row=12, column="killed_min", value="-3")
    assert problem.sentence == (
        'Row 12, column "killed_min": "-3" is below zero; taken as unknown. '
        "Put a whole number of 0 or more, or leave the cell empty for unknown."
    )
    assert problem.level == "warning"


def test_a_problem_of_the_table_names_the_file() -> None:
    problem = make_problem("column_missing", "a.csv", wanted="date", found="foo, bar")
    assert problem.message == 'a.csv: no column is called "date". Columns found: foo, bar.'
    assert problem.row is None


def test_long_values_are_cut() -> None:
    problem = make_problem("date_invalid", "a.csv", row=2, column="date", value="x" * 500)
    assert problem.value is not None
    assert len(problem.value) == LONGEST_VALUE
    assert len(problem.message) < 200


def test_braces_in_a_value_stay_text() -> None:
    found = problems_at("date_invalid", "a.csv", [2], "date", ["{row}{0}"])
    assert '"{row}{0}"' in found["message"].iloc[0]


def test_the_quick_way_says_the_same_as_one_by_one() -> None:
    many = problems_at("id_repeated", "a.csv", [3, 4], "id", ["a", "b"], first_row=[2, 1])
    single = problems_frame(
        make_problem("id_repeated", "a.csv", row=row, column="id", value=value, first_row=first)
        for row, value, first in [(3, "a", 2), (4, "b", 1)]
    )
    pd.testing.assert_frame_equal(many, single)


def test_problems_stand_in_the_order_of_file_row_and_column() -> None:
    joined = join_problems(
        [
            problems_at("date_missing", "b.csv", [2], "date"),
            problems_at("time_invalid", "a.csv", [10, 9], "time", ["x", "y"]),
            problems_at("date_missing", "a.csv", [9], "date"),
            problems_frame([make_problem("table_empty", "a.csv")]),
        ],
        columns=["time", "date"],
        files=["b.csv", "a.csv"],
    )
    seen = [
        (file, None if pd.isna(row) else row, None if pd.isna(column) else column)
        for file, row, column in zip(joined["file"], joined["row"], joined["column"], strict=True)
    ]
    assert seen == [
        ("b.csv", 2, "date"),
        ("a.csv", None, None),
        ("a.csv", 9, "time"),
        ("a.csv", 9, "date"),
        ("a.csv", 10, "time"),
    ]


def test_no_problems_are_a_frame_too() -> None:
    empty = join_problems([])
    assert list(empty.columns) == list(PROBLEM_COLUMNS)
    assert len(empty) == 0


def test_the_same_in_many_rows_is_one_line() -> None:
    problems = join_problems(
        [
            problems_at("count_invalid", "a.csv", [2, 3, 5], "killed", ["many", "lots", "many"]),
            problems_at("date_missing", "a.csv", [4], "date", [""]),
            problems_frame([make_problem("table_empty", "a.csv")]),
        ]
    )
    found = group_findings(problems)
    lines = found[["kind", "row", "value", "times"]].astype(object)
    assert lines.where(lines.notna(), None).to_numpy().tolist() == [
        ["table_empty", None, None, 1],
        ["date_missing", 4, "", 1],
        ["count_invalid", 2, "many", 2],
        ["count_invalid", 3, "lots", 1],
    ]
    assert found["message"][2].startswith('"many" is not')
