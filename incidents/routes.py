"""What a browser or a program may fetch: the incidents, the map's window, the schema, assets."""

import gzip
import hashlib
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from geo.maps import ASSETS, read_land
from geo.places import read_places
from incidents import exports
from incidents.catalog import Version, get_catalog, hash_code, warm_up
from incidents.columns import COLUMNS
from incidents.errors import FilterError, SnapshotError, TableError
from incidents.filters import KEYS, Filters, only_filters, read_query, to_query, to_sentence
from incidents.map_features import read_map

LICENCE = "CC BY 4.0"
# A client may name gzip to refuse it: "gzip;q=0".
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
_YEAR = "public, max-age=31536000, immutable"


def _etag(*parts: str) -> str:
    return '"' + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20] + '"'


@cache
def _code_version() -> str:
    """After an update, what browsers keep of the old code's answers is stale."""
    return hash_code()


def _find_version(filters: Filters) -> Version:
    catalog = get_catalog()
    return catalog.current if filters.data is None else catalog.find(filters.data)


Answer = Callable[[Version, Filters], Response]


def _answers(name: str, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """A route that reads filters strictly and says in a sentence what is wrong with them."""

    def run(request: Request) -> Response:
        try:
            filters = read_query(request.query_params.multi_items())
            version = _find_version(filters)
        except (FilterError, SnapshotError) as error:
            status = 404 if isinstance(error, SnapshotError) else 400
            return PlainTextResponse(str(error), status)
        except TableError as error:
            return PlainTextResponse(str(error), 503)
        notice = get_catalog().notice or ""
        etag = _etag(name, _code_version(), version.snapshot.id, to_query(filters), notice)
        # A proxy that compresses marks it as weak, and a browser may send several.
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers={"etag": etag})
        response = answer(version, filters)
        response.headers["etag"] = etag
        response.headers["cache-control"] = "no-cache"
        return response

    async def route(request: Request) -> Response:
        # Queries wait for the disk and the processor: not on the loop that serves everybody.
        return await run_in_threadpool(run, request)

    return route


def _about(version: Version, filters: Filters) -> dict[str, Any]:
    return {
        "version": version.snapshot.id,
        "filters": to_query(only_filters(filters)),
        "about": to_sentence(filters),
        "licence": LICENCE,
    }


def _download(pieces: Iterator[bytes], media: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces, media_type=media, headers=headers)


def _csv(version: Version, filters: Filters) -> Response:
    pieces = exports.to_csv(version.store.select(filters))
    return _download(pieces, "text/csv; charset=utf-8", f"incidents-{version.snapshot.id}.csv")


def _geojson(version: Version, filters: Filters) -> Response:
    pieces = exports.to_geojson(version.store.select(filters), _about(version, filters))
    return _download(pieces, "application/geo+json", f"incidents-{version.snapshot.id}.geojson")


def _map(version: Version, filters: Filters) -> Response:
    return JSONResponse(read_map(version.store, filters))


def _health(version: Version, filters: Filters) -> Response:
    snapshot = version.snapshot
    notice = get_catalog().notice
    return JSONResponse(
        {
            "status": "ok" if notice is None else "table not readable",
            "snapshot": snapshot.id,
            "rows": snapshot.rows,
            "located": snapshot.located,
            "set_aside": snapshot.set_aside,
        }
    )


def make_schema() -> dict[str, Any]:
    """Columns and filters as JSON: what the API answers and what it takes."""
    return {
        "columns": [
            {
                "name": column.name,
                "type": column.type,
                "unit": column.unit or None,
                "allowed": list(column.allowed) or None,
                "meaning": column.meaning,
            }
            for column in COLUMNS
        ],
        "filters": [
            {
                "name": key.name,
                "label": key.label,
                "meaning": key.meaning,
                "default": key.default,
                "schema": key.kind.schema,
            }
            for key in KEYS
        ],
    }


async def _schema(request: Request) -> Response:
    return JSONResponse(make_schema(), headers={"cache-control": "no-cache"})


async def _nothing(request: Request) -> Response:
    # Streamlit would answer with its page, and a program would save that as data.
    return PlainTextResponse("There is nothing at this address of the API.", 404)


@cache
def _asset_files() -> dict[str, Path]:
    """Every file that ``/api/assets/`` serves: nothing else on the disk can be reached."""
    import xstatic.pkg.jquery
    import xstatic.pkg.leaflet

    leaflet, jquery = Path(xstatic.pkg.leaflet.BASE_DIR), Path(xstatic.pkg.jquery.BASE_DIR)
    files = {name: leaflet / name for name in ("leaflet.js", "leaflet.css")}
    files |= {f"images/{path.name}": path for path in (leaflet / "images").glob("*.png")}
    files["jquery.min.js"] = jquery / "jquery.min.js"
    return files | {path.name: path for path in ASSETS.iterdir() if path.suffix in _MEDIA}


_MEDIA = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".png": "image/png",
    ".json": "application/json",
}


@cache
def _read_asset(name: str) -> bytes:
    if name == "land.json":
        catalog = get_catalog()
        places = read_places(catalog.settings.places)
        land = read_land(catalog.settings.boundaries, places)
        return gzip.compress(json.dumps(land, ensure_ascii=False, separators=(",", ":")).encode())
    return gzip.compress(_asset_files()[name].read_bytes())


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name != "land.json" and name not in _asset_files():
        return PlainTextResponse("There is no such file.", 404)
    body = await run_in_threadpool(_read_asset, name)
    headers = {"cache-control": _YEAR if "v" in request.query_params else "public, max-age=86400"}
    if _GZIP.search(request.headers.get("accept-encoding", "")):
        headers["content-encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    headers["vary"] = "accept-encoding"
    return Response(body, media_type=_MEDIA[Path(name).suffix], headers=headers)


@cache
def asset_version() -> str:
    """Short hash of our own assets and boundaries, for addresses that browsers may keep."""
    settings = get_catalog().settings
    paths = [
        *sorted(ASSETS.iterdir()),
        *sorted(settings.boundaries.glob("*.geojson")),
        settings.places,
    ]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


@asynccontextmanager
async def lifespan(app: object) -> AsyncIterator[None]:
    """Start to read the table as soon as the server starts."""
    warm_up()
    yield


_ANSWERS: dict[str, tuple[Callable[[Request], Awaitable[Response]], str]] = {
    "/api/health": (_answers("health", _health), "Status, version, rows, placed rows."),
    "/api/incidents.csv": (
        _answers("csv", _csv),
        "The incidents as CSV, UTF-8 with BOM. Takes the filters.",
    ),
    "/api/incidents.geojson": (
        _answers("geojson", _geojson),
        "The incidents as GeoJSON; unplaced ones have no geometry. Takes the filters.",
    ),
    "/api/map": (_answers("map", _map), "What the map draws in `bbox`. Takes the filters."),
    "/api/schema": (_schema, "Columns and filters as JSON."),
    "/api/assets/{name:path}": (_asset, "Scripts, styles and outlines of the map."),
    "/api/{path:path}": (_nothing, "Any other address: 404."),
}
ROUTES = {path: words for path, (_, words) in _ANSWERS.items()}
"""Every route and what it answers. All take GET; a bad parameter gives 400 and a sentence."""


def list_routes(prefix: str = "") -> Sequence[Route]:
    """All routes, below a path of the host if there is one."""
    return [Route(prefix + path, answer) for path, (answer, _) in _ANSWERS.items()]
