"""What the panel and the figures beside it show."""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

from streamlit.testing.v1 import AppTest

from incidents.asking.figures import Figures, count_figures
from incidents.asking.filters import FILTER_KEYS as KEYS
from incidents.asking.filters import Filters
from incidents.versions.catalog import get_catalog

OpenPage = Callable[..., AppTest]
# Of one table there is none to choose, and the shipped one holds attacks only. An area is drawn on
# the map: here it can only be let go.
HIDDEN = ("area", "dataset", "scope")
FILTER_KEYS = [key.name for key in KEYS if key.is_parameter and key.name not in HIDDEN]


def read_panel(app: AppTest) -> dict[str, Any]:
    """What the panel is told."""
    told = [json.loads(each.proto.json) for each in app.sidebar.get("bidi_component")]
    return next(each for each in told if "fields" in each)


def read_figures(app: AppTest) -> list[tuple[str, str, str]]:
    """Value, label and note of each figure on the page."""
    html = next(each.proto.body for each in app.get("html") if "figure-value" in each.proto.body)
    parts = [
        [unescape(text) for text in re.findall(rf'class="figure-{part}">(.*?)</span>', html)]
        for part in ("value", "label", "note")
    ]
    return list(zip(*parts, strict=True))


def expected_figures(filters: Filters) -> Figures:
    return count_figures(get_catalog().current.store.select(filters))
