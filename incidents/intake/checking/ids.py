"""Ids of rows: made from the content where a table has none, unique in the end."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from incidents.intake.checking.findings import Findings
from incidents.table.columns import ALSO, COLUMNS, POINT, RANGES
from incidents.table.problems import problems_at

_NAMES = (*(column.name for column in (*COLUMNS, *ALSO)), *(each.name for each in RANGES))
_SELECTIVE = ("lat", "summary", "date", "lon", "actor", "sources", "place", "killed_max")
"""Columns by which most rows are soon seen to be like no other."""
_FEWEST = 4  # filled cells besides the id that make two rows say the same
_MOST_COPIES = 1_000  # that are told


def make_ids(found: Findings, ids: pd.Series) -> pd.Series:
    """Fill missing ids with a hash of what the row holds in the columns that we know.

    The same row has the same id in every table, whatever the order of rows and columns, so links
    stay good. Rows that are exactly alike get `-2`, `-3`… in the order of the table.
    """
    wanted = ids.isna()
    if not wanted.any():
        return ids
    contents = _join_cells(found)[wanted.to_numpy()]
    hashes = pd.Series(
        ["i" + blake2b(text.encode(), digest_size=6).hexdigest() for text in contents.tolist()],
        index=ids.index[wanted.to_numpy()],
        dtype="str",
    )
    repeats = hashes.groupby(hashes).cumcount()
    _tell_alike(found, hashes, repeats)
    hashes = hashes.where(repeats == 0, hashes + "-" + (repeats + 1).astype("str"))
    return ids.fillna(hashes.reindex(ids.index))


def _tell_alike(found: Findings, hashes: pd.Series, repeats: pd.Series) -> None:
    """Tell rows that say exactly what one before them says: both count."""
    if not (repeats > 0).any():
        return
    firsts = hashes[repeats == 0]
    first_rows = hashes.map(pd.Series(firsts.index, index=firsts.to_numpy()))
    alike = repeats.index[repeats > 0]
    rows = alike[~found.aside[alike]]
    told = problems_at("row_alike", found.file, rows, first_row=first_rows[rows].astype("int64"))
    found.problems.append(told)


def tell_copies(found: Findings) -> None:
    """Tell rows that say the same under another id: where, and three things more at least."""
    names = [name for name in (*_SELECTIVE, *_NAMES) if name != "incident" and found.has(name)]
    names = list(dict.fromkeys(names))
    if not {"place", "lat", "point"} & set(names):
        return
    rows, groups, filled = _find_alike(found, names)
    ids = found.cells("incident")
    assert ids is not None, "only a table with ids has copies under two of them"
    is_told = (filled >= _FEWEST) & (ids.iloc[rows] != "").to_numpy()
    rows, groups = rows[is_told], groups[is_told]
    again = pd.Series(groups).duplicated().to_numpy()
    firsts = dict(zip(groups[~again].tolist(), rows[~again].tolist(), strict=True))
    copies = rows[again][:_MOST_COPIES]
    if len(copies) == 0:
        return
    first = np.zeros(len(found.index), dtype=np.int64)
    first[copies] = [firsts[group] for group in groups[again][:_MOST_COPIES].tolist()]
    where = ~found.aside & found.index.isin(found.index[copies])
    other = pd.Series(ids.to_numpy()[first], index=found.index)
    rows_of = pd.Series(found.index.to_numpy()[first], index=found.index)
    found.tell("row_copied", where & (ids != other), "incident", other=other, first_row=rows_of)


def _find_alike(found: Findings, names: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows that say the same as another: positions, the number of their group, filled cells.

    Column by column only those rows are looked at that are alike so far: mostly soon none.
    """
    rows = np.arange(len(found.index))
    groups = filled = np.zeros(len(rows), dtype=np.int64)
    for name in names:
        cells = found.cells(name)
        if cells is None or len(rows) == 0:
            continue
        texts = cells.iloc[rows]
        codes = pd.factorize(texts)[0].astype(np.int64)
        groups = pd.factorize(groups * (int(codes.max()) + 1) + codes)[0].astype(np.int64)
        is_alike = np.bincount(groups)[groups] > 1
        filled = filled + (texts != "").to_numpy()
        rows, groups, filled = rows[is_alike], groups[is_alike], filled[is_alike]
    return rows, groups, filled


def tell_repeated(found: Findings, ids: pd.Series, name: str) -> None:
    """Set the later of two rows with the same id aside; rows set aside already don't count."""
    kept = ids[~found.aside]
    repeated = kept.duplicated()
    if not repeated.any():
        return
    first_rows = pd.Series(kept.index[~repeated], index=kept[~repeated].to_numpy())
    where = repeated.reindex(ids.index, fill_value=False)
    found.tell("id_repeated", where, name, first_row=ids.map(first_rows).astype("Int64"))


def _join_cells(found: Findings) -> pd.Series:
    """One text per row: `name=value` of every known column that is filled."""
    parts: list[pa.Array] = []
    for name in _NAMES:
        cells = found.cells(name)
        if cells is None or name == "incident" or (name == POINT.name and found.has("lat")):
            continue
        texts = pa.array(cells, type=pa.large_string(), from_pandas=True)
        named = pc.binary_join_element_wise(_text(f"\x1f{name}="), texts, _text(""))
        parts.append(pc.if_else(pc.equal(texts, _text("")), _text(""), named))
    joined = pc.binary_join_element_wise(*parts, _text(""))
    return pd.Series(joined.to_pandas().to_numpy(), index=found.index)


def _text(text: str) -> pa.Scalar:
    return pa.scalar(text, type=pa.large_string())
