"""Which governorate and which country a point is in."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.errors import ShapelyError
from shapely.geometry import shape

from geo.places.distances import measure_km
from geo.places.points import EARTH_RADIUS_KM

BORDER_TOLERANCE_KM = 25.0
"""How far beyond a country's border a point still counts as inside it.

Outlines are simplified (Natural Earth, 1:10m: border towns miss theirs by up to 4 km), and some
borders are disputed: UCDP counts the Golan Heights to Syria, Natural Earth draws them with Israel.
"""

_KM_PER_DEGREE = math.radians(1) * EARTH_RADIUS_KM


class BoundariesError(ValueError):
    """The boundary files are missing or are not what they should be."""


@dataclass(frozen=True, slots=True)
class Governorate:
    """A governorate, with its names and the point where its label stands.

    `country` is ISO alpha-2. `gn_a1_code` ("IQ.01") is GeoNames' code, None for the UNDOF zone.
    """

    gov: str
    country: str
    name_ar: str
    name_ru: str
    gn_a1_code: str | None
    label_lat: float
    label_lon: float


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """Shapes side by side in lon, lat degrees; `bounds` is n x 4: west, south, east, north."""

    shapes: NDArray[np.object_]
    bounds: NDArray[np.float64]

    @classmethod
    def from_shapes(cls, shapes: Sequence[Any]) -> Self:
        """Prepare the shapes, so that a million points are asked for fast."""
        array = np.array(shapes, dtype=object)
        shapely.prepare(array)
        return cls(array, shapely.bounds(array))

    def find_index(self, lat: float, lon: float) -> int:
        """Index of the first shape that holds a point, border included; -1 for none."""
        west, south, east, north = self.bounds.T
        near = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
        rows = np.flatnonzero(near)  # a comparison with NaN is false
        return next((int(i) for i in rows if shapely.intersects_xy(self.shapes[i], lon, lat)), -1)

    def find_indices(self, lats: ArrayLike, lons: ArrayLike) -> NDArray[np.intp]:
        """`find_index` of each of many points."""
        lat, lon = np.asarray(lats, dtype=float), np.asarray(lons, dtype=float)
        found = np.full(lat.shape, -1, dtype=np.intp)
        for index, outline in enumerate(self.shapes):
            west, south, east, north = self.bounds[index]
            near = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north) & (found < 0)
            rows = np.flatnonzero(near)
            found[rows[shapely.intersects_xy(outline, lon[rows], lat[rows])]] = index
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Boundaries:
    """Outlines of the governorates of Iraq and Syria and of the countries around them.

    Coordinates are decimal degrees, EPSG:4326, always latitude first. The neighbours are drawn
    only from 22 to 66 E and 12 to 44 N: a point beyond is in no country. Outside of 33 to 52 E and
    26 to 40 N their lines are coarser, some km off. Halabja has no outline of its own: a point
    there is in Sulaymaniyah. A point on a shared border is in the governorate that comes first in
    the file. Lines are Natural Earth's (de facto control), no position on them.
    """

    governorates: tuple[Governorate, ...]
    countries: tuple[str, ...]
    _governorate_outlines: Outlines
    _country_outlines: Outlines

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read `governorates.geojson` and `neighbours.geojson` from a folder.

        Raises
        ------
        BoundariesError
            A file is missing, or is not GeoJSON with the properties that it should have.
        """
        inside, neighbours = (
            _read_features(folder / f"{name}.geojson") for name in ("governorates", "neighbours")
        )
        try:
            governorates = tuple(Governorate(**properties) for properties, _ in inside)
            around = {properties["country"]: outline for properties, outline in neighbours}
        except (KeyError, TypeError) as error:
            raise BoundariesError(f"A boundary in {folder} lacks a property: {error}.") from error
        shapes = [outline for _, outline in inside]
        countries = _join_countries([each.country for each in governorates], shapes) | around
        return cls(
            governorates,
            tuple(countries),
            Outlines.from_shapes(shapes),
            Outlines.from_shapes(list(countries.values())),
        )

    def find_governorate(self, lat: float, lon: float) -> Governorate | None:
        """The governorate that holds a point; None outside Iraq and Syria and for NaN."""
        index = self._governorate_outlines.find_index(lat, lon)
        return None if index < 0 else self.governorates[index]

    def find_governorates(self, lats: ArrayLike, lons: ArrayLike) -> "pd.Series[str]":
        """Name of the governorate of each point, missing where `find_governorate` gives None.

        The answer has the index of `lats` if that is a Series.
        """
        names = [each.gov for each in self.governorates]
        return _to_names(names, self._governorate_outlines, lats, lons)

    def measure_km_to_governorates(
        self, lats: ArrayLike, lons: ArrayLike, govs: ArrayLike, least_km: float = 0.0
    ) -> NDArray[np.float64]:
        """How far each point is from the governorate that is named for it: 0 inside.

        Also 0 where it is clearly nearer than `least_km`. NaN where the point is missing, or
        nothing of that name is drawn.
        """
        lat, lon = np.asarray(lats, dtype=float), np.asarray(lons, dtype=float)
        codes, names = pd.factorize(govs if isinstance(govs, pd.Series) else np.asarray(govs))
        km = np.full(lat.shape, np.nan)
        numbers = {name: code for code, name in enumerate(names)}
        for index, each in enumerate(self.governorates):
            code = numbers.get(each.gov)
            if code is not None:
                rows = np.flatnonzero((codes == code) & np.isfinite(lat))
                outline = self._governorate_outlines.shapes[index]
                away = _measure_km(outline, lat[rows], lon[rows], least_km)
                km[rows] = np.fmin(km[rows], away)  # two of one name: the nearer
        return km

    def measure_km_to_countries(
        self, lats: ArrayLike, lons: ArrayLike, countries: ArrayLike
    ) -> NDArray[np.float64]:
        """How far each point is from the country that is named for it, from anywhere on Earth.

        NaN where the point is missing, or nothing of the country is drawn.
        """
        lat, lon = np.asarray(lats, dtype=float), np.asarray(lons, dtype=float)
        named, km = np.asarray(countries, dtype=object), np.full(lat.shape, np.nan)
        for country in set(named) & set(self.countries):
            rows = np.flatnonzero((named == country) & np.isfinite(lat) & np.isfinite(lon))
            outline = self._country_outlines.shapes[self.countries.index(country)]
            km[rows] = _measure_far_km(outline, lat[rows], lon[rows])
        return km

    def find_countries(self, lats: ArrayLike, lons: ArrayLike) -> "pd.Series[str]":
        """Code of the country of each point, as `find_governorates` answers."""
        return _to_names(self.countries, self._country_outlines, lats, lons)

    def is_inside(
        self, lat: float, lon: float, country: str, tolerance_km: float = BORDER_TOLERANCE_KM
    ) -> bool:
        """Whether a point is in a country, or no further than `tolerance_km` from it.

        False for NaN and for a country that is not in `countries`: nothing of it is drawn here.
        """
        return bool(self.is_inside_many([lat], [lon], country, tolerance_km)[0])

    def is_inside_many(
        self,
        lats: ArrayLike,
        lons: ArrayLike,
        countries: str | ArrayLike,
        tolerance_km: float = BORDER_TOLERANCE_KM,
    ) -> NDArray[np.bool_]:
        """`is_inside` for many points: one country for all, or one for each (may be missing)."""
        lat, lon = np.asarray(lats, dtype=float), np.asarray(lons, dtype=float)
        named = np.broadcast_to(np.asarray(countries, dtype=object), lat.shape)
        codes, names = pd.factorize(named)
        inside = np.zeros(lat.shape, dtype=bool)
        for code, country in enumerate(names):
            if country in self.countries:
                outline = self._country_outlines.shapes[self.countries.index(country)]
                rows = np.flatnonzero(codes == code)
                inside[rows] = _is_near(outline, lat[rows], lon[rows], tolerance_km)
        return inside


