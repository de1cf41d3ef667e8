"""Tables of a host that protects them, as the tests write and open them."""

import csv
from pathlib import Path
from typing import Any

from incidents.table.settings import read_settings
from incidents.versions.catalog import Catalog

RULE = "places=10km dates=month hide=actor"


def to_csv(path: Path, head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])


def open_catalog(table: Path, home: Path, rule: str = RULE, **more: str) -> Catalog:
    texts = {"table": str(table), "snapshots": str(home), "protect": rule, **more}
    return Catalog(
        read_settings({f"INCIDENTS_{name.upper()}": text for name, text in texts.items()})
    )
