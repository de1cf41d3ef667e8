"""What the routes answer: the incidents of the filters, as files, pictures and numbers."""

from dataclasses import asdict

import pytest
from starlette.testclient import TestClient

from incidents.asking.facets import ANY_OF
from incidents.asking.figures import count_figures
from incidents.asking.filters import Filters
from incidents.serving import answers
from incidents.serving.turns import Turns
from incidents.versions.catalog import Catalog, Version


def test_csv_is_a_file_of_the_chosen_incidents(api_client: TestClient, shipped: Version) -> None:
    answer = api_client.get("/api/incidents.csv", params={"type": "air strike"})
    name = f'attachment; filename="incidents-{shipped.snapshot.id}.csv"'
    assert answer.headers["content-disposition"] == name
    incidents = shipped.store.incidents
    count = incidents.filter(incidents.type == "air strike").count().to_pyarrow().as_py()
    assert answer.content.count(b"\r\n") + answer.content.count(b"\n") >= count + 1 > 1


def test_geojson_says_version_filters_and_licence(api_client: TestClient, shipped: Version) -> None:
    document = api_client.get("/api/incidents.geojson?type=air+strike&z=4").json()
    assert document["version"] == shipped.snapshot.id
    assert document["filters"] == "type=air+strike"
    assert document["about"] == "Incidents of type air strike"
    assert document["licence"]
    assert {each["properties"]["type"] for each in document["features"]} == {"air strike"}


def test_map_of_a_window(api_client: TestClient) -> None:
    everything = api_client.get("/api/map").json()
    window = api_client.get("/api/map?bbox=38,29,43,35").json()
    assert 0 < len(window["features"]) < len(everything["features"])
    assert window["total"] == everything["total"]


def test_facets_of_the_other_filters(api_client: TestClient, shipped: Version) -> None:
    counts = api_client.get("/api/facets?type=air+strike&precision=site&z=4").json()
    assert list(counts) == [*ANY_OF, "precision", "dates", "killed", "wounded"]
    spread = [counts.pop(name) for name in ("dates", "killed", "wounded")]
    assert all(set(each) == {"bars", "unknown"} for each in spread)
    assert all(set(each) == {"options", "more"} for each in counts.values())
    narrow = dict(counts["gov"]["options"])
    for gov in ("Anbar", "Baghdad"):
        asked = Filters(type=("air strike",), precision="site", gov=(gov,))
        assert narrow[gov] == shipped.store.count(asked)[0]
    assert sum(n for _, n in counts["type"]["options"]) > sum(narrow.values())


def test_playback_is_a_file(api_client: TestClient, shipped: Version) -> None:
    answer = api_client.get("/api/playback.gif?step=month&length=2&bbox=38,29,49,38")
    name = f'attachment; filename="incidents-{shipped.snapshot.id}-playback.gif"'
    assert answer.headers["content-disposition"] == name
    assert answer.content.startswith(b"GIF89a")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("step=day&dates=2020-01-01&dates=2021-07-31", '"step": one picture per day from '),
        ("step=fortnight", '"step": "fortnight" is not one of day, week'),
        ("length=0", '"length": "0" is below 1.'),
        ("length=61", '"length": "61" is above 60.'),
        ("type=nothing+like+it", "There is no incident to play: choose other filters."),
    ],
)
def test_what_cannot_be_played_is_told(api_client: TestClient, query: str, sentence: str) -> None:
    answer = api_client.get(f"/api/playback.gif?{query}")
    assert (answer.status_code, answer.headers["content-type"][:10]) == (400, "text/plain")
    assert answer.text.startswith(sentence)
    assert "etag" not in answer.headers


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_the_map_is_a_file(api_client: TestClient, shipped: Version, ending: str) -> None:
    whole = api_client.get(f"/api/map.{ending}")
    name = f'attachment; filename="incidents-{shipped.snapshot.id}-map.{ending}"'
    assert whole.headers["content-disposition"] == name
    near = api_client.get(f"/api/map.{ending}?bbox=43,32.5,45,34&type=air+strike")
    assert near.status_code == 200 and near.content != whole.content
    assert api_client.get(f"/api/map.{ending}?view=nonsense").status_code == 400


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/api/playback.gif?step=month", "PICTURES"),
        ("/api/picture.png", "PICTURES"),
        ("/api/map.svg", "PICTURES"),
        ("/api/map.png", "PICTURES"),
        ("/api/incidents.csv", "FILES"),
        ("/api/incidents.parquet", "FILES"),
        ("/api/casualties.csv", "FILES"),
    ],
)
def test_few_requests_wait_for_a_drawing_or_a_file(
    api_client: TestClient, monkeypatch: pytest.MonkeyPatch, path: str, line: str
) -> None:
    monkeypatch.setattr(answers, line, turns := Turns("others", at_once=1, waiting=0))
    turns.count += 1
    answer = api_client.get(path)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "etag" not in answer.headers
    assert api_client.get("/api/map").status_code == 200
    turns.count -= 1
    assert api_client.get("/api/playback.gif?type=nothing").status_code == 400
    # Also after one that could not be made.
    assert api_client.get(path).status_code == 200


