"""What the tests of the pages share: opening a page of a table, without a browser."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from incidents.catalog import get_catalog

ROOT = Path(__file__).resolve().parents[2]
FRAME = ROOT / "pages" / "_frame.py"
SECONDS = 120

OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="session")
def kept_snapshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of snapshots that the tests share, so that each table is read once."""
    return tmp_path_factory.mktemp("snapshots")


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, kept_snapshots: Path) -> Iterator[OpenPage]:
    """Function that opens a page of a table (the shipped one if none is named) by its address."""

    def open_page(
        page: str = "overview",
        query: Mapping[str, str | Sequence[str]] | None = None,
        table: Path | None = None,
        snapshots: Path = kept_snapshots,
    ) -> AppTest:
        monkeypatch.setenv("INCIDENTS_TABLE", "" if table is None else str(table))
        monkeypatch.setenv("INCIDENTS_SNAPSHOTS", str(snapshots))
        get_catalog.cache_clear()
        app = AppTest.from_file(FRAME, default_timeout=SECONDS)
        if page != "overview":
            app.switch_page(f"{page}.py")
        for key, value in (query or {}).items():
            app.query_params[key] = value if isinstance(value, str) else list(value)
        return app.run()

    yield open_page
    get_catalog.cache_clear()


@pytest.fixture
def empty_table(tmp_path: Path) -> Path:
    """A table that has its header only."""
    header = (ROOT / "data" / "incidents.csv").read_text("utf-8").splitlines()[0]
    table = tmp_path / "empty.csv"
    table.write_text(header + "\n", "utf-8")
    return table


@pytest.fixture
def flat_table(tmp_path: Path) -> Path:
    """The least that a table may hold: a date and a place. One place is not to be found."""
    table = tmp_path / "flat.csv"
    table.write_text("date,place\n2021-07-07,Ain al-Asad\n2021-07-08,Nowhere at all\n", "utf-8")
    return table


@pytest.fixture
def broken_table(tmp_path: Path) -> Path:
    """A file that is no table."""
    table = tmp_path / "broken.csv"
    table.write_bytes(b"\x00\x01PK garbage \xff\xfe" * 50)
    return table
