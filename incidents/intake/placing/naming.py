"""Texts that tell what another cell of their row hides: the place in a target, the actor in a name.

A text is judged by the row that it stands in. Of a place each word of its name tells where it is
("Balad Air Base", "contractors at Balad"), of anything else only the whole name. The words of the
usual choices, and those that say what kind of place it is, tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeGuard

import numpy as np
import pandas as pd

from geo.names.generic_words import split_class
from geo.names.names import fold_tokens
from incidents.intake.placing.decisions import fold_place
from incidents.table.columns import COLUMNS

PLACES, AREAS = ("place", "site", "names", "origin"), ("gov", "country")
TEXTS = tuple(each.name for each in COLUMNS if each.type == "text" or each.is_open)
"""Columns whose cells may be named by another text."""
_SHORTEST = 3
"""Letters of a word that tells something; a longer one also where it begins another ("Asad's")."""
_USUAL = {*(choice for each in COLUMNS for choice in each.allowed), "unclaimed", "unknown"}
_PLAIN = {word for choice in _USUAL for word in choice.split()} | {
    *("and", "the", "near", "from", "with", "between", "outside", "area", "road", "highway"),
    *("north", "south", "east", "west", "central", "center", "centre", "unknown"),
}
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def find_naming(
    frame: pd.DataFrame, texts: Sequence[str], names: Sequence[str]
) -> dict[str, pd.Series]:
    """Whether each of the columns `texts` holds what its row has in one of the columns `names`.

    Each different row is looked at once. A missing text or cell names nothing, and a column is not
    looked for in itself.
    """
    names = [name for name in dict.fromkeys(names) if name in frame]
    rows = frame.groupby(names, dropna=False, sort=False).ngroup().to_numpy()
    firsts = frame[names].iloc[np.unique(rows, return_index=True)[1]]
    secrets = [
        {name: _read(cell, name) for name, cell in zip(names, row, strict=True) if _is_text(cell)}
        for row in firsts.itertuples(index=False)
    ]
    return {text: _find(frame[text], rows, secrets) for text in texts}


def _find(texts: pd.Series, rows: np.ndarray, secrets: Sequence[Mapping[str, Secret]]) -> pd.Series:
    codes, told = pd.factorize(texts)
    # Most texts are usual ones: nothing is to be looked for in them.
    telling = [_Text(text) if _is_telling(text) else None for text in told]
    is_telling = np.array([each is not None for each in telling] + [False])[codes]
    seen: dict[tuple[int, int], bool] = {}
    held = np.zeros(len(texts), dtype=bool)
    for at in np.flatnonzero(is_telling):
        key = int(codes[at]), int(rows[at])
        if key not in seen:
            text = telling[key[0]]
            seen[key] = text is not None and any(
                text.tells(secret) for name, secret in secrets[key[1]].items() if name != texts.name
            )
        held[at] = seen[key]
    return pd.Series(held, index=texts.index)


class Secret(NamedTuple):
    """What tells a cell: its name in any letters, whole names, words, and how words begin."""

    whole: str = ""
    parts: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    begins: tuple[str, ...] = ()


class _Text:
    def __init__(self, text: str) -> None:
        self._plain, folded = fold_place(text), _fold(text)
        self._words, self._folded = folded.split(), f" {folded} "

    def tells(self, secret: Secret) -> bool:
        return (
            (bool(secret.whole) and secret.whole in self._plain)
            or any(part in self._folded for part in secret.parts)
            or any(each in secret.words or each.startswith(secret.begins) for each in self._words)
        )


def _read(cell: str, name: str) -> Secret:
    if name not in (*PLACES, *AREAS):
        parts = (_fold(part) for part in cell.split(";") if fold_place(part) not in _USUAL)
        return Secret(parts=tuple(f" {part} " for part in parts if part))
    whole, words = fold_place(cell), _list_words(cell, name == "site")
    begins = tuple(word for word in words if len(word) > _SHORTEST)
    return Secret("" if whole in _USUAL else whole, (), words, begins)


def _is_text(cell: object) -> TypeGuard[str]:
    return isinstance(cell, str) and bool(cell)


def _is_telling(text: object) -> bool:
    return _is_text(text) and not {*fold_place(text).split()} <= _PLAIN


@lru_cache(maxsize=1 << 14)
def _fold(text: str) -> str:
    return " ".join(fold_tokens(text))


@lru_cache(maxsize=1 << 14)
def _list_words(cell: str, is_sentence: bool) -> frozenset[str]:
    """The words that tell a place; of a sentence those that are no words in small letters."""
    words = _WORD.findall(cell)
    kept = " ".join(word for word in words if not (is_sentence and word.islower()))
    bare, _ = split_class(fold_tokens(kept))
    return frozenset(
        word
        for word in bare
        if len(word) >= _SHORTEST and word not in _PLAIN and not word.isdecimal()
    )
