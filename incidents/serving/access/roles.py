"""What a visitor may do: by the host's settings, a share link, or the groups of a login."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from incidents.serving.access.endings import has_ended
from incidents.serving.access.links import find_link
from incidents.table.setting_readers import ROLES
from incidents.table.settings import Settings

COOKIE = "incidents_access"
"""What a browser keeps a share link's token in."""
EDITOR = "editor"
Cookies: TypeAlias = Mapping[str, str]

ReadUser: TypeAlias = Callable[[Cookies], Mapping[str, Any] | None]
"""Who has logged in, as his provider tells of him; None where nobody has."""


def find_role(settings: Settings, cookies: Cookies, read_user: ReadUser) -> str | None:
    """The role of a request with these cookies; None if it may see nothing."""
    if settings.access == "login":
        user = find_user(settings, cookies, read_user)
        return None if user is None else _find_by_groups(settings, user)
    link = find_link(settings.snapshots, cookies.get(COOKIE, ""))
    roles = [link.role] if link is not None else []
    roles += [settings.role] if settings.access == "public" else []
    return max(roles, key=_rank, default=None)


def find_user(
    settings: Settings, cookies: Cookies, read_user: ReadUser
) -> Mapping[str, Any] | None:
    """Who has logged in, unless the host has ended his logins since; None where nobody has."""
    user = read_user(cookies)
    return None if user is None or has_ended(settings.snapshots, user) else user


def _find_by_groups(settings: Settings, user: Mapping[str, Any]) -> str | None:
    """The highest role that a group of his has; that of all visitors where none has any."""
    if not settings.groups:
        return settings.role
    groups = {"*", *_list_groups(user, settings.groups_claim)}
    found = (role for group, role in settings.groups if group in groups)
    return max(found, key=_rank, default=None)


def _list_groups(user: Mapping[str, Any], claim: str) -> list[str]:
    """Names of groups, however deep the provider puts them; none where it tells none."""
    told: Any = user.get(claim)
    if told is None and "." in claim:
        outer, _, inner = claim.partition(".")
        below = user.get(outer)
        return _list_groups(below, inner) if isinstance(below, Mapping) else []
    listed = told if isinstance(told, list) else [told]
    return [each for each in listed if isinstance(each, str)]


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
