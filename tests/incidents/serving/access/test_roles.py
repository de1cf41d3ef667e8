"""What a visitor may do, by the settings and his link."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from incidents.serving.access import roles
from incidents.serving.access.links import make_link
from incidents.serving.access.roles import COOKIE, may
from incidents.table.setting_readers import ROLES
from incidents.table.settings import Settings

find_role = partial(roles.find_role, read_user=lambda cookies: None)
RIGHTS = ("bring", "publish", "publish for all", "teach")
CASES = [
    ({}, "reader", ""),
    ({}, "bringer", "bring, publish"),
    ({}, "editor", "bring, publish, publish for all, teach"),
    ({"uploads": False}, "bringer", ""),
    ({"uploads": False}, "editor", "bring, publish, publish for all, teach"),
    ({"uploads": False, "teaching": True}, "bringer", "teach"),
    ({"teaching": True}, "reader", ""),
    ({"teaching": True}, "bringer", "bring, publish, teach"),
    ({"publishing": "editor"}, "bringer", "bring"),
    ({"publishing": "editor"}, "editor", "bring, publish, publish for all, teach"),
    ({"publishing": "off"}, "bringer", "bring"),
    ({"publishing": "off"}, "editor", "bring, teach"),
]


@pytest.mark.parametrize(("given", "role", "rights"), CASES)
def test_what_a_role_may(given: dict[str, object], role: str, rights: str) -> None:
    settings = replace(Settings(), **given)
    assert ", ".join(right for right in RIGHTS if may(settings, role, right)) == rights


@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize("role", [None, "", "host", "EDITOR"])
def test_nobody_and_what_is_no_role_may_nothing(right: str, role: str | None) -> None:
    settings = Settings(teaching=True)
    assert not may(settings, role, right)


@pytest.mark.parametrize("role", ROLES)
def test_a_link_gives_its_role_and_takes_none(home: Path, role: str) -> None:
    _, token = make_link(home, 7, "", role)
    cookies = {COOKIE: token}
    private = Settings(snapshots=home, access="link")
    assert find_role(private, cookies) == role
    assert find_role(private, {}) is None
    assert find_role(private, {COOKIE: token[:-1]}) is None
    public = Settings(snapshots=home)
    assert find_role(public, cookies) == ("editor" if role == "editor" else "bringer")
    assert find_role(public, {}) == "bringer"
    assert find_role(replace(public, role="reader"), cookies) == role


def test_a_role_that_there_is_not_is_none(home: Path) -> None:
    _, token = make_link(home, 7, "", "host")
    found = find_role(Settings(snapshots=home, access="link"), {COOKIE: token})
    assert not any(may(Settings(teaching=True), found, right) for right in RIGHTS)


def test_a_link_is_none_where_one_logs_in(home: Path) -> None:
    _, token = make_link(home, 7, "", "editor")
    assert find_role(Settings(snapshots=home, access="login"), {COOKIE: token}) is None


GROUPS = (("desk", "editor"), ("field staff", "bringer"))
USERS = [
    ({}, (), "groups", "bringer"),
    ({"groups": ["desk"]}, GROUPS, "groups", "editor"),
    ({"groups": ["field staff", "others"]}, GROUPS, "groups", "bringer"),
    ({"groups": ["field staff", "desk"]}, GROUPS, "groups", "editor"),
    ({"groups": "desk"}, GROUPS, "groups", "editor"),
    ({"groups": ["Desk"]}, GROUPS, "groups", None),
    ({"groups": []}, GROUPS, "groups", None),
    ({}, GROUPS, "groups", None),
    ({"groups": {"desk": True}}, GROUPS, "groups", None),
    ({"groups": [["desk"], 7, None]}, GROUPS, "groups", None),
    ({}, (*GROUPS, ("*", "reader")), "groups", "reader"),
    ({"groups": ["desk"]}, (*GROUPS, ("*", "reader")), "groups", "editor"),
    ({"groups": ["*"]}, GROUPS, "groups", None),
    ({"roles": ["desk"]}, GROUPS, "roles", "editor"),
    ({"roles": ["desk"]}, GROUPS, "groups", None),
    ({"realm": {"roles": ["desk"]}}, GROUPS, "realm.roles", "editor"),
    ({"https://x.example/groups": ["desk"]}, GROUPS, "https://x.example/groups", "editor"),
    ({"realm": "desk"}, GROUPS, "realm.roles", None),
]


@pytest.mark.parametrize(("user", "groups", "claim", "role"), USERS)
def test_a_login_has_the_highest_role_of_its_groups(
    user: dict[str, object], groups: tuple[tuple[str, str], ...], claim: str, role: str | None
) -> None:
    settings = Settings(access="login", groups=groups, groups_claim=claim)
    assert roles.find_role(settings, {}, lambda cookies: user) == role
