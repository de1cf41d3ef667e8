"""What a browser or a program may fetch: the incidents, the map's window, the schema, assets."""

import asyncio
import hashlib
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache, partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from incidents.asking.address import Address, insist, to_query
from incidents.asking.filters import Filters
from incidents.asking.links import insist_on_asked
from incidents.serving import answers, openapi
from incidents.serving.assets import answer_asset
from incidents.serving.first_pages import describe_table
from incidents.serving.origin import find_place
from incidents.serving.page_ahead import ask_page
from incidents.serving.running.health import answer_live, answer_ready
from incidents.table.errors import DamagedError, FilterError, SnapshotError, TableError
from incidents.table.settings import ROOT, find_today
from incidents.telling.pages.asked import HOME
from incidents.telling.pages.style import Theme, read_shipped_themes
from incidents.versions.catalog import Version, get_catalog
from incidents.versions.long_links import open_query
from incidents.versions.own_table import hash_code
from incidents.versions.tidying import tidy
from incidents.versions.watching import follow, warm_up, watch

PATIENCE, BEAT = 5.0, 0.1
"""Seconds that an answer waits for a table that is being read, and between two looks."""
PICTURE, NEUTRAL = "/api/picture.png", "/api/card.png"
SHIPPED = read_shipped_themes(ROOT / ".streamlit" / "config.toml")["light"]
"""The colours of the pages where no Streamlit has read them."""


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


Respond = Callable[..., Response]
"""Answers version, filters and display; and a `Place`, where it is made of that."""
AskAhead = Callable[[Mapping[str, str], Version, Filters], None]
"""Takes the headers of a request, version and filters."""


def _answers(
    name: str, answer: Respond, has_place: bool = False, ask_ahead: AskAhead | None = None
) -> Callable[[Request], Awaitable[Response]]:
    """A route that reads filters strictly and says in a sentence what is wrong with them.

    With `has_place` the answer is made of where the dashboard is, too. `ask_ahead` begins what will
    be asked next.
    """

    def run(request: Request) -> Response:
        try:
            catalog = get_catalog()
            home, query = catalog.settings.snapshots, request.query_params.multi_items()
            asked = insist(*open_query(home, query))
            question = partial(respond, request, asked)
            return catalog.answer(asked.display.data, question)
        except FilterError as error:
            return PlainTextResponse(str(error), 400)
        except (DamagedError, TableError) as error:
            return PlainTextResponse(str(error), 503)
        except SnapshotError as error:
            return PlainTextResponse(str(error), 404)

    def respond(request: Request, asked: Address, version: Version) -> Response:
        catalog = get_catalog()
        table = describe_table(version.snapshot, catalog.settings)
        told = [catalog.notice or "", table.band]
        place = (_find_place(request),) if has_place else ()
        told += [part for each in place for part in map(str, each)]
        # Not the id: an editor sees another reading of the same version.
        reading = version.snapshot.folder.name
        etag = _etag(name, _code_version(), reading, to_query(asked), *told)
        # A proxy that compresses marks it as weak, and a browser may send several.
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers={"etag": etag})
        filters = asked.in_window
        if filters.own:
            filters = insist_on_asked(filters, version.store.own)
        if ask_ahead is not None:
            ask_ahead(request.headers, version, filters)
        response = answer(version, filters, asked.display, *place)
        if response.status_code == 200:
            response.headers["etag"] = etag
            response.headers["cache-control"] = "no-cache"
        if table.brought is not None:
            response.headers["x-robots-tag"] = "noindex"
        return response

    async def route(request: Request) -> Response:
        late = await _wait_for_table(request, 0.0 if name == "health" else PATIENCE)
        # Queries wait for the disk and the processor: not on the loop that serves everybody.
        return await run_in_threadpool(run, request) if late is None else late

    return route


def _find_place(request: Request) -> answers.Place:
    page = request.path_params.get("page", HOME)
    return answers.Place(find_place(request.scope), page, find_today())


async def _card(request: Request) -> Response:
    body = await run_in_threadpool(answers.draw_neutral_card)
    return Response(
        body, media_type="image/png", headers={"cache-control": "public, max-age=86400"}
    )


async def _nothing(request: Request) -> Response:
    # Streamlit would answer with its page, and a program would save that as data.
    return PlainTextResponse("There is nothing at this address of the API.", 404)


@asynccontextmanager
async def lifespan(app: object) -> AsyncIterator[None]:
    """Read the table as soon as the server starts, and again whenever its files change."""
    warm_up()
    catalog, stop = get_catalog(), threading.Event()
    for work in (watch, tidy, follow):
        threading.Thread(target=work, args=(catalog, stop), name=work.__name__, daemon=True).start()
    yield
    stop.set()


Answer = tuple[Callable[[Request], Awaitable[Response]], str]
"""How a route answers, and what, in words."""


