"""Cells that name other rows: which report corrects which, which incident answers which."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter

import pandas as pd

from incidents.intake.checking.findings import Findings, is_unknown, missing
from incidents.table.voices import find_voices


def check_corrections(found: Findings, reports: pd.DataFrame) -> pd.Series:
    """The ids in `supersedes` that count: of accepted reports of one voice on one incident."""
    links = _read_links(found, "supersedes")
    if links.empty:
        return missing(found.index, "str")
    about = reports.assign(voice=find_voices(reports))[["report", "incident", "voice"]]
    later = about.loc[links["row"]].set_axis(links.index)
    accepted = about[~found.aside].set_index("report")
    earlier = accepted.reindex(links["to"]).set_axis(links.index)
    rules = {
        "correction_of_itself": links["to"] == later["report"],
        "correction_of_nothing": ~links["to"].isin(accepted.index),
        "correction_elsewhere": earlier["incident"] != later["incident"],
        "correction_of_others": ~(earlier["voice"] == later["voice"]).fillna(False).astype(bool),
    }
    for kind, is_broken in rules.items():
        links = _drop_links(found, links, is_broken.reindex(links.index), kind, "supersedes")
    pairs = list(zip(later.loc[links.index, "report"], links["to"], strict=True))
    in_circle = _find_stuck(pairs) & _find_stuck((second, first) for first, second in pairs)
    both = [first in in_circle and second in in_circle for first, second in pairs]
    in_circles = pd.Series(both, index=links.index, dtype="bool")
    links = _drop_links(found, links, in_circles, "correction_in_circle", "supersedes")
    return _join_links(found, links)


def check_responses(found: Findings, incidents: pd.Series) -> pd.Series:
    """The ids in `response_to` that count: of other incidents that are accepted."""
    links = _read_links(found, "response_to")
    if links.empty:
        return missing(found.index, "str")
    own = incidents.loc[links["row"]].set_axis(links.index)
    links = _drop_links(found, links, links["to"] == own, "answer_to_itself", "response_to")
    is_absent = ~links["to"].isin(incidents[~found.aside])
    links = _drop_links(found, links, is_absent, "answer_to_nothing", "response_to")
    return _join_links(found, links)


def _read_links(found: Findings, column: str) -> pd.DataFrame:
    """The ids that the cells of accepted rows name, one a line: ``row``, ``to``."""
    cells = found.cells(column)
    if cells is None:
        return pd.DataFrame({"row": [], "to": []})
    links = cells[~found.aside & ~is_unknown(cells)].str.split(";").explode().str.strip()
    named = pd.DataFrame({"row": links.index, "to": links.to_numpy()})
    return named[named["to"] != ""].drop_duplicates()


def _join_links(found: Findings, links: pd.DataFrame) -> pd.Series:
    return links.groupby("row")["to"].agg(";".join).reindex(found.index).astype("str")


def _drop_links(
    found: Findings, links: pd.DataFrame, is_broken: pd.Series, kind: str, column: str
) -> pd.DataFrame:
    """The other links; the broken ones are told, once in each row."""
    if is_broken.any():
        others = links[is_broken].groupby("row")["to"].agg(", ".join).reindex(found.index)
        found.tell(kind, others.notna(), column, others=others)
    return links[~is_broken]


def _find_stuck(pairs: Iterable[tuple[str, str]]) -> set[str]:
    """Ids that can't be put in an order because they are in a circle, or lead into one."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    ids: set[str] = set()
    for later, earlier in pairs:
        sorter.add(later, earlier)
        ids.update((later, earlier))
    with suppress(CycleError):  # it still gives what is outside of circles
        sorter.prepare()
    while ready := sorter.get_ready():
        ids.difference_update(ready)
        sorter.done(*ready)
    return ids
