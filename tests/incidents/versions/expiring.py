"""Versions that nobody has opened for some days, and which of them go."""

import os
from dataclasses import replace

from incidents.table.kept_files import read_clock
from incidents.table.settings import Settings
from incidents.versions.opened import OPENED
from incidents.versions.pruning import DAY, prune
from incidents.versions.snapshots import COPY, FACTS, Snapshot


def age(snapshot: Snapshot, days: float) -> None:
    """As if nobody had opened it for so many days."""
    then = read_clock(snapshot.folder.parent) - days * DAY
    for name in (FACTS, COPY, OPENED):
        (snapshot.folder / name).touch()
        os.utime(snapshot.folder / name, (then, then))


def list_gone_now(settings: Settings, **limits: object) -> set[str]:
    going, _ = prune(replace(settings, **limits))
    return {each.held.id for each in going}
