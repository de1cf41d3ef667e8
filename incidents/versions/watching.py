"""The host's table is read as the server starts, and again whenever its files change."""

import threading

from incidents.versions.catalog import Catalog, get_catalog


def warm_up() -> None:
    """Read the table in the background, so that the first reader need not wait for all of it.

    What is wrong with the table is told to the reader who asks for it, not here.
    """
    get_catalog().start()


def follow(catalog: Catalog, stop: threading.Event) -> None:
    """Follow what other servers put into the store, if there is one, until told to stop."""
    if catalog.shared is not None:
        from incidents.versions.shared.following import follow_store

        follow_store(catalog.shared, stop)


def watch(catalog: Catalog, stop: threading.Event, every: float = 2.0) -> None:
    """Look every so many seconds whether the table's files have changed, until told to stop."""
    while not stop.wait(every):
        try:
            catalog.refresh()
        except Exception as error:  # the thread must outlive whatever a file holds
            print(f"The changed table cannot be read: {error!r}", flush=True)
