"""A server joins the store of its settings. The driver is imported only where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.table.settings import Settings

if TYPE_CHECKING:
    from incidents.versions.shared.live import LiveTable
    from incidents.versions.shared.store import SharedStore


def join_store(settings: Settings) -> SharedStore | None:
    """The store of the settings; None where the server is on its own."""
    if not settings.store:
        return None
    from incidents.versions.shared.store import SharedStore

    return SharedStore(settings.store, settings.snapshots)


def find_live(settings: Settings) -> LiveTable | None:
    """The table of the settings, where it is kept in a database."""
    if not settings.live:
        return None
    from incidents.versions.shared.live import LiveTable

    return LiveTable(settings.live, settings.table)
