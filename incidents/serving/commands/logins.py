"""`logout`: somebody's logins are ended before their cookie does."""

from __future__ import annotations

from argparse import Namespace

import msgspec

from incidents.serving.access.endings import end_logins, list_endings
from incidents.serving.commands.screen import Screen, clean
from incidents.versions.catalog import Catalog


def log_out(given: Namespace, catalog: Catalog, screen: Screen) -> int:
    """End the logins of somebody, or list whose were ended.

    Raises
    ------
    OSError
        The folder of snapshots cannot be read or written.
    """
    home = catalog.settings.snapshots
    if given.who:
        ending = end_logins(home, given.who)
        told = f"Every login of {clean(ending.who)} until now has ended, open pages within seconds."
        if catalog.settings.access != "login":
            told += " Nobody logs in here: INCIDENTS_ACCESS is not login."
        if given.json:
            screen.say_json(msgspec.to_builtins(ending))
        else:
            screen.tell(f"{told} Whoever the provider lets in again gets in again.")
        return 0
    endings = list_endings(home)
    if given.json:
        screen.say_json(msgspec.to_builtins(endings))
    else:
        rows = [(each.who, f"{each.since:%Y-%m-%d %H:%M}") for each in endings]
        screen.say_table(("who", "ended (UTC)"), rows)
        if not endings:
            screen.tell("No login was ended yet.")
    return 0
