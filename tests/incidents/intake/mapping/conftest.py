"""Tables and cells of the tests of profiles."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest

from incidents.intake.mapping.profile import list_profiles
from incidents.intake.mapping.rules import Profile
from incidents.intake.reading.tables import Table
from incidents.table.problems import problems_frame
from incidents.table.settings import ROOT

MakeTable = Callable[..., Table]


@pytest.fixture(scope="session")
def profiles() -> tuple[Profile, ...]:
    """The shipped profiles."""
    return list_profiles(Path(ROOT) / "data" / "profiles")


@pytest.fixture(scope="session")
def make_table() -> MakeTable:
    """A table of text; rows are numbered as a spreadsheet shows them."""

    def make(text: str, tags: Mapping[str, str] | None = None) -> Table:
        rows = pd.read_csv(io.StringIO(text), dtype="str", keep_default_na=False)
        rows.index = pd.RangeIndex(2, len(rows) + 2, name="row")
        return Table("test.csv", rows, len(rows), problems_frame([]), tags=tags or {})

    return make
