"""Routes: what a browser or a program may fetch, and what it may not."""

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from incidents.serving import routes
from incidents.versions.catalog import Catalog, Version

ANSWERS = ("/api/health", "/api/incidents.csv", "/api/incidents.geojson",
           "/api/incidents.parquet", "/api/map",
           "/api/map.svg", "/api/map.png", "/api/facets", "/api/picture.png",
           "/api/figures", "/api/timeline", "/api/playback.gif",
           "/api/casualties", "/api/casualties.csv", "/api/escalation",
           "/api/munitions", "/api/munitions.csv",
           "/api/brief.html", "/api/qr/overview.svg")  # fmt: skip


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
def test_answers_the_shipped_table(api_client: TestClient, path: str) -> None:
    answer = api_client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, TYPES[path])
    assert len(answer.content) > 0


def test_every_route_is_tested() -> None:
    paths = {route.path.replace("{page}", "overview") for route in routes.list_routes()}
    others = {"/api/assets/{name:path}", "/api/schema", "/api/{path:path}", "/api/card.png"}
    # See test_openapi.py and running/test_health.py.
    others |= {"/api/openapi.json", "/api/health/live", "/api/health/ready"}
    assert paths == {*others, *ANSWERS}


@pytest.mark.parametrize("path", ["/api/nothing", "/api/incidents.zip", "/api/", "/api/map/x"])
def test_unknown_address_is_404_and_not_a_page(api_client: TestClient, path: str) -> None:
    answer = api_client.get(path)
    assert (answer.status_code, answer.text) == (
        404,
        "There is nothing at this address of the API.",
    )


def test_routes_below_a_path_of_the_host() -> None:
    assert all(route.path.startswith("/deep/api/") for route in routes.list_routes("/deep"))


@pytest.mark.parametrize("path", [*ANSWERS, "/api/schema", "/api/assets/leaflet.js"])
def test_head_is_get_without_a_body(api_client: TestClient, path: str) -> None:
    head, got = api_client.head(path), api_client.get(path)
    assert (head.status_code, head.content) == (200, b"")
    kept = ("content-type", "etag", "content-disposition", "cache-control")
    assert [head.headers.get(name) for name in kept] == [got.headers.get(name) for name in kept]


@pytest.mark.parametrize("path", [*ANSWERS, "/api/schema", "/api/assets/leaflet.js"])
def test_nothing_can_be_posted(api_client: TestClient, path: str) -> None:
    assert api_client.post(path).status_code == 405


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
def test_a_bad_parameter_is_named(
    api_client: TestClient, path: str, query: str, sentence: str
) -> None:
    answer = api_client.get(f"{path}?{query}")
    assert answer.status_code == 400
    assert answer.text.startswith(sentence)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("path", ANSWERS)
@pytest.mark.parametrize("name", ["0" * 12, "abc"])
def test_unknown_version(api_client: TestClient, path: str, name: str) -> None:
    answer = api_client.get(path, params={"data": name})
    assert (answer.status_code, answer.text) == (
        404,
        f'Version "{name}" of the table is not kept here.',
    )


@pytest.mark.parametrize("path", ANSWERS)
def test_etag(api_client: TestClient, shipped: Version, path: str) -> None:
    first = api_client.get(path)
    tag = first.headers["etag"]
    for given in (tag, f"W/{tag}", f'"other", {tag}'):
        again = api_client.get(path, headers={"if-none-match": given})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert api_client.get(path, headers={"if-none-match": '"other"'}).status_code == 200
    other = api_client.get(path, params={"type": "air strike"})
    assert other.headers["etag"] != tag
    # The same version by its name has the same content, under an address of its own.
    assert api_client.get(path, params={"data": shipped.snapshot.id}).status_code == 200


def test_etags_differ_between_routes_and_after_an_update(
    api_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    tags = {api_client.get(path).headers["etag"] for path in ANSWERS}
    monkeypatch.setattr(routes, "_code_version", lambda: "next")
    assert len(tags | {api_client.get("/api/map").headers["etag"]}) == len(ANSWERS) + 1


def test_no_table_at_all(
    api_client: TestClient,
    shipped_catalog: Catalog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = replace(
        shipped_catalog.settings, table=tmp_path / "no.csv", snapshots=tmp_path / "none"
    )
    broken = Catalog(settings)
    monkeypatch.setattr(routes, "get_catalog", lambda: broken)
    answer = api_client.get("/api/map")
    assert answer.status_code == 503
    assert 'no table "no.csv"' in answer.text and str(tmp_path) not in answer.text
