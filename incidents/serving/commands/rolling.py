"""`rollup`: raw events become a folder of partitions and summaries."""

from __future__ import annotations

import socket
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from incidents.asking.rolled.manifest import describe
from incidents.serving.commands.bringing import find_profile
from incidents.serving.commands.screen import Screen
from incidents.table.errors import TableError
from incidents.versions.catalog import Catalog
from incidents.versions.own_table import hash_rules
from incidents.versions.rolling.preparing import Asked
from incidents.versions.rolling.sources import Source
from incidents.versions.rolling.steps import roll_up

SECONDS = 10
"""How long a master is looked for."""


def roll(given: Namespace, catalog: Catalog, screen: Screen) -> int:
    """Bring a folder up to its source; 1 where rows were set aside.

    Raises
    ------
    TableError
        As `roll_up`; or nothing answers where a master of Spark is said to be.
    """
    _look_for_master(given.engine)
    source, settings = Source(given.source), catalog.settings
    profiles = catalog.profiles
    profile = None if given.profile is None else find_profile(given.profile, profiles)
    name = given.name or given.source.rstrip("/").rpartition("/")[2]
    asked = Asked(
        source, Path(given.target), given.engine, catalog.world, name, profiles, profile,
        rules=f"{hash_rules(settings)}{profile}{name}", workers=given.workers or None,
    )  # fmt: skip
    with screen.show_progress() as begin:
        manifest = roll_up(asked, begin)
    told = describe(manifest)
    if given.json:
        screen.say_json(told)
    else:
        screen.say(
            f"Version {told['version']}: {told['rows']:,} incidents, {told['located']:,} on the "
            f"map, {told['set_aside']:,} rows set aside; {told['bytes'] / 1e6:,.1f} MB."
        )
        screen.say(f"INCIDENTS_TABLE={given.target} serves it.")
    return 1 if told["set_aside"] else 0


def _look_for_master(engine: str) -> None:
    """Raise `TableError` where no master answers: Spark itself would look for one a minute long."""
    scheme, _, masters = engine.partition("://")
    if scheme != "spark":
        return
    for each in masters.split(","):
        host, _, port = each.rpartition(":")
        with suppress(OSError, ValueError):
            socket.create_connection((host, int(port)), SECONDS).close()
            return
    raise TableError(f"There is no Spark at {engine}: start its master, or name another.")
