"""What a database has besides: the answers are the same with it and without."""

from collections.abc import Callable
from datetime import date, timedelta

import ibis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.asking import derived
from incidents.asking.conditions import CODE, find_code
from incidents.asking.facets import count_facets, read_facets
from incidents.asking.figures import count_figures, count_incidents, read_figures
from incidents.asking.filters import Filters
from incidents.asking.map.cells import count_cells
from incidents.asking.store import Store, read_rows
from incidents.asking.time.timeline import count_timeline, read_timeline
from incidents.table.sentences import STEPS
from incidents.versions.catalog import Version

MakeStore = Callable[..., Store]
Row = dict[str, object]
HOSTILE = "it's; DROP TABLE incidents --"
TYPES = ("air strike", "other", HOSTILE, "ß", "Z", "a")


def leave_out(incidents: ibis.Table) -> ibis.Table:
    """The incidents as an engine has them that knows no codes."""
    return incidents.drop(*(name for name in incidents.columns if name.endswith(CODE)))


def test_codes_are_the_texts_in_their_order(make_store: MakeStore) -> None:
    store = make_store(*({"type": each} for each in TYPES), {"type": None}, {"type": ""})
    incidents = store.incidents
    code = find_code(incidents, "type")
    assert code.get_name() == "type_code"
    told = [row["t"] for row in read_rows(incidents.select(t=code).order_by("t"))]
    assert told == [row["t"] for row in read_rows(incidents.select(t="type").order_by("t"))]
    assert {each for each in told if each} == set(TYPES)


def test_a_column_of_very_many_values_has_none(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derived, "MOST_CODES", 3)
    store = make_store(*({"type": each, "gov": "Erbil"} for each in TYPES))
    assert find_code(store.incidents, "type").get_name() == "type"
    assert find_code(store.incidents, "gov").get_name() == "gov_code"
    # Of nothing at all there are none, either.
    assert find_code(store.incidents, "weapon").get_name() == "weapon"
    assert store.ask(read_facets).values["type"] == sorted(TYPES)


def test_an_empty_table_has_none(make_store: MakeStore) -> None:
    store = make_store()
    assert not [name for name in store.incidents.columns if name in derived.CODED and CODE in name]
    assert store.ask(read_timeline, Filters(), "month", TYPES).incidents == 0


DAYS = st.dates(date(1899, 11, 1), date(2030, 3, 31))
INCIDENT = st.fixed_dictionaries(
    {
        "date": DAYS.map(date.isoformat),
        "lasts": st.sampled_from([None, 0, 1, 27, 31, 92, 400]),
        "type": st.sampled_from([None, *TYPES]),
        "direction": st.sampled_from([None, "strike by coalition", "other"]),
        "gov": st.sampled_from([None, "Erbil", "Basra"]),
        "precision": st.sampled_from(["governorate", "site"]),
        "lat": st.sampled_from([None, 33.0, 36.2]),
        "killed_min": st.sampled_from([None, 0, 3]),
        "civilians_killed_min": st.sampled_from([None, 2]),
    }
)


def finish(row: Row) -> Row:
    lasts, own = row["lasts"], {name: value for name, value in row.items() if name != "lasts"}
    assert lasts is None or isinstance(lasts, int)
    if lasts is not None:
        end = date.fromisoformat(str(row["date"])) + timedelta(days=lasts)
        own["date_end"] = end.isoformat()
    return {**own, "country": "IQ", "lon": None if row["lat"] is None else 44.0}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(INCIDENT.map(finish), min_size=1, max_size=12), st.sampled_from(list(STEPS)))
def test_timeline_and_map_are_the_same(make_store: MakeStore, rows: list[Row], step: str) -> None:
    store = make_store(*rows)
    incidents = store.incidents
    for types in (TYPES, TYPES[:1]):
        told = store.ask(read_timeline, Filters(scope="all"), step, types)
        plain = count_timeline(leave_out(incidents), step, types)
        bars = [each.bars.fillna({"type": "", "direction": ""}) for each in (told, plain)]
        assert bars[0].values.tolist() == bars[1].values.tolist()
        assert told.intervals.values.tolist() == plain.intervals.values.tolist()
        assert told.vague == plain.vague
    placed = incidents.filter(incidents.mx.notnull())
    assert count_cells(placed, 6) == count_cells(leave_out(placed), 6)


def test_counts_of_options_are_the_same(shipped: Version) -> None:
    counted = count_facets(shipped.store, Filters())
    incidents = leave_out(shipped.store.incidents)
    for name in ("type", "gov", "actor", "grade"):
        rows = read_rows(incidents.group_by(name).aggregate(n=incidents.count()))
        assert dict(counted[name].options) == {row[name]: row["n"] for row in rows if row[name]}


@pytest.mark.parametrize("rows", [[{}], [{"killed_min": 3}, {"wounded_max": 1}], []])
def test_without_civilians_the_figures_are_the_same(make_store: MakeStore, rows: list[Row]) -> None:
    store = make_store(*rows)
    assert not store.extent.has_civilians
    figures = store.ask(read_figures, Filters())
    assert figures == count_figures(store.incidents)
    assert figures.civilians.unknown == len(rows)
    assert count_incidents(store, Filters()) == store.count(Filters())


def test_one_civilian_is_enough(make_store: MakeStore) -> None:
    for name in ("civilians_killed_min", "civilians_wounded_max"):
        store = make_store({}, {name: 0})
        assert store.extent.has_civilians
        assert store.ask(read_figures, Filters()).civilians.unknown == 1


LATS = st.sampled_from([-90.0, -86.0, -33.3, 0.0, 33.3, 33.3000001, 33.30001, 86.0, 90.0])
LONS = st.sampled_from([-180.0, -0.0000001, 0.0, 44.4, 44.4000001, 44.40002, 180.0])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(
    st.lists(st.tuples(LATS | st.none(), LONS), min_size=1, max_size=12),
    st.lists(st.tuples(LONS, LATS, LONS, LATS), min_size=1, max_size=20),
)
def test_a_window_holds_what_lies_in_it_to_the_last_digit(
    make_store: MakeStore,
    points: list[tuple[float | None, float]],
    windows: list[tuple[float, float, float, float]],
) -> None:
    store = make_store(*({"lat": lat, "lon": None if lat is None else lon} for lat, lon in points))
    for west, south, east, north in windows:
        inside = sum(
            lat is not None
            and south <= lat <= north
            and (
                east - west >= 360
                or (west <= lon <= east if west <= east else lon >= west or lon <= east)
            )
            for lat, lon in points
        )
        window = Filters(scope="all", window=(west, south, east, north))
        assert store.count(window)[0] == inside
