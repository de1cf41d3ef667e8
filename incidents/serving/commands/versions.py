"""`snapshots`, `export` and `diff`: the versions that are kept."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from incidents.asking import exports
from incidents.asking.address import Address, insist, to_query
from incidents.asking.differences import CHANGES, Differences, RowChange, TableDifference
from incidents.asking.filters import Filters, to_sentence
from incidents.asking.links import insist_on_asked
from incidents.asking.store import Store
from incidents.serving.commands.files import write_file
from incidents.serving.commands.screen import Screen
from incidents.table.errors import FilterError, SnapshotError
from incidents.versions.catalog import Catalog
from incidents.versions.long_links import open_query
from incidents.versions.notes import GoneError
from incidents.versions.own_cells import find_own
from incidents.versions.snapshots import Snapshot, find_part, list_snapshots
from incidents.versions.source_files import source_to_csv, source_to_parquet

NEWEST = "newest"
FORMATS = ("csv", "geojson", "parquet", "source")
SAME, DIFFERENT = 0, 1
"""Exit statuses of `diff`."""


def find(catalog: Catalog, name: str) -> Snapshot:
    """The snapshot of this id; ``newest`` is the last one that no visitor made.

    One that is damaged is made anew from what it keeps of its table.

    Raises
    ------
    SnapshotError, TableError
        It is not kept here, or damaged.
    """
    found = _find_newest(catalog) if name == NEWEST else catalog.find_kept(name)
    if found is None and name == NEWEST:
        raise SnapshotError("No version of a table is kept here yet. `import` makes one.")
    if found is None:
        raise SnapshotError(f'Version "{name}" is not kept here. `snapshots` lists those that are.')
    return found


def _find_newest(catalog: Catalog) -> Snapshot | None:
    kept = [each for each in list_snapshots(catalog.settings.snapshots) if each.listed is not None]
    for each in sorted(kept, key=lambda each: (each.listed or each.made, each.id), reverse=True):
        with suppress(GoneError):
            return catalog.find_kept(each.id)
    return None


def show(given: Namespace, catalog: Catalog, screen: Screen) -> int:
    """List the versions, the newest first; those that visitors made only if asked."""
    kept = list_snapshots(catalog.settings.snapshots)
    kept = [each for each in kept if given.all or each.origin != "upload"]
    if given.json:
        screen.say_json([_describe(each) for each in kept])
        return 0
    screen.say_table(
        ("version", "made (UTC)", "rows", "set aside", "on the map", "made by", "source"),
        [
            (
                *(each.id, f"{each.made:%Y-%m-%d %H:%M}", each.rows, each.set_aside),
                *(each.located, _say_makers(each), each.source),
            )
            for each in kept
        ],
    )
    if not kept:
        screen.tell("No version of a table is kept here yet.")
    return 0


def _say_makers(snapshot: Snapshot) -> str:
    return ", ".join(dict.fromkeys(each.by for each in snapshot.origins))


def _describe(snapshot: Snapshot) -> dict[str, object]:
    facts = {name: value for name, value in asdict(snapshot).items() if name not in _UNTOLD}
    return {**facts, "made": snapshot.made.isoformat(timespec="seconds")}


# A path of the host, and texts of whole profiles.
_UNTOLD = ("folder", "brought")


def export(given: Namespace, catalog: Catalog, screen: Screen) -> int:
    """Write the incidents of a version, or the table it was made from, to a file or the output.

    Raises
    ------
    SnapshotError
        The version is not kept, or does not hold what is asked for.
    FilterError
        A filter cannot be read.
    """
    snapshot = find(catalog, given.version)
    suffix = "" if given.out is None else Path(given.out).suffix.lstrip(".").lower()
    kind = given.format or (suffix if suffix in FORMATS else "csv")
    if kind == "source":
        if given.filter:
            raise FilterError("--format source writes every row: leave --filter out.")
        path, said = _find_source(snapshot, given.dataset, given.part)
        is_parquet = suffix == "parquet"
        pieces = (source_to_parquet if is_parquet else source_to_csv)(path)
    else:
        asked = read_address(catalog.settings.snapshots, given.filter).filters
        store = Store(snapshot.folder, find_own=find_own)
        filters = insist_on_asked(asked, store.own)
        said = (
            f"{store.count(filters)[0]:,} of {snapshot.rows:,} incidents. {to_sentence(filters)}."
        )
        pieces = _write(kind, snapshot, store, filters)
    if given.out is None:
        if kind == "parquet" and screen.out.isatty():
            raise SnapshotError("Parquet is no text for a terminal: name a file by --out.")
        screen.write(pieces)
    else:
        write_file(Path(given.out), pieces)
        screen.tell(f"Wrote {Path(given.out).name}: {said}")
    return 0


def _write(kind: str, snapshot: Snapshot, store: Store, filters: Filters) -> Iterator[bytes]:
    incidents = store.select(filters)
    asked, about = to_query(Address(filters)), to_sentence(filters)
    facts = {"version": snapshot.id, "filters": asked, "about": about}
    if kind == "csv":
        return exports.to_csv(incidents)
    return (exports.to_geojson if kind == "geojson" else exports.to_parquet)(incidents, facts)


def read_address(home: Path, texts: list[str]) -> Address:
    """What options like ``type=air strike`` ask for, as in a link.

    Raises
    ------
    FilterError
        One of them cannot be read.
    """
    pairs = []
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign:
            raise FilterError(f'"{text}" is no filter. Write it like --filter "type=air strike".')
        pairs.append((name.strip(), value))
    return insist(*open_query(home, pairs))


def _find_source(snapshot: Snapshot, dataset: str | None, part: str) -> tuple[Path, str]:
    """The file of a table as it was brought, and a sentence on it."""
    names = [str(each["name"]) for each in snapshot.brought]
    if not names:
        raise SnapshotError(
            f"Version {snapshot.id} does not hold the table it was made from. Import it again."
        )
    if dataset is None and len(names) > 1:
        raise SnapshotError(f"It holds several: name one by --dataset: {', '.join(names)}.")
    if dataset is not None and dataset not in names:
        raise SnapshotError(f'It holds no dataset "{dataset}", but: {", ".join(names)}.')
    number = 0 if dataset is None else names.index(dataset)
    path = find_part(snapshot, f"source_{number}_{part}")
    if path is None:
        raise SnapshotError(f'"{names[number]}" was brought without {part}.')
    return path, f"every row of {names[number]} as it was brought."


def diff(given: Namespace, catalog: Catalog, screen: Screen) -> int:
    """Tell what is different between two versions; all cells as CSV with ``--out``."""
    before, after = (find(catalog, name) for name in (given.before, given.after))
    found = Differences(before.folder, after.folder)
    status = DIFFERENT if found.differing else SAME
    if given.out is not None:
        write_file(Path(given.out), found.to_csv())
        screen.tell(f"Wrote {Path(given.out).name}: every cell that is different.")
    if given.json:
        screen.say_json(
            {
                "before": before.id,
                "after": after.id,
                **{name: _describe_table(each, given.most) for name, each in found.tallies.items()},
            }
        )
        return status
    screen.say_table(
        ("table", *CHANGES, f"rows of {before.id}", f"rows of {after.id}"),
        [
            (name, *(getattr(each, change) for change in CHANGES), each.before, each.after)
            for name, each in found.tallies.items()
        ],
    )
    for name, each in found.tallies.items():
        _say_table(name, each, given.most, screen)
    return status


def _say_table(name: str, table: TableDifference, most: int, screen: Screen) -> None:
    for columns, words in ((table.only_before, "first"), (table.only_after, "second")):
        if columns:
            screen.say(
                f"Columns of {name} that only the {words} version has: {', '.join(columns)}."
            )
    for entry in table.list_entries(limit=most or table.differing):
        screen.say(f"{entry.change} {name.removesuffix('s')} {entry.id}: {_say_cells(entry)}")
    if most and table.differing > most:
        left = table.differing - most
        screen.say(f"… and {left:,} more {name}; --most 0 lists all, --out FILE writes them.")


def _say_cells(entry: RowChange) -> str:
    if entry.change != "changed":
        held = {cell.column: cell.after or cell.before for cell in entry.cells}
        return ", ".join(f"{name} {text}" for name, text in held.items())
    return "; ".join(
        f"{cell.column} was {_say(cell.before)}, is {_say(cell.after)}" for cell in entry.cells
    )


def _say(text: str | None) -> str:
    return "unknown" if text is None else f'"{text}"'


def _describe_table(table: TableDifference, most: int) -> dict[str, object]:
    names = ("before", "after", *CHANGES, "only_before", "only_after", "changed_columns")
    entries = table.list_entries(limit=most or table.differing)
    return {
        **{name: getattr(table, name) for name in names},
        "entries": [asdict(entry) for entry in entries],
    }
