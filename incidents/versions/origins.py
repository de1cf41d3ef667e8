"""Who made a version: a list, as the same content may come from several."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from incidents.table.kept_files import list_names, write_whole

ORIGINS = "origins"
"""Its name below the folder of snapshots; in it a folder for each version that has several."""
SEVERAL = "a table of several visitors"
_RANKS = ("table", "import", "upload")


@dataclass(frozen=True)
class Origin:
    """One who made a version, and the name that the table had there.

    Attributes
    ----------
    by
        ``table`` (the dashboard, of its own table), ``import`` (the command) or ``upload`` (a
        visitor: what only visitors made is listed to nobody else).
    source
        Name of the file or folder, without its path.
    at
        Since when it is kept here as such, UTC; two of other times are the same.
    """

    by: str
    source: str
    at: datetime = field(default=datetime.min.replace(tzinfo=UTC), compare=False)


def note_origin(home: Path, snapshot_id: str, origin: Origin) -> None:
    """Note a further one for a version that is there already.

    Raises
    ------
    OSError
        `home` cannot be written.
    """
    facts = {"by": origin.by, "source": origin.source}
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()
    # Named by what it says: the same one twice is one, also from two processes at once.
    write_whole(
        home / ORIGINS / snapshot_id / f"{hashlib.sha256(text).hexdigest()[:16]}.json", text
    )


def list_origins(home: Path, snapshot_id: str, first: Origin) -> tuple[Origin, ...]:
    """All of a version, in the order of time; a note that cannot be read is left out."""
    found = [first]
    for path in _list_notes(home, snapshot_id):
        noted = read_origin(path)
        if noted is not None and noted not in found:
            found.append(noted)
    return tuple(sorted(found, key=lambda each: each.at))


def read_origin(path: Path) -> Origin | None:
    """The one that a note is of; None if it cannot be read."""
    try:
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        noted = Origin(**json.loads(path.read_text("utf-8")), at=at)
    except (OSError, ValueError, TypeError):
        return None
    return noted if noted.by in _RANKS else None


def is_visitors(home: Path, snapshot_id: str, first: Origin) -> bool:
    """Whether visitors alone made a version; not where a note of another one cannot be read."""
    try:
        texts = [path.read_bytes() for path in _list_notes(home, snapshot_id)]
        makers = {first.by, *(json.loads(text)["by"] for text in texts)}
    except (OSError, ValueError, TypeError, KeyError):
        return False
    return makers == {"upload"}


def _list_notes(home: Path, snapshot_id: str) -> list[Path]:
    folder = home / ORIGINS / snapshot_id
    return [folder / name for name in list_names(folder) if name.endswith(".json")]


def choose_shown(origins: Sequence[Origin]) -> Origin:
    """The one that a version goes by: the host's before a visitor's.

    What one visitor calls a table is not shown to another who brought the same one.
    """
    shown = min(origins, key=lambda each: _RANKS.index(each.by))
    is_others = shown.by == "upload" and len({each.source for each in origins}) > 1
    return replace(shown, source=SEVERAL) if is_others else shown
