"""docs/reference.md says what the tables in the code say."""

import importlib.util
from pathlib import Path

from incidents.asking.address import KEYS
from incidents.table.columns import COLUMNS
from incidents.table.problem_kinds import KINDS
from incidents.table.settings import ROWS

ROOT = Path(__file__).resolve().parents[2]


def _load_script():
    path = ROOT / "scripts" / "write_reference.py"
    spec = importlib.util.spec_from_file_location("write_reference", path)
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


def test_page_is_what_the_script_writes() -> None:
    page = (ROOT / "docs" / "reference.md").read_text("utf-8")
    assert page == _load_script().write_reference(), "run python scripts/write_reference.py"


def test_page_names_every_column_filter_and_problem() -> None:
    page = (ROOT / "docs" / "reference.md").read_text("utf-8")
    names = [f"`{each.name}`" for each in (*COLUMNS, *KEYS)] + [k.title for k in KINDS.values()]
    assert [name for name in names if name not in page] == []


def test_readme_tells_the_settings() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert readme == _load_script().write_settings(readme), "run python scripts/write_reference.py"
    assert [name for name in ROWS if f"| `{name}` |" not in readme] == []
