"""What tests of versions share: a table of a host, and how it changes."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from incidents.table.settings import Settings

TABLE = "date,place,country,killed\n2021-07-07,Ain al-Asad,IQ,0\n2021-07-08,Narnia,,\n"


@pytest.fixture
def settings(shipped_settings: Settings, tmp_path: Path) -> Settings:
    """Settings of a table of two rows, one of them placed, whose file may be changed."""
    table = tmp_path / "own table.csv"
    table.write_text(TABLE, "utf-8")
    return replace(shipped_settings, table=table, snapshots=tmp_path / "snapshots")


def change(settings: Settings, text: str) -> None:
    """Write the table anew, at another time even on a disk that counts whole seconds."""
    settings.table.write_text(text, "utf-8")
    stat = settings.table.stat()
    os.utime(settings.table, (stat.st_atime, stat.st_mtime + 2))