def _list_answers(theme: Theme) -> dict[str, Answer]:
    """All routes, in their order; `theme` has the colours of what is drawn."""
    return {
        "/api/health": (
            _answers("health", answers.answer_health),
            "Status, version, rows, placed rows.",
        ),
        "/api/health/live": (answer_live, "That the server answers at all."),
        "/api/health/ready": (
            answer_ready,
            "`ready`, `degraded` with why, or `not ready` (503) with why.",
        ),
        "/api/incidents.csv": (
            _answers("csv", answers.answer_csv),
            "The incidents as CSV, UTF-8 with BOM. Takes the filters.",
        ),
        "/api/incidents.geojson": (
            _answers("geojson", answers.answer_geojson),
            "The incidents as GeoJSON; unplaced ones have no geometry. Takes the filters.",
        ),
        "/api/incidents.parquet": (
            _answers("parquet", answers.answer_parquet),
            "The incidents as Parquet, in their types. Takes the filters.",
        ),
        "/api/map": (
            _answers("map", answers.answer_map, ask_ahead=partial(ask_page, len(theme.types))),
            "What the map draws in `bbox`. Takes the filters.",
        ),
        "/api/facets": (
            _answers("facets", answers.answer_facets),
            "Options of the filters, each with its number of incidents under the other filters."
            " Takes the filters.",
        ),
        "/api/playback.gif": (
            _answers("playback", partial(answers.answer_playback, theme)),
            "The map as an animation: a window of `length` times `step` moves over `dates`. At most"
            " 240 pictures. Takes the filters.",
        ),
        PICTURE: (
            _answers("picture", partial(answers.answer_picture, theme)),
            "The view as a picture of 1200 x 630, as chat programs preview a link: sentence,"
            " figures with their unknowns, map; with `incident` that incident. Takes the filters.",
        ),
        "/api/map.svg": (
            _answers("map.svg", partial(answers.answer_map_svg, theme)),
            "The map's window, view and dates as a picture to keep (SVG): sentence, map, legend,"
            " credit, version. Takes the filters.",
        ),
        "/api/map.png": (
            _answers("map.png", partial(answers.answer_map_png, theme)),
            "The same as PNG. Takes the filters.",
        ),
        "/api/brief.html": (
            _answers("brief", partial(answers.answer_brief, theme), has_place=True),
            "The view as one HTML file that asks for nothing else, to keep and to print: sentence,"
            " figures, map, timeline, casualties, and every incident with its reports; of more than"
            " 500 a table, of the first 5,000. With `incident` that incident. Takes the filters.",
        ),
        "/api/qr/{page}.svg": (
            _answers("qr", answers.answer_qr, has_place=True),
            "The address of a page on this server as a QR code (SVG). Takes the filters.",
        ),
        NEUTRAL: (_card, "The picture of links to a version that only visitors made: of no table."),
        "/api/figures": (
            _answers("figures", answers.answer_figures),
            "Incidents, ranges of people killed, wounded and civilians harmed, and the window of"
            " the map that holds them. Takes the filters.",
        ),
        "/api/timeline": (
            _answers("timeline", answers.answer_timeline),
            "Incidents per `step`, and those that fit into no step. Takes the filters.",
        ),
        "/api/escalation": (
            _answers("escalation", answers.answer_escalation),
            "Attacks on the coalition and strikes by it per `step`, what answers what, and what"
            " followed `within` so many days of each strike, beside the base rate."
            " Takes the filters.",
        ),
        "/api/casualties": (
            _answers("casualties", answers.answer_casualties),
            "Ranges of people killed or wounded (`harm`) of a group (`who`) `by` type, group,"
            " actor, target, weapon, governorate, time or incident, and how much of each hangs on"
            " one publisher. Takes the filters.",
        ),
        "/api/casualties.csv": (
            _answers("casualties.csv", answers.answer_casualties_csv),
            "The rows of `/api/casualties` as CSV, UTF-8 with BOM. Takes the filters.",
        ),
        "/api/munitions": (
            _answers("munitions", answers.answer_munitions),
            "Ranges of munitions launched, intercepted and impacted, and the share intercepted,"
            " `by` weapon, type, actor, target, governorate or in total. Takes the filters.",
        ),
        "/api/munitions.csv": (
            _answers("munitions.csv", answers.answer_munitions_csv),
            "The rows of `/api/munitions` as CSV, UTF-8 with BOM. Takes the filters.",
        ),
        "/api/schema": (
            _answers("schema", answers.answer_schema),
            "Columns and filters of a version as JSON, with its own columns.",
        ),
        openapi.PATH: (
            openapi.answer_description(lambda: ROUTES),
            "This description of the API, as OpenAPI 3.1 has it.",
        ),
        "/api/assets/{name:path}": (answer_asset, "Scripts, styles and outlines of the map."),
        "/api/{path:path}": (_nothing, "Any other address: 404."),
    }


ROUTES: dict[str, str] = {path: words for path, (_, words) in _list_answers(SHIPPED).items()}
"""Every route and what it answers. All take GET; a bad parameter gives 400 and a sentence."""


def list_routes(prefix: str = "", theme: Theme = SHIPPED) -> Sequence[Route]:
    """All routes, below a path of the host if there is one.

    `theme` has the colours of what is drawn, on light ground.
    """
    return [Route(prefix + path, answer) for path, (answer, _) in _list_answers(theme).items()]
