"""A reader's own columns: chosen in the form, filtered, listed, told of an incident."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from incidents.asking.store import read_rows
from incidents.intake.datasets import World
from incidents.table.settings import read_settings
from incidents.versions.catalog import Catalog, get_catalog
from tests.conftest import read_sentence
from tests.incidents.own_tables import ANALYST, CHOSEN
from tests.pages.test_data_page import click, drop, snapshot_of

OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="module")
def world() -> World:
    return Catalog(read_settings({})).world


@pytest.fixture(autouse=True)
def shared_world(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    for name in ("gazetteer", "boundaries"):
        monkeypatch.setattr(Catalog, name, getattr(world, name))


def _publish(open_page: OpenPage, chosen: dict[str, str]) -> str:
    app = drop(open_page("data"), ("analyst.csv", ANALYST.encode()))
    app.session_state["_own_1"] = True
    app = app.run()
    for header, kind in chosen.items():
        app.selectbox(key=f"_own_1_{header}").set_value(kind)
    return snapshot_of(click(click(app.run(), "Check and place"), "Publish"))


def test_the_form_makes_kinds(open_page: OpenPage, kept_snapshots: Path) -> None:
    version = _publish(open_page, dict(CHOSEN))
    own = get_catalog().find(version).store.own
    assert [(each.name, each.kind) for each in own] == [
        ("x.range_km", "number"),
        ("x.checked_on", "date"),
        ("x.memo", "text"),
        ("x.verified_by", "facet"),
    ]
    asked = {
        "data": version,
        "x.verified_by": ["AP", "?"],
        "x.range_km": ["0", "2000"],
        "cols": ["x.verified_by", "x.memo"],
    }
    app = open_page("overview", asked)
    assert read_sentence(app).startswith(
        "Incidents where “Verified by” is “AP” or unknown, where “Range km” is from 0 to 2000"
    )
    view = app.session_state["_session"].view
    assert view.store.count(view.filters)[0] == 3
    told = open_page("incident", {"data": version, "incident": _first_id(version)})
    facts = " ".join(each.proto.body for each in told.get("html"))
    assert "<dt>Verified by</dt><dd>AP</dd>" in facts
    assert "<dt>Checked on</dt><dd>8 Jul 2021</dd>" in facts


def _first_id(version: str) -> str:
    rows = get_catalog().find(version).store.incidents.order_by("date").limit(1)
    return str(read_rows(rows)[0]["incident"])


def test_a_link_to_what_a_version_lacks_is_told(open_page: OpenPage) -> None:
    app = open_page("overview", {"x.verified_by": "AP", "cols": "x.verified_by"})
    told = " ".join(each.value for each in app.toast)
    assert '"x.verified_by": this table has no such column to filter by.' in told.replace("\\", "")
    assert app.session_state["_session"].view.filters.own == ()
    assert "All incidents" in read_sentence(app)
