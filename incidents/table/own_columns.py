"""Columns of a reader's own table that are none of ours: what they are called and hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

OwnKind = Literal["facet", "number", "date", "text"]
"""Values to choose from, numbers, days, or text that is shown and not filtered."""

PREFIX = "x."
"""What the keys of such columns begin with; none of ours does."""


@dataclass(frozen=True)
class OwnColumn:
    """One such column of a version.

    Attributes
    ----------
    name
        Its key in links, the API and exports: `PREFIX`, then letters, digits and underscores.
    label
        Its name as the table has it: any text.
    """

    name: str
    label: str
    kind: OwnKind


@dataclass(frozen=True)
class OwnTable:
    """The own columns of a version, and their cells: a row for each incident, in their order.

    Cells of facets and texts are strings, numbers doubles or whole numbers, days dates; what is
    not known is null.
    """

    columns: Sequence[OwnColumn]
    cells: pa.Table
