"""`rollup`: raw events become a folder of partitions and summaries."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from incidents.asking.rolled.manifest import describe
from incidents.serving.commands.bringing import find_profile
from incidents.serving.commands.screen import Screen
from incidents.versions.catalog import Catalog
from incidents.versions.own_table import hash_rules
from incidents.versions.rolling.preparing import Asked
from incidents.versions.rolling.sources import Source
from incidents.versions.rolling.steps import roll_up


def roll(given: Namespace, catalog: Catalog, screen: Screen) -> int:
    """Bring a folder up to its source; 1 where rows were set aside."""
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
