"""Versions that visitors published expire: the longest unopened first, never what is the host's."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.table.errors import TableError
from incidents.table.kept_files import measure
from incidents.table.settings import Settings
from incidents.versions import origins, pruning
from incidents.versions.catalog import Catalog
from incidents.versions.named import find_or_newest
from incidents.versions.notes import Gone, GoneError, find_gone, list_gone, note_gone
from incidents.versions.pruning import (
    DAY,
    Held,
    Room,
    choose_going,
    find_going,
    prune,
    say_limits,
)
from incidents.versions.snapshots import Snapshot, find_snapshot
from incidents.versions.soundness import move_aside
from tests.incidents.versions.conftest import Bring
from tests.incidents.versions.expiring import age, list_gone_now

pytestmark = pytest.mark.usefixtures("shared_world")

NOW = 1_800_000_000.0
UNLIMITED = Settings(versions=None, versions_size=None, versions_days=None)


def hold_one(name: str, days: float, size: int = 10) -> Held:
    return Held(name, Path(name), NOW - days * DAY, size)


HELD = [hold_one("a", 10), hold_one("b", 300, 50), hold_one("c", 2), hold_one("d", 0.5)]
CHOSEN = [
    ("no limits", {}, Room(), []),
    ("days", {"versions_days": 9}, Room(), [("b", "unopened"), ("a", "unopened")]),
    ("exactly so many days", {"versions_days": 300}, Room(), []),
    ("number", {"versions": 3}, Room(), [("b", "number")]),
    ("number reached", {"versions": 4}, Room(), []),
    ("number, one more", {"versions": 4}, Room(1), [("b", "number")]),
    ("size", {"versions_size": 25}, Room(), [("b", "size"), ("a", "size")]),
    ("size reached", {"versions_size": 80}, Room(), []),
    ("size, one more", {"versions_size": 80}, Room(1, 1), [("b", "size")]),
    (
        "days first, then the others have room",
        {"versions_days": 100, "versions": 3},
        Room(),
        [("b", "unopened")],
    ),
    (
        "what was opened within a day stays",
        {"versions": 1, "versions_size": 1},
        Room(5, 5),
        [("b", "number"), ("a", "number"), ("c", "number")],
    ),
]


@pytest.mark.parametrize(("limits", "need", "gone"), [c[1:] for c in CHOSEN],
                         ids=[c[0] for c in CHOSEN])  # fmt: skip
def test_which_go(limits: dict[str, int], need: Room, gone: list[tuple[str, str]]) -> None:
    going = choose_going(HELD, replace(UNLIMITED, **limits), NOW, need)
    assert [(each.held.id, each.why) for each in going] == gone


@given(
    held=st.lists(st.tuples(st.floats(-5, 900), st.integers(0, 99)), max_size=8),
    days=st.none() | st.integers(1, 400),
    number=st.none() | st.integers(1, 6),
    size=st.none() | st.integers(1, 300),
)
def test_no_more_go_than_need_be(
    held: list[tuple[float, int]], days: int | None, number: int | None, size: int | None
) -> None:
    all_ = [hold_one(str(at), *each) for at, each in enumerate(held)]
    limits = replace(UNLIMITED, versions_days=days, versions=number, versions_size=size)
    going = choose_going(all_, limits, NOW)
    gone = [each.held for each in going]
    left = [each for each in all_ if each not in gone]
    fresh = [each for each in all_ if NOW - each.opened <= DAY]
    assert not set(fresh) & set(gone)
    assert all(each.opened <= other.opened for each in gone for other in left)
    if set(left) != set(fresh):
        assert number is None or len(left) <= number
        assert size is None or sum(each.size for each in left) <= size
        assert days is None or all(NOW - each.opened <= days * DAY for each in left)
    if going and going[-1].why != "unopened":
        last = [*left, gone[-1]]
        too_many = number is not None and len(last) > number
        assert too_many or (size is not None and sum(each.size for each in last) > size)


@pytest.fixture
def settings(shipped_settings: Settings, tmp_path: Path) -> Settings:
    """The host's table has one row, as those that are brought."""
    table = tmp_path / "own.csv"
    table.write_text("date,place\n2021-07-07,Ain al-Asad\n", "utf-8")
    return replace(shipped_settings, table=table, snapshots=tmp_path / "snapshots")


def test_one_that_expired_is_told_and_the_newest_shown(settings: Settings, bring: Bring) -> None:
    old, new = bring("Hit", days=400), bring("Erbil")
    catalog = Catalog(settings)
    assert list_gone_now(settings) == {old.id}
    assert not old.folder.exists()
    with pytest.raises(GoneError, match=r"was brought by a visitor and expired on \d+ \w+ \d{4}"):
        catalog.find(old.id)
    shown, sentence = find_or_newest(catalog, old.id)
    assert shown.snapshot.origin == "table"
    assert sentence is not None and "Bring the table again. The newest version" in sentence
    assert catalog.find(new.id).snapshot == new
    # Brought again it is here again.
    assert bring("Hit") == replace(old, origins=catalog.find(old.id).snapshot.origins)
    assert find_gone(settings.snapshots, old.id) is None
    assert list_gone_now(settings) == set()


