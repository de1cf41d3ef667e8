"""Reports as a version keeps them."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from incidents.table.voices import mark_voices

LINKED = ["report", "publisher", "family", "supersedes"]


def keep_reports(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same rows with who speaks, and whether each stands."""
    marked = mark_voices(pd.DataFrame(rows, columns=LINKED, dtype="object"))
    voices = (None if pd.isna(voice) else voice for voice in marked["voice"])
    return [
        {**row, "voice": voice, "stands": bool(stands)}
        for row, voice, stands in zip(rows, voices, marked["stands"], strict=True)
    ]
