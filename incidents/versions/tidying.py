"""What is left behind below the snapshots is taken away, as the server starts and later on."""

import threading

from incidents.table.kept_files import sweep_drafts
from incidents.versions.catalog import Catalog
from incidents.versions.pruning import prune
from incidents.versions.shelf import open_shelf


def tidy(catalog: Catalog, stop: threading.Event, every: float = 600.0) -> None:
    """Take away drafts of ended processes, what was brought too long ago, and expired versions.

    At once, and the latter two again every so many seconds, until told to stop.
    """
    sweep_drafts(catalog.settings.snapshots)
    _tidy(catalog)
    while not stop.wait(every):
        _tidy(catalog)


def _tidy(catalog: Catalog) -> None:
    open_shelf(catalog.settings).sweep()
    try:
        prune(catalog.settings)
    except Exception as error:  # the thread must outlive whatever the disk does
        print(f"Expired versions cannot be taken away: {error!r}", flush=True)
    catalog.close_removed()