HOSTS: dict[str, Callable[[Bring, Settings], tuple[Snapshot, Settings]]] = {
    "its own table": lambda bring, settings: (Catalog(settings).current.snapshot, settings),
    "an earlier version of it": lambda bring, settings: (bring("Hit", "table"), settings),
    "imported": lambda bring, settings: (bring("Hit", "import"), settings),
    "imported after a visitor had brought it": lambda bring, settings: (
        [bring("Hit"), bring("Hit", "import")][1],
        settings,
    ),
    "brought by a visitor after it was imported": lambda bring, settings: (
        [bring("Hit", "import"), bring("Hit")][1],
        settings,
    ),
    "pinned": lambda bring, settings: (
        (made := bring("Hit")),
        replace(settings, keep=(made.id,)),
    ),
}


@pytest.mark.parametrize("how", HOSTS)
def test_what_is_the_host_s_never_goes(settings: Settings, bring: Bring, how: str) -> None:
    kept, settings = HOSTS[how](bring, settings)
    others = [bring(place, days=9) for place in ("Erbil", "Mosul")]
    age(kept, 4000)
    gone = list_gone_now(settings, versions=1, versions_size=1, versions_days=1)
    assert gone == {each.id for each in others}
    assert Catalog(settings).find(kept.id).store.incidents.count().to_pyarrow().as_py() == 1


def test_one_made_anew_in_place_of_a_pinned_one_stays(settings: Settings, bring: Bring) -> None:
    made = bring("Hit", days=400)
    note_gone(settings.snapshots, "0" * 12, Gone("renewed", made.made.date(), made.id))
    assert list_gone_now(settings, keep=("0" * 12,)) == set()


@pytest.mark.parametrize("note", [b"", b"[]", b'{"by": 1}', b"\xff"])
def test_where_it_cannot_be_told_who_made_it_it_stays(
    settings: Settings, bring: Bring, note: bytes
) -> None:
    made = bring("Hit")
    bring("Hit", "import")
    age(made, 400)
    (path,) = (settings.snapshots / origins.ORIGINS / made.id).iterdir()
    path.write_bytes(note)
    assert list_gone_now(settings) == set()


def test_one_more_makes_its_room(settings: Settings, bring: Bring) -> None:
    two = replace(settings, versions=2)
    old, older = bring("Hit", days=3), bring("Erbil", days=4)
    new = bring("Mosul", room=two)
    assert [find_snapshot(settings.snapshots, each.id) is None for each in (old, older, new)] == [
        False,
        True,
        False,
    ]
    # What is there already needs none.
    assert bring("Mosul", room=replace(settings, versions=1)) == new
    assert find_snapshot(settings.snapshots, old.id) is not None


def test_a_full_folder_is_told_and_nothing_is_lost_or_left(
    settings: Settings, bring: Bring
) -> None:
    before = bring("Hit")
    kept = sorted(path.name for path in settings.snapshots.iterdir())
    with pytest.raises(TableError, match="There is no room for another version: 1 that visitors"):
        bring("Erbil", room=replace(settings, versions=1))
    tight = replace(settings, versions_size=measure(before.folder) * 3 // 2)
    with pytest.raises(TableError, match=r"Try again tomorrow, or ask .* INCIDENTS_VERSIONS_SIZE"):
        bring("Erbil", room=tight)
    with pytest.raises(TableError, match=r"This version takes .*; .* Leave out rows"):
        bring("Erbil", room=replace(settings, versions_size=1000))
    left = sorted(path.name for path in settings.snapshots.iterdir())
    assert left == kept
    assert Catalog(settings).find(before.id).snapshot == before
    # The host's own and imported tables need no room.
    assert bring("Erbil", "import").id != before.id


def test_a_damaged_one_that_was_set_aside_goes_in_time(settings: Settings, bring: Bring) -> None:
    made = bring("Hit", days=400)
    kept = bring("Erbil", "import", days=400)
    for each in (made, kept):
        move_aside(each.folder)
    note_gone(settings.snapshots, made.id, Gone("damaged", made.made.date()))
    assert list_gone_now(settings) == {made.id}
    assert [path.name[1:8] for path in settings.snapshots.glob(".*")] == ["damaged"]
    gone = find_gone(settings.snapshots, made.id)
    assert gone is not None and gone.why == "damaged"


def test_looking_changes_nothing(settings: Settings, bring: Bring) -> None:
    old = bring("Hit", days=400)
    going, left = find_going(settings)
    assert [(each.held.id, each.why) for each in going] == [(old.id, "unopened")]
    assert left == [] and old.folder.exists()


def test_notes_are_bounded(
    settings: Settings, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "MOST_NOTES", 2)
    day = bring("Hit").made.date()
    for at in range(4):
        note_gone(settings.snapshots, f"{at:012x}", Gone("expired", day))
        path = settings.snapshots / "gone" / f"{at:012x}"
        os.utime(path, (1000 + at, 1000 + at))
    prune(settings)
    assert list_gone(settings.snapshots) == [f"{at:012x}" for at in (3, 2)]


def test_there_may_be_nothing_yet(settings: Settings) -> None:
    assert prune(settings) == ([], [])


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({}, "It does not expire."),
        ({"versions_days": 90}, "It expires when nobody has opened it for 90 days."),
        ({"versions": 5}, "It expires when others that were opened later need its room."),
    ],
)
def test_how_long_it_is_kept_is_told(limits: dict[str, int], words: str) -> None:
    assert say_limits(replace(UNLIMITED, **limits)) == words


def test_a_note_says_why_in_few_bytes(settings: Settings, bring: Bring) -> None:
    old = bring("Hit", days=400)
    prune(settings)
    text = (settings.snapshots / "gone" / old.id).read_text("utf-8")
    assert json.loads(text)["why"] == "expired" and len(text) < 100
