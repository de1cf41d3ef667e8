"""`share`: links that open a dashboard which is not public, or make more of a visitor."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import msgspec

from incidents.serving.access.gate import TOKEN
from incidents.serving.access.links import Link, list_links, make_link, revoke_link
from incidents.serving.commands.screen import Screen, clean
from incidents.table.errors import SnapshotError
from incidents.table.settings import Settings
from incidents.versions.catalog import Catalog

LONGEST = 3650
"""Days that a link may last."""
ALL = "all"
"""Stands for the id of every link."""


def share(given: Namespace, catalog: Catalog, screen: Screen) -> int:
    """Make a link; or list those that were made, or revoke one or all.

    Raises
    ------
    SnapshotError
        There is no link of this id.
    OSError
        The folder of snapshots cannot be read or written.
    """
    home = catalog.settings.snapshots
    if given.revoke is not None:
        return _revoke(home, given, screen)
    if given.list:
        return _list(home, given, screen)
    link, token = make_link(home, given.days, given.label, given.role)
    address = f"{given.url.rstrip('/')}/?{TOKEN}={token}"
    if given.json:
        screen.say_json({**_describe(link), "address": address})
        return 0
    screen.say(address)
    screen.tell(_say_made(link, catalog.settings))
    return 0


def _say_made(link: Link, settings: Settings) -> str:
    """What a link is, for who made it; it is shown this once."""
    until = f"{link.expires:%Y-%m-%d %H:%M} UTC"
    told = f"Link {link.id} for “{clean(link.label)}” opens it as {link.role} until {until}."
    if settings.access == "public":
        told += " Whoever has no link sees it, too: INCIDENTS_ACCESS is public."
    return f"{told} Whoever has it gets in: it is shown this once, and kept nowhere."


def _list(home: Path, given: Namespace, screen: Screen) -> int:
    links = list_links(home)
    if given.json:
        screen.say_json([_describe(each) for each in links])
        return 0
    screen.say_table(
        ("link", "for", "role", "made (UTC)", "until (UTC)", "state"),
        [
            (
                *(each.id, each.label, each.role, f"{each.made:%Y-%m-%d %H:%M}"),
                *(f"{each.expires:%Y-%m-%d %H:%M}", each.state),
            )
            for each in links
        ],
    )
    if not links:
        screen.tell("No link was made yet.")
    return 0


def _revoke(home: Path, given: Namespace, screen: Screen) -> int:
    is_all = given.revoke == ALL
    ids = [each.id for each in list_links(home) if each.is_open] if is_all else [given.revoke]
    gone = [link for link in (revoke_link(home, each) for each in ids) if link is not None]
    if not gone and not is_all:
        raise SnapshotError(f'There is no link "{clean(given.revoke)}". `share --list` lists them.')
    if given.json:
        told = [_describe(each) for each in gone]
        screen.say_json(told if is_all else told[0])
        return 0
    for link in gone:
        screen.tell(f"Link {link.id} for “{clean(link.label)}” opens nothing any more.")
    if not gone:
        screen.tell("No link is open.")
    return 0


def _describe(link: Link) -> dict[str, object]:
    facts: dict[str, object] = msgspec.to_builtins(link)
    return {**facts, "state": link.state}
