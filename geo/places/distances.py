"""Distances between many points at once."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.places.points import EARTH_RADIUS_KM


def measure_km(
    lat: ArrayLike, lon: ArrayLike, lats: ArrayLike, lons: ArrayLike
) -> NDArray[np.float64]:
    """Great-circle distances between points, in km; NaN where one is missing."""
    a, b, c, d = (np.radians(np.asarray(each, dtype=float)) for each in (lat, lon, lats, lons))
    chord = np.sin((c - a) / 2) ** 2 + np.cos(a) * np.cos(c) * np.sin((d - b) / 2) ** 2
    km: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return km