def _read_features(path: Path) -> list[tuple[dict[str, Any], Any]]:
    """Properties and shape of each feature."""
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        return [(each["properties"], shape(each["geometry"])) for each in features]
    except OSError as error:
        raise BoundariesError(f"The boundary file {path} cannot be read.") from error
    except (ValueError, KeyError, TypeError, AttributeError, ShapelyError) as error:
        raise BoundariesError(f"The boundary file {path} is not GeoJSON.") from error


def _join_countries(countries: list[str], shapes: list[Any]) -> dict[str, Any]:
    """One shape for each country, from the shapes of its governorates."""
    return {
        country: shapely.coverage_union_all(
            [outline for each, outline in zip(countries, shapes, strict=True) if each == country]
        )
        for country in dict.fromkeys(countries)
    }


def _to_names(
    names: Sequence[str], outlines: Outlines, lats: ArrayLike, lons: ArrayLike
) -> "pd.Series[str]":
    """Name of the outline that holds each point, missing where none does."""
    indices = outlines.find_indices(lats, lons)
    found = pd.array(list(names), dtype="str").take(indices, allow_fill=True)
    return pd.Series(found, index=lats.index if isinstance(lats, pd.Series) else None)


def _is_near(
    outline: Any, lat: NDArray[np.float64], lon: NDArray[np.float64], tolerance_km: float
) -> NDArray[np.bool_]:
    """Whether points are in a shape or at most `tolerance_km` away from it."""
    near = np.zeros(lat.shape, dtype=bool)
    west, south, east, north = shapely.bounds(outline)
    high = tolerance_km / _KM_PER_DEGREE
    wide = high / math.cos(math.radians(max(abs(south), abs(north)) + high))
    boxed = (lon >= west - wide) & (lon <= east + wide)
    rows = np.flatnonzero(boxed & (lat >= south - high) & (lat <= north + high))
    near[rows] = shapely.intersects_xy(outline, lon[rows], lat[rows])
    rows = rows[~near[rows]]
    # Mercator is conformal: close by, a distance is the one on the ground divided by cos(lat).
    points = shapely.transform(shapely.points(lon[rows], lat[rows]), _to_mercator_km)
    projected = shapely.transform(shapely.segmentize(outline, 0.25), _to_mercator_km)
    shapely.prepare(projected)
    near[rows] = shapely.dwithin(projected, points, tolerance_km / np.cos(np.radians(lat[rows])))
    return near


