"""Own columns are asked like all others: in links, sentences, facets and exports."""

import csv
import io

import ibis
import pytest

from incidents.asking import exports
from incidents.asking.address import Address, from_query, to_query
from incidents.asking.engines.duck import DUCKDB
from incidents.asking.facets import count_facets, read_facets
from incidents.asking.filters import Filters, set_keys, to_sentence, without
from incidents.asking.histograms import count_histograms
from incidents.asking.links import fit_filters, insist_on_asked
from incidents.asking.store import Store, read_rows
from incidents.table.errors import FilterError
from incidents.versions.catalog import Catalog
from incidents.versions.own_cells import find_own
from tests.incidents.own_tables import ANALYST, CHOSEN, keep_tables


@pytest.fixture(scope="module")
def store(shipped_catalog: Catalog) -> Store:
    snapshot = keep_tables(shipped_catalog, ANALYST, chosen=CHOSEN)
    return Store(snapshot.folder, find_own=find_own)


def _fit(store: Store, query: str) -> tuple[Filters, list[str]]:
    address, dropped = from_query(query)
    assert dropped == ()
    filters, told = fit_filters(address.filters, store.ask(read_facets), None, store)
    return filters, [each.reason for each in told]


FOUND = {
    "x.verified_by=AP": "one three",
    "x.verified_by=AP&x.verified_by=Reuters": "one two three six",
    "x.verified_by=?": "four",
    "x.verified_by=?&x.verified_by=AP": "one three four",
    "x.verified_by=*": "one two three five six",
    "x.verified_by=<b>Bellingcat</b>": "five",
    "x.range_km=-2&x.range_km=40": "one two four six",
    "x.range_km=40&x.range_km=-2&x.range_km=?": "one two four five six",
    "x.range_km=1.5": "one",
    "x.range_km=?": "five",
    "x.range_km=*": "one two three four six",
    "x.checked_on=2021-07-01&x.checked_on=2021-08-01": "one two six",
    "x.checked_on=?": "three five",
    "x.checked_on=2021-07-08&x.verified_by=AP": "one",
    "x.verified_by=AP&q=Erbil": "three",
}


@pytest.mark.parametrize("query", FOUND)
def test_a_link_finds(store: Store, query: str) -> None:
    filters, told = _fit(store, query)
    assert told == []
    rows = read_rows(store.select(filters).order_by("date"))
    assert " ".join(row["x.memo"] for row in rows) == FOUND[query]
    assert store.count(filters)[0] == len(rows)


SENTENCES = {
    "x.verified_by=AP&x.verified_by=?": "Incidents where “Verified by” is “AP” or unknown",
    "x.range_km=-2&x.range_km=40": "Incidents where “Range km” is from -2 to 40",
    "x.range_km=1.5&x.range_km=?": "Incidents where “Range km” is 1.5 or unknown",
    "x.checked_on=2021-07-01&x.checked_on=2021-08-01": (
        "Incidents where “Checked on” is from 1 Jul 2021 to 1 Aug 2021"
    ),
    "x.checked_on=*": "Incidents where “Checked on” is known",
}


@pytest.mark.parametrize("query", SENTENCES)
def test_the_sentence_says_it(store: Store, query: str) -> None:
    assert to_sentence(_fit(store, query)[0]) == SENTENCES[query]


TOLD = {
    "x.nothing=1": '"x.nothing": this table has no such column to filter by.',
    "x.memo=one": '"x.memo": this table has no such column to filter by.',
    "x.verified_by=Nobody": 'Verified by: "Nobody" does not occur in this table.',
    "x.range_km=many": '"x.range_km": "many" is not a number.',
    "x.range_km=1e400": '"x.range_km": "1e400" is not a number.',
    "x.range_km=nan": '"x.range_km": "nan" is not a number.',
    "x.checked_on=July": '"x.checked_on": "July" is not a date like 2021-07-07.',
}


@pytest.mark.parametrize("query", TOLD)
def test_what_a_table_lacks_is_told_and_left_out(store: Store, query: str) -> None:
    filters, told = _fit(store, query)
    assert told == [TOLD[query]]
    assert filters == Filters()


@pytest.mark.parametrize("name", ["x.nothing", "x.memo", "x.", 'x."; DROP TABLE incidents', "x.*"])
def test_a_program_is_told_strictly(store: Store, name: str) -> None:
    address, _ = from_query([(name, "1")])
    with pytest.raises(FilterError, match="no such column"):
        insist_on_asked(address.filters, store.own)


def test_links_of_own_columns_come_back(store: Store) -> None:
    query = "country=IQ&x.verified_by=%3Cb%3EBellingcat%3C%2Fb%3E&x.range_km=1.5&z=4"
    address, dropped = from_query(query)
    assert (to_query(address), dropped) == (query, ())
    filters, _ = _fit(store, query)
    assert to_query(Address(filters)) == query.replace("&z=4", "&x.range_km=1.5")
    assert [key.name for key in set_keys(filters)] == ["country", "x.verified_by", "x.range_km"]
    assert without(filters, "x.verified_by").own == filters.own[1:]
    assert hash(filters) == hash(_fit(store, query)[0])


def test_options_are_counted_under_the_other_filters(store: Store) -> None:
    filters, _ = _fit(store, "x.verified_by=AP&x.range_km=-2&x.range_km=40")
    counts = count_facets(store, filters)
    options = dict(counts["x.verified_by"].options)
    assert options == {"AP": 1, "Reuters": 2, "<b>Bellingcat</b>": 0, "?": 1, "*": 3}
    assert dict(counts["place"].options)["Baghdad"] == 1
    assert dict(counts["place"].options)["Mosul"] == 0


def test_histograms_of_numbers_and_days(store: Store) -> None:
    spread = count_histograms(store, _fit(store, "x.verified_by=Reuters")[0])
    numbers, days = spread["x.range_km"], spread["x.checked_on"]
    assert (sum(n for *_, n in numbers.bars), numbers.unknown) == (2, 0)
    assert (sum(n for *_, n in days.bars), days.unknown) == (2, 0)
    every = count_histograms(store, Filters())["x.range_km"]
    assert (sum(n for *_, n in every.bars), every.unknown) == (5, 1)
    assert every.bars[0][0] == -2 and every.bars[-1][1] == pytest.approx(1200)


def test_exports_have_them_and_no_formula(store: Store) -> None:
    text = b"".join(exports.to_csv(store.incidents)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["x.verified_by"] for row in rows][:4] == ["AP", "Reuters", "AP", ""]
    assert [row["x.range_km"] for row in rows][1] == "-2"
    assert b'"x.checked_on": "2021-07-08"' in b"".join(exports.to_geojson(store.incidents, {}))


def test_a_table_without_them_is_asked_no_more(
    shipped_catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The statements are those of a store that looks for none."""
    folder = shipped_catalog.current.snapshot.folder
    # Neither has kept an answer yet.
    plain, found = Store(folder), Store(folder, find_own=find_own)
    filters = Filters(country=("IQ",))
    asked: list[list[str]] = []
    write = DUCKDB.statements.write

    def note(expression: ibis.Table) -> str:
        asked[-1].append(write(expression))
        return write(expression)

    monkeypatch.setattr(DUCKDB.statements, "write", note)
    for each in (plain, found):
        asked.append([])
        read_facets(each)
        count_facets(each, filters)
        count_histograms(each, filters)
    assert asked[0] == asked[1]
