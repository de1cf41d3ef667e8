"""GeoJSON: features with properties become rows with cells."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pandas as pd
import shapely

from incidents.intake.reading.encodings import to_utf8
from incidents.intake.reading.headings import check_header
from incidents.intake.reading.shapes import LON_LAT, Geometry, add_coordinates
from incidents.intake.reading.sizes import check_cells
from incidents.intake.reading.tables import Table, make_table
from incidents.intake.reading.workbook_cells import write_text
from incidents.table.errors import TableError
from incidents.table.problems import problems_at

_LOOKS_LIKE_JSON = re.compile(rb"\s*(\{\s*[\"}]|\[\s*[\[{])")


def is_json(data: bytes) -> bool:
    """Whether a text begins like an object of JSON, or a list of them."""
    return _LOOKS_LIKE_JSON.match(to_utf8(data[:400]).data) is not None


def read_geojson(data: bytes, name: str, unpacked: int) -> Table:
    """Read a GeoJSON FeatureCollection: a column per property, a row per feature.

    The first feature is row 2, as if there were a row of column names. Points become columns
    `lat` and `lon`; see `add_coordinates` for other shapes and coordinate systems.

    Raises
    ------
    TableError
        The bytes are no FeatureCollection, hold no feature, or have more than `unpacked` cells.
    """
    text = to_utf8(data)
    try:
        collection = json.loads(text.data)
    except (ValueError, RecursionError) as error:
        line = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise TableError(
            f"{name} looks like GeoJSON but cannot be read{line}: it is damaged or cut off. "
            "Download or save it again."
        ) from None
    features = _find_features(collection, name)
    whole = [each for each in features if _is_feature(each)]
    rows = [row for row, each in enumerate(features, 2) if _is_feature(each)]
    torn = [(n, _dump(each)) for n, each in enumerate(features, 2) if not _is_feature(each)]
    names = list(dict.fromkeys(key for each in whole for key in each["properties"] or {}))
    check_cells(len(whole), len(names), unpacked, name)
    body = pd.DataFrame(
        [[_write(each["properties"], key) for key in names] for each in whole],
        index=pd.Index(rows, dtype="int64"),
        columns=range(len(names)),
        dtype="str",
    )
    header = [key.strip() for key in names]
    header, body = _add_ids(header, body, whole)
    header, body, problems = add_coordinates(header, body, _find_shapes(whole, collection), name)
    if not header:
        raise TableError(f"{name} holds no properties and no shapes. Choose a file with a table.")
    check_header(header, 1, name, is_narrow=False)
    problems.append(problems_at("feature_invalid", name, [row for row, _ in torn]))
    return make_table(name, header, body, problems, torn=torn, encoding=text.encoding)


def _find_features(collection: Any, name: str) -> list[Any]:
    kind = collection.get("type") if isinstance(collection, dict) else None
    features = collection.get("features") if kind == "FeatureCollection" else None
    if kind == "Feature":
        features = [collection]
    if not isinstance(features, list):
        raise TableError(
            f"{name} is JSON, but no GeoJSON FeatureCollection. "
            "Save the table as GeoJSON, CSV UTF-8 or XLSX."
        )
    if features == []:
        raise TableError(f"{name} is empty. Choose a file with a table in it.")
    return features


def _is_feature(feature: Any) -> bool:
    return (
        isinstance(feature, dict)
        and feature.get("type") == "Feature"
        and isinstance(feature.setdefault("properties", None), dict | None)
    )


def _write(properties: dict[str, Any] | None, key: str) -> str:
    value = (properties or {}).get(key)
    return _dump(value) if isinstance(value, dict | list) else write_text(value)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _add_ids(
    header: list[str], body: pd.DataFrame, features: list[Any]
) -> tuple[list[str], pd.DataFrame]:
    """Add the features' own ids as a column `id`, unless that is there and says the same."""
    ids = pd.Series([write_text(each.get("id")) for each in features], body.index, dtype="str")
    is_there = "id" in header and body[header.index("id")].equals(ids)
    if is_there or (ids == "").all():
        return header, body
    return [*header, "id"], pd.concat([body, ids.rename(len(header))], axis=1)


def _find_shapes(features: list[Any], collection: Any) -> Geometry:
    given = [each.get("geometry") for each in features]
    texts = ["" if each is None else _dump(each) for each in given]
    wanted = np.array([text or None for text in texts], dtype=object)
    shapes = shapely.from_geojson(wanted, on_invalid="ignore")
    crs = collection.get("crs")
    return Geometry(shapes, texts, LON_LAT if crs is None else _find_crs(crs))


def _find_crs(crs: Any) -> str | None:
    """The coordinate system by its name, as GeoJSON had it before 2016."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else None
