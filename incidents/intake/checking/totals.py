"""Groups of people against the total: a part is not larger than the whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from incidents.table.columns import HARMS, RANGE_COLUMNS, range_name
from incidents.table.problems import join_problems, problems_at
from incidents.table.sentences import say_stem

APART = ("civilians", "coalition", "security_forces", "fighters")
"""Groups of which nobody is in two, so that they add up."""
PARTS_OF = {"all": APART, "civilians": ("children",)}
"""Groups and those that they are made of, at the least."""


def check_totals(incidents: pd.DataFrame, file: str) -> pd.DataFrame:
    """Tell the incidents whose groups add up, at the least, to more than the whole is at the most.

    No number is changed: sources may well mean different people. A whole with an open top, or
    without a number, has no bound.

    Parameters
    ----------
    incidents
        Ranges as they are shown, and ``row``.

    Returns
    -------
    pandas.DataFrame
        Problems, one for each incident, harm and whole.
    """
    found = []
    for harm in HARMS:
        for whole, parts in PARTS_OF.items():
            name = range_name(whole, harm)
            lows = incidents[[f"{range_name(part, harm)}_min" for part in parts]]
            least = lows.sum(axis="columns", min_count=1)
            exceeds = (least > incidents[f"{name}_max"]).fillna(False).astype("bool")
            if exceeds.any():
                lows = lows[exceeds].set_axis([say_stem(part) for part in parts], axis="columns")
                found.append(_tell(incidents[exceeds], file, name, lows))
    return join_problems(found)


def _tell(incidents: pd.DataFrame, file: str, name: str, lows: pd.DataFrame) -> pd.DataFrame:
    named = [", ".join(row.dropna().index) for _, row in lows.iterrows()]
    return problems_at(
        "groups_exceed_total",
        file,
        incidents["row"],
        f"{name}_max",
        incidents[f"{name}_max"].astype("str"),
        groups=named,
        least=lows.sum(axis="columns").astype("int64"),
        whole=[say_stem(name)] * len(lows),
    )


def tell_excess(incident: Mapping[str, Any]) -> list[str]:
    """The same of one incident, in sentences.

    Parameters
    ----------
    incident
        A row as `incidents.asking.store.Store.find_incident` answers.
    """
    ranges = {name: [incident[name]] for name in RANGE_COLUMNS}
    problems = check_totals(pd.DataFrame(ranges, dtype="Int64").assign(row=0), "")
    sentences = [str(message).partition(": ")[2] for message in problems["message"]]
    return [each[:1].upper() + each[1:] for each in sentences]
