"""Versions on the Data page: whose are listed, how two differ, what one teaches."""

import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from incidents.versions.catalog import get_catalog
from tests.pages.bringing import OWN, OpenPage, click, drop, list_texts, open_tab, snapshot_of

pytestmark = pytest.mark.usefixtures("shared_world")


def test_a_version_teaches_its_places_where_the_host_lets_readers(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "own.csv"
    table.write_text(
        "id,date,country,gov,place,lat,lon\na,2021-07-01,SY,Aleppo,Tall Narnia,36.2,37.5\n", "utf-8"
    )
    monkeypatch.setenv("INCIDENTS_GAZETTEERS", str(tmp_path / "gazetteers"))

    def open_places() -> AppTest:
        app = open_tab(open_page("data", table=table, snapshots=tmp_path / "kept"), "Review")
        app.session_state["_review"] = "Places in doubt"
        return app.run()

    assert not [each for each in open_places().button if each.key == "_teach"]
    monkeypatch.setenv("INCIDENTS_TEACHING", "on")
    app = click(open_places(), "Teach")
    assert "licence" in app.error[0].value
    app.text_input(key="_teach_source").set_value("ACLED")
    app.text_input(key="_teach_licence").set_value("its terms")
    app = click(app, "Teach")
    assert "1 places are taught" in app.success[0].value
    assert "Tall Narnia" in (tmp_path / "gazetteers" / "taught-own.csv").read_text("utf-8")


def test_versions_of_others_are_not_listed(open_page: OpenPage) -> None:
    app = drop(open_page("data"), ("secret name.csv", OWN.encode()))
    app = click(click(app, "Check and place"), "Publish")
    mine = snapshot_of(app)
    listed = "".join(each.proto.body for each in open_tab(app, "Versions").get("html"))
    assert "secret name" in listed and "Compare" in listed
    assert re.search(r"<td>\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d UTC</td>", listed)
    other = open_tab(open_page("data"), "Versions")
    assert "secret name" not in "".join(each.proto.body for each in other.get("html"))
    # Who has the link sees it.
    friend = open_tab(open_page("data", {"data": mine}), "Versions")
    assert "secret name" in "".join(each.proto.body for each in friend.get("html"))


class TestDifference:
    def test_what_changed(self, open_page: OpenPage, tmp_path: Path) -> None:
        table, own = tmp_path / "own.csv", tmp_path / "kept"
        ids = []
        for text in (
            "id,date,place,killed\na,2021-07-01,Hit,2\nb,2021-07-02,Erbil,<img src=x>\n",
            "id,date,place,killed\na,2021-07-01,Hit,3\nc,2021-07-03,<img src=x>,1\n",
        ):
            table.write_text(text, "utf-8")
            open_page("data", table=table, snapshots=own)
            ids.append(get_catalog().current.snapshot.id)
        query = {"data": ids[1], "against": ids[0]}
        app = open_page("difference", query, table=table, snapshots=own)
        assert not app.exception
        written = "".join(each.proto.body for each in app.get("html"))
        assert [each.label for each in app.tabs] == ["Added (1)", "Removed (1)", "Changed (1)"]
        assert "<td>2</td><td>3</td>" in written
        # Days as everywhere.
        assert "<dd>3 Jul 2021</dd>" in written and "2021-07" not in written
        assert "<img" not in written
        assert f'href="data?data={ids[0]}"' in written
        (own / ids[0] / "claims.parquet").write_bytes(b"")
        st.cache_resource.clear()
        app = open_page("difference", query, table=table, snapshots=own)
        # It is made anew from what it keeps.
        assert not app.exception and not app.error
        assert "<td>2</td><td>3</td>" in "".join(each.proto.body for each in app.get("html"))

    @pytest.mark.parametrize("against", ["", "000000000000", "![x](y)"])
    def test_without_another_version(self, open_page: OpenPage, against: str) -> None:
        app = open_page("difference", {"against": against} if against else {})
        assert not app.exception
        assert "Choose a version to compare" in list_texts(app)
        assert "![x](" not in list_texts(app)
