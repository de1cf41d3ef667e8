"""Places set by hand: who decided what about a name, why and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from geo.places.countries import read_country
from geo.places.gazetteer import Gazetteer
from geo.places.precision import PRECISIONS
from incidents.intake.placing.decisions import Decisions, fold_place
from incidents.intake.placing.name_matches import number_rows
from incidents.intake.reading.tables import Table
from incidents.table.columns import BY_HAND, fold_name
from incidents.table.csv_files import revive
from incidents.table.errors import TableError
from incidents.table.problems import Problem, make_problem

OVERRIDES = "overrides.csv"
"""Name of the file of overrides beside a table, or in its folder."""


@dataclass(frozen=True)
class Override:
    """One decision on a name of a place, for every row of that name without coordinates.

    Attributes
    ----------
    place, country, gov
        The name as the table has it. Country (ISO code) and governorate narrow it; empty ones
        do not, and a row that names none is meant, too.
    lat, lon, precision
        Where it is, in degrees (EPSG:4326), and how exactly; None for "cannot be placed", which
        takes back what the gazetteer says.
    who, why, when
        Who decided it, for which reason, on which day (ISO).
    at, at_country, at_gov
        The place that was chosen: its id in the gazetteer, the country (ISO code) and governorate
        that it is in, whatever the outlines say of its point. Empty where a point was set.
    """

    place: str
    country: str
    gov: str
    lat: float | None
    lon: float | None
    precision: str | None
    who: str
    why: str
    when: str
    at: str = ""
    at_country: str = ""
    at_gov: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What it decides on; see `make_key`."""
        return make_key(self.place, self.country, self.gov)

    @property
    def reason(self) -> str:
        """The decision in a sentence."""
        what = "Set by hand" if self.lat is not None else "Left without a place by hand"
        by = f" by {self.who}" if self.who else ""
        on = f" on {self.when}" if self.when else ""
        return f"{what}{by}{on}: {self.why or 'no reason given'}."


def make_key(place: str, country: str, gov: str) -> tuple[str, str, str]:
    """Name, country and governorate that a decision is on; blanks and case tell none apart."""
    return fold_place(place), country, gov


FIELDS = tuple(field.name for field in fields(Override))


