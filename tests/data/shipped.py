"""The shipped tables as their package describes them."""

import json
from pathlib import Path

import pandas as pd

DATA = Path(__file__).resolve().parents[2] / "data"
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
TABLES = [name for name, resource in RESOURCES.items() if "schema" in resource]
OURS = ("incidents", "reports", "claims")


def read_table(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / RESOURCES[name]["path"], dtype=str, keep_default_na=False)


def read_name(part: str | dict) -> str:
    return part if isinstance(part, str) else part.get("name", part.get("fields"))


INCIDENTS, REPORTS, CLAIMS = (read_table(name) for name in OURS)
FIELDS = [(table, field) for table in TABLES for field in RESOURCES[table]["schema"]["fields"]]
KEYS = [(name, key) for name in TABLES for key in RESOURCES[name]["schema"].get("foreignKeys", [])]
