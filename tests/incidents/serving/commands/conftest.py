"""What tests of commands share: a command in this process, and tables for it."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from incidents.serving.commands.main import main
from incidents.serving.commands.screen import Screen
from incidents.versions.catalog import Catalog

GOOD = "incident,date,place,killed,summary\nI1,2021-07-07,Hit,3,one\nI2,2021-07-08,Erbil,,two\n"
DOUBTFUL = GOOD + "I3,2021-07-09,Narnia,1,three\n"
BAD = GOOD + "I4,nonsense,Hit,1,four\nI5,2021-07-09,Hit,-99,five\n"


@dataclass(frozen=True)
class Answer:
    """What a command wrote, and its exit status."""

    status: int
    written: bytes
    told: str

    @property
    def said(self) -> str:
        return self.written.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.written)


Run = Callable[..., Answer]


@pytest.fixture
def run(shipped_catalog: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command in this process, with an empty folder of snapshots."""

    def run(*arguments: object) -> Answer:
        catalog = Catalog(
            replace(shipped_catalog.settings, snapshots=home, gazetteers=home.parent / "gazetteers")
        )
        world = shipped_catalog.world  # made once for all tests
        monkeypatch.setattr(Catalog, "world", world)
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        status = main([str(each) for each in arguments], catalog, Screen(out, err))
        out.flush(), err.flush()
        told = err.buffer.getvalue().decode()
        return Answer(status, out.buffer.getvalue(), told)

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """A file of this content."""

    def write(content: str, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_text(content, "utf-8")
        return path

    return write


Write = Callable[..., Path]


def read_csv(written: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))
