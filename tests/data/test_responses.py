"""What answers what in the shipped table: only where a report names it."""

import csv
from pathlib import Path

from incidents.table.columns import split_ids

DATA = Path(__file__).resolve().parents[2] / "data"

SAID_BY = {
    # Retaliation for the deadly rocket attack on the base in Erbil, "as well as two other attacks",
    # which it does not name.
    ("SY-2021-02-26-AL-BUKAMAL-1", "IQ-2021-02-15-ERBIL-1"): {"R-0051"},
    # Fired at the base in answer to the air strikes near al-Bukamal, hours before.
    ("SY-2021-06-28-AL-OMAR-1", "SY-2021-06-28-AL-BUKAMAL-1"): {"R-0229", "R-0233"},
}
"""Each answer and the reports that say so. The strikes of 28 June are told to answer drone attacks,
but no report names one of them (R-0209, R-0210)."""


def read_table(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_answer_is_said_by_a_report_on_it() -> None:
    found = {
        (row["incident"], answered)
        for row in read_table("incidents")
        for answered in split_ids(row["response_to"])
    }
    assert found == set(SAID_BY)
    on = {row["report"]: row["incident"] for row in read_table("reports")}
    assert {(pair, on[each]) for pair, said in SAID_BY.items() for each in said} == {
        (pair, pair[0]) for pair in SAID_BY
    }


def test_nothing_answers_what_came_later() -> None:
    days = {row["incident"]: row["date"] for row in read_table("incidents")}
    assert all(days[answered] <= days[answer] for answer, answered in SAID_BY)
