"""Incidents with their reports and claims, many at once."""

from typing import Any

from incidents.asking.filters import Filters
from incidents.asking.records import read_records
from incidents.asking.sorting import DEFAULT_ORDER
from incidents.versions.catalog import Version


def test_records_are_what_is_found_one_by_one(shipped: Version) -> None:
    store, filters = shipped.store, Filters(basis="low", country=("IQ",))
    records = read_records(store, filters, DEFAULT_ORDER, 500)
    assert len(records) == store.count(filters)[0] > 50
    for each in records:
        name = each.row["incident"]
        assert each.row == store.find_incident(name, "low")
        assert each.reports == store.find_reports(name)
        assert each.claims == store.find_claims(name)
    assert sum(len(each.claims) for each in records) > 300


def test_they_are_in_the_order_asked_for_and_no_more(make_store: Any) -> None:
    rows = [{"incident": name, "place": place} for name, place in zip("CAB", "xyx", strict=True)]
    reports = ({"report": "R", "incident": "B"}, {"report": "S", "incident": "nobody's"})
    store = make_store(*rows, reports=reports)
    told = read_records(store, Filters(), "place", 2)
    assert [each.row["incident"] for each in told] == ["B", "C"]
    assert [[report["report"] for report in each.reports] for each in told] == [["R"], []]
    assert read_records(store, Filters(q="nothing"), "place", 2) == []
