"""What a browser or a program may fetch: the incidents, the map's window, the schema, assets."""

import asyncio
import gzip
import hashlib
import re
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from incidents.asking import exports
from incidents.asking.address import KEYS, Address, read_query, to_query
from incidents.asking.casualties.answer import Casualties, read_casualties
from incidents.asking.display import Display
from incidents.asking.escalation import answer as escalation
from incidents.asking.facets import count_facets
from incidents.asking.figures import read_figures
from incidents.asking.filters import Filters, to_sentence
from incidents.asking.histograms import count_histograms
from incidents.asking.map.features import read_map
from incidents.asking.map.windows import read_window
from incidents.asking.munitions import answer as munitions
from incidents.asking.time.timeline import describe_timeline
from incidents.serving.assets import MEDIA, load_drawing, read_asset
from incidents.table.columns import COLUMNS
from incidents.table.errors import DamagedError, FilterError, SnapshotError, TableError
from incidents.telling.files import casualties as casualty_files
from incidents.telling.files.playback import write_playback
from incidents.versions.catalog import Version, get_catalog
from incidents.versions.own_table import hash_code
from incidents.versions.tidying import tidy
from incidents.versions.watching import warm_up, watch

LICENCE = "CC BY 4.0"
# A client may name gzip to refuse it: "gzip;q=0".
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
PATIENCE, BEAT = 5.0, 0.1
"""Seconds that an answer waits for a table that is being read, and between two looks."""
_YEAR = "public, max-age=31536000, immutable"
# An animation takes seconds of a processor: one is made at a time, and few requests may wait.
_DRAWING, _WAITING = threading.Lock(), threading.BoundedSemaphore(4)


def _etag(*parts: str) -> str:
    return '"' + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20] + '"'


@cache
def _code_version() -> str:
    """After an update, what browsers keep of the old code's answers is stale."""
    return hash_code()


async def _wait_for_table(request: Request, seconds: float) -> Response | None:
    """Wait until the table is read, but no longer than this; then say how far that is."""
    catalog, asked = get_catalog(), request.query_params.get("data")
    if catalog.is_ready or (asked is not None and catalog.keeps(asked)):
        return None
    reading, waited = catalog.start(), 0.0
    while not reading.is_over and waited < seconds:
        await asyncio.sleep(BEAT)
        waited += BEAT
    if reading.is_over:
        error = reading.error
        return PlainTextResponse(str(error), 503) if isinstance(error, TableError) else None
    moment = reading.progress.now()
    told = {"message": "Reading the table."} if moment is None else moment.to_json()
    left = None if moment is None else moment.seconds_left
    headers = {"retry-after": str(left or 5), "cache-control": "no-store"}
    return JSONResponse({"status": "reading", **told}, 503, headers)


Respond = Callable[[Version, Filters, Display], Response]


def _answers(name: str, answer: Respond) -> Callable[[Request], Awaitable[Response]]:
    """A route that reads filters strictly and says in a sentence what is wrong with them."""

    def run(request: Request) -> Response:
        try:
            asked = read_query(request.query_params.multi_items())
            catalog, question = get_catalog(), partial(respond, request, asked)
            return catalog.answer(asked.display.data, question)
        except FilterError as error:
            return PlainTextResponse(str(error), 400)
        except (DamagedError, TableError) as error:
            return PlainTextResponse(str(error), 503)
        except SnapshotError as error:
            return PlainTextResponse(str(error), 404)

    def respond(request: Request, asked: Address, version: Version) -> Response:
        notice = get_catalog().notice or ""
        etag = _etag(name, _code_version(), version.snapshot.id, to_query(asked), notice)
        # A proxy that compresses marks it as weak, and a browser may send several.
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers={"etag": etag})
        response = answer(version, asked.in_window, asked.display)
        if response.status_code == 200:
            response.headers["etag"] = etag
            response.headers["cache-control"] = "no-cache"
        return response

    async def route(request: Request) -> Response:
        late = await _wait_for_table(request, 0.0 if name == "health" else PATIENCE)
        # Queries wait for the disk and the processor: not on the loop that serves everybody.
        return await run_in_threadpool(run, request) if late is None else late

    return route


