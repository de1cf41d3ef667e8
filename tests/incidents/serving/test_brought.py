"""A version that a visitor brought says so, wherever it is shown; the host's says nothing of it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from incidents.intake.bundles import Brought, Bundle
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Tables
from incidents.serving import answers, assets, routes
from incidents.serving.first_pages import find_question
from incidents.serving.first_view import FirstView
from incidents.table.sentences import say_date
from incidents.telling.files.card import draw_card
from incidents.telling.pages.asked import PAGES
from incidents.telling.words.heading import TITLE, name_source, say_brought
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import prepare, publish
from incidents.versions.snapshots import Snapshot
from tests.incidents.serving.conftest import INDEX, THEMES

ENDINGS = (".csv", ".geojson", ".parquet", ".gif", ".svg", ".html")
OWN = b"date,place,killed\n2021-07-01,Hit,2\n2021-07-02,Hit,1\n"
BAND = "Brought by a visitor, not by The Desk & Co: “data”"


@pytest.fixture
def catalog(shipped_catalog: Catalog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Catalog:
    """That of a host who gives a name; its folder is its own."""
    shipped_catalog.start().result()
    settings = replace(shipped_catalog.settings, owner="The Desk & Co", snapshots=tmp_path)
    catalog = Catalog(settings)
    for name in ("gazetteer", "boundaries"):
        monkeypatch.setattr(Catalog, name, getattr(shipped_catalog.world, name))
    for module in (routes, answers, assets):
        monkeypatch.setattr(module, "get_catalog", lambda: catalog)
    return catalog


@pytest.fixture
def client(catalog: Catalog) -> Iterator[TestClient]:
    async def index(request: object) -> HTMLResponse:
        return HTMLResponse(INDEX)

    listed = [*routes.list_routes("", THEMES["light"]), Route("/{path:path}", index)]
    before = [Middleware(FirstView, base="", themes=THEMES, find_catalog=lambda: catalog)]
    with TestClient(Starlette(routes=listed, middleware=before)) as client:
        yield client


def bring(catalog: Catalog, by: str) -> Snapshot:
    """A table that calls itself as the shipped one does."""
    bundle = Bundle((Brought("data", Tables(table_from_bytes(OWN, "data.csv"))),), source="data")
    return publish(prepare(bundle, catalog.world), catalog.settings.snapshots, by)


def test_every_page_of_it_bears_the_band_and_a_title_of_its_own(
    catalog: Catalog, client: TestClient
) -> None:
    made = bring(catalog, "upload")
    for page in PAGES:
        path = "/" if page == "overview" else f"/{page}"
        answer = client.get(path, params={"data": made.id})
        shown = unescape(answer.text)
        assert f"{BAND}, {say_date(made.made.date())}." in shown, page
        assert answer.headers["x-robots-tag"] == "noindex"
        title = re.findall("<title>(.*?)</title>", shown)[0]
        assert TITLE not in title


def test_so_do_its_picture_and_brief(catalog: Catalog, client: TestClient) -> None:
    made = bring(catalog, "upload")
    asked = find_question(catalog, "overview", [("data", made.id)], 6).asked
    assert BAND in unescape(draw_card(asked))
    assert TITLE not in draw_card(asked)
    answer = client.get("/api/picture.png", params={"data": made.id})
    with Image.open(BytesIO(answer.content)) as image:
        red, green, blue = image.convert("RGB").getpixel((4, 4))  # type: ignore[misc]
    assert red > 100 and green < 60 and blue < 60
    assert answer.headers["x-robots-tag"] == "noindex"
    brief = client.get("/api/brief.html", params={"data": made.id})
    assert BAND in unescape(brief.text)
    assert "Incidents in data, brought by a visitor" in brief.text


def test_so_does_its_animation(
    catalog: Catalog, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, credits = bring(catalog, "upload"), []

    def note(store: object, filters: object, display: object, credit: str, *rest: object) -> bytes:
        credits.append(credit)
        return b"GIF"

    monkeypatch.setattr(answers, "write_playback", note)
    assert client.get("/api/playback.gif", params={"data": made.id}).status_code == 200
    assert client.get("/api/playback.gif").status_code == 200
    assert credits[0].startswith(BAND) and credits[0].endswith(f"Version {made.id}")
    assert len(credits[0].splitlines()) == 2
    assert credits[1].startswith("Version ")


def test_so_do_files_that_hold_more_than_rows(catalog: Catalog, client: TestClient) -> None:
    made = bring(catalog, "upload")
    about = client.get("/api/incidents.geojson", params={"data": made.id}).json()
    assert BAND in about["brought"]
    assert about["licence"] == "as whoever made this table allows"
    answer = client.get("/api/incidents.parquet", params={"data": made.id})
    told = pq.read_schema(BytesIO(answer.content)).metadata
    assert BAND in told[b"brought"].decode()
    assert told[b"licence"].decode() == about["licence"]
    own = client.get("/api/incidents.geojson").json()
    assert own["licence"] == "CC BY 4.0" and "brought" not in own


def test_every_file_of_it_is_named_as_a_visitors(catalog: Catalog, client: TestClient) -> None:
    versions = [{"data": bring(catalog, "upload").id}, {"data": catalog.current.snapshot.id}]
    for path in (path for path in routes.ROUTES if "{" not in path):
        told = [client.get(path, params=each).headers for each in versions]
        names = [each.get("content-disposition", "").partition('filename="')[2] for each in told]
        brought, own = names
        assert brought.startswith("visitor-") or not path.endswith(ENDINGS), path
        assert not own.startswith("visitor-") and bool(own) == bool(brought), path


def test_a_difference_names_it_as_a_visitors_on_either_side(
    catalog: Catalog, client: TestClient
) -> None:
    made, own = bring(catalog, "upload").id, catalog.current.snapshot.id
    for data, against in ((made, own), (own, made)):
        answer = client.get("/difference", params={"data": data, "against": against})
        assert "data, brought by a visitor" in answer.text
        assert f"</a> {TITLE}<small>" in answer.text
        assert answer.headers["x-robots-tag"] == "noindex"


@pytest.mark.parametrize("source", ["data", "own.csv"])
def test_no_list_names_it_as_the_hosts(source: str) -> None:
    assert name_source(source, is_brought=True) == f"{source}, brought by a visitor"
    assert name_source(source, is_brought=False) == (TITLE if source == "data" else source)


def test_its_preview_says_whose_it_is_and_no_more(catalog: Catalog, client: TestClient) -> None:
    made = bring(catalog, "upload")
    head = client.get(f"/timeline?data={made.id}&q=Hit").text.partition("</head>")[0]
    (words,) = re.findall('<meta property="og:description" content="([^"]*)"', head)
    assert unescape(words).startswith("Brought by a visitor, not by The Desk & Co. Shared by")
    assert "“data”" not in head and ">Hit" not in head


def test_where_not_all_may_see_it_no_preview_tells_of_the_table(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch, client: TestClient
) -> None:
    monkeypatch.setattr(catalog, "settings", replace(catalog.settings, access="link"))
    for path in ("/", "/timeline?type=air+strike", "/data"):
        head = client.get(path).text.partition("</head>")[0]
        (words,) = re.findall('<meta property="og:description" content="([^"]*)"', head)
        assert words == "Shared by its link: what it shows is told when the link is opened."
        assert TITLE not in head and "of type air strike" not in head
        assert "picture.png" not in head


def test_the_hosts_own_bears_none(catalog: Catalog, client: TestClient) -> None:
    for data in ("", f"?data={bring(catalog, 'import').id}"):
        for path in ("/", "/data", "/about", "/api/brief.html"):
            answer = client.get(path + data)
            assert answer.status_code == 200
            assert "Brought by a visitor" not in answer.text
            assert "x-robots-tag" not in answer.headers


def test_once_the_host_imports_it_the_band_goes(catalog: Catalog, client: TestClient) -> None:
    made = bring(catalog, "upload")
    paths = [f"{path}?data={made.id}" for path in ("/", "/api/picture.png")]
    tags = [client.get(path).headers["etag"] for path in paths]
    assert bring(catalog, "import").id == made.id
    for path, tag in zip(paths, tags, strict=True):
        answer = client.get(path, headers={"if-none-match": tag})
        assert answer.status_code == 200
        assert "x-robots-tag" not in answer.headers


@pytest.mark.parametrize("owner", ["", "<b>Desk</b>"])
def test_what_the_band_says(owner: str) -> None:
    said = say_brought("a" * 100, date(2026, 5, 3), owner)
    assert said == (
        f"Brought by a visitor, not by {owner or 'whoever runs this page'}: “{'a' * 60}…”, "
        "3 May 2026."
    )
