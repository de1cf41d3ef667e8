"""The playback as an animation: what each picture tells, and what it does not."""

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PIL import Image

from geo.drawing.land import Land
from geo.drawing.maps import read_land
from geo.drawing.pictures import MAP_HEIGHT, MAP_TOP, MAP_WIDTH, Scene
from geo.places.mercator import fit_window
from geo.places.places import read_places
from incidents.asking.address import from_query, insist
from incidents.asking.display import Display
from incidents.asking.facets import find_home
from incidents.asking.figures import count_figures
from incidents.asking.filters import Filters
from incidents.asking.map.playback_cells import Groups, read_groups
from incidents.asking.map.playback_steps import Steps, plan_steps
from incidents.asking.store import Store
from incidents.table.errors import FilterError
from incidents.table.settings import Settings
from incidents.telling.files import playback
from incidents.versions.catalog import Version
from tests.incidents.asking.map.test_playback_steps import JAN

BAGHDAD, ERBIL, FIJI = (
    {"lat": 33.3, "lon": 44.4},
    {"lat": 36.2, "lon": 44.0},
    {"lat": -17, "lon": 178},
)
IRAQ = (38.8, 29.0, 48.6, 37.4)
ROWS: tuple[dict[str, Any], ...] = (
    {"date": "2021-07-01", **BAGHDAD, "killed_min": 1, "killed_max": 2},
    {"date": "2021-07-03", **ERBIL},
    {"date": "2021-07-05", "date_end": "2021-07-06", **BAGHDAD, "killed_min": 4},
    {"date": "2021-07-01", "date_end": "2021-07-31", "date_precision": "month", **ERBIL},
    {"date": "2021-07-06"},
    {"date": "2021-07-06", **FIJI, "killed_min": 9, "killed_max": 9},
    {"date": "2021-07-08", **BAGHDAD, "operation": "X", "killed_min": 3, "killed_max": 5},
    {"date": "2021-07-09", **ERBIL, "operation": "X", "killed_min": 2, "killed_max": 7},
    {"date": "2021-07-09", "lat": 33.0, "lon": 43.0, "precision": "country", "country": "IQ"},
)  # fmt: skip
JULY = {"dates": (date(2021, 7, 1), date(2021, 7, 10)), "window": IRAQ, "step": "day"}


@pytest.fixture(scope="module")
def store(make_store: Any) -> Store:
    opened: Store = make_store(*ROWS)
    return opened


@pytest.fixture(scope="module")
def land(shipped_settings: Settings) -> Land:
    return Land(read_land(shipped_settings.boundaries, read_places(shipped_settings.places)))


def part(keys: dict[str, Any]) -> tuple[Filters, Display]:
    """The filters and the steps that are played."""
    shown = {name: keys.pop(name) for name in ("step", "length") if name in keys}
    return Filters(**keys), Display(**shown)


Play = Callable[..., list[tuple[Image.Image, int]]]
Tell = Callable[..., list[Scene]]


@pytest.fixture
def play(store: Store, land: Land) -> Play:
    """Pictures and milliseconds of the animation of some filters."""

    def run(opened: Store = store, **keys: Any) -> list[tuple[Image.Image, int]]:
        gif = playback.write_playback(opened, *part(keys), "abc", land)
        file = Image.open(io.BytesIO(gif))
        found = []
        for index in range(file.n_frames):
            file.seek(index)
            found.append((file.convert("RGB"), file.info["duration"]))
        return found

    return run


@pytest.fixture
def tell(store: Store, land: Land, monkeypatch: pytest.MonkeyPatch) -> Tell:
    """The scenes that are drawn for some filters."""

    def run(opened: Store = store, **keys: Any) -> list[Scene]:
        made: list[Scene] = []
        make = playback._make_scene

        def keep(groups: Groups, steps: Steps, number: int, classes: Sequence[str]) -> Scene:
            made.append(make(groups, steps, number, classes))
            return made[-1]

        monkeypatch.setattr(playback, "_make_scene", keep)
        monkeypatch.setattr(playback, "write_gif", lambda *_: b"")
        playback.write_playback(opened, *part(keys), "abc", land)
        monkeypatch.undo()
        return made

    return run


def is_marked(picture: Image.Image, place: dict[str, float], bbox: Any = IRAQ) -> bool:
    x, y = fit_window(bbox, MAP_WIDTH, MAP_HEIGHT).place(place["lon"], place["lat"])
    # Beside the middle, where a number may stand.
    red, _, blue = picture.getpixel((round(x) - 3, round(y) + MAP_TOP))  # type: ignore[misc]
    return red < 120 and blue - red > 40


