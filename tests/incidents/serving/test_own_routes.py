"""Routes ask by a version's own columns as by all others, and the first view tells of them."""

import pytest
from starlette.testclient import TestClient

from incidents.serving.first_pages import answer, find_question
from incidents.table.columns import COLUMNS
from incidents.versions.catalog import Catalog
from incidents.versions.snapshots import Snapshot
from tests.incidents.own_tables import ANALYST, CHOSEN, keep_tables


@pytest.fixture(scope="module")
def mine(shipped_catalog: Catalog) -> Snapshot:
    return keep_tables(shipped_catalog, ANALYST, chosen=CHOSEN)


def test_filters_facets_and_exports(api_client: TestClient, mine: Snapshot) -> None:
    asked = f"data={mine.id}&x.verified_by=AP&x.range_km=0&x.range_km=2"
    answered = api_client.get(f"/api/incidents.geojson?{asked}").json()
    (feature,) = answered["features"]
    assert feature["properties"]["x.range_km"] == 1.5
    assert answered["about"].startswith("Incidents where “Verified by” is “AP”")
    counts = api_client.get(f"/api/facets?{asked}").json()
    assert {"x.verified_by", "x.range_km", "x.checked_on"} <= set(counts)
    assert "x.verified_by" in api_client.get(f"/api/incidents.csv?{asked}").text.partition("\n")[0]
    assert api_client.get(f"/api/figures?{asked}").json()["incidents"] == 1


@pytest.mark.parametrize("query", ["x.verified_by=AP", "x.=1", "x.range_km=2"])
def test_what_a_version_lacks_is_refused(api_client: TestClient, query: str) -> None:
    answered = api_client.get(f"/api/figures?{query}")
    assert answered.status_code == 400
    assert "this table has no such column to filter by." in answered.text


def test_a_value_of_the_wrong_kind_is_refused(api_client: TestClient, mine: Snapshot) -> None:
    answered = api_client.get(f"/api/figures?data={mine.id}&x.range_km=far")
    assert (answered.status_code, answered.text) == (400, '"x.range_km": "far" is not a number.')


def test_the_schema_of_a_version(api_client: TestClient, mine: Snapshot) -> None:
    plain = api_client.get("/api/schema").json()
    assert [each["name"] for each in plain["columns"]] == [each.name for each in COLUMNS]
    own = api_client.get(f"/api/schema?data={mine.id}").json()
    told = {each["name"]: each["type"] for each in own["columns"][len(COLUMNS) :]}
    assert told == {
        "x.range_km": "number",
        "x.checked_on": "date",
        "x.memo": "text",
        "x.verified_by": "choice",
    }
    names = [each["name"] for each in own["filters"]]
    assert {"x.range_km", "x.checked_on", "x.verified_by"} <= set(names)
    assert "x.memo" not in names


def test_the_first_view_tells_of_them(shipped_catalog: Catalog, mine: Snapshot) -> None:
    query = [("data", mine.id), ("x.verified_by", "<b>Bellingcat</b>"), ("cols", "x.memo")]
    told = answer(shipped_catalog, find_question(shipped_catalog, "overview", query, 6)).body
    assert "where “Verified by” is “&lt;b&gt;Bellingcat&lt;/b&gt;”" in told
    assert '<th scope="col" dir="auto">Memo</th>' in told
    assert '<td class="own" dir="auto">five</td>' in told
    assert "<b>Bellingcat" not in told


def test_the_first_view_tells_what_a_version_lacks(shipped_catalog: Catalog) -> None:
    query = [("x.verified_by", "AP"), ("cols", "x.nope")]
    told = answer(shipped_catalog, find_question(shipped_catalog, "overview", query, 6)).body
    assert "this table has no such column to filter by." in told
    assert "is no column of this table&#x27;s own." in told
