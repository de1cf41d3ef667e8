"""KML and KMZ, zipped Shapefiles and FlatGeobuf, by GDAL through `pyogrio`.

Only in the process apart, which has limits of memory and time: GDAL is much code for strange bytes.
What it opens is known by how it begins, so that none of its drivers that ask the network is used.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from incidents.intake.reading.archives import ZIP
from incidents.intake.reading.gathering import gather
from incidents.intake.reading.headings import check_header
from incidents.intake.reading.shapes import Geometry, add_coordinates
from incidents.intake.reading.sizes import Limits, check_shape, check_unpacked
from incidents.intake.reading.tables import Table, make_table
from incidents.intake.reading.workbook_cells import write_text
from incidents.table.errors import TableError

_FLATGEOBUF = b"fgb\x03fgb"
_KML = re.compile(rb"(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:\w+:)?kml\b", re.DOTALL)
_LOOKED_AT = 4_096  # bytes in which KML says that it is
_IDLE = frozenset(
    ("altitudemode", "tessellate", "extrude", "visibility", "draworder", "icon", "snippet")
)
"""What KML says of the look of each feature."""


def is_vector(data: bytes) -> bool:
    """Whether these bytes are of one of these formats, packed or not."""
    if data.startswith(_FLATGEOBUF) or _is_kml(data):
        return True
    return data.startswith(ZIP) and _find_packed(data) != ""


def _is_kml(data: bytes) -> bool:
    return _KML.match(data[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf \t\r\n")) is not None


def _find_packed(data: bytes) -> str:
    """What an archive holds: "kml", "shp", or nothing of these."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [
                each.casefold() for each in archive.namelist() if "__macosx" not in each.lower()
            ]
    except MemoryError:
        raise
    except Exception:  # damaged archives raise many kinds
        return ""
    names = [each for each in names if "__macosx" not in each]
    if any(each.endswith(".shp") for each in names):
        return "shp"
    return "kml" if any(each.endswith(".kml") for each in names) else ""


def read_vector(data: bytes, name: str, limits: Limits) -> Table:
    """Read all layers of KML, the first of others: a column per field, a row per feature.

    The first feature is row 2, as if there were a row of column names. Points become columns
    `lat` and `lon`; see `add_coordinates` for other shapes and coordinate systems.

    Raises
    ------
    TableError
        The bytes are damaged, hold no feature, or are more than `limits` allow.
    """
    import pyogrio  # 50 MB, for the process that needs it

    content = _unpack_kml(data, name, limits)
    try:
        # By number: a KML without a name gets one of its own each time that it is opened.
        layers = range(len(pyogrio.list_layers(content)))
        is_kml = content is not data or _KML.match(content[:_LOOKED_AT]) is not None
        parts = [
            _read_layer(content, layer, name, limits) for layer in layers[: None if is_kml else 1]
        ]
    except TableError:
        raise
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise TableError(
            f"{name} cannot be read: it is damaged or cut off. Download or save it again, or save "
            "the table as GeoPackage or CSV UTF-8."
        ) from error
    return _join(parts, name, limits)


def _unpack_kml(data: bytes, name: str, limits: Limits) -> bytes:
    """The KML of a KMZ; a Shapefile stays in its archive, which GDAL opens."""
    if not data.startswith(ZIP):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_unpacked(sum(each.file_size for each in archive.infolist()), limits, name)
        if _find_packed(data) == "shp":
            return data
        packed = sorted(
            (each for each in archive.namelist() if each.casefold().endswith(".kml")),
            key=lambda each: (each.casefold() != "doc.kml", each),
        )
        return archive.read(packed[0])


class _Layer:
    """The fields and shapes of one layer, as text and as shapes."""

    def __init__(self, names: list[str], columns: list[list[str]], shapes: Any, crs: Any) -> None:
        self.names = names
        self.columns = columns
        self.shapes = shapes
        self.crs = crs

    def __len__(self) -> int:
        return len(self.shapes)


def _read_layer(data: bytes, layer: int, name: str, limits: Limits) -> _Layer:
    from pyogrio import read_info
    from pyogrio.raw import read

    info = read_info(data, layer=layer, force_feature_count=True)
    check_shape(int(info["features"]), len(info["fields"]), limits, name)
    meta, _, blobs, cells = read(data, layer=layer)
    types = [str(each) for each in meta.get("ogr_types", ["" for _ in meta["fields"]])]
    columns = [_write_cells(each, kind) for each, kind in zip(cells, types, strict=True)]
    shapes = np.full(len(columns[0]) if columns else 0, None, dtype=object)
    if blobs is not None:
        shapes = shapely.from_wkb(blobs, on_invalid="ignore")
    return _Layer([str(each) for each in meta["fields"]], columns, shapes, meta.get("crs"))


def _write_cells(cells: npt.NDArray[Any], kind: str) -> list[str]:
    """Cells as text. GDAL turns a whole number beside an empty cell into 3.0: it is 3."""
    if np.issubdtype(cells.dtype, np.datetime64):
        texts = np.datetime_as_string(cells.astype("datetime64[s]"))
        return ["" if each == "NaT" else str(each).replace("T00:00:00", "") for each in texts]
    is_whole = "Integer" in kind and np.issubdtype(cells.dtype, np.floating)
    return [_write(each, is_whole) for each in cells.tolist()]


def _write(value: Any, is_whole: bool) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, list | dict | np.ndarray):
        return json.dumps(list(value), ensure_ascii=False, default=str)
    return str(int(value)) if is_whole else write_text(value)


def _join(layers: Sequence[_Layer], name: str, limits: Limits) -> Table:
    """Layers below each other; columns that say nothing but how KML looks are left out."""
    rows = sum(map(len, layers))
    if rows == 0:
        raise TableError(f"{name} is empty. Choose a file with a table in it.")
    names = list(dict.fromkeys(each for layer in layers for each in layer.names))
    columns = []
    for each in names:
        cells: list[str] = []
        for layer in layers:
            is_there = each in layer.names
            cells += layer.columns[layer.names.index(each)] if is_there else [""] * len(layer)
        columns.append(cells)
    kept = [n for n, each in enumerate(names) if each.casefold() not in _IDLE and any(columns[n])]
    check_shape(rows, len(kept), limits, name)
    body = gather(zip(*(columns[n] for n in kept), strict=True), limits, name) if kept else None
    frame = pd.DataFrame(index=range(rows)) if body is None else body
    frame.index = pd.RangeIndex(2, rows + 2)
    shapes = np.concatenate([layer.shapes for layer in layers])
    texts = ["" if each is None else str(each) for each in shapely.to_geojson(shapes).tolist()]
    header = [names[n] for n in kept]
    geometry = Geometry(shapes, texts, layers[0].crs)
    header, frame, problems = add_coordinates(header, frame, geometry, name)
    check_header(header, 1, name, is_narrow=False)
    return make_table(name, header, frame, problems)
