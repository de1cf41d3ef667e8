"""What tables are read by is read again when its files change."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from incidents.table.settings import Settings
from incidents.versions.catalog import Catalog


def test_outlines_saved_while_the_table_is_read_count(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = replace(settings, boundaries=tmp_path / "boundaries", profiles=tmp_path / "profiles")
    shutil.copytree(settings.boundaries, own.boundaries)
    shutil.copytree(settings.profiles, own.profiles)
    catalog = Catalog(own)
    first = catalog.boundaries, catalog.profiles
    assert (catalog.boundaries, catalog.profiles) == first
    for path in (own.boundaries / "governorates.geojson", own.profiles / "acled.yaml"):
        stat = path.stat()
        os.utime(path, (stat.st_atime, stat.st_mtime + 2))
    assert catalog.boundaries is not first[0] and catalog.profiles is not first[1]
