"""Every page opens, whatever the table holds; and text of a table stays text."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from incidents.versions.catalog import get_catalog
from tests.opened import read_sentence

PAGES = ("overview", "timeline", "casualties", "data", "about", "incident", "difference")
OpenPage = Callable[..., AppTest]


def list_markdown(app: AppTest) -> list[str]:
    """Every text on the page that Streamlit reads as Markdown."""
    kinds = ("markdown", "caption", "warning", "info", "error", "success", "toast", "subheader")
    texts = [str(each.value) for kind in kinds for each in app.get(kind)]
    buttons = [*app.button, *app.multiselect, *app.selectbox]
    return texts + [str(each.label) for each in buttons]


def list_html(app: AppTest) -> list[str]:
    """Every text on the page that Streamlit hands to the browser as HTML."""
    return [each.proto.body for each in app.get("html")]


@pytest.mark.parametrize("page", PAGES)
class TestOpens:
    def test_shipped_table(self, open_page: OpenPage, page: str) -> None:
        app = open_page(page)
        assert not app.exception
        assert not app.error

    def test_empty_table(self, open_page: OpenPage, empty_table: Path, page: str) -> None:
        app = open_page(page, table=empty_table)
        assert not app.exception
        if page in ("overview", "timeline", "casualties"):
            assert "This table holds no incidents." in app.info[0].value

    def test_table_of_date_and_place(
        self, open_page: OpenPage, flat_table: Path, page: str
    ) -> None:
        app = open_page(page, table=flat_table)
        assert not app.exception
        if page == "overview":
            notes = " ".join(list_html(app))
            assert "1 cannot be placed" in notes

    def test_broken_file(self, open_page: OpenPage, broken_table: Path, page: str) -> None:
        app = open_page(page, table=broken_table)
        assert not app.exception
        (error,) = app.error
        assert "broken" in error.value
        assert "Traceback" not in error.value

    def test_missing_file(self, open_page: OpenPage, tmp_path: Path, page: str) -> None:
        app = open_page(page, table=tmp_path / "gone.csv")
        assert not app.exception
        (error,) = app.error
        assert "INCIDENTS" in error.value

    def test_hostile_text(
        self, open_page: OpenPage, hostile_table: Path, hostile: str, page: str
    ) -> None:
        query = {"incident": f"HA {hostile}"} if page in ("overview", "incident") else {}
        app = open_page(page, query, table=hostile_table)
        assert not app.exception
        for text in list_markdown(app):
            assert "![x](" not in text
            assert ":material/home:" not in text
        for html in list_html(app):
            assert "<img" not in html
            assert "</script>" not in html


def test_filters_beside_hostile_text_work(
    open_page: OpenPage, hostile_table: Path, hostile: str
) -> None:
    app = open_page(query={"type": hostile}, table=hostile_table)
    assert not app.exception
    assert f"of type {hostile}" in read_sentence(app)


def test_unknown_incident_is_told(open_page: OpenPage) -> None:
    app = open_page("overview", {"incident": "![x](http://evil.example/x.png)"})
    assert not app.exception
    (warning,) = app.warning
    assert "is not in this version of the table" in warning.value
    assert "![x](" not in warning.value


def test_broken_file_shows_the_last_good_version(
    open_page: OpenPage, flat_table: Path, tmp_path: Path
) -> None:
    snapshots = tmp_path / "kept"
    open_page(table=flat_table, snapshots=snapshots)
    good = get_catalog().current.snapshot.id
    flat_table.write_bytes(b"\x00\x01 no table at all \xff" * 40)
    app = open_page(table=flat_table, snapshots=snapshots)
    assert not app.exception
    assert not app.error
    assert get_catalog().current.snapshot.id == good
    assert "The last good version of the table is shown" in app.warning[0].value


def test_a_damaged_version_is_shown_as_before(
    open_page: OpenPage, flat_table: Path, tmp_path: Path
) -> None:
    snapshots = tmp_path / "kept"
    open_page(table=flat_table, snapshots=snapshots)
    folder = get_catalog().current.snapshot.folder
    for path in (*folder.glob("*.duckdb"), folder / "incidents.parquet", folder / "snapshot.json"):
        path.write_bytes(bytes(path.stat().st_size))
    for query in ({}, {"data": folder.name}):
        app = open_page("data", query, table=flat_table, snapshots=snapshots)
        assert not app.exception and not app.error and not app.warning


def test_a_database_that_is_damaged_while_it_is_open_is_mended(
    open_page: OpenPage, tmp_path: Path
) -> None:
    app = open_page(snapshots=tmp_path / "kept")
    version = get_catalog().current
    for path in version.snapshot.folder.glob("*.duckdb"):
        with path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
    app.query_params["type"] = "Air strike"
    app.run()
    assert not app.exception and not app.error


@pytest.mark.parametrize("page", ["overview", "difference"])
def test_a_version_that_is_lost_is_told(
    open_page: OpenPage, flat_table: Path, tmp_path: Path, page: str
) -> None:
    snapshots = tmp_path / "kept"
    open_page(table=flat_table, snapshots=snapshots)
    lost = get_catalog().current.snapshot
    flat_table.write_text("date,place\n2021-07-09,Erbil\n", "utf-8")
    open_page(table=flat_table, snapshots=snapshots)
    for path in lost.folder.iterdir():
        path.unlink()
    query = {"data" if page == "overview" else "against": lost.id}
    app = open_page(page, query, table=flat_table, snapshots=snapshots)
    assert not app.exception and not app.error
    told = f'Version "{lost.id}" is damaged, and so is what it keeps of the table'
    assert told in app.warning[0].value.replace("\\", "")