def make_override(
    place: str,
    country: str = "",
    gov: str = "",
    lat: float | None = None,
    lon: float | None = None,
    precision: str | None = None,
    who: str = "",
    why: str = "",
    when: str = "",
    at: str = "",
    at_country: str = "",
    at_gov: str = "",
) -> Override:
    """One decision, checked.

    Raises
    ------
    ValueError
        The name is empty, the country is none, the point is not on the globe, or the precision is
        none of ours; says which, in a sentence.
    """
    if not place.strip():
        raise ValueError("The name of the place is empty.")
    code = read_country(country) if country.strip() else ""
    if code is None:
        raise ValueError(f'"{country[:40]}" is no country that we know. Write IQ or Iraq.')
    if (lat is None) != (lon is None):
        raise ValueError("A point needs a latitude and a longitude.")
    if lat is not None and lon is not None:
        if not (np.isfinite(lat) and np.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
            raise ValueError("Latitude is -90 to 90 degrees, longitude -180 to 180.")
        if lat == 0 or lon == 0:
            raise ValueError("A latitude or longitude of 0 often stands for unknown.")
        if precision not in PRECISIONS:
            raise ValueError(f"Say how exactly it is known: {', '.join(PRECISIONS)}.")
    if when:
        try:
            date.fromisoformat(when)
        except ValueError:
            raise ValueError(f'"{when[:40]}" is not a day like 2021-07-07.') from None
    words = [" ".join(text.split()) for text in (place, gov, who, why, when, at, at_gov)]
    place, gov, who, why, when, at, at_gov = words
    if lat is None:
        precision, at, at_country, at_gov = None, "", "", ""
    at_code = read_country(at_country) or ""
    return Override(place, code, gov, lat, lon, precision, who, why, when, at, at_code, at_gov)


def read_overrides(table: Table) -> tuple[tuple[Override, ...], list[Problem]]:
    """The decisions of a table of overrides, and its rows that cannot be used.

    Raises
    ------
    TableError
        It has no column of places.
    """
    headers = {fold_name(header): header for header in table.rows.columns}
    if "place" not in headers:
        raise TableError(
            f'{table.name} has no column "place". Overrides need: {", ".join(FIELDS)}.'
        )
    names = {name: headers[name] for name in FIELDS if name in headers}
    found, problems = [], []
    rows = table.rows[list(names.values())]
    for row, cells in zip(rows.index, rows.itertuples(index=False, name=None), strict=True):
        given = {name: revive(str(cell)).strip() for name, cell in zip(names, cells, strict=True)}
        tell = partial(make_problem, file=table.name, row=int(row))
        try:
            found.append(_read_row(given))
        except ValueError as error:
            problems.append(tell("override_unusable", reason=str(error).rstrip(".")))
            continue
        if not found[-1].who:
            problems.append(tell("override_unsigned", column="who", value=found[-1].place))
    return tuple(found), problems


def _read_row(given: dict[str, str]) -> Override:
    degrees: dict[str, float | None] = {}
    for name in ("lat", "lon"):
        text = given.pop(name, "")
        try:
            degrees[name] = float(text) if text else None
        except ValueError:
            raise ValueError(f'"{text[:40]}" is not a number of degrees.') from None
    precision = given.pop("precision", "") or None
    return make_override(**given, **degrees, precision=precision)  # type: ignore[arg-type]


def overrides_frame(overrides: Iterable[Override]) -> pd.DataFrame:
    """The decisions as a table, in the columns of `FIELDS`."""
    frame = pd.DataFrame([asdict(each) for each in overrides], columns=list(FIELDS))
    types = {name: "float64" if name in ("lat", "lon") else "str" for name in FIELDS}
    return frame.astype(types)


def overrides_of(frame: pd.DataFrame) -> tuple[Override, ...]:
    """The decisions that `overrides_frame` wrote."""
    rows = frame.astype("object").where(frame.notna(), None).to_dict("records")
    # Versions made before do not know which place was chosen.
    return tuple(Override(**{name: row.get(name, "") for name in FIELDS}) for row in rows)


def merge_overrides(older: Sequence[Override], newer: Sequence[Override]) -> tuple[Override, ...]:
    """Both; of two decisions on the same name, the newer one."""
    named = {each.key: each for each in (*older, *newer)}
    return tuple(named.values())


def apply_overrides(
    incidents: pd.DataFrame, overrides: Sequence[Override]
) -> tuple[pd.DataFrame, pd.Series]:
    """The incidents with the points set by hand, and which decision each row follows.

    Rows that have coordinates of their own keep them. Where several decisions fit a row, the one
    that names most of country and governorate counts, then the last.

    Returns
    -------
    The incidents (columns ``lat``, ``lon``, ``precision`` changed, ``country`` and ``gov`` where a
    place was chosen) and a series of positions in
    `overrides`, -1 where none fits, under the index of the incidents.
    """
    chosen = pd.Series(-1, index=incidents.index, dtype="int64")
    free = incidents["lat"].isna() | incidents["lon"].isna()
    order = sorted(
        range(len(overrides)),
        key=lambda at: (bool(overrides[at].country) + bool(overrides[at].gov), at),
    )
    if not order or not free.any():
        return incidents, chosen
    places = incidents["place"].fillna(incidents["gov"]).where(free)
    places = places.map({name: fold_place(name) for name in places.dropna().unique()})
    wanted = places.isin([fold_place(each.place) for each in overrides])
    rows = incidents.loc[wanted, ["country", "gov"]].assign(place=places[wanted])
    codes, distinct = number_rows(rows[["place", "country", "gov"]])
    decisions = Decisions([(at, overrides[at].key) for at in order])
    found = np.array([decisions.find(*each) for each in distinct], dtype=np.int64)
    chosen.loc[rows.index] = found[codes]
    placed = incidents.copy()
    hit = chosen.index[chosen >= 0]
    by_row = [overrides[at] for at in chosen[hit]]
    for name in ("lat", "lon"):
        points = [getattr(each, name) for each in by_row]
        placed.loc[hit, name] = np.array([np.nan if p is None else p for p in points], dtype=float)
    placed.loc[hit, "precision"] = pd.array([each.precision for each in by_row], dtype="str")
    for name, told in (("country", "at_country"), ("gov", "at_gov")):
        said = pd.array([getattr(each, told) or None for each in by_row], dtype="str")
        placed.loc[hit, name] = pd.Series(said, index=hit).fillna(placed.loc[hit, name])
    return placed, chosen


def name_govs(overrides: Sequence[Override], gazetteer: Gazetteer) -> tuple[Override, ...]:
    """The decisions with each governorate under our own name, as the incidents have it."""

    def name(gov: str, country: str) -> str:
        return gazetteer.find_gov_name(gov, country or None) or gov if gov else ""

    return tuple(
        replace(each, gov=name(each.gov, each.country), at_gov=name(each.at_gov, each.at_country))
        for each in overrides
    )


def tell_unused_decisions(overrides: Sequence[Override], used: Iterable[int]) -> list[Problem]:
    """The decisions that no row follows: for their positions see `apply_overrides`."""
    left = sorted(set(range(len(overrides))) - set(used))
    return [
        make_problem("override_unused", OVERRIDES, column="place", value=overrides[at].place)
        for at in left
    ]


def mark_overrides(
    located: pd.DataFrame,
    chosen: pd.Series,
    overrides: Sequence[Override],
    list_words: Callable[[str], str | None] = lambda at: None,
) -> pd.DataFrame:
    """Say of the rows that follow a decision that they do, whose it is, and what was chosen.

    `list_words` gives the words by which a place of this id is searched for, None if there is none.
    """
    hit = chosen.index[chosen >= 0]
    if not len(hit):
        return located
    marked = located.copy()
    by_row = [overrides[at] for at in chosen[hit]]
    is_placed = np.array([each.lat is not None for each in by_row])
    marked.loc[hit, "located_by"] = pd.array(
        [BY_HAND if placed else None for placed in is_placed], dtype="str"
    )
    marked.loc[hit, "match_reason"] = pd.array([each.reason for each in by_row], dtype="str")
    # However far it is from what the row names: somebody has looked.
    marked.loc[hit, "precision"] = pd.array([each.precision for each in by_row], dtype="str")
    words = pd.Series([list_words(each.at) if each.at else None for each in by_row], index=hit)
    known = words.dropna()
    if len(known):
        names = marked["names"].astype("str")
        names[known.index] = known
        marked["names"] = names.astype("category")
    # "Cannot be placed" takes back what the gazetteer may have said.
    empty = hit[~is_placed]
    marked.loc[empty, ["lat", "lon"]] = np.nan
    marked.loc[empty, ["precision", "match"]] = None
    return marked
