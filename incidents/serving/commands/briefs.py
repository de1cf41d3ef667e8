"""`brief`: a view of a version as one file, without a server."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from incidents.asking.facets import read_facets
from incidents.asking.filters import to_sentence
from incidents.asking.links import insist_on_asked
from incidents.serving.commands.files import write_file
from incidents.serving.commands.screen import Screen
from incidents.serving.commands.versions import find, read_address
from incidents.serving.first_pages import make_asked
from incidents.serving.routes import SHIPPED
from incidents.table.errors import FilterError
from incidents.table.settings import find_today
from incidents.telling.pages.brief import Sent, write_brief
from incidents.telling.pages.incident import find_opened
from incidents.versions.catalog import Catalog


def write(given: Namespace, catalog: Catalog, screen: Screen) -> int:
    """Write the brief of a version, as ``/api/brief.html`` answers it, to a file or the output.

    Raises
    ------
    SnapshotError
        The version is not kept.
    FilterError
        A filter cannot be read, the incident is not in the version, or the address is none.
    """
    if given.link is not None and not given.link.startswith(("https://", "http://")):
        raise FilterError(f'"{given.link}" is no address: write --link https://…')
    version = catalog.find(find(catalog, given.version).id)
    home, snapshot, store = catalog.settings.snapshots, version.snapshot, version.store
    address = read_address(home, given.filter)
    address = replace(address, filters=insist_on_asked(address.filters, store.own))
    facets = store.ask(read_facets)
    asked = make_asked("overview", version, facets, address, len(SHIPPED.types), catalog.settings)
    named = address.display.incident
    if named is not None and find_opened(asked) is None:
        raise FilterError(f'Incident "{named}" is not in version {snapshot.id}.')
    place = "" if given.link is None else f"{given.link.rstrip('/')}/"
    html = write_brief(asked, Sent(place, find_today(), snapshot.made.date()), SHIPPED).encode()
    if given.out is None:
        screen.write(iter([html]))
        return 0
    write_file(Path(given.out), iter([html]))
    count = 1 if named is not None else store.count(address.filters)[0]
    said = f"{count:,} of {snapshot.rows:,} incidents. {to_sentence(address.filters)}."
    screen.tell(f"Wrote {Path(given.out).name}: {said}")
    return 0
