"""The shipped table as a version: its ranges, its reports, its period, and no errors."""

import csv
from datetime import date

from incidents.versions.catalog import Catalog


def test_shipped_ranges_come_from_the_claims(shipped_catalog: Catalog) -> None:
    store = shipped_catalog.current.store
    incident = next(
        row["incident"]
        for row in store.table("claims").to_pyarrow().to_pylist()
        if row["measure"] == "killed" and row["group"] == "all"
    )
    found = store.find_incident(incident)
    assert found is not None
    reported = [
        claim
        for claim in store.find_claims(incident)
        if (claim["measure"], claim["group"]) == ("killed", "all")
    ]
    assert found["killed_min"] in [claim["low"] for claim in reported]
    assert found["sources"] == len({each["family"] for each in store.find_reports(incident)})


def test_shipped_reports_stay_as_they_are(shipped_catalog: Catalog) -> None:
    store = shipped_catalog.current.store
    found = store.table("reports").to_pyarrow().to_pylist()
    with (shipped_catalog.settings.table / "reports.csv").open(encoding="utf-8") as file:
        given = {row["report"]: row for row in csv.DictReader(file)}
    for name in ("published", "says_date", "supersedes"):
        assert {each["report"]: each[name] or "" for each in found} == {
            report: row[name] for report, row in given.items()
        }
    assert "2021-06" in {each["published"] for each in found}
    problems = store.table("problems").to_pyarrow().to_pylist()
    assert [each["message"] for each in problems if each["file"] != "incidents.csv"] == []


def test_shipped_table_has_no_errors(shipped_catalog: Catalog) -> None:
    problems = shipped_catalog.current.store.table("problems").to_pyarrow().to_pylist()
    assert [each["message"] for each in problems if each["level"] == "error"] == []
    assert shipped_catalog.notice is None


def test_shipped_table_says_when_it_was_monitored(shipped_catalog: Catalog) -> None:
    version = shipped_catalog.current
    assert version.snapshot.monitored == (date(2021, 1, 1), date(2021, 7, 31))
    days = version.store.incidents.aggregate(
        first=version.store.incidents.date.min(), last=version.store.incidents.date.max()
    )
    (row,) = days.to_pyarrow().to_pylist()
    assert version.snapshot.monitored[0] <= row["first"] <= row["last"]
    assert row["last"] <= version.snapshot.monitored[1]
