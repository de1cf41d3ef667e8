"""What stands before Streamlit: pages show what they are asked for at once, files go out small."""

import json
import sys
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import ASGIApp

from incidents.serving.access.gate import Gate
from incidents.serving.access.headers import SafeHeaders
from incidents.serving.access.logins import Login
from incidents.serving.ahead import write_links
from incidents.serving.answers import FILES, PICTURES
from incidents.serving.assets import asset_version
from incidents.serving.first_view import FirstView
from incidents.serving.icons import find_icon_names
from incidents.serving.limits import Limits
from incidents.serving.pace import Paced
from incidents.serving.packed_files import FOLDER, PackedFiles, Packer
from incidents.serving.routes import lifespan, list_routes
from incidents.serving.running import requests
from incidents.serving.running.goodbye import end_in_time
from incidents.serving.running.metrics import Metrics
from incidents.serving.running.sessions import Sessions, closing_in_time
from incidents.serving.running.sockets import send_at_once
from incidents.serving.streamlit_build import read_build
from incidents.table.errors import say_cause
from incidents.table.settings import Settings
from incidents.telling.pages.style import read_themes
from incidents.versions.catalog import get_catalog

ELEMENTS = "elements.json"
"""Beside the pages: which of Streamlit's elements each of them draws at first
(scripts/write_elements.py)."""


def serve(
    prefix: str,
    root: Path,
    static: Path,
    get_option: Callable[[str], Any],
    login: Login,
    declare: Callable[[Path], None],
    sessions: Sessions,
) -> dict[str, Any]:
    """What the app answers besides Streamlit, as `streamlit.App` takes it: routes, middleware.

    The outermost middleware is the first.

    Parameters
    ----------
    prefix
        Path of the host that the dashboard is served below, such as ``/attacks``; or "".
    root
        Folder of the dashboard: its pages and parts name icons and elements.
    static
        Streamlit's own folder of files.
    get_option
        Streamlit's settings by their names.
    login
        Who has logged in, and where one does.
    declare
        Has Streamlit serve the folder of the frame of maps; called as the server starts.
    sessions
        Those of open pages.
    """
    themes = read_themes(get_option)
    frame = _find_frame()
    links = write_links(
        read_elements(root / "pages"),
        read_build(static),
        frame,
        asset_version(),
    )
    settings = get_catalog().settings
    safe = Middleware(
        SafeHeaders,
        settings=settings,
        base=prefix,
        html=(static / "index.html").read_text("utf-8"),
        origins=get_option("server.corsAllowedOrigins"),
    )
    routes = list_routes(prefix, themes["light"])
    middleware = [
        *_watch(settings, routes, prefix),
        safe,
        Middleware(Limits, base=prefix, settings=settings, count_held=sessions.count_held),
        Middleware(Paced),
        Middleware(Gate, settings=settings, login=login, base=prefix),
        Middleware(_pack_files, prefix=prefix, root=root, static=static),
        Middleware(FirstView, base=prefix, themes=themes, links=links),
    ]
    return {
        "routes": routes,
        "middleware": middleware,
        "lifespan": partial(_run, partial(declare, frame), sessions),
    }


@asynccontextmanager
async def _run(begin: Callable[[], None], sessions: Sessions, app: object) -> AsyncIterator[None]:
    begin()
    send_at_once()
    with end_in_time():
        async with lifespan(app), closing_in_time(sessions):
            yield


def _watch(settings: Settings, routes: Sequence[Route], prefix: str) -> list[Middleware]:
    """What tells of requests; none where nobody is to be told."""
    tellers: list[Callable[[requests.Seen], None]] = []
    if settings.log:
        requests.open_log()
        tellers.append(requests.log)
    counted = {}
    if settings.metrics is not None:
        metrics = Metrics(get_catalog(), {"pictures": PICTURES, "files": FILES})
        try:
            metrics.serve(settings.metrics)
        except OSError as error:
            where = f"{settings.metrics.address}:{settings.metrics.port}"
            sys.exit(f"INCIDENTS_METRICS={where} cannot be answered: {say_cause(error)}.")
        tellers.append(metrics.seen)
        counted = {"count_sessions": metrics.count_sessions}
    watched = Middleware(requests.Watched, tellers=tellers, routes=routes, base=prefix, **counted)
    return [watched] if tellers else []


def _find_frame() -> Path:
    """Folder of the frame that shows a folium map.

    Its package is not imported here: a component that is declared before Streamlit's runtime is
    there is not served.
    """
    package = find_spec("streamlit_folium")
    where = Path(package.origin).parent if package and package.origin else Path()
    return where / "frontend" / "build"


def read_elements(pages: Path) -> dict[str, list[str]]:
    """The elements that each page draws at first, by the page's name in its address."""
    read: dict[str, list[str]] = json.loads((pages / ELEMENTS).read_text("utf-8"))
    return read


def _pack_files(app: ASGIApp, prefix: str, root: Path, static: Path) -> ASGIApp:
    packer = Packer(get_catalog().settings.snapshots / FOLDER)
    scripts = [*(static / "static" / "js").glob("*.js"), *_list_own(root)]
    icons = find_icon_names(path.read_text("utf-8") for path in scripts)
    files = PackedFiles(app, packer, prefix, icons)
    threading.Thread(target=_pack_ahead, args=(files, root, static), daemon=True).start()
    return files


def _list_own(root: Path) -> list[Path]:
    return [
        path
        for folder in ("pages", "parts")
        for path in (root / folder).rglob("*")
        if path.suffix in (".py", ".js")
    ]


def _pack_ahead(files: PackedFiles, root: Path, static: Path) -> None:
    """Before the first reader comes, if there is time: what every first visit takes."""
    build = read_build(static)
    for name in build.icons:
        files.cut((static / name).read_bytes())
    elements = [name for names in read_elements(root / "pages").values() for name in names]
    for name in (*sorted(build.first), *build.find_files(elements)):
        files.packer.pack_ahead((static / name).read_bytes())