# --- pictures


def test_one_picture_per_step_and_the_last_stays_longer(play: Play) -> None:
    durations = [ms for _, ms in play(**JULY)]
    assert len(durations) == 10
    assert len(set(durations[:-1])) == 1 and durations[-1] > durations[0]


def test_an_incident_is_marked_in_its_picture_only(play: Play) -> None:
    pictures = [picture for picture, _ in play(**JULY, place=(), precision=None)]
    assert [is_marked(picture, BAGHDAD) for picture in pictures] == [
        day in (1, 5, 6, 8) for day in range(1, 11)
    ]
    # The vague one is in all of July.
    assert all(is_marked(picture, ERBIL) for picture in pictures)


def test_pictures_where_nothing_happened_are_shown(play: Play, tell: Tell) -> None:
    quiet = JULY | {"dates": (date(2020, 1, 1), date(2020, 1, 5))}
    assert len(play(**quiet)) == 5
    assert {each.figures for each in tell(**quiet)} == {"No incidents in the table"}
    assert not any(is_marked(picture, BAGHDAD) for picture, _ in play(**quiet))


def test_a_window_outside_the_data_shows_land_and_says_what_is_elsewhere(tell: Tell) -> None:
    scenes = tell(**JULY | {"window": (35, 33, 37, 34)})
    assert all(not each.circles for each in scenes)
    assert scenes[5].notes == "Not drawn: 1 without a known place, 3 outside this part of the map"


def test_a_window_across_the_antimeridian(play: Play, tell: Tell) -> None:
    bbox = (170, -20, -170, -10)
    pictures = [picture for picture, _ in play(**JULY | {"window": bbox})]
    assert [is_marked(each, FIJI, bbox) for each in pictures] == [day == 6 for day in range(1, 11)]
    assert [len(each.circles) for each in tell(**JULY | {"window": bbox})] == [
        int(day == 6) for day in range(1, 11)
    ]


def test_without_a_window_all_placed_incidents_are_shown(tell: Tell) -> None:
    scenes = tell(dates=JULY["dates"], step="day")
    assert all("outside" not in each.notes for each in scenes)
    assert sum(circle.number for circle in scenes[5].circles) == 3


# --- what each picture tells


def test_titles_are_the_days_of_the_window(tell: Tell) -> None:
    assert [each.title for each in tell(**JULY | {"step": "week"})] == [
        "1–4 Jul 2021", "5–10 Jul 2021",
    ]  # fmt: skip
    assert [each.title for each in tell(window=IRAQ, step="week")] == [
        "28 Jun – 4 Jul 2021", "5–11 Jul 2021", "12–18 Jul 2021", "19–25 Jul 2021",
        "26 Jul – 1 Aug 2021",
    ]  # fmt: skip
    assert [each.title for each in tell(window=IRAQ, step="month")] == ["1–31 Jul 2021"]


def test_an_operation_counts_once_in_a_picture_and_unknown_is_said(tell: Tell) -> None:
    figures = [each.figures for each in tell(**JULY | {"length": 2})]
    assert figures[0] == "2 incidents · killed 1–2 (1 unknown)"
    assert figures[4] == "2 incidents · killed 4 or more (1 unknown)"
    assert figures[7] == "4 incidents · killed 3–7 (2 unknown)"
    assert figures[1] == "2 incidents · killed unknown"


def test_what_may_have_happened_on_other_days_is_said(tell: Tell) -> None:
    scenes = tell(**JULY)
    assert scenes[4].notes == "2 of those drawn may have happened on other days"
    assert "1 of those drawn may" in scenes[0].notes
    # In a window that holds all of its days, nothing is vague.
    assert [each.notes for each in tell(window=IRAQ, step="month")] == [
        "Not drawn: 1 without a known place, 1 outside this part of the map"
    ]


def test_large_areas_are_rings(tell: Tell) -> None:
    rings = [sum(circle.is_area for circle in each.circles) for each in tell(**JULY)]
    assert rings == [int(day == 9) for day in range(1, 11)]


PLAYED = ["step=month", "step=week&length=3", "step=day&dates=2021-06-25&dates=2021-07-10",
          "step=week&bbox=38,29,46,35&type=air+strike", "bbox=43,32,46,35&length=5",
          "step=month&dates=2021-02-10&dates=2021-07-20&length=2"]  # fmt: skip


