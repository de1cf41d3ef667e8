"""What tests of placing share: spots, outlines, the shipped gazetteer."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from geo.finding.geocoder import Geocoder as RealGeocoder
from geo.places.boundaries import Boundaries
from geo.places.gazetteer import Gazetteer
from incidents.table.settings import ROOT

MakeFrame = Callable[..., pd.DataFrame]
ASAD = (33.8, 42.44)
BAGHDAD = (33.3, 44.4)
PARIS = (48.85, 2.35)


@pytest.fixture(scope="module")
def boundaries() -> Boundaries:
    return Boundaries.read(ROOT / "data" / "boundaries")


def at(spot: tuple[float, float], **row: Any) -> dict[str, Any]:
    return {"lat": spot[0], "lon": spot[1], **row}


@pytest.fixture(scope="module")
def geocoder() -> RealGeocoder:
    return RealGeocoder(Gazetteer.read(ROOT / "data" / "places.csv"))
