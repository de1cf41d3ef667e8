"""Pages where a file of a version was damaged after it had been read: as before, or a sentence."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from incidents.versions.catalog import get_catalog
from parts.data.versions import difference
from tests.pages.bringing import open_tab

pytestmark = pytest.mark.usefixtures("shared_world")

OpenPage = Callable[..., AppTest]
Pair = tuple[Path, Path, list[str]]


def blank_unseen(path: Path) -> None:
    """Size and time stay, as where a disk forgets a block."""
    stat = path.stat()
    path.write_bytes(bytes(stat.st_size))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


@pytest.fixture
def versions(open_page: OpenPage, tmp_path: Path) -> Pair:
    """A table and a folder with three versions of it, the first without any row of the others."""
    table, home, ids = tmp_path / "own.csv", tmp_path / "kept", []
    for rows in (
        "z,2021-06-30,Hit,1\n",
        "".join(f"a{at},2021-07-01,Hit,1\n" for at in range(5)),
        "".join(f"a{at},2021-07-01,Hit,2\n" for at in range(5)),
    ):
        table.write_text(f"id,date,place,killed\n{rows}", "utf-8")
        open_page("data", table=table, snapshots=home)
        ids.append(get_catalog().current.snapshot.id)
    return table, home, ids


def write_html(app: AppTest) -> str:
    return "".join(each.proto.body for each in app.get("html"))


@pytest.mark.parametrize("which", [0, 2])
def test_a_difference_that_is_open_is_mended(
    open_page: OpenPage, versions: Pair, which: int
) -> None:
    table, home, ids = versions
    query = {"data": ids[2], "against": ids[0]}
    app = open_page("difference", query, table=table, snapshots=home)
    before = write_html(app)
    assert "Added" in app.tabs[0].label and not app.exception
    blank_unseen(home / ids[which] / "incidents.parquet")
    app = app.run()
    assert not app.exception and not app.error
    assert write_html(app) == before
    for path in (home / ids[0]).glob("*.parquet"):
        blank_unseen(path)
    app = app.run()
    assert not app.exception
    assert "is damaged, and so is what it keeps" in app.warning[0].value.replace("\\", "")


def test_each_pair_has_a_page_of_its_own(
    open_page: OpenPage, versions: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(difference, "MOST_ENTRIES", 2)
    table, home, ids = versions
    query = {"data": ids[2], "against": ids[1]}
    app = open_page("difference", query, table=table, snapshots=home)
    key = f"_entries_{ids[1]}_{ids[2]}_incidents_changed"
    assert app.session_state[key] == 1
    app.session_state[key] = 3
    assert "5–5 of 5" in "".join(each.value for each in app.run().caption)
    app.query_params["data"], app.query_params["against"] = ids[1], ids[2]
    app.session_state["_session"].version = None
    assert "1–2 of 5" in "".join(each.value for each in app.run().caption)


def test_a_part_that_runs_by_itself_tells_it(open_page: OpenPage, versions: Pair) -> None:
    table, home, ids = versions
    app = open_tab(
        open_page("data", {"data": ids[1]}, table=table, snapshots=home), "Bring a table"
    )
    given = [("b.csv", b"date,place\n2021-07-07,Hit\n", "text/csv")]
    app.file_uploader[0].set_value(given)
    app = app.run()
    app.checkbox(key="_joins").check()
    app = app.run()
    assert not app.exception and not app.error
    blank_unseen(home / ids[1] / "source_0_incidents.parquet")
    app = app.run()
    assert not app.exception
    told = "".join(each.value for each in (*app.error, *app.warning)).replace("\\", "")
    assert "is damaged" in told
