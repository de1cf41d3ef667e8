"""Ids of datasets that are shown together: none stands for two incidents, reports or claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from incidents.intake.bundles import PARTS
from incidents.intake.datasets import Dataset

_IDS = {"incidents": ("incident",), "reports": ("report", "incident"),
        "claims": ("claim", "report", "incident")}  # fmt: skip


def keep_ids_apart(datasets: Sequence[Dataset]) -> list[Dataset]:
    """The same datasets; ids that an earlier one uses, too, get the name of theirs in front."""
    seen: dict[str, set[str]] = {"incident": set(), "report": set(), "claim": set()}
    apart = []
    for each in datasets:
        frames = {part: getattr(each, part) for part in PARTS}
        owners = {"incident": "incidents", "report": "reports", "claim": "claims"}
        taken = {
            name: seen[name] & set(frames[owners[name]][name].dropna()) if seen[name] else set()
            for name in seen
        }
        if any(taken.values()) and len(each.incidents):
            dataset = str(each.incidents["dataset"].iloc[0])
            frames = _rename_ids(frames, taken, dataset)
            each = replace(each, **frames)
        for name, part in owners.items():
            seen[name] |= set(frames[part][name].dropna()) if len(datasets) > 1 else set()
        apart.append(each)
    return apart


def _rename_ids(
    frames: Mapping[str, pd.DataFrame], taken: Mapping[str, set[str]], dataset: str
) -> dict[str, pd.DataFrame]:
    renamed = {}
    for part, frame in frames.items():
        own = frame.copy()
        for name in _IDS[part]:
            own[name] = own[name].mask(own[name].isin(taken[name]), f"{dataset}/" + own[name])
        for name, kind in (("supersedes", "report"), ("response_to", "incident")):
            if name in own and taken[kind]:
                own[name] = own[name].map(
                    partial(_rename_listed, taken=taken[kind], dataset=dataset), na_action="ignore"
                )
        renamed[part] = own
    return renamed


def _rename_listed(ids: str, taken: set[str], dataset: str) -> str:
    each = (one.strip() for one in ids.split(";"))
    return ";".join(f"{dataset}/{one}" if one in taken else one for one in each)
