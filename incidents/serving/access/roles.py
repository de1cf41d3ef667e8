"""What a visitor may do: by the host's settings, a share link."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from incidents.serving.access.links import find_link
from incidents.table.settings import ROLES, Settings

COOKIE = "incidents_access"
"""What a browser keeps a share link's token in."""
EDITOR = "editor"
Cookies: TypeAlias = Mapping[str, str]


def find_role(settings: Settings, cookies: Cookies) -> str | None:
    """The role of a request with these cookies; None if it may see nothing."""
    link = find_link(settings.snapshots, cookies.get(COOKIE, ""))
    roles = [link.role] if link is not None else []
    roles += [settings.role] if settings.access == "public" else []
    return max(roles, key=_rank, default=None)


def _rank(role: str) -> int:
    return ROLES.index(role) if role in ROLES else -1


def is_at_least(role: str | None, needed: str) -> bool:
    """Whether a role may all that another one may."""
    return role is not None and _rank(role) >= _rank(needed)


_RIGHTS: Mapping[str, Callable[[Settings, str], bool]] = {
    "bring": lambda settings, role: settings.uploads or role == EDITOR,
    "publish": lambda settings, role: (
        may(settings, role, "bring")
        and settings.publishing != "off"
        and is_at_least(role, settings.publishing)
    ),
    "publish for all": lambda settings, role: role == EDITOR and may(settings, role, "publish"),
    "teach": lambda settings, role: settings.teaching or role == EDITOR,
}


def may(settings: Settings, role: str | None, right: str) -> bool:
    """Whether a role may ``bring`` tables, ``publish`` them by link or ``for all``, or ``teach``.

    A reader may none of it, whatever else is set.
    """
    return role is not None and is_at_least(role, "bringer") and _RIGHTS[right](settings, role)
