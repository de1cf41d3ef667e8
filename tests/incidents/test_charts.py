"""Charts: what is drawn from a few sums. Looks are for eyes; here is what must not be wrong."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from incidents.charts import draw_ranges

HOSTILE = "<img src=x onerror=alert(1)>"


def sums(by: str, *rows: tuple[Any, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[by, "low", "high", "unknown", "open"])
    return frame.astype({"low": "Int64", "high": "Int64"})


@pytest.mark.parametrize("by", ["month", "type", "group"])
def test_ranges_draw(by: str) -> None:
    first: Any = date(2021, 7, 1) if by == "month" else HOSTILE
    second: Any = date(2021, 8, 1) if by == "month" else None
    totals = sums(by, (first, 1, 3, 0, True), (second, None, None, 2, False))
    text = str(draw_ranges(totals, by, "People killed", "#111", "#222").to_dict())
    assert "1–3 or more" in text and "(+ 2 unknown)" in text
    assert ("Jul 2021" if by == "month" else HOSTILE) in text


@pytest.mark.parametrize("by", ["month", "type"])
def test_ranges_of_nothing(by: str) -> None:
    assert draw_ranges(sums(by), by, "People killed", "#111", "#222").to_dict()["layer"]
