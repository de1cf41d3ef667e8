"""The elements that browsers are told of ahead are those that the pages draw."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_the_list_of_elements_is_that_of_the_pages(
    monkeypatch: pytest.MonkeyPatch, kept_snapshots: Path
) -> None:
    monkeypatch.setenv("INCIDENTS_TABLE", "")
    monkeypatch.setenv("INCIDENTS_SNAPSHOTS", str(kept_snapshots))
    path = ROOT / "scripts" / "write_elements.py"
    spec = importlib.util.spec_from_file_location("write_elements", path)
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    written = script.write_elements()
    assert written == (ROOT / "pages" / "elements.json").read_text("utf-8"), (
        "run scripts/write_elements.py"
    )
