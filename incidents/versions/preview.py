"""What a table will look like before it is kept: its first rows, and what is found in all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import pandas as pd

from incidents.intake.checking.validation import validate
from incidents.intake.mapping.apply import apply_profile
from incidents.intake.mapping.rules import Profile
from incidents.intake.reading.tables import Table, Tables
from incidents.table.columns import COLUMNS
from incidents.table.problem_kinds import KINDS, LEVELS

FIRST_ROWS = 8
_BEGIN = (
    *("date", "date_end", "place", "gov", "country", "lat", "lon", "type", "actor"),
    *("killed_min", "killed_max", "wounded_min", "wounded_max"),
)


@dataclass(frozen=True)
class Preview:
    """The first rows as they will be read.

    Attributes
    ----------
    rows
        One per row of the file, under the index ``row``. Columns of ours in which something is
        read; before them ``problems``, if there are any: sentences on each row.
    about
        Sentences on the table as a whole, such as columns that have no use.
    """

    rows: pd.DataFrame
    about: tuple[str, ...]


def preview_rows(table: Table, profile: Profile | None, count: int = FIRST_ROWS) -> Preview:
    """Map and check the first rows of a table; places are not looked up.

    A row that would be set aside keeps its place: its cells are empty, its problems say why.
    """
    rows = table.rows.head(count)
    # Of what was found while reading, only that which makes a cell say nothing.
    is_error = (table.problems["kind"] == "cell_error") & table.problems["row"].isin(rows.index)
    head = replace(table, rows=rows, read=len(rows), problems=table.problems[is_error])
    mapped = head if profile is None else apply_profile(head, profile)
    valid = validate(Tables(mapped))
    read = valid.incidents.set_index("row").reindex(rows.index)
    own = [column.name for column in COLUMNS if read[column.name].notna().any()]
    first = [name for name in _BEGIN if name in own]
    named = [*first, *(name for name in own if name not in first and name != "incident")]
    problems = valid.problems[valid.problems["row"].notna()]
    told = problems.groupby("row")["message"].agg(" ".join).reindex(rows.index).fillna("")
    about = valid.problems[valid.problems["row"].isna()]
    sentences = dict.fromkeys(about["message"] + " " + about["remedy"])
    shown = read[named]
    if len(problems):
        shown.insert(0, "problems", told.astype("str"))
    return Preview(shown, tuple(sentences))


@dataclass(frozen=True)
class KindCount:
    """One kind of problem, how often it was found, and one of its sentences."""

    kind: str
    level: str
    count: int
    example: str

    @property
    def title(self) -> str:
        """The kind in a few words; a kind that this code no longer has goes by its name."""
        return KINDS[self.kind].title if self.kind in KINDS else self.kind.replace("_", " ")

    @property
    def why(self) -> str:
        """Why it matters, in a sentence."""
        return KINDS[self.kind].why if self.kind in KINDS else ""


def sort_kinds(kinds: Collection[KindCount]) -> list[KindCount]:
    """Errors first, the most frequent first."""
    return sorted(kinds, key=lambda each: (LEVELS.index(each.level), -each.count, each.kind))


def count_kinds(problems: pd.DataFrame) -> list[KindCount]:
    """Count a frame of problems by kind."""
    grouped = problems.groupby(["kind", "level"], sort=False)["message"].agg(["size", "first"])
    return sort_kinds(
        [
            KindCount(str(kind), str(level), int(row["size"]), str(row["first"]))
            for (kind, level), row in grouped.iterrows()
        ]
    )
