"""Scripts, styles and outlines of the map: what is sent of them, and that nothing else is."""

import gzip
import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from geo.drawing.maps import LIVE_LAYER
from incidents.serving import assets

ASSETS = ("leaflet.js", "leaflet.css", "jquery.min.js", "live-layer.js", "live-layer.css",
          "land.json", "images/marker-icon.png")  # fmt: skip


@pytest.mark.parametrize(
    ("accepted", "is_packed"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("identity", False)],
)
def test_assets_are_packed_as_the_client_accepts(
    api_client: TestClient, accepted: str, is_packed: bool
) -> None:
    answer = api_client.get("/api/assets/leaflet.js", headers={"accept-encoding": accepted})
    assert ("content-encoding" in answer.headers) is is_packed


@pytest.mark.parametrize("name", ASSETS)
def test_assets_compressed_and_plain(api_client: TestClient, name: str) -> None:
    packed = api_client.get(f"/api/assets/{name}", headers={"accept-encoding": "gzip"})
    plain = api_client.get(f"/api/assets/{name}", headers={"accept-encoding": "identity"})
    assert packed.status_code == plain.status_code == 200
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content != b""
    assert packed.headers["vary"] == plain.headers["vary"] == "accept-encoding"
    with api_client.stream(
        "GET", f"/api/assets/{name}", headers={"accept-encoding": "gzip"}
    ) as answer:
        assert gzip.decompress(b"".join(answer.iter_raw())) == plain.content


def test_the_live_layer_is_sent_as_one_script(api_client: TestClient) -> None:
    told = api_client.get("/api/assets/live-layer.js").text
    parts = sorted((assets.ASSETS / "live-layer").glob("*.js"))
    assert len(parts) == len(LIVE_LAYER)
    assert all(part.read_text("utf-8") in told for part in parts)
    # The others add to what the first makes.
    assert told.index("window.LiveLayer = ") < told.index("window.LiveLayer.include(")


def test_assets_with_a_version_are_kept_for_long(api_client: TestClient) -> None:
    kept = api_client.get("/api/assets/live-layer.js?v=abc").headers["cache-control"]
    asked_again = api_client.get("/api/assets/live-layer.js").headers["cache-control"]
    assert "immutable" in kept and "immutable" not in asked_again


def test_land_holds_outlines_borders_and_names(api_client: TestClient) -> None:
    land: dict[str, Any] = json.loads(api_client.get("/api/assets/land.json").content)
    assert list(land) == ["governorates", "neighbours", "borders", "names"]
    assert [each[0] for each in land["names"]["country"][:2]] == ["Iraq", "Syria"]


TRAVERSALS = [
    "../settings.py", "..%2fsettings.py", "%2e%2e/settings.py", "%2e%2e%2f%2e%2e%2fapp.py",
    "....//settings.py", "images/../../../geo/maps.py", "images%2f..%2fleaflet.js",
    "/etc/passwd", "%2fetc%2fpasswd", "leaflet.js%00.css", "..\\settings.py", "", ".", "images",
    "LEAFLET.JS", "live-layer.js/", "live-layer/land.js", "leaflet.js~", "maps.py", "é",
]  # fmt: skip


@pytest.mark.parametrize("name", TRAVERSALS)
def test_nothing_else_on_the_disk_is_reached(api_client: TestClient, name: str) -> None:
    assert api_client.get(f"/api/assets/{name}").status_code == 404


def test_version_of_assets_is_short_and_steady(api_client: TestClient) -> None:
    assets.asset_version.cache_clear()
    first = assets.asset_version()
    assets.asset_version.cache_clear()
    assert assets.asset_version() == first
    assert len(first) == 10
