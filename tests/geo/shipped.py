"""The shipped places and outlines, read once for all tests that only ask them."""

from pathlib import Path

from geo.finding.geocoder import Geocoder
from geo.places.boundaries import Boundaries
from geo.places.gazetteer import Gazetteer

DATA = Path(__file__).parents[2] / "data"
PLACES = DATA / "places.csv"
GAZETTEER = Gazetteer.read(PLACES)
GEOCODER = Geocoder(GAZETTEER)
BOUNDARIES = Boundaries.read(DATA / "boundaries")
