"""The schema that the API answers."""

from starlette.testclient import TestClient

from incidents.asking.address import KEYS
from incidents.table.columns import COLUMNS


def test_schema_lists_every_column_and_filter(api_client: TestClient) -> None:
    schema = api_client.get("/api/schema").json()
    assert [each["name"] for each in schema["columns"]] == [column.name for column in COLUMNS]
    assert [each["name"] for each in schema["filters"]] == [*(key.name for key in KEYS), "f"]
    assert all(each["meaning"] for each in schema["columns"] + schema["filters"])
    who = next(each for each in schema["filters"] if each["name"] == "who")
    assert who["schema"]["enum"][:2] == ["all", "civilians"] and who["default"] == "all"
