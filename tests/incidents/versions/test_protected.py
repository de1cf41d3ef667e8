"""Nobody but an editor gets anything finer than the host allows, by whatever way he asks."""

import calendar
import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pyarrow.parquet as pq
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from incidents.asking.differences import Differences
from incidents.asking.store import read_count
from incidents.serving import answers, assets, routes
from incidents.serving.access.roles import find_role
from incidents.serving.first_pages import answer, find_question
from incidents.serving.running import health
from incidents.table.columns import COLUMNS, find_column
from incidents.table.errors import SnapshotError
from incidents.table.settings import Settings
from incidents.telling.pages.asked import PAGES
from incidents.versions.catalog import Catalog
from incidents.versions.comparing import find_kept
from incidents.versions.drafts import reopen
from incidents.versions.protected import seeing
from incidents.versions.sources import find_source_row
from tests.incidents.versions.protecting import open_catalog, to_csv

SECRETS = ("Zqplace", "Zqsite", "Zqactor", "Zqsummary", "Zqtarget", "Zqtitle", "zqurl", "Zqorigin",
           "Zqwho", "ZQ-ID", "Zqnote", "Zqoperation")  # fmt: skip
HEAD = ("incident", "operation", "date", "date_end", "time", "country", "gov", "place", "site",
        "lat", "lon", "precision", "type", "target", "target_name", "actor", "weapon", "origin",
        "killed_min", "killed_max", "summary")  # fmt: skip


