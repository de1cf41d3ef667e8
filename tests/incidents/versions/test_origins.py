"""A version may come from several: the host's name counts, and no visitor learns another's."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from incidents.table.problems import problems_frame
from incidents.versions.keeping import write_snapshot
from incidents.versions.origins import ORIGINS, SEVERAL, Origin, choose_shown
from incidents.versions.snapshots import (
    Snapshot,
    add_origin,
    find_snapshot,
    list_snapshots,
)

Make = Callable[[str, str], Snapshot]


@pytest.fixture
def make(home: Path, make_incidents: Callable[..., pd.DataFrame]) -> Make:
    """The same content, made by somebody under a name."""
    few = pd.DataFrame({"report": ["R1"], "incident": ["A"]})
    tables = {"incidents": make_incidents({"place": "Hit"}), "reports": few, "claims": few}

    def make(by: str, source: str) -> Snapshot:
        kept = write_snapshot(home, tables, problems_frame([]), source, 0, origin=by)
        return add_origin(kept, Origin(by, source))

    return make


CHOSEN = [
    ([("upload", "mine")], ("upload", "mine")),
    ([("upload", "mine"), ("import", "press")], ("import", "press")),
    ([("import", "press"), ("table", "data"), ("upload", "mine")], ("table", "data")),
    ([("upload", "mine"), ("upload", "yours")], ("upload", SEVERAL)),
    ([("import", "one"), ("import", "two")], ("import", "one")),
]


@pytest.mark.parametrize(("makers", "shown"), CHOSEN)
def test_goes_by_the_hosts_name_and_by_no_other_visitors(
    home: Path, make: Make, makers: list[tuple[str, str]], shown: tuple[str, str]
) -> None:
    for by, source in makers:
        made = make(by, source)
    found = find_snapshot(home, made.id)
    assert found == made
    assert (found.origin, found.source) == shown
    assert [(each.by, each.source) for each in found.origins] == makers
    assert list_snapshots(home) == [made]
    assert choose_shown(found.origins).by == shown[0]


def test_the_same_one_again_is_one(home: Path, make: Make) -> None:
    for _ in range(2):
        make("upload", "mine")
        made = make("import", "press")
    assert len(made.origins) == 2
    assert len(list((home / ORIGINS / made.id).iterdir())) == 1


def test_is_listed_since_the_host_made_it(make: Make) -> None:
    assert make("upload", "mine").listed is None
    listed = make("import", "press").listed
    assert listed is not None and listed == make("upload", "yours").listed


def test_its_facts_stay_as_they_were_written(home: Path, make: Make) -> None:
    facts = make("upload", "mine").folder / "snapshot.json"
    before = facts.read_bytes()
    make("import", "press")
    assert facts.read_bytes() == before and "origins" not in json.loads(before)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"by": "x"}', '{"by": "root", "source": "x"}'])
def test_a_damaged_note_is_left_out(home: Path, make: Make, text: str) -> None:
    made = make("upload", "mine")
    make("import", "press")
    (note,) = (home / ORIGINS / made.id).iterdir()
    note.write_text(text, "utf-8")
    assert find_snapshot(home, made.id) == made
