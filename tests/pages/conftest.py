"""What the tests of pages share: a gazetteer and boundaries that are read once."""

import pytest

from incidents.intake.datasets import World
from incidents.table.settings import read_settings
from incidents.versions.catalog import Catalog


@pytest.fixture(scope="session")
def world() -> World:
    """Gazetteer and boundaries; to read them takes longer than most of these tests."""
    return Catalog(read_settings({})).world


@pytest.fixture
def shared_world(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    """Versions that are made use these."""
    for name in ("gazetteer", "boundaries"):
        monkeypatch.setattr(Catalog, name, getattr(world, name))
