"""What is brought and cannot be taken gets a sentence, and what is hostile stays text."""

import pytest

from tests.pages.bringing import OWN, OpenPage, click, drop, list_texts, open_tab

pytestmark = pytest.mark.usefixtures("shared_world")


UNREADABLE = {
    "garbage": ("x.csv", b"\x00\x01PK garbage \xff\xfe" * 50, "x.csv"),
    "document": ("report.csv", b"%PDF-1.7 " * 20, "PDF"),
    "nothing": ("empty.csv", b"", "empty.csv"),
    "mapping that is none": ("m.yaml", b"a: [1", "m.yaml"),
    "mapping that is no text": ("m.yaml", b"\xff\xfe\x00", "UTF-8"),
    "broken workbook": ("b.xlsx", b"PK\x03\x04" + b"\x00" * 200, "b.xlsx"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_gets_a_sentence(open_page: OpenPage, name: str) -> None:
    file, data, word = UNREADABLE[name]
    app = drop(open_page("data"), (file, data))
    assert not app.exception
    (error,) = app.error
    assert word in error.value.replace("\\", "")
    assert "Traceback" not in error.value
    assert not [each for each in app.button if each.label.startswith("Check")]


def test_a_file_over_the_limit_gets_a_sentence(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENTS_LARGEST", "1")
    app = drop(open_page("data"), ("own.csv", OWN.encode() + b"x" * 1_000_001))
    assert "at most 1 MB" in app.error[0].value.replace("\\", "")


def test_uploads_may_be_switched_off(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENTS_UPLOADS", "off")
    app = open_tab(open_page("data"), "Bring a table")
    assert not app.file_uploader
    assert "cannot bring tables here" in app.info[0].value


def test_hostile_upload_stays_text(open_page: OpenPage, hostile: str) -> None:
    cell = '"' + hostile.replace('"', '""') + '"'
    table = f"{cell},Date,Spot\n{cell},2021-07-01,{cell}\n{cell},{cell},Hit\n"
    app = drop(open_page("data"), (f"{hostile[:40]}.csv", table.encode()))
    app = click(app, "Check and place")
    assert not app.exception
    assert "![x](" not in list_texts(app)
    assert ":material/home:" not in list_texts(app)
    app = click(app, "Publish")
    assert not app.exception
    for tab in ("Review", "Versions", "Places matched"):
        app = open_tab(app, tab)
        assert not app.exception
        for html in app.get("html"):
            assert "<img" not in html.proto.body


def test_a_fault_of_ours_gets_a_sentence(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = drop(open_page("data"), ("own.csv", OWN.encode()))

    def fail(*_: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr("parts.data.bring.work.prepare", fail)
    app = click(app, "Check and place")
    assert not app.exception
    assert "a fault of this program" in app.error[0].value
    assert "secret" not in app.error[0].value
