"""Routes: what a browser or a program may fetch, and what it may not."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.drawing.maps import LIVE_LAYER
from incidents.asking.address import KEYS
from incidents.asking.facets import ANY_OF
from incidents.asking.figures import count_figures
from incidents.asking.filters import Filters
from incidents.serving import answers, assets, routes
from incidents.serving.turns import Turns
from incidents.table.columns import COLUMNS
from incidents.versions.catalog import Catalog, Version

ANSWERS = ("/api/health", "/api/incidents.csv", "/api/incidents.geojson",
           "/api/incidents.parquet", "/api/map",
           "/api/map.svg", "/api/map.png", "/api/facets", "/api/picture.png",
           "/api/figures", "/api/timeline", "/api/playback.gif",
           "/api/casualties", "/api/casualties.csv", "/api/escalation",
           "/api/munitions", "/api/munitions.csv",
           "/api/brief.html", "/api/qr/overview.svg")  # fmt: skip
ASSETS = ("leaflet.js", "leaflet.css", "jquery.min.js", "live-layer.js", "live-layer.css",
          "land.json", "images/marker-icon.png")  # fmt: skip


@pytest.fixture
def client(shipped_catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    shipped_catalog.start().result()
    for module in (routes, answers, assets):
        monkeypatch.setattr(module, "get_catalog", lambda: shipped_catalog)
    with TestClient(Starlette(routes=list(routes.list_routes()))) as opened:
        yield opened


TYPES = {
    "/api/health": "application/json",
    "/api/incidents.csv": "text/csv; charset=utf-8",
    "/api/incidents.geojson": "application/geo+json",
    "/api/incidents.parquet": "application/vnd.apache.parquet",
    "/api/map": "application/json",
    "/api/facets": "application/json",
    "/api/figures": "application/json",
    "/api/timeline": "application/json",
    "/api/picture.png": "image/png",
    "/api/map.svg": "image/svg+xml",
    "/api/map.png": "image/png",
    "/api/brief.html": "text/html; charset=utf-8",
    "/api/qr/overview.svg": "image/svg+xml",
    "/api/card.png": "image/png",
    "/api/playback.gif": "image/gif",
    "/api/casualties": "application/json",
    "/api/escalation": "application/json",
    "/api/munitions": "application/json",
    "/api/munitions.csv": "text/csv; charset=utf-8",
    "/api/casualties.csv": "text/csv; charset=utf-8",
    "/api/schema": "application/json",
    "/api/assets/leaflet.js": "text/javascript; charset=utf-8",
    "/api/assets/land.json": "application/json",
    "/api/assets/images/marker-icon.png": "image/png",
}


@pytest.mark.parametrize("path", TYPES)
def test_answers_the_shipped_table(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, TYPES[path])
    assert len(answer.content) > 0


def test_every_route_is_tested() -> None:
    paths = {route.path.replace("{page}", "overview") for route in routes.list_routes()}
    others = {"/api/assets/{name:path}", "/api/schema", "/api/{path:path}", "/api/card.png"}
    # See test_openapi.py and running/test_health.py.
    others |= {"/api/openapi.json", "/api/health/live", "/api/health/ready"}
    assert paths == {*others, *ANSWERS}


@pytest.mark.parametrize("path", ["/api/nothing", "/api/incidents.zip", "/api/", "/api/map/x"])
def test_unknown_address_is_404_and_not_a_page(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (
        404,
        "There is nothing at this address of the API.",
    )


@pytest.mark.parametrize(
    ("accepted", "is_packed"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("identity", False)],
)
def test_assets_are_packed_as_the_client_accepts(
    client: TestClient, accepted: str, is_packed: bool
) -> None:
    answer = client.get("/api/assets/leaflet.js", headers={"accept-encoding": accepted})
    assert ("content-encoding" in answer.headers) is is_packed


def test_routes_below_a_path_of_the_host() -> None:
    assert all(route.path.startswith("/deep/api/") for route in routes.list_routes("/deep"))


@pytest.mark.parametrize("path", [*ANSWERS, "/api/schema", "/api/assets/leaflet.js"])
def test_head_is_get_without_a_body(client: TestClient, path: str) -> None:
    head, got = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (200, b"")
    kept = ("content-type", "etag", "content-disposition", "cache-control")
    assert [head.headers.get(name) for name in kept] == [got.headers.get(name) for name in kept]


@pytest.mark.parametrize("path", [*ANSWERS, "/api/schema", "/api/assets/leaflet.js"])
def test_nothing_can_be_posted(client: TestClient, path: str) -> None:
    assert client.post(path).status_code == 405


BAD = [
    ("unknown key", "colour=red", '"colour" is not a filter.'),
    ("date", "dates=7%20July", '"dates": "7 July" is not a date like 2021-07-07.'),
    ("number", "killed=many", '"killed": "many" is not a whole number.'),
    ("group", "who=%3Cscript%3E", '"who": "<script>" is not one of'),
    ("window", "bbox=1,2", '"bbox": give west,south,east,north in degrees.'),
    ("NUL", "q=%00", '"q": that holds characters'),
    ("no UTF-8", "who=%ff", '"who": '),
    ("version", "data=..%2F..%2Fetc", '"data": that is not the name of a version.'),
]


@pytest.mark.parametrize("path", ANSWERS)
@pytest.mark.parametrize(("query", "sentence"), [case[1:] for case in BAD],
                         ids=[case[0] for case in BAD])  # fmt: skip
def test_a_bad_parameter_is_named(client: TestClient, path: str, query: str, sentence: str) -> None:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 400
    assert answer.text.startswith(sentence)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("path", ANSWERS)
@pytest.mark.parametrize("name", ["0" * 12, "abc"])
def test_unknown_version(client: TestClient, path: str, name: str) -> None:
    answer = client.get(path, params={"data": name})
    assert (answer.status_code, answer.text) == (
        404,
        f'Version "{name}" of the table is not kept here.',
    )


@pytest.mark.parametrize("path", ANSWERS)
def test_etag(client: TestClient, shipped: Version, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    for given in (tag, f"W/{tag}", f'"other", {tag}'):
        again = client.get(path, headers={"if-none-match": given})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200
    other = client.get(path, params={"type": "air strike"})
    assert other.headers["etag"] != tag
    # The same version by its name has the same content, under an address of its own.
    assert client.get(path, params={"data": shipped.snapshot.id}).status_code == 200


def test_etags_differ_between_routes_and_after_an_update(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    tags = {client.get(path).headers["etag"] for path in ANSWERS}
    monkeypatch.setattr(routes, "_code_version", lambda: "next")
    assert len(tags | {client.get("/api/map").headers["etag"]}) == len(ANSWERS) + 1


def test_csv_is_a_file_of_the_chosen_incidents(client: TestClient, shipped: Version) -> None:
    answer = client.get("/api/incidents.csv", params={"type": "air strike"})
    name = f'attachment; filename="incidents-{shipped.snapshot.id}.csv"'
    assert answer.headers["content-disposition"] == name
    incidents = shipped.store.incidents
    count = incidents.filter(incidents.type == "air strike").count().to_pyarrow().as_py()
    assert answer.content.count(b"\r\n") + answer.content.count(b"\n") >= count + 1 > 1


def test_geojson_says_version_filters_and_licence(client: TestClient, shipped: Version) -> None:
    document = client.get("/api/incidents.geojson?type=air+strike&z=4").json()
    assert document["version"] == shipped.snapshot.id
    assert document["filters"] == "type=air+strike"
    assert document["about"] == "Incidents of type air strike"
    assert document["licence"]
    assert {each["properties"]["type"] for each in document["features"]} == {"air strike"}


def test_map_of_a_window(client: TestClient) -> None:
    everything = client.get("/api/map").json()
    window = client.get("/api/map?bbox=38,29,43,35").json()
    assert 0 < len(window["features"]) < len(everything["features"])
    assert window["total"] == everything["total"]


def test_facets_of_the_other_filters(client: TestClient, shipped: Version) -> None:
    counts = client.get("/api/facets?type=air+strike&precision=site&z=4").json()
    assert list(counts) == [*ANY_OF, "precision", "dates", "killed", "wounded"]
    spread = [counts.pop(name) for name in ("dates", "killed", "wounded")]
    assert all(set(each) == {"bars", "unknown"} for each in spread)
    assert all(set(each) == {"options", "more"} for each in counts.values())
    narrow = dict(counts["gov"]["options"])
    for gov in ("Anbar", "Baghdad"):
        asked = Filters(type=("air strike",), precision="site", gov=(gov,))
        assert narrow[gov] == shipped.store.count(asked)[0]
    assert sum(n for _, n in counts["type"]["options"]) > sum(narrow.values())


def test_playback_is_a_file(client: TestClient, shipped: Version) -> None:
    answer = client.get("/api/playback.gif?step=month&length=2&bbox=38,29,49,38")
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
def test_what_cannot_be_played_is_told(client: TestClient, query: str, sentence: str) -> None:
    answer = client.get(f"/api/playback.gif?{query}")
    assert (answer.status_code, answer.headers["content-type"][:10]) == (400, "text/plain")
    assert answer.text.startswith(sentence)
    assert "etag" not in answer.headers


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_the_map_is_a_file(client: TestClient, shipped: Version, ending: str) -> None:
    whole = client.get(f"/api/map.{ending}")
    name = f'attachment; filename="incidents-{shipped.snapshot.id}-map.{ending}"'
    assert whole.headers["content-disposition"] == name
    near = client.get(f"/api/map.{ending}?bbox=43,32.5,45,34&type=air+strike")
    assert near.status_code == 200 and near.content != whole.content
    assert client.get(f"/api/map.{ending}?view=nonsense").status_code == 400


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
    client: TestClient, monkeypatch: pytest.MonkeyPatch, path: str, line: str
) -> None:
    monkeypatch.setattr(answers, line, turns := Turns("others", at_once=1, waiting=0))
    turns.count += 1
    answer = client.get(path)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "etag" not in answer.headers
    assert client.get("/api/map").status_code == 200
    turns.count -= 1
    assert client.get("/api/playback.gif?type=nothing").status_code == 400
    # Also after one that could not be made.
    assert client.get(path).status_code == 200


def test_timeline_counts_the_chosen_incidents(client: TestClient, shipped: Version) -> None:
    answer = client.get("/api/timeline?step=quarter&type=air+strike&z=4").json()
    assert (answer["step"], answer["monitored"]) == ("quarter", ["2021-01-01", "2021-07-31"])
    assert {bar["type"] for bar in answer["bars"]} == {"air strike"}
    assert {bar["start"] for bar in answer["bars"]} <= {"2021-01-01", "2021-04-01", "2021-07-01"}
    assert sum(bar["incidents"] for bar in answer["bars"]) == answer["incidents"]
    assert client.get("/api/timeline").json()["incidents"] == shipped.snapshot.rows


def test_timeline_refuses_a_step_that_is_none(client: TestClient) -> None:
    answer = client.get("/api/timeline?step=decade")
    assert (answer.status_code, answer.text[:7]) == (400, '"step":')


def test_health(client: TestClient, shipped: Version) -> None:
    health = client.get("/api/health").json()
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
    client: TestClient, shipped_catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = client.get("/api/health").headers["etag"]
    monkeypatch.setattr(shipped_catalog, "notice", "It broke.")
    answer = client.get("/api/health", headers={"if-none-match": tag})
    assert (answer.status_code, answer.json()["status"]) == (200, "table not readable")


def test_no_table_at_all(
    client: TestClient, shipped_catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(
        shipped_catalog.settings, table=tmp_path / "no.csv", snapshots=tmp_path / "none"
    )
    broken = Catalog(settings)
    monkeypatch.setattr(routes, "get_catalog", lambda: broken)
    answer = client.get("/api/map")
    assert answer.status_code == 503
    assert 'no table "no.csv"' in answer.text and str(tmp_path) not in answer.text


def test_schema_lists_every_column_and_filter(client: TestClient) -> None:
    schema = client.get("/api/schema").json()
    assert [each["name"] for each in schema["columns"]] == [column.name for column in COLUMNS]
    assert [each["name"] for each in schema["filters"]] == [*(key.name for key in KEYS), "f"]
    assert all(each["meaning"] for each in schema["columns"] + schema["filters"])
    who = next(each for each in schema["filters"] if each["name"] == "who")
    assert who["schema"]["enum"][:2] == ["all", "civilians"] and who["default"] == "all"


# --- assets


@pytest.mark.parametrize("name", ASSETS)
def test_assets_compressed_and_plain(client: TestClient, name: str) -> None:
    packed = client.get(f"/api/assets/{name}", headers={"accept-encoding": "gzip"})
    plain = client.get(f"/api/assets/{name}", headers={"accept-encoding": "identity"})
    assert packed.status_code == plain.status_code == 200
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content != b""
    assert packed.headers["vary"] == plain.headers["vary"] == "accept-encoding"
    with client.stream("GET", f"/api/assets/{name}", headers={"accept-encoding": "gzip"}) as answer:
        assert gzip.decompress(b"".join(answer.iter_raw())) == plain.content


def test_the_live_layer_is_sent_as_one_script(client: TestClient) -> None:
    told = client.get("/api/assets/live-layer.js").text
    parts = sorted((assets.ASSETS / "live-layer").glob("*.js"))
    assert len(parts) == len(LIVE_LAYER)
    assert all(part.read_text("utf-8") in told for part in parts)
    # The others add to what the first makes.
    assert told.index("window.LiveLayer = ") < told.index("window.LiveLayer.include(")


def test_assets_with_a_version_are_kept_for_long(client: TestClient) -> None:
    kept = client.get("/api/assets/live-layer.js?v=abc").headers["cache-control"]
    asked_again = client.get("/api/assets/live-layer.js").headers["cache-control"]
    assert "immutable" in kept and "immutable" not in asked_again


def test_land_holds_outlines_borders_and_names(client: TestClient) -> None:
    land: dict[str, Any] = json.loads(client.get("/api/assets/land.json").content)
    assert list(land) == ["governorates", "neighbours", "borders", "names"]
    assert [each[0] for each in land["names"]["country"][:2]] == ["Iraq", "Syria"]


TRAVERSALS = [
    "../settings.py", "..%2fsettings.py", "%2e%2e/settings.py", "%2e%2e%2f%2e%2e%2fapp.py",
    "....//settings.py", "images/../../../geo/maps.py", "images%2f..%2fleaflet.js",
    "/etc/passwd", "%2fetc%2fpasswd", "leaflet.js%00.css", "..\\settings.py", "", ".", "images",
    "LEAFLET.JS", "live-layer.js/", "live-layer/land.js", "leaflet.js~", "maps.py", "é",
]  # fmt: skip


@pytest.mark.parametrize("name", TRAVERSALS)
def test_nothing_else_on_the_disk_is_reached(client: TestClient, name: str) -> None:
    assert client.get(f"/api/assets/{name}").status_code == 404


def test_version_of_assets_is_short_and_steady(client: TestClient) -> None:
    assets.asset_version.cache_clear()
    first = assets.asset_version()
    assets.asset_version.cache_clear()
    assert assets.asset_version() == first
    assert len(first) == 10


def test_figures_are_those_of_the_page(client: TestClient, shipped: Version) -> None:
    answer = client.get("/api/figures?type=air+strike").json()
    figures = count_figures(shipped.store.select(Filters(type=("air strike",))))
    assert answer["incidents"] == figures.incidents
    assert answer["killed"] == asdict(figures.killed)
    west, south, east, north = answer["window"]
    assert -180 <= west < east <= 180 and -85 <= south < north <= 85
    assert (answer["first"], answer["last"]) == (
        figures.first and figures.first.isoformat(),
        figures.last and figures.last.isoformat(),
    )


def test_window_leaves_out_incidents_in_every_answer(client: TestClient) -> None:
    query = "bbox=44,33,45,34"
    inside = client.get(f"/api/map?{query}").json()["features"]
    assert 0 < len(inside) < 64
    assert client.get(f"/api/figures?{query}").json()["incidents"] == len(inside)
    assert client.get(f"/api/timeline?{query}").json()["incidents"] == len(inside)
    assert len(client.get(f"/api/incidents.geojson?{query}").json()["features"]) == len(inside)
    for path in ("casualties", "munitions"):
        assert client.get(f"/api/{path}?{query}").json()["total"]["incidents"] == len(inside)


@pytest.mark.parametrize("path", ["figures", "casualties", "munitions", "escalation"])
def test_what_is_shown_asks_nothing_anew(
    client: TestClient, shipped_catalog: Catalog, path: str
) -> None:
    kept = shipped_catalog.current.store._answers._kept
    client.get(f"/api/{path}?target=base")
    answers = len(kept)
    client.get(f"/api/{path}?target=base&z=3&view=lines&shade=killed&incident=x&page=2&against=abc")
    assert len(kept) == answers
    client.get(f"/api/{path}?target=base&sources={len(path)}")
    assert len(kept) > answers
