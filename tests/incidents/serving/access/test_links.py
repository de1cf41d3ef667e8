"""Share links: signed, dated, listed, revoked."""

import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from incidents.serving.access import links
from incidents.serving.access.links import find_link, list_links, make_link, revoke_link

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


class Clock:
    now = NOW


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(links, "find_now", lambda: clock.now)
    return clock


def test_a_link_is_found_by_its_token(home: Path) -> None:
    link, token = make_link(home, 7, "Desk <b>«ب»</b>", "editor")
    assert find_link(home, token) == link
    assert list_links(home) == [link]
    assert link.expires - link.made == timedelta(days=7)
    assert link.state == "open"
    assert (link.role, link.label) == ("editor", "Desk <b>«ب»</b>")


def test_the_token_is_kept_nowhere_and_the_key_is_the_servers_own(home: Path) -> None:
    _, token = make_link(home, 7, "", "reader")
    files = [path for path in home.rglob("*") if path.is_file()]
    assert [path for path in files if token.encode() in path.read_bytes()] == []
    assert stat.S_IMODE((home / "access").stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "access" / "key").stat().st_mode) == 0o600


def test_it_expires_to_the_second(home: Path, clock: Clock) -> None:
    link, token = make_link(home, 2, "", "reader")
    clock.now = NOW + timedelta(days=2, seconds=-1)
    assert find_link(home, token) == link
    clock.now = NOW + timedelta(days=2)
    assert find_link(home, token) is None
    assert [each.state for each in list_links(home)] == ["expired"]


def test_revoked_it_opens_nothing_and_stays_listed(home: Path, clock: Clock) -> None:
    link, token = make_link(home, 7, "a", "reader")
    _, other = make_link(home, 7, "b", "reader")
    clock.now += timedelta(hours=1)
    gone = revoke_link(home, link.id)
    assert gone == replace(link, revoked=NOW + timedelta(hours=1))
    clock.now += timedelta(hours=1)
    assert revoke_link(home, link.id) == gone
    assert find_link(home, token) is None
    assert find_link(home, other) is not None
    assert sorted(each.state for each in list_links(home)) == ["open", "revoked"]


@pytest.mark.parametrize("name", ["", "nothing0", "../key", "a" * 8, "A" * 8, "0" * 9, "٠" * 8])
def test_there_is_no_such_link(home: Path, name: str) -> None:
    make_link(home, 7, "", "reader")
    assert revoke_link(home, name) is None


def test_a_token_of_another_key_or_changed_opens_nothing(home: Path, tmp_path: Path) -> None:
    link, token = make_link(home, 7, "", "reader")
    _, foreign = make_link(tmp_path / "other", 7, "", "reader")
    signed = token.partition(".")[2]
    for wrong in (foreign, token[:-1], token + "A", f".{signed}", f'"{link.id}"', "", "\0", "ü"):
        assert find_link(home, wrong) is None
    assert find_link(home, token) == link


def test_what_cannot_be_read_opens_nothing(home: Path) -> None:
    link, token = make_link(home, 7, "", "reader")
    path = home / "access" / "links" / f"{link.id}.json"
    whole = path.read_bytes()
    for damage in (b"", whole[:-1], whole.replace(b"expires", b"expirex"), b"[]", b"\xff"):
        path.write_bytes(damage)
        assert find_link(home, token) is None
        assert list_links(home) == []
    path.write_bytes(whole)
    (home / "access" / "key").write_bytes(b"\xff" * 64)
    assert find_link(home, token) is None
    (home / "access" / "key").unlink()
    assert find_link(home, token) is None
    assert not (home / "access" / "key").exists()


def test_many_at_once_have_one_key(home: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda number: make_link(home, 7, f"{number}", "reader"), range(16)))
    assert all(find_link(home, token) == link for link, token in made)


def test_a_key_that_was_half_written_is_made_anew(home: Path) -> None:
    (home / "access").mkdir(parents=True)
    (home / "access" / "key").write_text("abc", "ascii")
    link, token = make_link(home, 7, "", "reader")
    assert find_link(home, token) == link
