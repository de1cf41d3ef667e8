"""The desk of a reader takes so many files, and says what to do about the next one."""

from collections.abc import Iterator

import pytest

from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Table
from incidents.versions.catalog import get_catalog
from parts.data.bring.desk import Desk, remove_piece, take_file
from parts.data.bring.kept import note_desk, restore_desk


def read(data: bytes, name: str) -> Table:
    return table_from_bytes(data, name)


def make_file(day: int) -> bytes:
    return f"date,place\n2021-07-{day:02},Hit\n".encode()


@pytest.fixture(autouse=True)
def _two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("INCIDENTS_TABLES", "2")
    get_catalog.cache_clear()
    yield
    get_catalog.cache_clear()


def test_one_file_too_many_is_told_and_not_read() -> None:
    desk = Desk()
    assert take_file(desk, "a.csv", make_file(1), read)
    assert take_file(desk, "b.csv", make_file(2), read)

    def fail(data: bytes, name: str) -> Table:
        raise AssertionError("it is read all the same")

    for name in ("c.csv", "mapping.yaml"):
        assert not take_file(desk, name, make_file(3), fail)
    assert [each.name for each in desk.pieces] == ["a", "b"] and len(desk.files) == 2
    assert desk.told[0] == (
        "c.csv is one file too many: at most 2 can be here at a time. Publish these first, or take "
        "some away."
    )
    remove_piece(desk, desk.pieces[0])
    assert take_file(desk, "c.csv", make_file(3), read)


def test_what_was_kept_above_a_limit_that_is_lower_now_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk, files = Desk(), {}
    for day in (1, 2):
        assert take_file(desk, f"{day}.csv", make_file(day), read)
        files[desk.files[-1][1]] = make_file(day)
    note = note_desk(desk)
    monkeypatch.setenv("INCIDENTS_TABLES", "1")
    get_catalog.cache_clear()
    found = restore_desk(Desk(), note, files.get, read)
    assert [each.name for each in found.pieces] == ["1"]
    assert found.told[0].startswith("2.csv is one file too many: at most 1")
