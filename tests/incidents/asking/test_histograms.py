"""Histograms of the panel: every incident is in one bar, or told as unknown."""

from dataclasses import replace
from datetime import date

import pytest

from incidents.asking.filters import Filters
from incidents.asking.histograms import MOST_BINS, count_histograms, find_bar
from incidents.versions.catalog import Version

BARS = [(0, (0, 0)), (1, (1, 1)), (2, (2, 2)), (3, (3, 4)), (4, (3, 4)), (5, (5, 8)), (8, (5, 8)),
        (9, (9, 16)), (1000, (513, 1024))]  # fmt: skip


@pytest.mark.parametrize(("toll", "bar"), BARS, ids=[str(case[0]) for case in BARS])
def test_find_bar(toll: int, bar: tuple[int, int]) -> None:
    assert find_bar(toll) == bar


FILTERS = {
    "all": Filters(),
    "a month": Filters(dates=(date(2021, 7, 1), date(2021, 7, 31))),
    "of some harm": Filters(killed=(1, 5), wounded=(0, 3)),
    "of civilians": Filters(who="civilians", basis="low"),
    "of one place": Filters(gov=("Anbar",)),
    "none": Filters(q="nowhere at all"),
}


@pytest.mark.parametrize("filters", FILTERS.values(), ids=FILTERS)
@pytest.mark.parametrize("name", ["dates", "killed", "wounded"])
def test_every_incident_of_the_other_filters_is_counted_once(
    shipped: Version, filters: Filters, name: str
) -> None:
    histogram = count_histograms(shipped.store, filters)[name]
    others = replace(filters, **{name: None})
    total = shipped.store.count(others)[0]
    assert sum(n for *_, n in histogram.bars) + histogram.unknown == total
    assert len(histogram.bars) <= MOST_BINS
    assert list(histogram.bars) == sorted(histogram.bars)


def test_a_bar_holds_what_its_filter_finds(shipped: Version) -> None:
    histograms = count_histograms(shipped.store, Filters())
    for first, last, n in histograms["killed"].bars:
        assert shipped.store.count(Filters(killed=(int(first), int(last))))[0] == n