@pytest.mark.parametrize("query", PLAYED)
def test_each_picture_tells_what_the_filters_would(
    shipped: Version, land: Land, tell: Tell, query: str
) -> None:
    """The figures of a picture are those of the page with the picture's days and window."""
    address = insist(*from_query(query))
    filters, display = address.in_window, address.display
    asked_for = {name: getattr(filters, name) for name in ("dates", "type", "window")}
    scenes = tell(shipped.store, step=display.step, length=display.length, **asked_for)
    extent = playback.read_extent(shipped.store.select(address.filters))
    steps = playback._plan(filters, display, extent)
    bbox = filters.window or find_home(playback._find_bounds(extent))
    window = fit_window(bbox, MAP_WIDTH, MAP_HEIGHT).bbox
    assert len(scenes) == steps.windows > 1
    for number, each in enumerate(scenes):
        asked = replace(filters, dates=steps.days(number), window=window)
        figures = count_figures(shipped.store.select(asked))
        assert sum(circle.number for circle in each.circles) == figures.incidents
        assert each.figures == playback._say_figures(figures.incidents, figures.killed)


def test_many_incidents_add_up_in_cells(shipped: Version, tell: Tell, monkeypatch: Any) -> None:
    fine = tell(shipped.store, step="month")
    monkeypatch.setattr(playback, "MOST_FEATURES", 10)
    coarse = tell(shipped.store, step="month")
    for a, b in zip(fine, coarse, strict=True):
        assert sum(c.number for c in a.circles) == sum(c.number for c in b.circles)
        assert len(b.circles) <= len(a.circles)
    assert sum(len(each.circles) for each in coarse) < sum(len(each.circles) for each in fine)


def test_nothing_to_play(make_store: Any, land: Land, play: Play) -> None:
    with pytest.raises(FilterError, match="no incident to play"):
        play(type=("nothing like it",))
    assert len(play(type=("nothing like it",), **JULY)) == 10
    with pytest.raises(FilterError, match="no incident to play"):
        play(make_store())


def test_incidents_without_any_place_are_played_and_told(make_store: Any, tell: Tell) -> None:
    scenes = tell(make_store({}, {"date": "2021-07-08"}), step="day")
    assert [each.notes for each in scenes] == ["Not drawn: 1 without a known place"] * 2


def test_the_words_at_the_foot(store: Store) -> None:
    filters = Filters(type=("air strike",))
    steps = plan_steps(JAN, date(2021, 3, 1), "week", 4, whole=True)
    lines = playback._say_lines(filters, steps, "Version abc", 12)
    assert lines[0] == "Incidents of type air strike. One picture per week; each shows 4 weeks."
    assert "vague" in lines[1]
    assert "Version abc" in lines[2] and "Natural Earth" in lines[2] and "12" in lines[2]
    # Whose it is has lines of its own: a long name cuts neither version nor what is coarsened.
    told = playback._say_lines(filters, steps, "Brought by a visitor\nCoarse\nVersion abc", 12)
    assert told == (*lines[:2], "Brought by a visitor", "Coarse", lines[2])


def test_circles_tell_the_types_of_their_incidents(make_store: Any, land: Land) -> None:
    mixed = make_store(
        {"date": "2021-07-01", **BAGHDAD, "type": "air strike"},
        {"date": "2021-07-01", **BAGHDAD, "type": "ambush"},
        {"date": "2021-07-02", **ERBIL, "type": "air strike"},
    )
    steps = plan_steps(date(2021, 7, 1), date(2021, 7, 2), "day", 1, whole=False)
    window = fit_window(IRAQ, MAP_WIDTH, MAP_HEIGHT)
    groups = read_groups(mixed.incidents, steps, window, ("air strike",), are_many=False)
    classes = ("type-0", "type-other")
    scenes = [playback._make_scene(groups, steps, number, classes) for number in (0, 1)]
    told = [circle.shares for scene in scenes for circle in scene.circles]
    assert told == [(("type-0", 1), ("type-other", 1)), (("type-0", 1),)]
    keys = playback._list_keys(scenes, ("air strike",))
    assert keys == [("dot type-0", "Air strike"), ("dot type-other", "Other types")]
    many = read_groups(mixed.incidents, steps, window, ("air strike",), are_many=True)
    scenes = [playback._make_scene(many, steps, 0, ())]
    assert playback._list_keys(scenes, ("air strike",)) == [
        ("sample cell", "Number of incidents around")
    ]
