"""The map: one folium map that holds the live layer, and the land drawn below it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import folium
import shapely
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

from geo.places.mercator import Bounds
from geo.places.places import Place
from geo.places.precision import PRECISIONS

ASSETS = Path(__file__).resolve().parents[1] / "assets"
"""Our own scripts and styles."""

LIVE_LAYER = ("asking", "ahead", "land", "marks", "tips", "legend", "views", "area", "save", "play")
"""Files of `ASSETS`' ``live-layer/`` in the order in which they are joined: a browser fetches the
scripts of a map one after another, so each would cost a way to the server and back."""
# The map lives in a frame two levels below the page (``component/<name>/``). Relative addresses
# also hold when the dashboard is served below a path of its host.
API = "../../api"

NATURAL_EARTH = "Boundaries: Natural Earth"
OPENSTREETMAP = "© OpenStreetMap contributors"


@dataclass(frozen=True)
class MapView:
    """What the live layer shows.

    Attributes
    ----------
    query
        Filters as a URL query, handed to ``/api/map``.
    home
        Where the map stands when nobody has moved it.
    window
        The window and zoom of a link, if it names one.
    selected
        Id of the feature to be marked, if any.
    span
        First and last day that the player moves through, ISO; without it there is no player.
    playing
        The days of the player that the page shows, ISO: it is told others once these are here.
    keeps_place
        Whether the map comes back to where the reader left it.
    answer
        What the map shows, as ``/api/map`` would answer it: then it asks nobody.
    """

    query: str
    home: Bounds
    window: Mapping[str, Any] | None = None
    selected: str | None = None
    span: tuple[str, str] | None = None
    playing: tuple[str, str] | None = None
    keeps_place: bool = True
    answer: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Legend:
    """Types in the order of the legend, and each type's colour on light and dark ground.

    The entry ``""`` of `palette` is for types that the legend does not name.
    """

    types: Sequence[str]
    palette: Mapping[str, tuple[str, str]]


def _asset(name: str) -> str:
    return f"{API}/assets/{name}"


LEAFLET, JQUERY, LEAFLET_STYLE = "leaflet.js", "jquery.min.js", "leaflet.css"
LIVE, LAND = "live-layer", "land.json"
"""Names of our own script and style, and of the base map."""


def list_assets(version: str) -> list[str]:
    """All that a map with the live layer loads from ``/api/assets/``, in the order of its wants."""
    script, style, land = (f"{name}?v={version}" for name in (f"{LIVE}.js", f"{LIVE}.css", LAND))
    return [LEAFLET, JQUERY, script, LEAFLET_STYLE, style, land]


class OwnMap(folium.Map):
    """A folium map whose scripts and styles come from this server, and from nowhere else."""

    default_js = [  # noqa: RUF012 - as folium declares it
        ("leaflet", _asset(LEAFLET)),
        ("jquery", _asset(JQUERY)),
    ]
    default_css = [("leaflet_css", _asset(LEAFLET_STYLE))]  # noqa: RUF012


class LiveLayer(JSCSSMixin, MacroElement):
    """The layer that asks the server for its window. Made once; `ShowView` gives it filters."""

    scripts: tuple[str, ...] = (LIVE,)

    _template = Template("""
        {% macro script(this, kwargs) %}
        window.liveLayer = window.makeLiveLayer({{ this.payload }});
        window.liveLayer.addTo({{ this._parent.get_name() }});
        {% endmacro %}
    """)

    def __init__(self, legend: Legend, version: str, tiles: bool, tools: bool) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "LiveLayer"
        self.default_js = [(name, _asset(f"{name}.js?v={version}")) for name in self.scripts]
        self.default_css = [("live_layer_css", _asset(f"{LIVE}.css?v={version}"))]
        self.payload = _to_script(
            {
                "api": API,
                "land": _asset(f"{LAND}?v={version}"),
                "radii": PRECISIONS,
                "types": list(legend.types),
                "palette": dict(legend.palette),
                "tiles": tiles,
                "tools": tools,
                "attribution": f"{OPENSTREETMAP} · {NATURAL_EARTH}" if tiles else NATURAL_EARTH,
            }
        )


class ShowView(folium.FeatureGroup):
    """Carries a `MapView` to the live layer of a map that is on screen already.

    `view` is a dataclass, such as `MapView`, that the layer of that map understands.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.featureGroup();
        window.liveLayer.show({{ this.payload }});
        {% endmacro %}
    """)

    def __init__(self, view: Any) -> None:
        super().__init__()
        self.payload = _to_script(asdict(view))


def _to_script(value: Any) -> str:
    # Percent-encoded JSON: no text of a reader can end a string, a script or a template in it.
    encoded = quote(json.dumps(value, ensure_ascii=False), safe="").replace("_", "%5F")
    return f'JSON.parse(decodeURIComponent("{encoded}"))'


def build_map(legend: Legend, version: str, tiles: bool = False, tools: bool = True) -> folium.Map:
    """The map with its live layer. The same arguments give the same map, so it is not rebuilt.

    Parameters
    ----------
    version
        Goes into the addresses of scripts, so that a browser takes new ones after an update.
    tiles
        Whether the browser fetches OpenStreetMap tiles. Only then does a request leave it.
    tools
        Whether the map has tools that ask the page for something: areas to draw, the player.
    """
    world = make_world(tiles)
    LiveLayer(legend, version, tiles, tools).add_to(world)
    return world


def make_world(tiles: bool = False) -> folium.Map:
    """A map without anything on it; with `tiles`, those of OpenStreetMap."""
    world = OwnMap(
        location=(33.5, 42.5),
        zoom_start=6,
        min_zoom=3,
        max_zoom=16,
        tiles=None,
        attribution_control=False,
        world_copy_jump=True,
        zoom_snap=0.5,
        zoom_delta=1,
        wheel_px_per_zoom_level=90,
    )
    if tiles:
        folium.TileLayer("OpenStreetMap").add_to(world)
    return world


@dataclass(frozen=True)
class Names:
    """Names on the base map by kind: each a list of name, lat, lon, class of style."""

    country: list[tuple[str, float, float, str]] = field(default_factory=list)
    governorate: list[tuple[str, float, float, str]] = field(default_factory=list)
    city: list[tuple[str, float, float, str]] = field(default_factory=list)
    town: list[tuple[str, float, float, str]] = field(default_factory=list)


def read_land(folder: Path, places: Sequence[Place]) -> dict[str, Any]:
    """The base map: outlines of the governorates and neighbours, borders and names.

    Parameters
    ----------
    folder
        Holds ``governorates.geojson`` and ``neighbours.geojson``.
    places
        Places of the gazetteer; those of kind ``city`` are named on the map, and
        those of kind ``town`` that are kept by hand where one is to be picked.
    """
    governorates = json.loads((folder / "governorates.geojson").read_text("utf-8"))
    neighbours = json.loads((folder / "neighbours.geojson").read_text("utf-8"))
    borders, names = [], Names()
    for code, name in (("IQ", "Iraq"), ("SY", "Syria")):
        shapes = [
            shapely.geometry.shape(feature["geometry"])
            for feature in governorates["features"]
            if feature["properties"]["country"] == code
        ]
        country = shapely.coverage_union_all(shapes)
        point = country.representative_point()
        borders.append(
            {
                "type": "Feature",
                "properties": {"country": code, "label_lat": point.y, "label_lon": point.x},
                "geometry": shapely.geometry.mapping(country.boundary),
            }
        )
        names.country.append((name, point.y, point.x, "country"))
    for feature in governorates["features"]:
        own = feature["properties"]
        names.governorate.append((own["gov"], own["label_lat"], own["label_lon"], "governorate"))
    for feature in neighbours["features"]:
        point = shapely.geometry.shape(feature["geometry"]).representative_point()
        names.country.append((feature["properties"]["name"], point.y, point.x, "country around"))
    for place in places:
        if place.kind == "city":
            names.city.append((place.name, place.lat, place.lon, "city"))
        elif place.kind == "town" and place.is_curated:
            names.town.append((place.name, place.lat, place.lon, "city"))
    return {
        "governorates": governorates,
        "neighbours": neighbours,
        "borders": {"type": "FeatureCollection", "features": borders},
        "names": asdict(names),
    }