def _about(version: Version, filters: Filters) -> dict[str, Any]:
    return {
        "version": version.snapshot.id,
        "filters": to_query(Address(filters)),
        "about": to_sentence(filters),
        "licence": LICENCE,
    }


def _download(pieces: Iterator[bytes], media: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces, media_type=media, headers=headers)


def _csv(version: Version, filters: Filters, display: Display) -> Response:
    pieces = exports.to_csv(version.store.select(filters))
    return _download(pieces, "text/csv; charset=utf-8", f"incidents-{version.snapshot.id}.csv")


def _geojson(version: Version, filters: Filters, display: Display) -> Response:
    pieces = exports.to_geojson(version.store.select(filters), _about(version, filters))
    return _download(pieces, "application/geo+json", f"incidents-{version.snapshot.id}.geojson")


def _parquet(version: Version, filters: Filters, display: Display) -> Response:
    pieces = exports.to_parquet(version.store.select(filters), _about(version, filters))
    name = f"incidents-{version.snapshot.id}.parquet"
    return _download(pieces, "application/vnd.apache.parquet", name)


def _map(version: Version, filters: Filters, display: Display) -> Response:
    return JSONResponse(read_map(version.store, filters, display, version.snapshot.monitored))


def _facets(version: Version, filters: Filters, display: Display) -> Response:
    counts = count_facets(version.store, filters) | count_histograms(version.store, filters)
    return JSONResponse({name: asdict(each) for name, each in counts.items()})


def _playback(version: Version, filters: Filters, display: Display) -> Response:
    if not _WAITING.acquire(blocking=False):
        words = "Other animations are being made: try again in half a minute."
        return PlainTextResponse(words, 503, {"retry-after": "30"})
    try:
        with _DRAWING:
            gif = write_playback(
                version.store, filters, display, version.snapshot.id, load_drawing()
            )
    finally:
        _WAITING.release()
    return _download(iter([gif]), "image/gif", f"incidents-{version.snapshot.id}-playback.gif")


def _figures(version: Version, filters: Filters, display: Display) -> Response:
    figures = asdict(version.store.ask(read_figures, filters))
    days = {name: figures[name] and figures[name].isoformat() for name in ("first", "last")}
    window = version.store.ask(read_window, filters)
    return JSONResponse({**figures, **days, "window": window})


def _timeline(version: Version, filters: Filters, display: Display) -> Response:
    monitored = version.snapshot.monitored
    return JSONResponse(describe_timeline(version.store, filters, display.step, monitored))


def _escalation(version: Version, filters: Filters, display: Display) -> Response:
    monitored = version.snapshot.monitored
    if version.store.extent.span is None:
        raise FilterError("The table is empty: there are no days to look at.")
    within = display.within or escalation.WITHIN
    told = version.store.ask(escalation.read_escalation, filters, monitored, within, display.step)
    return JSONResponse(escalation.to_json(told))


def _read_casualties(version: Version, filters: Filters, display: Display) -> Casualties:
    by, harm = display.by or "type", display.harm or "killed"
    return version.store.ask(read_casualties, filters, by, harm, display.step)


def _casualties(version: Version, filters: Filters, display: Display) -> Response:
    return JSONResponse(casualty_files.to_json(_read_casualties(version, filters, display)))


def _casualties_csv(version: Version, filters: Filters, display: Display) -> Response:
    casualties = _read_casualties(version, filters, display)
    name = f"casualties-by-{casualties.by}-{version.snapshot.id}.csv"
    return _download(casualty_files.to_csv(casualties), "text/csv; charset=utf-8", name)


def _read_munitions(version: Version, filters: Filters, display: Display) -> munitions.MunitionRows:
    return version.store.ask(munitions.read_munitions, filters, display.by or munitions.USUAL)


def _munitions(version: Version, filters: Filters, display: Display) -> Response:
    return JSONResponse(munitions.to_json(_read_munitions(version, filters, display)))


def _munitions_csv(version: Version, filters: Filters, display: Display) -> Response:
    told = _read_munitions(version, filters, display)
    name = f"munitions-by-{told.by}-{version.snapshot.id}.csv"
    return _download(munitions.to_csv(told), "text/csv; charset=utf-8", name)


