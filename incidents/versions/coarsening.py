"""The tables of a version as readers see them: places, dates and texts no finer than a host allows.

What is left out, and why: ids, which are made of days and places, are replaced by names of chance;
rows lose their number and stand in the order of what is left; free texts go wherever anything is
coarsened, and other texts where they name what is hidden, or a word of the place does. What names
the hidden place of another row is replaced, in rows that nothing is coarsened of, too.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.places.boundaries import Boundaries
from geo.places.countries import COUNTRY_NAMES
from geo.places.gazetteer import Gazetteer
from incidents.intake.placing.naming import AREAS, PLACES, TEXTS, find_naming
from incidents.intake.placing.withholding import find_hidden_names, set_beside, withhold_everywhere
from incidents.table.columns import DATE_PRECISIONS, RANGES, split_ids
from incidents.table.problem_kinds import KINDS
from incidents.table.protection import Protection
from incidents.versions.coarse_places import map_texts, move_places

RULE = 3
"""Raised when the rule changes: what was made by an older one is made anew."""
_FREE = ("target_name", "summary", "match_reason")
_OF_PLACES = ("place", "site", "names", "origin", "origin_lat", "origin_lon")
_TEXTS = ("type", "direction", "target", "actor", "attribution", "weapon", "reported_by")
_TELLING = {
    **dict.fromkeys(
        ("reported_by", "publisher", "family"), ("reported_by", "publisher", "family", "voice")
    ),
    **dict.fromkeys(("lat", "lon"), ("lat", "lon", "names", "match")),
    **dict.fromkeys(("site", "gov"), ("names", "match")),
    **dict.fromkeys(("origin", "origin_lat", "origin_lon"), ("origin_lat", "origin_lon")),
    "place": ("site", "names", "match", "lat", "lon"),
}
"""What tells the same as a hidden column, or finds it: a place is found by its point."""
_FREE_OF_REPORTS = ("title", "url", "says_date", "says_who", "says_actor", "note", "denied_by")
_PERIOD_CODES = {"week": "W-SUN", "month": "M", "year": "Y"}
_LETTERS = {"month": 7, "year": 4}
"""Letters of an ISO date that a period leaves."""

Frames = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Coarsener:
    """Makes the coarse tables; `salt` is the secret that new ids are made with."""

    chosen: Mapping[str, Protection]
    boundaries: Boundaries
    gazetteer: Gazetteer
    salt: bytes

    def coarsen(self, tables: Frames) -> Frames:
        """The tables of `incidents.asking.database.TABLES`, coarse; the given ones stay."""
        incidents = tables["incidents"]
        names = incidents["dataset"].astype("object")
        rules = names.map(lambda name: self.chosen.get(name if isinstance(name, str) else ""))
        is_coarse = rules.notna()
        whose = pd.Series(rules.to_numpy(), index=incidents["incident"].to_numpy())
        whose = whose[~whose.index.duplicated()]
        parts = [self._coarsen_incidents(part, rule) for rule, part in _group(incidents, rules)]
        secret = incidents[is_coarse]
        kept = self._rename_links(incidents[~is_coarse], secret, ("operation", "response_to"))
        coarse = pd.concat([kept, *parts])
        found = {"incidents": coarse.sort_values(["date", "incident"], kind="stable")}
        judged = incidents.assign(**_list_lost_areas(incidents, coarse))
        for table, change in (("reports", self._coarsen_reports), ("claims", self._coarsen_claims)):
            frame = tables[table].reset_index(drop=True)
            row_rules = frame["incident"].map(whose)
            is_open = row_rules.isna()
            beside = set_beside(frame, judged)
            kept = self._rename_links(frame[is_open], frame[~is_open], ("supersedes",))
            parts = [
                change(part, rule, beside.loc[part.index])
                for rule, part in _group(frame, row_rules)
            ]
            joined = pd.concat([kept, *parts], ignore_index=True)
            found[table] = joined.sort_values(["incident", table[:-1]], kind="stable")
        names = find_hidden_names(
            _list_hidden_places(secret, rules), self.boundaries, self.gazetteer
        )
        withhold_everywhere(found, names)
        return {**found, "problems": _blank_problems(tables["problems"])}

    def _rename_links(
        self, frame: pd.DataFrame, secret: pd.DataFrame, names: Sequence[str]
    ) -> pd.DataFrame:
        """Rows that stay as they are, but for ids that they share with rows that do not."""
        columns = [each for each in ("incident", "operation", "report") if each in secret]
        ids = {each for name in columns for each in secret[name].dropna()}

        def rename(cell: str) -> str:
            return ";".join(
                self._rename_id(each) if each in ids else each for each in split_ids(cell)
            )

        found = frame.copy()
        for name in names:
            if name in found:
                found[name] = map_texts(found[name], rename)
        return found

    def _rename_id(self, text: str) -> str:
        return _MARK + hmac.new(self.salt, text.encode(), "sha256").hexdigest()[:14]

    def _rename(self, ids: pd.Series) -> pd.Series:
        return map_texts(ids, self._rename_id)

    def _rename_several(self, cells: pd.Series) -> pd.Series:
        return map_texts(cells, lambda cell: ";".join(map(self._rename_id, split_ids(cell))))

    def _coarsen_incidents(self, frame: pd.DataFrame, rule: Protection) -> pd.DataFrame:
        found = frame.copy()
        if rule.moves:
            move_places(found, rule, self.boundaries)
        _hush(found, frame.assign(**_list_lost_areas(frame, found)), rule, _TEXTS)
        if rule.moves:
            _empty(found, _OF_PLACES)
            found["located_by"] = found["located_by"].where(found["lat"].notna())
            found["match"] = None
        if rule.period:
            _widen(found, rule.period)
        _empty(found, ("row", *_FREE, *_list_hidden(rule)))
        found["incident"] = self._rename(frame["incident"])
        found["operation"] = self._rename(found["operation"])
        found["response_to"] = self._rename_several(found["response_to"])
        return found

    def _coarsen_reports(
        self, frame: pd.DataFrame, rule: Protection, beside: pd.DataFrame
    ) -> pd.DataFrame:
        found = frame.copy()
        _hush(found, beside, rule, ("publisher", "family", "voice"))
        for name in ("report", "incident"):
            found[name] = self._rename(frame[name])
        found["supersedes"] = self._rename_several(frame["supersedes"])
        if rule.period:
            letters = _LETTERS.get(rule.period, _LETTERS["month"])
            found["published"] = found["published"].str[:letters]
        _empty(found, ("row", *_FREE_OF_REPORTS, *_list_hidden(rule)))
        return found

    def _coarsen_claims(
        self, frame: pd.DataFrame, rule: Protection, beside: pd.DataFrame
    ) -> pd.DataFrame:
        hidden = {
            (each.measure, each.group) for each in RANGES if {each.low, each.high} & {*rule.hidden}
        }
        told = zip(frame["measure"], frame["group"].fillna(""), strict=True)
        found = frame.copy()
        _hush(found, beside, rule, ("said_by",))
        found = found[[key not in hidden for key in told]]
        for name in ("claim", "report", "incident"):
            found[name] = self._rename(found[name])
        _empty(found, ("row", "who", *_list_hidden(rule)))
        return found


_MARK = "p-"


def _group(frame: pd.DataFrame, rules: pd.Series) -> list[tuple[Protection, pd.DataFrame]]:
    different = dict.fromkeys(rule for rule in rules if isinstance(rule, Protection))
    return [(rule, frame[(rules == rule).to_numpy()]) for rule in different]


def _empty(frame: pd.DataFrame, names: tuple[str, ...]) -> None:
    for name in names:
        if name in frame:
            frame[name] = frame[name].mask(np.ones(len(frame), dtype=bool))


def _list_lost_areas(frame: pd.DataFrame, coarse: pd.DataFrame) -> dict[str, pd.Series]:
    """The governorates and countries, by name, that the coarse rows show no more."""
    countries = frame["country"].map(lambda code: COUNTRY_NAMES.get(code, "").split(";")[0])
    coarse = coarse.reindex(frame.index)
    return {
        "gov": frame["gov"].where(coarse["gov"].isna()),
        "country": countries.where(coarse["country"].isna()),
    }


def _list_hidden_places(secret: pd.DataFrame, rules: pd.Series) -> pd.DataFrame:
    """The rows that places are hidden of, with those alone."""
    parts = []
    for rule, part in _group(secret, rules.loc[secret.index]):
        hidden = {*PLACES} if rule.moves else {*_list_hidden(rule)}
        is_found = rule.moves or "lat" in hidden
        shown = [
            name
            for name in ("place", "site", "origin")
            if name not in hidden and not (is_found and name == "place")
        ]
        parts.append(part.assign(**dict.fromkeys(shown)))
    return pd.concat(parts) if parts else secret


def _list_hidden(rule: Protection) -> tuple[str, ...]:
    """The columns that a host hides, and those that tell them; a point that was moved stays."""
    led = {each for name in rule.hidden for each in _TELLING.get(name, ())}
    if rule.moves and not {"lat", "lon"} & {*rule.hidden}:
        led -= {"lat", "lon"}
    return tuple(dict.fromkeys((*rule.hidden, *sorted(led))))


def _hush(found: pd.DataFrame, frame: pd.DataFrame, rule: Protection, names: Sequence[str]) -> None:
    """Empty what of the texts `names` tells a hidden cell of its row in `frame`."""
    led = (
        *((*PLACES, *AREAS) if rule.moves else ()),
        *(each for each in _list_hidden(rule) if each in TEXTS),
    )
    hidden = [each for each in led if each in frame]
    for name, is_naming in (find_naming(frame, names, hidden) if hidden else {}).items():
        found[name] = found[name].mask(is_naming)


def _widen(found: pd.DataFrame, period: str) -> None:
    """Days to the whole period, as a vague day of the table is kept: first, last, how exactly."""
    code = _PERIOD_CODES[period]
    first = pd.to_datetime(found["date"])
    last = pd.to_datetime(found["date_end"]).fillna(first)
    found["date"] = first.dt.to_period(code).dt.start_time.dt.date
    found["date_end"] = last.dt.to_period(code).dt.end_time.dt.date
    order = {name: rank for rank, name in enumerate(DATE_PRECISIONS)}
    found["date_precision"] = map_texts(
        found["date_precision"].fillna(period),
        lambda own: max(own, period, key=lambda each: order.get(each, 0)),
    )
    _empty(found, ("time",))


def _blank_problems(problems: pd.DataFrame) -> pd.DataFrame:
    """Which kinds of problems there are, and how many; cells and rows are in their sentences."""
    found = problems.copy()
    titles = {name: f"{kind.title}." for name, kind in KINDS.items()}
    found["message"] = found["kind"].map(titles).fillna("A problem.").astype("str")
    found["remedy"] = "Ask whoever runs this page."
    _empty(found, ("row", "column", "value"))
    return found
