"""What each report says, and where it differs from most others."""

from datetime import date
from typing import Any

import pytest

from incidents.disagreement import Account, list_accounts, list_differences

INCIDENT = {"date": date(2021, 7, 7)}
Said = tuple[str, str, str | None, int | None, int | None]


def account_of(
    *said: Said, supersedes: dict[str, str] | None = None, dates: dict[str, str] | None = None
) -> dict[str, Account]:
    names = dict.fromkeys(report for report, *_ in said)
    reports: list[dict[str, Any]] = [
        {"report": name, "supersedes": (supersedes or {}).get(name)}
        | {"says_date": (dates or {}).get(name)}
        for name in names
    ]
    fields = ("report", "measure", "group", "low", "high")
    claims = [dict(zip(fields, each, strict=True)) for each in said]
    accounts = list_accounts(INCIDENT, reports, claims)
    return {account.report["report"]: account for account in accounts}


def say(account: Account) -> list[str]:
    return [
        f"{'≠ ' if each.differs else ''}{each.label} {each.text}" for each in account.statements
    ]


CASES = {
    "agree": ((("r1", "killed", "all", 4, 4), ("r2", "killed", "all", 4, 4)), ["killed 4"]),
    "split": ((("r1", "killed", "all", 4, 4), ("r2", "killed", "all", 5, 5)), ["≠ killed 4"]),
    "most say otherwise": (
        (
            ("r1", "killed", "all", 4, None),
            ("r2", "killed", "all", 5, 5),
            ("r3", "killed", "all", 5, 5),
        ),
        ["≠ killed 4 or more"],
    ),
    "two numbers of one group": (
        (
            ("r1", "wounded", "all", 2, 2),
            ("r1", "wounded", "all", 3, 3),
            ("r2", "wounded", "all", 2, 2),
        ),
        ["wounded 2", "≠ wounded 3"],
    ),
    "one number twice": (
        (("r1", "wounded", "all", 2, 2), ("r1", "wounded", "all", 2, 2)),
        ["wounded 2"],
    ),
    "groups apart": (
        (("r1", "killed", "all", 4, 4), ("r1", "killed", "civilians", 1, 1)),
        ["killed 4", "civilians killed 1"],
    ),
    "munitions": ((("r1", "launched", None, 14, 14),), ["launched 14"]),
}


@pytest.mark.parametrize(("said", "expected"), CASES.values(), ids=list(CASES))
def test_statements_of_the_first_report(said: tuple[Said, ...], expected: list[str]) -> None:
    assert say(account_of(*said)["r1"]) == expected


def test_each_number_of_a_report_counts_in_the_differences() -> None:
    accounts = account_of(
        ("r1", "wounded", "all", 2, 2),
        ("r1", "wounded", "all", 3, 3),
        ("r1", "wounded", "all", 3, 3),
        ("r2", "wounded", "all", 2, 2),
    )
    assert list_differences(list(accounts.values())) == [("wounded", [("2", 2), ("3", 1)])]


def test_a_superseded_report_is_in_no_difference() -> None:
    accounts = account_of(
        ("r1", "killed", "all", 4, 4), ("r2", "killed", "all", 5, 5), supersedes={"r2": "r1"}
    )
    assert accounts["r1"].is_superseded and not accounts["r2"].is_superseded
    assert say(accounts["r2"]) == ["killed 5"]
    assert list_differences(list(accounts.values())) == []


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ("2021-07-07", []),
        ("2021-07", []),
        ("2021-07-08", ["≠ date 8 Jul 2021"]),
        ("2021-06", ["≠ date Jun 2021"]),
    ],
)
def test_dates(says: str, expected: list[str]) -> None:
    account = account_of(("r1", "killed", "all", 4, 4), dates={"r1": says})["r1"]
    assert say(account)[1:] == expected