def write(folder: Path, shift: float = 0.0, day: int = 0, word: str = "") -> Path:
    """A table of two incidents and their reports; what differs lies within one coarse cell."""
    place, first = f"Zqplace{word}", 14 + day
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        ("ZQ-ID-1", "Zqoperation", f"2021-03-{first}", "", f"0{3 + day}:47", "IQ", "Anbar",
         f"{place} town", f"Zqsite{word}", 33.61234 + shift, 42.71234 + shift, "site",
         "rocket attack", f"convoy near {place} town", f"Zqtarget{word}", f"Zqactor{word}",
         "rockets", f"Zqorigin{word}", 1, 2, f"Zqsummary{word} on 14 March"),
        ("ZQ-ID-2", "", f"2021-05-{17 + day}", f"2021-05-{19 + day}", "", "IQ", "Anbar",
         f"Zqplace{word}", "", 33.61334 + shift, 42.71134 + shift, "site", "air strike", "base", "",
         f"Zqactor{word}", f"rockets like those from Zqorigin{word}", "", "", "",
         f"Zqsummary{word}"),
    ]  # fmt: skip
    to_csv(folder / "incidents.csv", HEAD, rows)
    to_csv(folder / "reports.csv", ("report", "incident", "publisher", "title", "url", "published",
                                    "says_date", "says_who", "says_actor", "note"),
           [("ZQ-ID-r1", "ZQ-ID-1", "Reuters", f"Zqtitle{word}", f"https://example.org/zqurl{word}",
             f"2021-03-{15 + day}", f"2021-03-{14 + day}", f"Zqwho{word}", f"Zqactor{word}",
             f"Zqnote{word}")])  # fmt: skip
    to_csv(folder / "claims.csv", ("claim", "report", "incident", "measure", "group", "low", "high",
                                   "who"),
           [("ZQ-ID-c1", "ZQ-ID-r1", "ZQ-ID-1", "killed", "all", 1, 2, f"Zqwho{word}")],
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    folder = tmp_path_factory.mktemp("protected")
    found = open_catalog(write(folder / "own"), folder / "snapshots")
    assert found.current.snapshot.protection
    return found


@pytest.fixture
def client(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    for module in (answers, assets, health, routes):
        monkeypatch.setattr(module, "get_catalog", lambda: catalog)
    return TestClient(Starlette(routes=routes.list_routes()), base_url="http://localhost")


def find_finer(data: bytes) -> list[str]:
    """What of the table is in some bytes: its words, degrees, days, time of day."""
    text = data.decode("utf-8", "replace")
    found = [secret for secret in SECRETS if secret.casefold() in text.casefold()]
    found += re.findall(r"33\.61[23]|42\.71[12]|(?<!\d)0[34]:47", text)
    days = {date(2021, 3, 14), date(2021, 3, 15), date(2021, 5, 17), date(2021, 5, 19)}
    for day in days:
        month = calendar.month_name[day.month]
        forms = (day.isoformat(), f"{day.day} {month}", f"{day.day} {month[:3]}", f"{day:%Y%m%d}")
        found += [form for form in forms if form in text]
    return found


QUERIES = ("", "by=incident", "by=time&step=day", "by=party", "by=gov", "step=day", "by=actor",
           "bbox=40,30,48,37&z=14", "q=Zqplace", "view=density", "basis=high")  # fmt: skip


def list_asked() -> Iterator[str]:
    for path in routes.ROUTES:
        if "{" not in path:
            # What is painted hides its words; they are read where the same is told as text.
            is_painted = path.endswith((".png", ".gif"))
            yield from (f"{path}?{query}" for query in QUERIES[: 1 if is_painted else None])


def test_no_route_answers_anything_finer(client: TestClient, catalog: Catalog) -> None:
    opened = read_ids(client)[0]
    for address in [*list_asked(), "/api/qr/incident.svg", f"/api/brief.html?incident={opened}"]:
        got = client.get(address)
        assert got.status_code in (200, 400), (address, got.text)
        told = got.content
        if address.startswith("/api/incidents.parquet") and got.status_code == 200:
            table = pq.read_table(io.BytesIO(told))
            told = str(table.to_pylist()).encode() + str(table.schema.metadata).encode()
        if "q=Zqplace" in address:
            told = told.replace(b"Zqplace", b"").replace(quote("Zqplace").encode(), b"")
        assert find_finer(told) == [], address
    assert client.get("/api/figures?q=Zqplace").json()["incidents"] == 0
    assert client.get("/api/figures?q=Zqorigin").json()["incidents"] == 0
    assert client.get("/api/figures?q=Zqactor").json()["incidents"] == 0
    assert client.get("/api/figures?actor=Zqactor").json()["incidents"] == 0
    # An area within the square tells no more than the square.
    assert client.get("/api/figures?area=42.712,33.612,42.713,33.613").json()["incidents"] == 0


def read_ids(client: TestClient) -> list[str]:
    features = client.get("/api/incidents.geojson").json()["features"]
    return [feature["id"] for feature in features]


@pytest.mark.parametrize("page", PAGES)
def test_no_first_view_shows_anything_finer(
    catalog: Catalog, client: TestClient, page: str
) -> None:
    for query in ([], [("incident", read_ids(client)[0])], [("incident", "ZQ-ID-1")]):
        question = find_question(catalog, page, query, 9)
        document = answer(catalog, question)
        told = "\n".join([document.body, document.title, document.description])
        told = told.replace("ZQ-ID-1", "") if ("incident", "ZQ-ID-1") in query else told
        assert find_finer(told.encode()) == []
        assert "To protect people" in document.body


def test_nor_does_anything_else_that_a_page_asks(catalog: Catalog, tmp_path: Path) -> None:
    version = catalog.current
    folder = version.snapshot.folder
    assert {path.suffix for path in folder.iterdir()} == {".parquet", ".json", ".duckdb"}
    for path in folder.glob("*.parquet"):
        assert find_finer(str(pq.read_table(path).to_pylist()).encode()) == []
    assert find_source_row(folder, "ZQ-ID-1") is None
    with pytest.raises(SnapshotError, match="Only an editor"):
        reopen(version.snapshot)
    kept = find_kept(catalog, version.snapshot.id)
    assert kept.folder == folder
    told = b"".join(Differences(folder, folder).to_csv())
    assert find_finer(told) == []


def test_an_editor_sees_it_as_it_is(catalog: Catalog, client: TestClient) -> None:
    coarse = client.get("/api/incidents.csv")
    with seeing(True):
        exact = client.get("/api/incidents.csv", headers={"if-none-match": coarse.headers["etag"]})
        assert reopen(catalog.find(catalog.current.snapshot.id).snapshot).brought
    assert exact.status_code == 200
    assert {"Zqplace", "Zqactor", "Zqsummary"} <= set(find_finer(exact.content))
    again = client.get("/api/incidents.csv", headers={"if-none-match": exact.headers["etag"]})
    assert again.content == coarse.content


def test_counts_stay(client: TestClient) -> None:
    figures = client.get("/api/figures").json()
    assert figures["incidents"] == 2
    rows = list(csv.DictReader(io.StringIO(client.get("/api/incidents.csv").text.lstrip("\ufeff"))))
    assert [(row["date"], row["date_end"], row["date_precision"]) for row in rows] == [
        ("2021-03-01", "2021-03-31", "month"), ("2021-05-01", "2021-05-31", "month")]  # fmt: skip
    assert {row["precision"] for row in rows} == {"district"}
    assert rows[0]["killed_max"] == "2" and rows[0]["weapon"] == "rockets"
    assert rows[0]["target"] == "" and rows[1]["target"] == "base"
    assert client.get("/api/health").json()["protection"].startswith("To protect people")


@pytest.fixture(scope="module")
def same(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("same")


@settings(max_examples=8, phases=[Phase.generate])
@given(shift=st.floats(-0.002, 0.002), day=st.integers(0, 5), word=st.sampled_from(["", "x"]))
def test_tables_that_differ_within_a_cell_are_one_table(
    same: Path, shift: float, day: int, word: str
) -> None:
    shown = []
    for name, changes in (("a", (0.0, 0, "")), ("b", (shift, day, word))):
        table = write(same / f"{name}-{shift}-{day}-{word}" / "own", *changes)
        found = open_catalog(table, same / "snapshots").current
        parts = ("incidents", "reports", "claims", "problems")
        shown.append([pq.read_table(found.snapshot.folder / f"{each}.parquet") for each in parts])
    assert shown[0] == shown[1]


RULES = ("places=governorate", "dates=week", "dates=year", "hide=killed_max", "places=3km",
         "places=200km dates=year hide=type,publisher")  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_gives_a_version(catalog: Catalog, rule: str) -> None:
    found = open_catalog(catalog.settings.table, catalog.settings.snapshots, rule).current
    assert read_count(found.store.incidents) == 2
    rows = found.store.incidents.to_pyarrow().to_pylist()
    if "killed_max" in rule:
        assert {row["killed_max"] for row in rows} == {None}
        assert read_count(found.store.table("claims")) == 0
    if rule == "places=governorate":
        assert {row["precision"] for row in rows} == {"governorate"}
        assert {row["gov"] for row in rows} == {"Anbar"}
        assert {row["date"].day for row in rows} == {14, 17}


def test_other_datasets_stay_as_they_are(catalog: Catalog) -> None:
    set_up = catalog.settings
    found = open_catalog(set_up.table, set_up.snapshots, "another: dates=year")
    assert found.current.snapshot.protection == ""
    assert found.current.store.find_incident("ZQ-ID-1") is not None


def test_what_is_damaged_is_made_anew(catalog: Catalog) -> None:
    folder = catalog.current.snapshot.folder
    catalog.mend(catalog.current)
    assert not folder.exists()
    found = catalog.find(catalog.current.snapshot.id)
    assert read_count(found.store.incidents) == 2


def test_every_column_can_be_hidden_or_is_needed(catalog: Catalog) -> None:
    hidden = [each.name for each in COLUMNS if each.name not in
              ("incident", "date", "date_precision", "dataset")]  # fmt: skip
    rule = f"hide={','.join(hidden)}"
    rows = open_catalog(catalog.settings.table, catalog.settings.snapshots, rule).current.store
    for row in rows.incidents.to_pyarrow().to_pylist():
        assert {name for name in hidden if row[name] is not None} == set()
        assert find_column("date") is not None


def test_roles() -> None:
    assert find_role(Settings(), {}, lambda cookies: None) == "bringer"


def test_own_columns_of_the_table_go(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    rows = (f"2021-03-{10 + n},Hit,IQ,Zqunit{n % 2}" for n in range(8))
    table.write_text("date,place,country,Unit\n" + "\n".join(rows) + "\n")
    exact = open_catalog(table, tmp_path / "snapshots", "off").current
    assert exact.store.own
    coarse = open_catalog(table, tmp_path / "snapshots", "dates=month").current
    assert not coarse.store.own
    assert "Zqunit" not in str(coarse.store.incidents.to_pyarrow().to_pylist())
