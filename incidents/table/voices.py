"""Whose voice a report is, and whether it stands: the one rule that all counting follows."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from geo.names.names import unify_characters

RULE = 1
"""Raised when the rule changes: what was worked out by an older one is worked out anew."""


def fold_voice(name: str) -> str:
    """What is the same in all ways to write one publisher: no case, invisible signs, odd blanks.

    Nothing else is taken for the same: neither "AP" for "Associated Press" nor, by their likeness,
    two spellings of one name. Empty if nothing can be seen in the name.
    """
    return " ".join(unify_characters(name).split())


def list_publishers(names: Iterable[str | None]) -> list[str]:
    """Each publisher once, as it is written first."""
    found: dict[str, str] = {}
    for name in names:
        if name is not None:
            found.setdefault(fold_voice(name), name)
    found.pop("", None)
    return list(found.values())


def find_voices(reports: pd.DataFrame) -> pd.Series:
    """Whose voice each report is: its family, else its publisher, by `fold_voice`.

    Parameters
    ----------
    reports
        Columns ``family`` and ``publisher``.

    Returns
    -------
    pandas.Series
        Text, missing where neither is named.
    """
    families, publishers = (_fold_each(reports[name]) for name in ("family", "publisher"))
    return families.fillna(publishers).rename("voice")


def _fold_each(names: pd.Series) -> pd.Series:
    folded = {name: fold_voice(name) or None for name in names.dropna().unique()}
    return names.map(folded).astype("str")


def mark_voices(reports: pd.DataFrame) -> pd.DataFrame:
    """The reports with the columns of `VOICE_COLUMNS`: ``voice``, and whether it ``stands``.

    A report stands unless another one corrects it: names its id in ``supersedes``, where ids are
    separated by ``;``. A report that names itself stands.

    Parameters
    ----------
    reports
        Columns ``report``, ``publisher``, ``family``, ``supersedes``. Every link is trusted; to
        check them is the validator's work.
    """
    stands = ~reports["report"].isin(_find_corrected(reports))
    return reports.assign(voice=find_voices(reports), stands=stands.astype(bool))


def _find_corrected(reports: pd.DataFrame) -> pd.Index:
    links = reports.loc[reports["supersedes"].fillna("").ne(""), ["report", "supersedes"]]
    links = links.assign(supersedes=links["supersedes"].astype("str").str.split(";"))
    links = links.explode("supersedes")
    named = links["supersedes"].astype("str").str.strip()
    return pd.Index(named[named.ne("") & named.ne(links["report"].astype("str"))].unique())


def name_voices(reports: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """How the reader sees each voice: of several ways to write it, the first by the alphabet.

    Parameters
    ----------
    reports
        Rows with ``voice``, ``family`` and ``publisher``; None for what is unknown.
    """
    names: dict[str, str] = {}
    for report in reports:
        voice = report["voice"]
        for name in (report["family"], report["publisher"]):
            if name is not None and voice is not None and fold_voice(name) == voice:
                names[voice] = min(name, names.get(voice, name))
    return names
