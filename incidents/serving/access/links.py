"""Share links: signed, dated, listed and revocable; noted beside the versions."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, TypeAlias

import msgspec
from itsdangerous import BadData, URLSafeSerializer

from incidents.table.kept_files import hold, list_names, sync, tell_written, write_whole
from incidents.table.settings import find_now
from incidents.versions.shared.registry import want

FOLDER = "access"
"""Below the folder of snapshots; nobody but the server's user may look into it."""
_KEY, _LINKS = "key", "links"
_KEY_LENGTH, _ID_LENGTH = 64, 8
Moment: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)]


@dataclass(frozen=True)
class Link:
    """A share link, without what it is opened by.

    Attributes
    ----------
    label
        Whom it is for, in the host's words.
    role
        What its readers may do, see `incidents.serving.access.roles`.
    revoked
        Since when it opens nothing; None as long as nobody has revoked it.
    """

    id: str
    label: str
    role: str
    made: Moment
    expires: Moment
    revoked: Moment | None = None

    @property
    def is_open(self) -> bool:
        """Whether it opens the dashboard now."""
        return self.revoked is None and find_now() < self.expires

    @property
    def state(self) -> str:
        """``open``, ``expired`` or ``revoked``."""
        return "revoked" if self.revoked else "open" if self.is_open else "expired"


def make_link(home: Path, days: int, label: str, role: str) -> tuple[Link, str]:
    """A new link, and the token that its address bears; the token is kept nowhere.

    Raises
    ------
    OSError
        `home` cannot be written.
    """
    now = find_now()
    link = Link(secrets.token_hex(_ID_LENGTH // 2), label, role, now, now + timedelta(days=days))
    token = str(_sign(_make_key(home)).dumps(link.id))
    _write(home, link)
    return link, token


def list_links(home: Path) -> list[Link]:
    """All links that were made, also those that open nothing any more, the newest first.

    Raises
    ------
    OSError
        The folder may not be read.
    """
    names = list_names(home / FOLDER / _LINKS)
    found = (_read(home, name.removesuffix(".json")) for name in names if name.endswith(".json"))
    return sorted((each for each in found if each), key=lambda each: each.made, reverse=True)


def revoke_link(home: Path, link_id: str) -> Link | None:
    """Have a link open nothing from now on; None if there is no such link.

    Raises
    ------
    OSError
        `home` cannot be written.
    """
    found = _read(home, link_id)
    if found is None:
        return None
    gone = replace(found, revoked=found.revoked or find_now())
    _write(home, gone)
    return gone


def find_link(home: Path, token: str) -> Link | None:
    """The link of a token, if it opens the dashboard now. What cannot be read opens nothing."""
    key = _read_key(home) if token else None
    if token and key is None:
        want(home, home / FOLDER / _KEY)
        key = _read_key(home)
    if key is None:
        return None
    try:
        link_id = _sign(key).loads(token)
    except BadData:
        return None
    found = _read(home, str(link_id))
    return found if found is not None and found.is_open else None


def _sign(key: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, "share link", signer_kwargs={"digest_method": hashlib.sha256})


def _read_key(home: Path) -> str | None:
    with suppress(OSError, ValueError):
        key = (home / FOLDER / _KEY).read_text("ascii")
        if len(key) == _KEY_LENGTH:
            return key
    return None


def _make_key(home: Path) -> str:
    """The key of this folder, made once, whoever comes first."""
    folder = home / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    want(home, folder / _KEY)
    with hold(folder):
        if key := _read_key(home):
            return key
        path = folder / _KEY
        # One that is not whole was never used: whoever wrote it was killed.
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key := secrets.token_hex(_KEY_LENGTH // 2))
        sync(path)
    # Another server may have made one at the same time: the first counts.
    tell_written(path)
    return _read_key(home) or key


def _find_path(home: Path, link_id: str) -> Path:
    return home / FOLDER / _LINKS / f"{link_id}.json"


def _write(home: Path, link: Link) -> None:
    write_whole(_find_path(home, link.id), msgspec.json.encode(link))


def _read(home: Path, link_id: str) -> Link | None:
    if not re.fullmatch(rf"[0-9a-f]{{{_ID_LENGTH}}}", link_id):
        return None
    if not _find_path(home, link_id).is_file():
        want(home, _find_path(home, link_id))
    try:
        return msgspec.json.decode(_find_path(home, link_id).read_bytes(), type=Link)
    except (OSError, msgspec.MsgspecError):
        return None
