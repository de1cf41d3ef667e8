"""What of a session is kept over a reload: which files, what was chosen and decided."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from incidents.intake.placing.overrides import Override
from parts.data.bring.desk import Desk, Read, clear, take_file

Decisions = dict[str, tuple[Override, ...]]
"""Decisions on places, by the version that they are on."""


@dataclass
class Kept:
    """What one session keeps on the shelf.

    Attributes
    ----------
    key, word
        The key of it and what the browser is told of it; "" for nothing kept.
    dropped, said
        A word that the browser is to forget; and what it was told last of both.
    note
        What was written last.
    desk
        What waits to be taken up again; None for nothing.
    told
        What became of it, in a sentence.
    """

    key: str = ""
    word: str = ""
    dropped: str = ""
    said: tuple[str, str] = ("", "")
    note: Mapping[str, Any] = field(default_factory=dict)
    desk: Mapping[str, Any] | None = None
    told: str = ""


def note_desk(desk: Desk) -> dict[str, Any]:
    """The files of a desk and what was chosen; nothing for an empty one."""
    tables = [
        {
            "content": each.content,
            "name": each.name,
            "layout": each.layout,
            # The reader goes on choosing: a note does not change by itself.
            "picks": dict(each.picks),
            "own": dict(each.own),
        }
        for each in desk.pieces
    ]
    files = [list(each) for each in desk.files]
    return {"files": files, "tables": tables, "joins": desk.joins} if files else {}


def restore_desk(
    before: Desk, note: Mapping[str, Any], find: Callable[[str], bytes | None], read: Read
) -> Desk:
    """A desk as `note_desk` noted it; what is lost of it is told on it.

    Parameters
    ----------
    find, read
        Give a file by the hash of its content, and its table.
    """
    desk = clear(before)
    for name, content in note["files"]:
        data = find(content)
        if data is None:
            desk.told.append(f"{name} is no longer kept here. Bring it again.")
        else:
            take_file(desk, name, data, read)
    left = list(note["tables"])
    for piece in desk.pieces:
        chosen = next((each for each in left if each["content"] == piece.content), None)
        if chosen is None:
            continue
        left.remove(chosen)
        piece.name, piece.picks = chosen["name"], dict(chosen["picks"])
        piece.own = dict(chosen.get("own", {}))
        if chosen["layout"] in (None, *desk.layouts):
            piece.layout = chosen["layout"]
    desk.joins = note["joins"]
    return desk


def note_decisions(decisions: Decisions) -> dict[str, Any]:
    """Decisions as JSON; nothing where there are none."""
    return {version: list(map(asdict, each)) for version, each in decisions.items() if each}


def restore_decisions(note: Mapping[str, Any]) -> Decisions:
    """What `note_decisions` noted."""
    return {version: tuple(Override(**row) for row in rows) for version, rows in note.items()}
