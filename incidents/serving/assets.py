"""Scripts, styles and outlines of the map: what the routes serve besides answers."""

import gzip
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from geo.drawing.land import Land
from geo.drawing.maps import ASSETS, LAND, LIVE_LAYER, read_land
from geo.places.places import read_places
from incidents.versions.catalog import get_catalog

MEDIA = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".png": "image/png",
    ".json": "application/json",
}
"""Media type by ending of a file's name."""
# A client may name gzip to refuse it: "gzip;q=0".
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
_YEAR = "public, max-age=31536000, immutable"


@cache
def _list_files() -> dict[str, list[Path]]:
    """Every name that ``/api/assets/`` serves and the files that are joined to it.

    Nothing else on the disk can be reached.
    """
    import xstatic.pkg.jquery
    import xstatic.pkg.leaflet

    leaflet, jquery = Path(xstatic.pkg.leaflet.BASE_DIR), Path(xstatic.pkg.jquery.BASE_DIR)
    files = {name: leaflet / name for name in ("leaflet.js", "leaflet.css")}
    files |= {f"images/{path.name}": path for path in (leaflet / "images").glob("*.png")}
    files["jquery.min.js"] = jquery / "jquery.min.js"
    files |= {path.name: path for path in ASSETS.iterdir() if path.suffix in MEDIA}
    parts = [ASSETS / "live-layer" / f"{name}.js" for name in LIVE_LAYER]
    return {name: [path] for name, path in files.items()} | {"live-layer.js": parts}


@cache
def load_land() -> dict[str, Any]:
    """The base map, see `geo.drawing.maps.read_land`."""
    settings = get_catalog().settings
    return read_land(settings.boundaries, read_places(settings.places))


@cache
def load_drawing() -> Land:
    """The base map for pictures that the server draws itself."""
    return Land(load_land())


def read_asset(name: str) -> bytes | None:
    """A file as gzip; None if there is none of this name."""
    return _compress(name) if name == LAND or name in _list_files() else None


@cache
def _compress(name: str) -> bytes:
    if name == LAND:
        text = json.dumps(load_land(), ensure_ascii=False, separators=(",", ":"))
        return gzip.compress(text.encode())
    return gzip.compress(b"\n".join(path.read_bytes() for path in _list_files()[name]))


@cache
def asset_version() -> str:
    """Short hash of our own assets and boundaries, for addresses that browsers may keep."""
    settings = get_catalog().settings
    paths = [
        *sorted(path for path in ASSETS.rglob("*") if path.is_file()),
        *sorted(settings.boundaries.glob("*.geojson")),
        settings.places,
    ]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


async def answer_asset(request: Request) -> Response:
    """The file that the address names; one whose address holds its version stays for a year."""
    body = await run_in_threadpool(read_asset, request.path_params["name"])
    if body is None:
        return PlainTextResponse("There is no such file.", 404)
    headers = {"cache-control": _YEAR if "v" in request.query_params else "public, max-age=86400"}
    if _GZIP.search(request.headers.get("accept-encoding", "")):
        headers["content-encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    headers["vary"] = "accept-encoding"
    return Response(
        body, media_type=MEDIA[Path(request.path_params["name"]).suffix], headers=headers
    )
