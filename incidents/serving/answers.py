"""What each route answers: a question to a version, as JSON, a table or a picture."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from functools import cache, partial
from typing import Any, NamedTuple

from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from geo.drawing.images import write_png
from geo.drawing.raster import embed_rules, rasterise
from incidents.asking import exports
from incidents.asking.address import Address, to_query
from incidents.asking.casualties.answer import Casualties, read_casualties
from incidents.asking.display import Display
from incidents.asking.escalation import answer as escalation
from incidents.asking.facets import count_facets, read_facets
from incidents.asking.figures import read_figures
from incidents.asking.filters import Filters, to_sentence
from incidents.asking.histograms import count_histograms
from incidents.asking.map.features import read_map
from incidents.asking.map.windows import read_window
from incidents.asking.munitions import answer as munitions
from incidents.asking.store import Store
from incidents.asking.time.timeline import describe_timeline
from incidents.serving.assets import load_drawing
from incidents.serving.downloads import send_file
from incidents.serving.first_pages import describe_table, make_asked
from incidents.serving.schema import make_schema
from incidents.serving.turns import Turns
from incidents.table.errors import FilterError
from incidents.table.kept_files import find_scratch
from incidents.telling.files import casualties as casualty_files
from incidents.telling.files import escalation as escalation_files
from incidents.telling.files import munitions as munition_files
from incidents.telling.files.card import write_card, write_neutral_card
from incidents.telling.files.map import draw_map_picture
from incidents.telling.files.playback import write_playback
from incidents.telling.files.qr import MOST_LETTERS, draw_qr
from incidents.telling.pages.asked import NO_LICENCE, PAGES, Asked, write_link
from incidents.telling.pages.brief import Sent, write_brief
from incidents.telling.pages.style import Theme
from incidents.telling.words.heading import name_file, say_unopened
from incidents.versions.catalog import Version, get_catalog
from incidents.versions.long_links import shorten_query

# A drawing takes a processor, an animation for seconds; a file, memory.
PICTURES, FILES = Turns("pictures", at_once=1, waiting=3), Turns("files", at_once=2, waiting=14)


def _about(version: Version, filters: Filters) -> dict[str, Any]:
    table = describe_table(version.snapshot, get_catalog().settings)
    return {
        "version": version.snapshot.id,
        "filters": to_query(Address(filters)),
        "about": to_sentence(filters),
        "licence": table.licence or NO_LICENCE,
        **({"brought": table.brought_by} if table.brought else {}),
        **({"protection": table.protection} if table.protection else {}),
    }


def _download(version: Version, pieces: Iterator[bytes], media: str, name: str) -> Response:
    scratch = partial(find_scratch, version.snapshot.folder.parent)
    mend = partial(get_catalog().mend, version)
    named = _name_file(version, name)
    return FILES.take(lambda: send_file(pieces, media, named, scratch, mend))


def _name_file(version: Version, name: str) -> str:
    return name_file(name, version.snapshot.listed is None)


def answer_csv(version: Version, filters: Filters, display: Display) -> Response:
    pieces = exports.to_csv(version.store.select(filters))
    return _download(
        version, pieces, "text/csv; charset=utf-8", f"incidents-{version.snapshot.id}.csv"
    )


def answer_geojson(version: Version, filters: Filters, display: Display) -> Response:
    pieces = exports.to_geojson(version.store.select(filters), _about(version, filters))
    return _download(
        version, pieces, "application/geo+json", f"incidents-{version.snapshot.id}.geojson"
    )


def answer_parquet(version: Version, filters: Filters, display: Display) -> Response:
    pieces = exports.to_parquet(version.store.select(filters), _about(version, filters))
    name = f"incidents-{version.snapshot.id}.parquet"
    return _download(version, pieces, "application/vnd.apache.parquet", name)


def answer_map(version: Version, filters: Filters, display: Display) -> Response:
    written = version.store.ask(_write_map, filters, display, version.snapshot.monitored)
    return Response(written, media_type="application/json")


def _write_map(
    store: Store, filters: Filters, display: Display, monitored: tuple[date, date] | None
) -> bytes:
    # Kept as it is sent: as objects it would take four times the memory, and be written each time.
    return bytes(JSONResponse(read_map(store, filters, display, monitored)).body)


def answer_facets(version: Version, filters: Filters, display: Display) -> Response:
    counts = count_facets(version.store, filters) | count_histograms(version.store, filters)
    return JSONResponse({name: asdict(each) for name, each in counts.items()})


def answer_playback(theme: Theme, version: Version, filters: Filters, display: Display) -> Response:
    def draw() -> Response:
        asked = _ask(theme, version, filters, display)
        told = (asked.table.brought_by, asked.table.protection, f"Version {version.snapshot.id}")
        credit = "\n".join(" ".join(each.split()) for each in told if each)
        land, own = load_drawing(), theme.classes
        drawn = write_playback(version.store, filters, display, credit, land, asked.types, own)
        name = f"incidents-{version.snapshot.id}-playback.gif"
        return _download(version, iter([drawn]), "image/gif", name)

    return PICTURES.take(draw)


class Place(NamedTuple):
    """Address of the dashboard with a slash at its end, or ""; a page of it; the day there."""

    address: str
    page: str
    day: date


def _ask(theme: Theme, version: Version, filters: Filters, display: Display) -> Asked:
    """What is drawn or written of a view: where its map stands leaves no incident out."""
    facets = version.store.ask(read_facets)
    address = Address(replace(filters, window=None), display)
    settings = get_catalog().settings
    return make_asked("overview", version, facets, address, len(theme.types), settings)


def answer_picture(theme: Theme, version: Version, filters: Filters, display: Display) -> Response:
    asked = _ask(theme, version, filters, display)
    return PICTURES.take(lambda: Response(write_card(asked, theme.classes), media_type="image/png"))


def answer_map_svg(theme: Theme, version: Version, filters: Filters, display: Display) -> Response:
    asked = _ask(theme, version, filters, display)

    def draw() -> Response:
        drawn = embed_rules(draw_map_picture(asked), theme.classes).encode()
        return _download(version, iter([drawn]), "image/svg+xml", _name_map(version, "svg"))

    return PICTURES.take(draw)


def answer_map_png(theme: Theme, version: Version, filters: Filters, display: Display) -> Response:
    asked = _ask(theme, version, filters, display)

    def draw() -> Response:
        drawn = write_png(rasterise(draw_map_picture(asked), theme.classes), theme.classes)
        return _download(version, iter([drawn]), "image/png", _name_map(version, "png"))

    return PICTURES.take(draw)


def _name_map(version: Version, ending: str) -> str:
    return f"incidents-{version.snapshot.id}-map.{ending}"


@cache
def draw_neutral_card() -> bytes:
    """The picture of links that tell nothing before they are opened."""
    settings = get_catalog().settings
    # Where the dashboard is public, only what visitors brought has such a picture.
    words = say_unopened(settings.owner, settings.access == "public")
    return write_neutral_card(load_drawing(), words)


def answer_brief(
    theme: Theme, version: Version, filters: Filters, display: Display, place: Place
) -> Response:
    asked = _ask(theme, version, filters, display)
    sent = Sent(place.address, place.day, version.snapshot.made.date())
    file = _name_file(version, f"brief-{version.snapshot.id}.html")
    name = f'inline; filename="{file}"'

    def write() -> Response:
        return HTMLResponse(write_brief(asked, sent, theme), headers={"content-disposition": name})

    return PICTURES.take(write)


def answer_qr(version: Version, filters: Filters, display: Display, place: Place) -> Response:
    if place.page not in PAGES or not place.address:
        return PlainTextResponse("There is no such page, or the request names no host.", 404)
    address = Address(replace(filters, window=None), display)
    home = get_catalog().settings.snapshots
    room = MOST_LETTERS - len(place.address) - len(place.page)
    link = write_link(place.page, address, partial(shorten_query, home, longest=room, keeps=False))
    try:
        drawn = draw_qr(f"{place.address}{link.removeprefix('./')}")
    except ValueError:
        return PlainTextResponse("This link is too long for a QR code.", 414)
    return Response(drawn, media_type="image/svg+xml")


def answer_figures(version: Version, filters: Filters, display: Display) -> Response:
    figures = asdict(version.store.ask(read_figures, filters))
    days = {name: figures[name] and figures[name].isoformat() for name in ("first", "last")}
    window = version.store.ask(read_window, filters)
    return JSONResponse({**figures, **days, "window": window})


def answer_timeline(version: Version, filters: Filters, display: Display) -> Response:
    monitored = version.snapshot.monitored
    return JSONResponse(describe_timeline(version.store, filters, display.step, monitored))


def answer_escalation(version: Version, filters: Filters, display: Display) -> Response:
    monitored = version.snapshot.monitored
    if version.store.extent.span is None:
        raise FilterError("The table is empty: there are no days to look at.")
    within = display.within or escalation.WITHIN
    told = version.store.ask(escalation.read_escalation, filters, monitored, within, display.step)
    return JSONResponse(escalation_files.to_json(told))


def _read_casualties(version: Version, filters: Filters, display: Display) -> Casualties:
    by, harm = display.by or "type", display.harm or "killed"
    return version.store.ask(read_casualties, filters, by, harm, display.step)


def answer_casualties(version: Version, filters: Filters, display: Display) -> Response:
    return JSONResponse(casualty_files.to_json(_read_casualties(version, filters, display)))


def answer_casualties_csv(version: Version, filters: Filters, display: Display) -> Response:
    casualties = _read_casualties(version, filters, display)
    name = f"casualties-by-{casualties.by}-{version.snapshot.id}.csv"
    return _download(version, casualty_files.to_csv(casualties), "text/csv; charset=utf-8", name)


def _read_munitions(version: Version, filters: Filters, display: Display) -> munitions.MunitionRows:
    return version.store.ask(munitions.read_munitions, filters, display.by or munitions.USUAL)


def answer_munitions(version: Version, filters: Filters, display: Display) -> Response:
    return JSONResponse(munition_files.to_json(_read_munitions(version, filters, display)))


def answer_munitions_csv(version: Version, filters: Filters, display: Display) -> Response:
    told = _read_munitions(version, filters, display)
    name = f"munitions-by-{told.by}-{version.snapshot.id}.csv"
    return _download(version, munition_files.to_csv(told), "text/csv; charset=utf-8", name)


def answer_health(version: Version, filters: Filters, display: Display) -> Response:
    snapshot = version.snapshot
    catalog = get_catalog()
    notice = catalog.notice
    fault = "database away" if catalog.away else "table not readable"
    return JSONResponse(
        {
            "status": "ok" if notice is None else fault,
            "snapshot": snapshot.id,
            "rows": snapshot.rows,
            "located": snapshot.located,
            "set_aside": snapshot.set_aside,
            "notice": notice,
            "protection": snapshot.protection or None,
        }
    )


def answer_schema(version: Version, filters: Filters, display: Display) -> Response:
    return JSONResponse(make_schema(version.store.own))
