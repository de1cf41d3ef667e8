"""JSON that is no GeoJSON: arrays of objects, answers of servers, a record per line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd

from incidents.intake.reading.encodings import to_utf8
from incidents.intake.reading.gathering import gather
from incidents.intake.reading.geojson import read_geojson
from incidents.intake.reading.headings import check_header
from incidents.intake.reading.sizes import Limits, check_shape, is_within
from incidents.intake.reading.tables import Table, make_table
from incidents.intake.reading.workbook_cells import write_text
from incidents.table.errors import TableError

_DEEPEST = 4  # objects below which records are looked for, or that are taken apart
_WRAPPERS = ("attributes", "properties", "fields", "_source")
"""Objects that hold the record itself: their names are no part of those of the columns."""


def read_json(data: bytes, name: str, limits: Limits) -> Table:
    """Read GeoJSON, a sequence of its features, or records: see the functions below.

    Raises
    ------
    TableError
        There is no table in it, it is damaged, or it is more than `limits` allow.
    """
    text = to_utf8(data).data.lstrip(b"\x1e \t\r\n")
    lines = _split_lines(text)
    if lines and _is_feature(lines[0]):
        joined = b'{"type":"FeatureCollection","features":[' + b",".join(lines) + b"]}"
        return read_geojson(joined, name, limits)
    if lines:
        return _read_records(
            [_decode(line, name, n) for n, line in enumerate(lines, 1)], name, limits
        )
    if text.startswith(b"{") and (b'"Feature"' in text or b'"FeatureCollection"' in text):
        return read_geojson(data, name, limits)
    records = _find_records(_decode(text, name), _DEEPEST)
    if records is None:
        raise TableError(
            f"{name} is JSON, but neither a GeoJSON FeatureCollection nor a list of records. "
            "Save the table as GeoJSON, CSV UTF-8 or XLSX."
        )
    return _read_records(records, name, limits)


def _split_lines(text: bytes) -> list[bytes]:
    """The lines of a text of which each is an object of its own; none if it is one object."""
    if not text.startswith(b"{"):
        return []
    lines = [line for each in text.split(b"\n") if (line := each.strip(b"\x1e \t\r,")) != b""]
    if len(lines) < 2 or not all(line[:1] == b"{" and line[-1:] == b"}" for line in lines[:2]):
        return []
    return lines


def _is_feature(line: bytes) -> bool:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("type") == "Feature"


def _decode(text: bytes, name: str, line: int | None = None) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        at = error.lineno if line is None and isinstance(error, json.JSONDecodeError) else line
        where = "" if at is None else f" at line {at}"
        raise TableError(
            f"{name} looks like JSON but cannot be read{where}: it is damaged or cut off. "
            "Download or save it again."
        ) from None


def _find_records(data: Any, depth: int) -> list[Any] | None:
    """The records of an answer: the longest list of objects in it, or rows below named columns."""
    if isinstance(data, list):
        if data and all(isinstance(each, dict) for each in data):
            return data
        if len(data) > 1 and all(isinstance(each, list) for each in data):
            return _name_cells(data[0], data[1:])
        return None
    if not isinstance(data, dict) or depth == 0:
        return None
    for names, rows in (("columns", "rows"), ("columns", "data"), ("fields", "rows")):
        if isinstance(data.get(names), list) and isinstance(data.get(rows), list):
            named = _name_cells(data[names], data[rows])
            if named is not None:
                return named
    found = [_find_records(each, depth - 1) for each in data.values()]
    return max((each for each in found if each), key=len, default=None)


def _name_cells(names: list[Any], rows: list[Any]) -> list[Any] | None:
    """Lists of cells under their names, which may be objects with a name."""
    texts = [each.get("name") if isinstance(each, dict) else each for each in names]
    if not texts or not all(isinstance(each, str) for each in texts):
        return None
    if not rows or not all(isinstance(row, list) for row in rows):
        return None
    return [dict(zip(texts, row, strict=False)) for row in rows]


def _read_records(records: list[Any], name: str, limits: Limits) -> Table:
    """A column per field, also of objects within ("location.lat"); the first record is row 2."""
    names: dict[str, int] = {}

    def list_rows() -> Iterator[list[str]]:
        for number, record in enumerate(records, 1):
            cells = dict(_take_apart(record, "", _DEEPEST))
            for key in cells:
                names.setdefault(key, len(names))
            if not is_within(number, len(names), limits):
                continue
            row = [""] * len(names)
            for key, value in cells.items():
                row[names[key]] = value
            yield row

    body = gather(list_rows(), limits, name)
    check_shape(len(records), len(names), limits, name)
    body.index = pd.RangeIndex(2, len(body) + 2)
    header = [key.strip() for key in names]
    if not header:
        raise TableError(f"{name} holds no records with fields. Choose a file with a table.")
    check_header(header, 1, name, is_narrow=False)
    return make_table(name, header, body, [], encoding="utf-8")


def _take_apart(value: Any, name: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and depth > 0 and value.get("type") != "Point":
        for key, each in value.items():
            is_wrapped = key in _WRAPPERS and isinstance(each, dict)
            inner = name if is_wrapped else f"{name}.{key}" if name else str(key)
            yield from _take_apart(each, inner, depth - 1)
    elif isinstance(value, dict | list):
        yield name or "value", json.dumps(value, ensure_ascii=False)
    else:
        yield name or "value", write_text(value)
