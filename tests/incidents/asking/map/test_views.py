"""Density, governorates, launch lines, before and after: what each view of the map holds."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from incidents.asking.address import from_query, insist
from incidents.asking.display import Display
from incidents.asking.figures import count_figures
from incidents.asking.filters import Filters
from incidents.asking.map import views as map_views
from incidents.asking.map.features import READERS, read_map
from incidents.asking.store import Store
from incidents.table.sentences import VIEWS

MakeStore = Callable[..., Store]
LAUNCH = {"origin": "Bashiqa", "origin_lat": 36.45, "origin_lon": 43.35}
ROWS: tuple[dict[str, Any], ...] = (
    {"date": "2021-01-05", "country": "IQ", "gov": "Anbar", "lat": 33.8, "lon": 42.4,
     "killed_min": 1, "killed_max": 3},
    {"date": "2021-01-20", "country": "IQ", "gov": "Anbar", "lat": 33.8, "lon": 42.4},
    {"date": "2021-02-03", "country": "IQ", "gov": "Erbil", "lat": 36.2, "lon": 44.0,
     "type": "rocket attack", **LAUNCH},
    {"date": "2021-02-04", "country": "IQ", "gov": "Erbil", "lat": 36.2, "lon": 44.0,
     "type": "drone attack", "wounded_min": 0, "wounded_max": 0, **LAUNCH},
    {"date": "2021-02-05", "country": "IQ", "gov": "Anbar", "lat": 33.0, "lon": 42.0,
     "precision": "governorate"},
    {"date": "2021-02-28", "country": "SY", "gov": "Homs"},
    {"date": "2021-02-28", "origin": "somewhere"},
)  # fmt: skip


@pytest.fixture(scope="module")
def store(make_store: MakeStore) -> Store:
    return make_store(*ROWS)


def ask(store: Store, query: str) -> dict[str, Any]:
    asked = insist(*from_query(query))
    return read_map(store, asked.in_window, asked.display)


def test_every_view_has_a_reader() -> None:
    assert set(READERS) == set(VIEWS)


@pytest.mark.parametrize("view", VIEWS)
def test_totals_are_the_same_in_every_view(store: Store, view: str) -> None:
    answer = ask(store, f"view={view}&country=IQ&bbox=0,0,1,1")
    assert (answer["view"], answer["total"], answer["unplaced"]) == (view, 5, 0)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("query", ["gov=nowhere", "bbox=-20,0,-10,1", "bbox=170,-9,-170,9"])
def test_every_view_of_nothing(store: Store, view: str, query: str) -> None:
    assert isinstance(ask(store, f"view={view}&{query}")["features"], list)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_of_an_empty_table(make_store: MakeStore, view: str) -> None:
    assert ask(make_store(), f"view={view}")["features"] == []


@pytest.mark.parametrize("zoom", [3, 6, 9, 12, 16])
def test_density_counts_each_incident_once(store: Store, zoom: int) -> None:
    answer = ask(store, f"view=density&z={zoom}")
    assert sum(n for _, _, n in answer["grid"]["cells"]) == 4
    assert answer["vague"] == 1
    assert (answer["grid"]["zoom"], answer["grid"]["pixels"]) == (zoom, 16)


def test_density_cells_are_pixels_of_the_map(store: Store) -> None:
    """A cell holds its incidents where Web Mercator has them: Ain al-Asad at zoom 8."""
    cells = ask(store, "view=density&z=8&gov=Anbar&precision=country")["grid"]["cells"]
    assert cells == []
    cells = ask(store, "view=density&z=8&dates=2021-01-01&dates=2021-01-31")["grid"]["cells"]
    # 42.4° E is (180 + 42.4) / 360 of 65,536 pixels, cut in 16; 33.8° N lies at 0.40005.
    assert cells == [[40487 // 16, 26218 // 16, 2]]


def test_governorates_hold_what_the_figures_hold(store: Store) -> None:
    areas = {each["gov"]: each for each in ask(store, "view=governorates")["areas"]}
    assert {gov: each["n"] for gov, each in areas.items()} == {"Anbar": 3, "Erbil": 2, "Homs": 1}
    assert areas["Anbar"]["killed"] == [1, 3]
    assert areas["Erbil"]["wounded"] == [0, 0]
    assert areas["Homs"]["killed"] == [None, None]
    assert areas["Erbil"]["toll"] == "killed unknown, wounded 0 (1 unknown)"


def test_governorates_do_not_depend_on_the_window(store: Store) -> None:
    far = ask(store, "view=governorates&bbox=0,0,1,1")
    assert far["areas"] == ask(store, "view=governorates")["areas"]
    assert far["vague"] == 1


def test_governorates_add_up_on_the_shipped_table(shipped: Any) -> None:
    answer = ask(shipped.store, "view=governorates")
    figures = count_figures(shipped.store.incidents)
    assert sum(each["n"] for each in answer["areas"]) + answer["vague"] == figures.incidents


def test_lines_join_launch_site_and_target(store: Store) -> None:
    answer = ask(store, "view=lines")
    assert (answer["launches"], answer["pairs"]) == (2, 1)
    (line,) = answer["features"]
    assert line["geometry"]["coordinates"] == [[43.35, 36.45], [44.0, 36.2]]
    told = line["properties"]
    assert (told["n"], told["origin"], told["type"], told["incident"]) == (2, "Bashiqa", None, None)


def test_a_line_of_one_incident_names_it(store: Store) -> None:
    (line,) = ask(store, "view=lines&type=rocket+attack")["features"]
    told = line["properties"]
    assert (told["n"], told["type"], told["incident"]) == (1, "rocket attack", "C")


def test_most_lines_are_sent_and_the_rest_counted(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_views, "MOST_LINES", 1)
    asad, erbil = {"lat": 33.8, "lon": 42.4}, {"lat": 36.2, "lon": 44.0}
    answer = ask(make_store(*({**at, **LAUNCH} for at in (asad, erbil, erbil))), "view=lines")
    assert (answer["launches"], answer["pairs"]) == (3, 2)
    assert [line["properties"]["n"] for line in answer["features"]] == [2]


def test_change_counts_two_periods(store: Store) -> None:
    query = "view=change&dates=2021-02-01&dates=2021-02-28&before=2021-01-01&before=2021-01-31"
    answer = ask(store, query)
    assert answer["periods"] == [
        {"dates": ["2021-01-01", "2021-01-31"], "n": 2},
        {"dates": ["2021-02-01", "2021-02-28"], "n": 5},
    ]
    cells = [f["properties"] for f in answer["features"]]
    assert sorted((cell["before"], cell["after"]) for cell in cells) == [(0, 1), (0, 2), (2, 0)]
    assert [cell["gov"] for cell in cells if "gov" in cell] == ["Anbar"]


def test_change_without_dates_compares_the_halves_of_the_table(store: Store) -> None:
    answer = ask(store, "view=change")
    assert [each["dates"] for each in answer["periods"]] == [
        ["2021-01-05", "2021-02-01"], ["2021-02-02", "2021-02-28"],
    ]  # fmt: skip
    assert [each["n"] for each in answer["periods"]] == [2, 5]


def test_change_tells_which_days_are_known_of(store: Store) -> None:
    shown = Display(view="change")
    stated = read_map(store, Filters(), shown, (date(2021, 1, 1), date(2021, 12, 31)))
    assert (stated["monitored"], stated["known"]) == (True, ["2021-01-01", "2021-12-31"])
    unstated = read_map(store, Filters(), shown)
    assert (unstated["monitored"], unstated["known"]) == (False, ["2021-01-05", "2021-02-28"])


@pytest.mark.parametrize("dates", ["dates=0001-01-01", "dates=0001-01-01&dates=9999-12-31"])
def test_change_at_the_ends_of_the_calendar(store: Store, dates: str) -> None:
    assert len(ask(store, f"view=change&{dates}")["periods"]) == 2


@pytest.mark.parametrize("zoom", [3, 6, 9, 12, 16])
def test_change_adds_up_at_every_zoom(shipped: Any, zoom: int) -> None:
    answer = ask(shipped.store, f"view=change&z={zoom}")
    placed = [f["properties"] for f in answer["features"]]
    before, after = (each["n"] for each in answer["periods"])
    assert sum(cell["before"] for cell in placed) <= before
    assert sum(cell["before"] + cell["after"] for cell in placed) == before + after - sum(
        ask(shipped.store, f"dates={a}&dates={b}")["unplaced"]
        for a, b in (each["dates"] for each in answer["periods"])
    )
