"""`teach`: a table that the host trusts teaches its places to the gazetteer."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from incidents.intake.placing.teaching import list_taught, write_taught
from incidents.serving.commands.bringing import bring_files, find_profile
from incidents.serving.commands.screen import Screen
from incidents.table.errors import TableError
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import prepare

DONE = 0


def teach(given: Namespace, catalog: Catalog, screen: Screen) -> int:
    """Write the places of a table with coordinates into the host's gazetteer files.

    Raises
    ------
    TableError
        The table has no place with coordinates of its own in Iraq or Syria, or the host keeps no
        folder of gazetteer files.
    """
    folder = catalog.settings.gazetteers
    path = Path(given.table)
    profiles = catalog.profiles
    profile = None if given.profile is None else find_profile(given.profile, profiles)
    with screen.show_progress() as begin:
        begin("read", None)
        bundle = bring_files([path], profiles, profile)
        draft = prepare(bundle, catalog.world, begin)
    taught = list_taught(draft.incidents, given.source, given.licence)
    if not taught:
        raise TableError(
            f"{path.name} teaches nothing: no row names a place of Iraq or Syria and has exact "
            "coordinates."
        )
    written = write_taught(taught, folder, path.name)
    events = sum(place.events for place in taught)
    if given.json:
        about = {"source": given.source, "licence": given.licence}
        screen.say_json({"file": str(written), "places": len(taught), "rows": events, **about})
    else:
        screen.say(
            f"{len(taught):,} places of {events:,} rows are in {written}, as of {given.source} "
            f"({given.licence}). Tables that are read from now on use them; they outrank no place "
            "that is known. To forget them, delete the file."
        )
    return DONE
