"""What a link asks for, fitted to the table on screen."""

from collections.abc import Callable

import pytest

from incidents.asking.facets import read_facets
from incidents.asking.filters import Filters
from incidents.asking.links import fit_filters
from incidents.asking.store import Store, read_rows

MakeStore = Callable[..., Store]


@pytest.mark.parametrize(
    ("asked", "fitted", "told"),
    [
        (("Hasakah",), ("Hasakah",), 0),
        (("Al Hasakeh",), ("Hasakah",), 0),
        (("Al Hasakeh", "Haseke", "Hasakah"), ("Hasakah",), 0),
        (("Rakka",), ("Ar-Raqqah",), 0),  # of a version made before names were one
        (("Narnia",), (), 1),
        (("Baghdad, Arizona",), (), 1),
        (("Homs",), (), 1),
    ],
)
def test_a_link_finds_a_governorate_by_any_spelling(
    make_store: MakeStore, asked: tuple[str, ...], fitted: tuple[str, ...], told: int
) -> None:
    store = make_store({"gov": "Hasakah"}, {"gov": "Ar-Raqqah"})
    filters, absent = fit_filters(Filters(gov=asked), read_facets(store), None, store)
    assert filters.gov == fitted
    assert len(absent) == told


def test_versions_made_before_answer_to_both_spellings(make_store: MakeStore) -> None:
    store = make_store({"gov": "Hasakah"}, {"gov": "Al Hasakeh"}, {"gov": "Homs"})
    found = {
        gov: len(read_rows(store.select(Filters(gov=(gov,)))))
        for gov in ("Hasakah", "Al Hasakeh", "Haseke", "Homs")
    }
    assert found == {"Hasakah": 2, "Al Hasakeh": 2, "Haseke": 2, "Homs": 1}
