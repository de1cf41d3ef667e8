"""GeoJSON: features with properties become rows with cells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import shapely

from incidents.intake.reading.encodings import to_utf8
from incidents.intake.reading.features import Features
from incidents.intake.reading.gathering import gather
from incidents.intake.reading.headings import check_header
from incidents.intake.reading.shapes import LON_LAT, Geometry, add_coordinates
from incidents.intake.reading.sizes import Limits, check_shape, is_within
from incidents.intake.reading.tables import Table, make_table
from incidents.intake.reading.workbook_cells import write_text
from incidents.table.errors import TableError
from incidents.table.problems import problems_at

_LOOKS_LIKE_JSON = re.compile(rb"[\x1e\s]*(\{\s*[\"}]|\[\s*[\[{])")


def is_json(data: bytes) -> bool:
    """Whether a text begins like an object of JSON, or a list of them."""
    return _LOOKS_LIKE_JSON.match(to_utf8(data[:400]).data) is not None


def read_geojson(data: bytes, name: str, limits: Limits) -> Table:
    """Read a GeoJSON FeatureCollection: a column per property, a row per feature.

    The first feature is row 2, as if there were a row of column names. Points become columns
    `lat` and `lon`; see `add_coordinates` for other shapes and coordinate systems.

    Raises
    ------
    TableError
        The bytes are no FeatureCollection, hold no feature, or are more than `limits` allow.
    """
    text = to_utf8(data)
    read = _Reading(Features(text.data.decode()), limits)
    try:
        body = gather(read.list_rows(), limits, name)
    except TableError:
        raise
    except (ValueError, RecursionError) as error:
        line = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise TableError(
            f"{name} looks like GeoJSON but cannot be read{line}: it is damaged or cut off. "
            "Download or save it again."
        ) from None
    read.check(name)
    body.index = pd.Index(read.numbers, dtype="int64")
    header, body = _add_ids([key.strip() for key in read.names], body, read.ids)
    header, body, problems = add_coordinates(header, body, read.find_shapes(), name)
    if not header:
        raise TableError(f"{name} holds no properties and no shapes. Choose a file with a table.")
    check_header(header, 1, name, is_narrow=False)
    problems.append(problems_at("feature_invalid", name, [row for row, _ in read.torn]))
    return make_table(name, header, body, problems, torn=read.torn, encoding=text.encoding)


class _Reading:
    """What is read of the features, one after the other.

    `names` leads from the properties to their columns; `numbers`, `ids` and `shapes` have the row,
    the id and the text of the shape of each feature; `torn` are rows that are none.
    """

    def __init__(self, features: Features, limits: Limits) -> None:
        self.names: dict[str, int] = {}
        self.numbers: list[int] = []
        self.ids: list[str] = []
        self.shapes: list[str] = []
        self.torn: list[tuple[int, str]] = []
        self._features = features
        self._limits = limits

    def list_rows(self) -> Iterator[list[str]]:
        """The cells of each feature, in the order of `names`, as far as these are known.

        Where there are too many for `check`, the rest is only counted.
        """
        for number, each in enumerate(self._list_features(), 2):
            if not _is_feature(each):
                self.torn.append((number, _dump(each)))
                continue
            self.numbers.append(number)
            properties = each["properties"] or {}
            for key in properties:
                self.names.setdefault(key, len(self.names))
            if not is_within(len(self.numbers), len(self.names), self._limits):
                continue
            cells = [""] * len(self.names)
            for key, value in properties.items():
                cells[self.names[key]] = _write(value)
            self.ids.append(write_text(each.get("id")))
            shape = each.get("geometry")
            self.shapes.append("" if shape is None else _dump(shape))
            yield cells

    def _list_features(self) -> Iterator[Any]:
        yield from self._features
        if self._features.beside.get("type") == "Feature":
            yield self._features.beside

    def check(self, name: str) -> None:
        """Refuse what is no collection, an empty one, and one that is too large."""
        beside = self._features.beside
        is_collection = beside.get("type") == "FeatureCollection" and beside.get("features") == []
        if not is_collection and beside.get("type") != "Feature":
            raise TableError(
                f"{name} is JSON, but no GeoJSON FeatureCollection. "
                "Save the table as GeoJSON, CSV UTF-8 or XLSX."
            )
        if not self.numbers and not self.torn:
            raise TableError(f"{name} is empty. Choose a file with a table in it.")
        check_shape(len(self.numbers), len(self.names), self._limits, name)

    def find_shapes(self) -> Geometry:
        """The shapes, and the coordinate system that the file names."""
        wanted = np.array([text or None for text in self.shapes], dtype=object)
        shapes = shapely.from_geojson(wanted, on_invalid="ignore")
        crs = self._features.beside.get("crs")
        return Geometry(shapes, self.shapes, LON_LAT if crs is None else _find_crs(crs))


def _is_feature(feature: Any) -> bool:
    return (
        isinstance(feature, dict)
        and feature.get("type") == "Feature"
        and isinstance(feature.setdefault("properties", None), dict | None)
    )


def _write(value: Any) -> str:
    return _dump(value) if isinstance(value, dict | list) else write_text(value)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _add_ids(
    header: list[str], body: pd.DataFrame, own: list[str]
) -> tuple[list[str], pd.DataFrame]:
    """Add the features' own ids as a column `id`, unless that is there and says the same."""
    ids = pd.Series(own, body.index, dtype="str")
    is_there = "id" in header and body[header.index("id")].equals(ids)
    if is_there or (ids == "").all():
        return header, body
    return [*header, "id"], pd.concat([body, ids.rename(len(header))], axis=1)


def _find_crs(crs: Any) -> str | None:
    """The coordinate system by its name, as GeoJSON had it before 2016."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else None
