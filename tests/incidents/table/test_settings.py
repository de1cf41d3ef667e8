"""Settings: what the environment may set."""

from pathlib import Path
from typing import Any

import pytest

from incidents.table.settings import ROOT, read_settings

CASES: list[tuple[str, dict[str, str], str, Any]] = [
    ("table by default", {}, "table", ROOT / "data"),
    ("table", {"INCIDENTS_TABLE": "/srv/my table.csv"}, "table", Path("/srv/my table.csv")),
    ("blank is not set", {"INCIDENTS_TABLE": ""}, "table", ROOT / "data"),
    ("snapshots by default", {}, "snapshots", ROOT / ".snapshots"),
    ("snapshots", {"INCIDENTS_SNAPSHOTS": "/srv/s"}, "snapshots", Path("/srv/s")),
    ("no tiles by default", {}, "tiles", False),
    ("tiles", {"INCIDENTS_TILES": "osm"}, "tiles", True),
    ("tiles, other case", {"INCIDENTS_TILES": "OSM"}, "tiles", True),
    ("other tiles are none", {"INCIDENTS_TILES": "1"}, "tiles", False),
    ("gazetteers by default", {}, "gazetteers", ROOT / "data" / "gazetteers"),
    ("gazetteers", {"INCIDENTS_GAZETTEERS": "/srv/g"}, "gazetteers", Path("/srv/g")),
    ("nobody asks Nominatim", {}, "nominatim", ""),
    (
        "Nominatim",
        {"INCIDENTS_NOMINATIM": " us, us@example.org "},
        "nominatim",
        "us, us@example.org",
    ),
    (
        "its server",
        {"INCIDENTS_NOMINATIM_SERVER": "http://n:8080"},
        "nominatim_server",
        "http://n:8080",
    ),
    ("places are the shipped ones", {}, "places", ROOT / "data" / "places.csv"),
]


@pytest.mark.parametrize(("environment", "name", "value"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])  # fmt: skip
def test_settings(environment: dict[str, str], name: str, value: Any) -> None:
    assert getattr(read_settings(environment), name) == value


def test_defaults_exist() -> None:
    settings = read_settings({})
    assert settings.table.is_dir() and settings.places.is_file() and settings.boundaries.is_dir()