def test_timeline_counts_the_chosen_incidents(api_client: TestClient, shipped: Version) -> None:
    answer = api_client.get("/api/timeline?step=quarter&type=air+strike&z=4").json()
    assert (answer["step"], answer["monitored"]) == ("quarter", ["2021-01-01", "2021-07-31"])
    assert {bar["type"] for bar in answer["bars"]} == {"air strike"}
    assert {bar["start"] for bar in answer["bars"]} <= {"2021-01-01", "2021-04-01", "2021-07-01"}
    assert sum(bar["incidents"] for bar in answer["bars"]) == answer["incidents"]
    assert api_client.get("/api/timeline").json()["incidents"] == shipped.snapshot.rows


def test_timeline_refuses_a_step_that_is_none(api_client: TestClient) -> None:
    answer = api_client.get("/api/timeline?step=decade")
    assert (answer.status_code, answer.text[:7]) == (400, '"step":')


def test_health(api_client: TestClient, shipped: Version) -> None:
    health = api_client.get("/api/health").json()
    assert health == {
        "status": "ok",
        "snapshot": shipped.snapshot.id,
        "rows": shipped.snapshot.rows,
        "located": shipped.snapshot.located,
        "set_aside": shipped.snapshot.set_aside,
        "notice": None,
        "protection": None,
    }


def test_health_tells_a_broken_table(
    api_client: TestClient, shipped_catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = api_client.get("/api/health").headers["etag"]
    monkeypatch.setattr(shipped_catalog, "told", "It broke.")
    answer = api_client.get("/api/health", headers={"if-none-match": tag})
    assert (answer.status_code, answer.json()["status"]) == (200, "table not readable")


def test_figures_are_those_of_the_page(api_client: TestClient, shipped: Version) -> None:
    answer = api_client.get("/api/figures?type=air+strike").json()
    figures = count_figures(shipped.store.select(Filters(type=("air strike",))))
    assert answer["incidents"] == figures.incidents
    assert answer["killed"] == asdict(figures.killed)
    west, south, east, north = answer["window"]
    assert -180 <= west < east <= 180 and -85 <= south < north <= 85
    assert (answer["first"], answer["last"]) == (
        figures.first and figures.first.isoformat(),
        figures.last and figures.last.isoformat(),
    )


def test_window_leaves_out_incidents_in_every_answer(api_client: TestClient) -> None:
    query = "bbox=44,33,45,34"
    inside = api_client.get(f"/api/map?{query}").json()["features"]
    assert 0 < len(inside) < 64
    assert api_client.get(f"/api/figures?{query}").json()["incidents"] == len(inside)
    assert api_client.get(f"/api/timeline?{query}").json()["incidents"] == len(inside)
    assert len(api_client.get(f"/api/incidents.geojson?{query}").json()["features"]) == len(inside)
    for path in ("casualties", "munitions"):
        assert api_client.get(f"/api/{path}?{query}").json()["total"]["incidents"] == len(inside)


@pytest.mark.parametrize("path", ["figures", "casualties", "munitions", "escalation"])
def test_what_is_shown_asks_nothing_anew(
    api_client: TestClient, shipped_catalog: Catalog, path: str
) -> None:
    kept = shipped_catalog.current.store._answers._kept
    api_client.get(f"/api/{path}?target=base")
    answers = len(kept)
    api_client.get(
        f"/api/{path}?target=base&z=3&view=lines&shade=killed&incident=x&page=2&against=abc"
    )
    assert len(kept) == answers
    api_client.get(f"/api/{path}?target=base&sources={len(path)}")
    assert len(kept) > answers
