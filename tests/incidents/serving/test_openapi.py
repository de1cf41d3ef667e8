"""The description of the API is made of the tables, and the API keeps to it whatever is asked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.applications import Starlette
from starlette.testclient import TestClient

from incidents.asking.address import KEYS
from incidents.serving.openapi import describe_api
from incidents.serving.routes import ROUTES, list_routes
from incidents.table.columns import COLUMNS
from incidents.versions.catalog import get_catalog

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]

EXAMPLES = 6
"""Requests of each route, such as it is described, and such as it is not."""
BOUNDED = settings(
    max_examples=EXAMPLES,
    phases=[Phase.generate],
    deadline=10_000,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def app(kept_snapshots: Path) -> Iterator[Starlette]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INCIDENTS_SNAPSHOTS", str(kept_snapshots))
        get_catalog.cache_clear()
        get_catalog().start().result()
        yield Starlette(routes=list_routes())
    get_catalog.cache_clear()


@pytest.fixture
def api(app: Starlette) -> Any:
    return schemathesis.openapi.from_asgi("/api/openapi.json", app)


def _list_asked() -> list[str]:
    # An animation takes seconds; its parameters are those of the others.
    return [path for path in describe_api(ROUTES)["paths"] if not path.endswith(".gif")]


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("path", _list_asked())
def test_answers_as_described(api: Any, path: str, mode: GenerationMode) -> None:
    operation = api[path]["GET"]
    if mode is GenerationMode.NEGATIVE and not operation.query:
        return

    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS)

    given(case=operation.as_strategy(generation_mode=mode))(BOUNDED(ask))()


def test_describes_every_route_and_key(app: Starlette) -> None:
    with TestClient(app) as client:
        told = client.get("/api/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    left = {path for path in ROUTES if path.startswith(("/api/assets", "/api/{"))}
    assert set(told["paths"]) == set(ROUTES) - left
    assert set(told["components"]["parameters"]) == {*(key.name for key in KEYS), "f"}
    incident = told["components"]["schemas"]["Incident"]["properties"]
    assert set(incident) == {column.name for column in COLUMNS} - {"lat", "lon"}
    for route in told["paths"].values():
        assert {"200", "400", "404", "414", "429", "503"} <= set(route["get"]["responses"])


def test_schemas_are_schemas() -> None:
    told = describe_api(ROUTES, "/attacks")
    assert told["servers"] == [{"url": "/attacks"}]
    for schema in told["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    for parameter in told["components"]["parameters"].values():
        jsonschema.Draft202012Validator.check_schema(parameter["schema"])
    assert len({route["get"]["operationId"] for route in told["paths"].values()}) == len(
        told["paths"]
    )


def test_the_answers_fit_their_schemas(app: Starlette) -> None:
    told = describe_api(ROUTES)
    checked = 0
    with TestClient(app) as client:
        for path, route in told["paths"].items():
            content = route["get"]["responses"]["200"]["content"]
            for media, each in content.items():
                if "json" in media and "schema" in each:
                    schema = {**each["schema"], "components": told["components"]}
                    jsonschema.validate(client.get(path).json(), schema)
                    checked += 1
    assert checked > 8
