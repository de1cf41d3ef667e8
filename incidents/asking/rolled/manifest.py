"""What a folder that was rolled up holds: its version, its files, and what it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from incidents.table.errors import DamagedError, TableError
from incidents.table.kept_files import write_whole

MANIFEST = "rollup.json"
"""In the folder: the version that is in use. In a folder of its own, by its id: each version."""
FORMAT = 1
ID_LENGTH = 12


@dataclass(frozen=True)
class Piece:
    """A file of a partition.

    Attributes
    ----------
    path
        Below the folder.
    key
        Year and cell of incidents, year of summaries, nothing of the rest.
    """

    path: str
    key: tuple[int, ...]
    rows: int
    size: int


@dataclass(frozen=True)
class Partition:
    """Incidents of one year in one cell: how many, placed, and what they say as a number."""

    year: int
    cell: int
    rows: int
    located: int
    print: int


@dataclass(frozen=True)
class Manifest:
    """One version of a folder.

    Attributes
    ----------
    rules
        Hash of the code and the settings by which rows were prepared: by others, all are anew.
    source, name
        Where the raw events are; name of the dataset.
    sources
        Path, size and hash of each raw file that is in it, in the order in which they came.
    pieces
        Files of each table: ``incidents``, ``joint`` (those of operations once more), ``reports``,
        ``claims``, ``problems``, and the summaries by their names.
    read
        Rows of incidents that were read; those that do not count are told by problems.
    """

    rules: str
    source: str
    name: str
    engine: str
    sources: tuple[tuple[str, int, str], ...] = ()
    partitions: tuple[Partition, ...] = ()
    pieces: dict[str, tuple[Piece, ...]] = field(default_factory=dict)
    read: int = 0
    others: int = 0
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """Incidents in it."""
        return sum(each.rows for each in self.partitions)

    @property
    def located(self) -> int:
        """Incidents with a point."""
        return sum(each.located for each in self.partitions)

    @property
    def id(self) -> str:
        """Short hash of its content: the same rows, by whatever engine, have the same id."""
        told = sorted((p.year, p.cell, p.rows, p.print) for p in self.partitions)
        beside = [(part, self.count(part)) for part in ("reports", "claims", "problems")]
        return hashlib.sha256(json.dumps([told, beside]).encode()).hexdigest()[:ID_LENGTH]

    def count(self, table: str) -> int:
        """Rows of a table."""
        return sum(each.rows for each in self.pieces.get(table, ()))

    def list_files(self) -> Iterator[Piece]:
        """Every file of it."""
        for pieces in self.pieces.values():
            yield from pieces


def is_rolled(folder: Path) -> bool:
    """Whether a folder was rolled up, or is that of a version of one."""
    return (folder / MANIFEST).is_file()


def read_manifest(folder: Path) -> Manifest | None:
    """The version that a folder holds; None where none was rolled up there.

    Raises
    ------
    DamagedError
        What the folder says of itself cannot be read.
    TableError
        Newer code made it.
    """
    try:
        facts = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise DamagedError(
            f'The rolled-up folder "{folder.name}" is damaged: {MANIFEST}.'
        ) from error
    if facts.get("format") != FORMAT:
        raise TableError(
            f'The folder "{folder.name}" was rolled up by other code. Roll it up into a new one.'
        )
    facts["sources"] = tuple(map(tuple, facts["sources"]))
    facts["partitions"] = tuple(Partition(**each) for each in facts["partitions"])
    facts["pieces"] = {
        table: tuple(Piece(**{**each, "key": tuple(each["key"])}) for each in pieces)
        for table, pieces in facts["pieces"].items()
    }
    return Manifest(**facts)


def find_home(folder: Path, manifest: Manifest) -> Path:
    """Where the files of a version are: its own folder holds none of them."""
    return folder.parent if folder.name == manifest.id else folder


def list_versions(folder: Path) -> list[Path]:
    """Folders of the versions that are kept of a rolled-up folder."""
    return sorted(path.parent for path in folder.glob(f"{'[0-9a-f]' * ID_LENGTH}/{MANIFEST}"))


def write_manifest(folder: Path, manifest: Manifest, facts: Mapping[str, str]) -> None:
    """Make this the version of the folder, in one step, once its own folder is there.

    Parameters
    ----------
    facts
        Further files of the folder of the version, by their names.

    Raises
    ------
    OSError
        The folder cannot be written.
    """
    told = json.dumps(asdict(manifest)).encode()
    for name, text in facts.items():
        write_whole(folder / manifest.id / name, text.encode())
    write_whole(folder / manifest.id / MANIFEST, told)
    write_whole(folder / MANIFEST, told)


def add_up(pieces: Iterable[Piece]) -> int:
    """Bytes of files."""
    return sum(each.size for each in pieces)


def describe(manifest: Manifest) -> dict[str, Any]:
    """A version in a few numbers."""
    summed = [
        p for t, pieces in manifest.pieces.items() if "_" in t or t == "whole" for p in pieces
    ]
    return {
        "version": manifest.id, "rows": manifest.rows, "located": manifest.located,
        "set_aside": manifest.read - manifest.rows, "engine": manifest.engine,
        "files": len(manifest.sources), "bytes": add_up(manifest.list_files()),
        "bytes_of_summaries": add_up(summed),
    }  # fmt: skip
