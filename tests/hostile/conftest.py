"""What tests of mutated tables share: where places are found."""

import pytest

from incidents.intake.datasets import World
from incidents.table.settings import Settings
from incidents.versions.knowledge import Knowledge


@pytest.fixture(scope="session")
def world() -> World:
    """The shipped gazetteer and outlines."""
    return Knowledge(Settings()).world
