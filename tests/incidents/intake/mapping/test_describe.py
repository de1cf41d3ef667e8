from pathlib import Path
from typing import Any

from incidents.intake.mapping.describe import describe_profiles
from incidents.intake.mapping.rules import Profile, Text
from incidents.table.settings import ROOT


def test_the_page_is_that_of_the_profiles(profiles: Any) -> None:
    page = (Path(ROOT) / "docs" / "profiles.md").read_text("utf-8")
    assert page == describe_profiles(profiles), "run python scripts/write_profiles.py"


def test_each_column_is_a_row_and_what_is_not_claimed_follows() -> None:
    rule = Text("{a|b} of {c}", where={"d": ("1",)}, note="as\nit is")
    page = describe_profiles([Profile("x", "X", {"place": rule}, not_claimed=("All.",))])
    assert "| `place` | `a/b`, `c` | as it is |" in page
    assert "Not claimed:\n\n- All." in page
