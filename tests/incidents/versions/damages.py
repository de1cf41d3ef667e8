"""Damage that disks and people do to the folder of a version."""

import shutil
from collections.abc import Callable
from pathlib import Path

from incidents.versions.snapshots import COPY, FACTS
from incidents.versions.sums import SUMS

Damage = Callable[[Path], object]


def flip(path: Path) -> None:
    """Turn one bit in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def blank(path: Path) -> None:
    """As a disk does that forgets a block."""
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[: size // 4] + bytes(size - size // 4))


def each_database(folder: Path, harm: Damage) -> None:
    for path in folder.glob("*.duckdb"):
        harm(path)


def empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def replace_by_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.touch()


MENDED: dict[str, Damage] = {
    "facts flipped": lambda folder: flip(folder / FACTS),
    "facts empty": lambda folder: (folder / FACTS).write_bytes(b""),
    "facts gone": lambda folder: (folder / FACTS).unlink(),
    "facts of another version": lambda folder: (folder / FACTS).write_text(
        (folder / FACTS).read_text("utf-8").replace(folder.name, "0" * 12), "utf-8"
    ),
    "copy cut": lambda folder: cut(folder / COPY),
    "sums flipped": lambda folder: flip(folder / SUMS),
    "sums gone": lambda folder: (folder / SUMS).unlink(),
    "sums and copy gone, as older code left it": lambda folder: [
        (folder / name).unlink() for name in (SUMS, COPY)
    ],
    "database flipped": lambda folder: each_database(folder, flip),
    "database cut": lambda folder: each_database(folder, cut),
    "database of garbage": lambda folder: each_database(
        folder, lambda path: path.write_bytes(b"no database")
    ),
    "database gone": lambda folder: each_database(folder, Path.unlink),
}
"""Damage that leaves all tables as they were."""
MADE_ANEW: dict[str, Damage] = {
    "incidents flipped": lambda folder: flip(folder / "incidents.parquet"),
    "incidents cut": lambda folder: cut(folder / "incidents.parquet"),
    "incidents empty": lambda folder: (folder / "incidents.parquet").write_bytes(b""),
    "incidents gone": lambda folder: (folder / "incidents.parquet").unlink(),
    "reports flipped": lambda folder: flip(folder / "reports.parquet"),
    "problems gone": lambda folder: (folder / "problems.parquet").unlink(),
    "facts and claims flipped": lambda folder: [
        flip(folder / name) for name in (FACTS, "claims.parquet")
    ],
    "database and incidents cut": lambda folder: [
        cut(path) for path in (*folder.glob("*.duckdb"), folder / "incidents.parquet")
    ],
}
"""Damage after which the source that it keeps is still there."""
LOST: dict[str, Damage] = {
    "source blanked": lambda folder: blank(folder / "source_0_incidents.parquet"),
    "source cut": lambda folder: cut(folder / "source_0_incidents.parquet"),
    "facts and their copy": lambda folder: [flip(folder / name) for name in (FACTS, COPY)],
    "folder empty": empty,
    "a file in its place": replace_by_file,
}
"""Damage after which only somebody who has the table can make it anew."""
ALL = MENDED | MADE_ANEW | LOST
SOME = (
    *("facts flipped", "copy cut", "sums gone", "database flipped", "database gone"),
    *("incidents flipped", "problems gone", "source cut", "folder empty", "a file in its place"),
)
"""One of a kind, where the way there is the same for all."""