def _measure_km(
    outline: Any, lat: NDArray[np.float64], lon: NDArray[np.float64], least_km: float
) -> NDArray[np.float64]:
    """How far points are from a shape, 0 inside, and where it is clearly below `least_km`."""
    km = np.zeros(lat.shape)
    wide = outline.buffer(least_km / _KM_PER_DEGREE) if least_km else outline
    shapely.prepare(wide)
    rows = np.flatnonzero(~shapely.intersects_xy(wide, lon, lat))
    points = shapely.transform(shapely.points(lon[rows], lat[rows]), _to_mercator_km)
    projected = shapely.transform(outline, _to_mercator_km)
    shapely.prepare(projected)
    km[rows] = shapely.distance(projected, points) * np.cos(np.radians(lat[rows]))
    return km


def _measure_far_km(
    outline: Any, lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How far points are from the part of a shape that is nearest on a Mercator map."""
    at = shapely.points(lon, np.clip(lat, -85, 85))
    lines = shapely.shortest_line(
        shapely.transform(outline, _to_mercator_km), shapely.transform(at, _to_mercator_km)
    )
    nearest = shapely.get_coordinates(lines)[::2] / EARTH_RADIUS_KM
    lats, lons = np.degrees(np.arctan(np.sinh(nearest[:, 1]))), np.degrees(nearest[:, 0])
    return measure_km(lat, lon, lats, lons)


def _to_mercator_km(lon_lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Degrees to kilometres of the Mercator projection on a sphere."""
    lon, lat = np.radians(lon_lat).T
    return EARTH_RADIUS_KM * np.column_stack([lon, np.arctanh(np.sin(lat))])
