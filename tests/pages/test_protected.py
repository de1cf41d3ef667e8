"""The live pages say that a table is coarsened, and hold nothing finer."""

from pathlib import Path

import pytest

from tests.opened import OpenPage

RULE = "places=10km dates=month hide=actor"
ROW = "incident,date,country,gov,place,lat,lon,type,actor,summary\n" + (
    "ZQ-ID-1,2021-03-14,IQ,Anbar,Zqplace,33.61234,42.71234,rocket attack,Zqactor,Zqsummary\n"
)


@pytest.mark.parametrize(
    "page", ["overview", "timeline", "casualties", "data", "about", "incident", "difference"]
)
def test_pages_say_it(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, page: str
) -> None:
    monkeypatch.setenv("INCIDENTS_PROTECT", RULE)
    table = tmp_path / "own.csv"
    table.write_text(ROW)
    app = open_page(page, table=table, snapshots=tmp_path / "snapshots")
    assert not app.exception
    assert any("To protect people" in each.proto.body for each in app.get("html"))
    told = "".join(str(each.proto) for each in app.main)
    assert len(told) > 500
    for secret in ("ZQ-ID", "Zqplace", "Zqactor", "Zqsummary", "33.61", "14 Mar", "2021-03-14"):
        assert secret not in told


def test_an_editor_sees_it_as_it_is(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INCIDENTS_PROTECT", RULE)
    monkeypatch.setenv("INCIDENTS_ROLE", "editor")
    table = tmp_path / "own.csv"
    table.write_text(ROW)
    app = open_page("overview", table=table, snapshots=tmp_path / "snapshots")
    assert not any("To protect people" in each.proto.body for each in app.get("html"))
