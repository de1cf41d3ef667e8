"""`prune`: which versions that visitors published have expired."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC, datetime

from incidents.serving.commands.screen import Screen
from incidents.table.settings import Settings
from incidents.versions import pruning
from incidents.versions.catalog import Catalog
from incidents.versions.pruning import Going, Held
from incidents.versions.snapshots import find_snapshot


def prune(given: Namespace, catalog: Catalog, screen: Screen) -> int:
    """Take away versions that have expired, or tell which would be.

    Raises
    ------
    OSError
        The folder of snapshots cannot be read or written.
    """
    settings = catalog.settings
    going, left = (pruning.find_going if given.dry_run else pruning.prune)(settings)
    lost = [each for each in settings.keep if find_snapshot(settings.snapshots, each) is None]
    if given.json:
        expired = [_describe(each) for each in going]
        kept = {"versions": len(left), "size": _weigh(left)}
        told = {"dry_run": given.dry_run, "expired": expired, "left": kept, "not_here": lost}
        screen.say_json(told)
        return 0
    screen.say_table(
        ("version", "last opened (UTC)", "MB", "why"),
        [
            (*(each.held.id, f"{_date(each.held):%Y-%m-%d %H:%M}"),
             *(f"{each.held.size / 1e6:.1f}", _say_why(each.why, settings)))
            for each in going
        ],
    )  # fmt: skip
    verb = "would expire" if given.dry_run else "expired"
    number, size = settings.versions, settings.versions_size
    screen.tell(
        f"{len(going):,} versions that visitors published {verb}. {len(left):,}{_say_most(number)} "
        f"are left, {_weigh(left) / 1e6:,.1f} MB{_say_most(size and size // 1_000_000)}."
    )
    for each in lost:
        screen.tell(f"INCIDENTS_KEEP names version {each}, which is not kept here.")
    return 0


def _say_most(limit: int | None) -> str:
    return "" if limit is None else f" of at most {limit:,}"


def _date(held: Held) -> datetime:
    return datetime.fromtimestamp(held.opened, UTC)


def _weigh(held: Sequence[Held]) -> int:
    return sum(each.size for each in held)


def _say_why(why: str, settings: Settings) -> str:
    return {
        "unopened": f"not opened for {settings.versions_days} days",
        "number": f"more than {settings.versions} versions",
        "size": f"more than {(settings.versions_size or 0) / 1e6:.0f} MB",
    }[why]


def _describe(going: Going) -> dict[str, object]:
    held = going.held
    opened = _date(held).isoformat(timespec="seconds")
    return {"version": held.id, "opened": opened, "size": held.size, "why": going.why}