def _health(version: Version, filters: Filters, display: Display) -> Response:
    snapshot = version.snapshot
    notice = get_catalog().notice
    return JSONResponse(
        {
            "status": "ok" if notice is None else "table not readable",
            "snapshot": snapshot.id,
            "rows": snapshot.rows,
            "located": snapshot.located,
            "set_aside": snapshot.set_aside,
            "notice": notice,
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


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    body = await run_in_threadpool(read_asset, name)
    if body is None:
        return PlainTextResponse("There is no such file.", 404)
    headers = {"cache-control": _YEAR if "v" in request.query_params else "public, max-age=86400"}
    if _GZIP.search(request.headers.get("accept-encoding", "")):
        headers["content-encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    headers["vary"] = "accept-encoding"
    return Response(body, media_type=MEDIA[Path(name).suffix], headers=headers)


@asynccontextmanager
async def lifespan(app: object) -> AsyncIterator[None]:
    """Read the table as soon as the server starts, and again whenever its files change."""
    warm_up()
    catalog, stop = get_catalog(), threading.Event()
    for name, work, on in (("watch", watch, catalog), ("tidy", tidy, catalog.settings)):
        threading.Thread(target=work, args=(on, stop), name=name, daemon=True).start()
    yield
    stop.set()


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
    "/api/incidents.parquet": (
        _answers("parquet", _parquet),
        "The incidents as Parquet, in their types. Takes the filters.",
    ),
    "/api/map": (_answers("map", _map), "What the map draws in `bbox`. Takes the filters."),
    "/api/facets": (
        _answers("facets", _facets),
        "Options of the filters, each with its number of incidents under the other filters."
        " Takes the filters.",
    ),
    "/api/playback.gif": (
        _answers("playback", _playback),
        "The map as an animation: a window of `length` times `step` moves over `dates`. At most"
        " 240 pictures. Takes the filters.",
    ),
    "/api/figures": (
        _answers("figures", _figures),
        "Incidents, ranges of people killed, wounded and civilians harmed, and the window of the"
        " map that holds them. Takes the filters.",
    ),
    "/api/timeline": (
        _answers("timeline", _timeline),
        "Incidents per `step`, and those that fit into no step. Takes the filters.",
    ),
    "/api/escalation": (
        _answers("escalation", _escalation),
        "Attacks on the coalition and strikes by it per `step`, what answers what, and what"
        " followed `within` so many days of each strike, beside the base rate. Takes the filters.",
    ),
    "/api/casualties": (
        _answers("casualties", _casualties),
        "Ranges of people killed or wounded (`harm`) of a group (`who`) `by` type, group, actor,"
        " target, weapon, governorate, time or incident, and how much of each hangs on one"
        " publisher. Takes the filters.",
    ),
    "/api/casualties.csv": (
        _answers("casualties.csv", _casualties_csv),
        "The rows of `/api/casualties` as CSV, UTF-8 with BOM. Takes the filters.",
    ),
    "/api/munitions": (
        _answers("munitions", _munitions),
        "Ranges of munitions launched, intercepted and impacted, and the share intercepted, `by`"
        " weapon, type, actor, target, governorate or in total. Takes the filters.",
    ),
    "/api/munitions.csv": (
        _answers("munitions.csv", _munitions_csv),
        "The rows of `/api/munitions` as CSV, UTF-8 with BOM. Takes the filters.",
    ),
    "/api/schema": (_schema, "Columns and filters as JSON."),
    "/api/assets/{name:path}": (_asset, "Scripts, styles and outlines of the map."),
    "/api/{path:path}": (_nothing, "Any other address: 404."),
}
ROUTES = {path: words for path, (_, words) in _ANSWERS.items()}
"""Every route and what it answers. All take GET; a bad parameter gives 400 and a sentence."""


def list_routes(prefix: str = "") -> Sequence[Route]:
    """All routes, below a path of the host if there is one."""
    return [Route(prefix + path, answer) for path, (answer, _) in _ANSWERS.items()]
