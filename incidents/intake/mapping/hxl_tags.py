"""Tags of HXL below the names of columns, as ours."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

# HXL tag, attributes that it must have, our column; the first that fits counts.
_TAGS: tuple[tuple[str, frozenset[str], str], ...] = (
    ("#event", frozenset(("id",)), "incident"),
    ("#event", frozenset(("type",)), "type"),
    ("#date", frozenset(("end",)), "date_end"),
    ("#date", frozenset(("start",)), "date"),
    ("#date", frozenset(("occurred",)), "date"),
    ("#date", frozenset(("year",)), ""),
    ("#date", frozenset(), "date"),
    ("#geo", frozenset(("lat",)), "lat"),
    ("#geo", frozenset(("lon",)), "lon"),
    ("#country", frozenset(("name",)), "country"),
    ("#country", frozenset(), "country"),
    ("#adm1", frozenset(("name",)), "gov"),
    ("#loc", frozenset(("name",)), "place"),
    ("#loc", frozenset(), "place"),
    ("#affected", frozenset(("killed", "civilians")), "civilians_killed"),
    ("#affected", frozenset(("killed", "children")), "children_killed"),
    ("#affected", frozenset(("injured", "civilians")), "civilians_wounded"),
    ("#affected", frozenset(("injured", "children")), "children_wounded"),
    ("#affected", frozenset(("killed", "min")), "killed_min"),
    ("#affected", frozenset(("killed", "max")), "killed_max"),
    ("#affected", frozenset(("killed",)), "killed"),
    ("#affected", frozenset(("injured",)), "wounded"),
    ("#meta", frozenset(("source",)), "reported_by"),
    ("#description", frozenset(), "summary"),
)
_EXACT_ONLY = frozenset(("name", "code", "i", "v", "en"))
"""Attributes that change nothing of what a tag without attributes stands for."""


def find_tagged(tags: Mapping[str, str], sample: pd.DataFrame) -> dict[str, str]:
    """Headers by our column that the tag below them stands for; of two for one, none."""
    found: dict[str, list[str]] = {}
    for header, tag in tags.items():
        ours = _read_tag(tag)
        if ours != "" and header in sample:
            found.setdefault(ours, []).append(header)
    return {ours: headers[0] for ours, headers in found.items() if len(headers) == 1}


def _read_tag(tag: str) -> str:
    hashtag, *attributes = tag.strip().casefold().replace(" ", "").split("+")
    given = frozenset(attributes)
    for wanted, needed, ours in _TAGS:
        if hashtag == wanted and needed <= given and (needed or given <= _EXACT_ONLY):
            return ours
    return ""
