"""The API as OpenAPI 3.1 describes it: made of the tables of routes, keys and columns alone."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from incidents.asking.address import KEYS
from incidents.asking.casualties.answer import Casualties
from incidents.asking.facets import Counts
from incidents.asking.figures import Figures
from incidents.asking.keys import Key
from incidents.asking.munitions.answer import MunitionRows
from incidents.serving.schema import KEPT
from incidents.table.columns import COLUMNS, Column
from incidents.table.own_columns import PREFIX
from incidents.telling.pages.asked import PAGES
from incidents.telling.words.heading import TITLE
from incidents.versions.own_table import hash_code

Json = dict[str, Any]
PATH = "/api/openapi.json"
_PLAIN = ("/api/health/live", "/api/health/ready", PATH)
"""Routes that take no parameter."""
_FILES = ("/api/assets/", "/api/{")
"""Routes that are no answers about incidents."""
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
    "png": "image/png",
    "gif": "image/gif",
    "svg": "image/svg+xml",
    "html": "text/html; charset=utf-8",
}
_JSON, _TEXT = "application/json", "text/plain; charset=utf-8"
_TYPES: dict[str, Json] = {
    "date": {"type": "string", "format": "date"},
    "number": {"type": "number"},
    "count": {"type": "integer", "minimum": 0},
    "flag": {"type": "boolean"},
}
_POINT: Json = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"const": "Point"},
        "coordinates": {
            "type": "array",
            "items": {"type": "number", "minimum": -180, "maximum": 180},
            "minItems": 2,
            "maxItems": 2,
        },
    },
}
_BARS: Json = {
    "type": "object",
    "description": "First and last value of each bar, and its incidents; those that are in none.",
    "required": ["bars", "unknown"],
    "properties": {
        "bars": {"type": "array", "items": {"type": "array", "minItems": 3, "maxItems": 3}},
        "unknown": {"type": "integer", "minimum": 0},
    },
}
_REFUSALS = {
    "400": "A parameter cannot be used; the sentence names it.",
    "404": "There is no such version, place or page.",
    "414": "The address is too long.",
    "429": "Too many requests of this client; Retry-After says when to ask again.",
}


def answer_description(
    find_routes: Callable[[], Mapping[str, str]],
) -> Callable[[Request], Awaitable[Response]]:
    """The route that answers the description of all routes, under the path that it is asked by."""

    async def route(request: Request) -> Response:
        base = request.url.path.removesuffix(PATH)
        headers = {"cache-control": "no-cache"}
        return JSONResponse(describe_api(find_routes(), base), headers=headers)

    return route


def describe_api(routes: Mapping[str, str], base: str = "") -> Json:
    """The description of the API.

    Parameters
    ----------
    routes
        What each route answers, by its path.
    base
        Path of the host that the dashboard is served below, such as ``/attacks``; or "".
    """
    (_, figures, counts, casualties, munitions), schemas = _list_answers()
    incident = {"type": "object", "required": ["incident", "date"], "properties": {
        column.name: _describe_column(column)
        for column in COLUMNS if column.name not in ("lat", "lon")
    }}  # fmt: skip
    schemas["Incident"] = incident
    answered = {
        "/api/figures": figures,
        "/api/facets": {"type": "object", "additionalProperties": {"anyOf": [counts, _BARS]}},
        "/api/casualties": casualties,
        "/api/munitions": munitions,
        "/api/incidents.geojson": _describe_collection(),
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "version": hash_code()[:12],
            "description": "All routes take GET. Pages are forgiving, the API is strict: what "
            f"cannot be used is refused with a sentence. Parameters that begin with {PREFIX} ask "
            "for the own columns of a version, see /api/schema.",
        },
        "servers": [{"url": base or "/"}],
        "paths": {
            path: {"get": _describe_route(path, words, answered.get(path))}
            for path, words in routes.items()
            if not path.startswith(_FILES)
        },
        "components": {
            "schemas": schemas,
            "parameters": {each["name"]: each for each in _list_parameters()},
        },
    }


def _list_answers() -> tuple[list[Json], Json]:
    """References to the schemas of what is answered, and these."""
    kinds = (dict, Figures, Counts, Casualties, MunitionRows)
    found, schemas = msgspec.json.schema_components(
        kinds, ref_template="#/components/schemas/{name}"
    )
    for each in schemas.values():
        # The docstrings are for readers of the code.
        each["description"] = each.get("description", "").partition("\n")[0]
    return list(found), dict(schemas)


def _describe_column(column: Column) -> Json:
    schema = dict(_TYPES.get(column.type, {"type": "string"}))
    if column.allowed and not column.is_open:
        schema["enum"] = list(column.allowed)
    unit = f" ({column.unit})" if column.unit else ""
    return {**schema, "description": f"{column.meaning}{unit}"}


def _describe_collection() -> Json:
    feature = {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": "string"},
            "geometry": {"anyOf": [_POINT, {"type": "null"}]},
            "properties": {"$ref": "#/components/schemas/Incident"},
        },
    }
    return {
        "type": "object",
        "required": ["type", "version", "filters", "about", "licence", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {"type": "array", "items": feature},
        },
    }


def _describe_key(key: Key) -> Json:
    schema = dict(key.kind.schema)
    if key.default not in (None, "", ()):
        schema["default"] = key.default
    return {
        "name": key.name,
        "in": "query",
        "required": False,
        "description": key.meaning,
        "schema": schema,
    }


def _list_parameters() -> list[Json]:
    kept = {
        "name": KEPT["name"],
        "in": "query",
        "required": False,
        "description": KEPT["meaning"],
        "schema": KEPT["schema"],
    }
    return [*map(_describe_key, KEYS), kept]


def _describe_route(path: str, words: str, schema: Json | None) -> Json:
    names = re.findall(r"\{(\w+)\}", path)
    taken: list[Json] = [
        {"name": name, "in": "path", "required": True, "schema": {"enum": list(PAGES)}}
        for name in names
    ]
    if path not in _PLAIN:
        taken += [
            {"$ref": f"#/components/parameters/{name}"}
            for name in (*(key.name for key in KEYS), KEPT["name"])
        ]
    media = _MEDIA.get(path.rpartition(".")[2], _JSON)
    content = {media: _describe_content(media, schema)}
    return {
        "operationId": re.sub(r"\W+", "_", path).strip("_"),
        "summary": words.partition(". ")[0].rstrip("."),
        "description": words,
        "parameters": taken,
        "responses": {
            "200": {"description": "The answer.", "content": content},
            "304": {"description": "It is as the client has it."},
            **{status: _refuse(status, told) for status, told in _REFUSALS.items()},
            "503": {
                "description": "The table is being read, or cannot be read, or too much is asked "
                "for at once; Retry-After says when to ask again.",
                "content": {_TEXT: {"schema": {"type": "string"}}, _JSON: {"schema": {}}},
            },
        },
    }


def _describe_content(media: str, schema: Json | None) -> Json:
    if schema is not None:
        return {"schema": schema}
    return {"schema": {"type": "object"}} if media == _JSON else {}


def _refuse(status: str, told: str) -> Json:
    return {"description": told, "content": {_TEXT: {"schema": {"type": "string"}}}}
