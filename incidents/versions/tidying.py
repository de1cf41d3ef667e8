"""What is left behind below the snapshots is taken away, as the server starts and later on."""

import threading

from incidents.table.kept_files import sweep_drafts
from incidents.table.settings import Settings
from incidents.versions.shelf import open_shelf


def tidy(settings: Settings, stop: threading.Event, every: float = 600.0) -> None:
    """Take away drafts of ended processes and what was brought too long ago.

    At once, and the latter again every so many seconds, until told to stop.
    """
    sweep_drafts(settings.snapshots)
    shelf = open_shelf(settings)
    shelf.sweep()
    while not stop.wait(every):
        shelf.sweep()
