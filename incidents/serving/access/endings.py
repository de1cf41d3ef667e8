"""Logins that the host has ended before their cookie does: by whom, since when.

Streamlit keeps who has logged in in a signed cookie for 30 days. A note here ends all logins that
somebody has made until then; whoever the provider lets in again gets in again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import msgspec

from incidents.serving.access.links import FOLDER
from incidents.table.kept_files import list_names, write_whole
from incidents.table.settings import find_now

_ENDED = "ended"
_NAMED_BY = ("email", "sub")
"""What of a login a person is named by."""
Moment: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)]


@dataclass(frozen=True)
class Ending:
    """Whose logins are ended, and since when."""

    who: str
    since: Moment


def end_logins(home: Path, who: str) -> Ending:
    """End every login that somebody, by address or by the provider's id, has made until now.

    Raises
    ------
    OSError
        `home` cannot be written.
    """
    (home / FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    ending = Ending(_fold(who), find_now())
    write_whole(_find_path(home, who), msgspec.json.encode(ending))
    return ending


def list_endings(home: Path) -> list[Ending]:
    """All of them, the newest first; those that cannot be read, which end logins too, are left out.

    Raises
    ------
    OSError
        The folder may not be read.
    """
    folder = home / FOLDER / _ENDED
    found = (_read(folder / name) for name in list_names(folder) if name.endswith(".json"))
    return sorted((each for each in found if each), key=lambda each: each.since, reverse=True)


def has_ended(home: Path, user: Mapping[str, Any]) -> bool:
    """Whether the host has ended this login; also where it does not tell when it was made."""
    names = [user[key] for key in _NAMED_BY if isinstance(user.get(key), str)]
    paths = (_find_path(home, name) for name in names)
    return any(_ends(path, user.get("iat")) for path in paths if path.exists())


def _ends(path: Path, made: object) -> bool:
    ending = _read(path)
    if ending is None or not isinstance(made, (int, float)):
        return True
    return made <= ending.since.timestamp()


def _fold(who: str) -> str:
    return who.strip().casefold()


def _find_path(home: Path, who: str) -> Path:
    name = hashlib.sha256(_fold(who).encode("utf-8", "surrogatepass")).hexdigest()
    return home / FOLDER / _ENDED / f"{name}.json"


def _read(path: Path) -> Ending | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Ending)
    except (OSError, msgspec.MsgspecError):
        return None
