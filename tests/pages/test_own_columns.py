"""A reader's own columns: chosen in the form, filtered, listed, told of an incident."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from incidents.asking.store import read_rows
from incidents.versions.catalog import get_catalog
from parts.panel.panel import list_offered
from tests.incidents.own_tables import ANALYST, CHOSEN
from tests.opened import read_sentence
from tests.pages.bringing import click, drop, snapshot_of

pytestmark = pytest.mark.usefixtures("shared_world")

OpenPage = Callable[..., AppTest]


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


_UCDP = (
    "id,type_of_violence,conflict_name,side_a,side_b,date_start,date_end,where_prec,"
    "where_coordinates,latitude,longitude,country,best,high,low\n"
) + "".join(
    f"{n},{1 + n % 3},{('Syria: Government', 'IS - Civilians')[n % 2]},Government of Syria,IS,"
    f"2017-01-{n + 1:02},2017-01-{n + 1:02},1,Hama town,35.13,36.75,Syria,3,4,2\n"
    for n in range(12)
)
_ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,"
    "admin1,location,latitude,longitude,geo_precision,source,notes,fatalities,tags\n"
) + "".join(
    f"IRQ{n},2021-07-{n + 1:02},1,{('Battles', 'Explosions/Remote violence')[n % 2]},Attack,"
    f"A,B,Iraq,Baghdad,Baghdad,33.3,44.4,1,AP,it happened,1,{('', 'local administrators')[n % 2]}\n"
    for n in range(8)
)
LAYOUTS = {
    "ucdp.csv": (_UCDP, {"x.type_of_violence": "3", "x.conflict_name": "Syria: Government"}, 2),
    "acled.csv": (_ACLED, {"x.event_type": "Battles", "x.tags": "?"}, 4),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_known_layouts_have_theirs(open_page: OpenPage, kept_snapshots: Path, name: str) -> None:
    text, asked, count = LAYOUTS[name]
    app = drop(open_page("data"), (name, text.encode()))
    version = snapshot_of(click(click(app, "Check and place"), "Publish"))
    app = open_page("overview", {"data": version, **asked})
    labels = [key.removeprefix("x.") for key in asked]
    for label in labels:
        assert f"where “{label}” is " in read_sentence(app)
    view = app.session_state["_session"].view
    assert view.store.count(view.filters)[0] == count
    offered = [key.name for key in list_offered(view.facets, view.span)]
    assert set(asked) <= set(offered)
    # All rows say the same: there is nothing to choose.
    assert not {"type", "country", "place"} & set(offered)
