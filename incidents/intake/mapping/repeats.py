"""Ids that do not tell incidents apart: rounded by a spreadsheet, or the same event again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from incidents.intake.checking.findings import Cells
from incidents.table.problems import make_problem, problems_at, problems_frame

_WITH_POINT = r"\d+(?:\.0)?"
_ROUNDED = r"\d(?:[.,]\d+)?e\+\d+"


def drop_damaged_ids(
    file: str, rows: pd.DataFrame, header: str | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Empty the ids that became 2.01E+11: equal ones are not the same incident.

    Gives the rows, and the problem that tells it.
    """
    if "incident" not in rows:
        return rows, problems_frame([])
    is_damaged = rows["incident"].str.fullmatch(_ROUNDED, case=False)
    if not is_damaged.any():
        return rows, problems_frame([])
    problem = make_problem(
        *("id_damaged", file),
        column=header,
        value=rows["incident"][is_damaged].iloc[0],
        count=f"{int(is_damaged.sum()):,}",
    )
    return rows.assign(incident=rows["incident"].mask(is_damaged, "")), problems_frame([problem])


def drop_points(rows: pd.DataFrame) -> pd.DataFrame:
    """Write ids without the ".0" that a program puts behind whole numbers, if all are such."""
    if "incident" not in rows:
        return rows
    ids = rows["incident"]
    if not ids.str.endswith(".0").any() or not (ids.str.fullmatch(_WITH_POINT) | (ids == "")).all():
        return rows
    return rows.assign(incident=ids.str.removesuffix(".0"))


def part_ids(
    file: str, rows: pd.DataFrame, is_wanted: bool, header: str | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give rows that share an id one of their own: "x", "x-2"; gives the rows, and the problem."""
    if not is_wanted or "incident" not in rows:
        return rows, problems_frame([])
    ids = rows["incident"]
    number = ids.groupby(ids).cumcount() + 1
    again = (number > 1) & (ids != "")
    if not again.any():
        return rows, problems_frame([])
    own = ids.mask(again, ids + "-" + number.astype("str"))
    problem = make_problem(
        *("ids_shared", file),
        column=header,
        value=ids[again].iloc[0],
        count=f"{int(again.sum()):,}",
    )
    return rows.assign(incident=own), problems_frame([problem])


def take_repeats(
    file: str, rows: pd.DataFrame, once: Sequence[str] | None, header: str | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Take out rows that repeat an event and differ only in the columns of `once`.

    What these columns say is joined in the row that stays. A row with the same id that says
    something else stays as well: the check of ids tells it. Gives the rows, and the problems.
    """
    if once is None or "incident" not in rows:
        return rows, problems_frame([])
    again = (rows["incident"].duplicated(keep=False) & (rows["incident"] != "")).to_numpy()
    if not again.any():
        return rows, problems_frame([])
    group = rows[again]
    codes, _ = pd.factorize(group["incident"])
    is_first = ~pd.Series(codes).duplicated().to_numpy()
    firsts = np.flatnonzero(is_first)  # in the order of the codes
    is_same = ~is_first
    for name in group.columns.difference(["incident", *once]):
        texts, _ = pd.factorize(group[name])
        is_same &= texts == texts[firsts][codes]
    rows = rows.copy()
    kept = is_first | is_same
    for name in rows.columns.intersection(list(once)):
        joined = _join_distinct(codes[kept], group[name][kept], len(firsts))
        rows.loc[group.index[firsts], name] = joined.to_numpy()
    problems = problems_at(
        *("event_repeated", file, group.index[is_same], header),
        values=group["incident"][is_same],
        first_row=group.index[firsts][codes[is_same]],
    )
    return rows.drop(index=group.index[is_same]), problems


def _join_distinct(codes: np.ndarray, texts: Cells, count: int) -> Cells:
    """The different texts of each code, in their order, with semicolons between."""
    pairs = pd.DataFrame({"code": codes, "text": texts.to_numpy()})
    pairs = pairs[pairs["text"] != ""].drop_duplicates()
    joined = pairs.groupby("code")["text"].agg("; ".join)
    return joined.reindex(range(count)).astype("str").fillna("")
