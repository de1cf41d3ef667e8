"""The way of one dataset: mapped, checked, placed and graded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from geo.finding.geocoder import Geocoder
from geo.places.boundaries import Boundaries
from geo.places.gazetteer import Gazetteer
from geo.places.search_words import list_place_words
from incidents.intake.bundles import Brought
from incidents.intake.checking.findings import find_headers
from incidents.intake.checking.totals import check_totals
from incidents.intake.checking.validation import Validated, validate
from incidents.intake.grading.grades import grade_incidents
from incidents.intake.mapping.apply import apply_profile
from incidents.intake.own_columns import tell_own
from incidents.intake.placing.contradictions import CONTRADICTIONS
from incidents.intake.placing.locating import Located, locate, name_governorates
from incidents.intake.placing.name_matches import Online
from incidents.intake.placing.overrides import Override, apply_overrides, mark_overrides
from incidents.intake.reading.tables import Table
from incidents.table.claims import derive_ranges
from incidents.table.columns import ALSO, COLUMNS, RANGES
from incidents.table.problems import join_problems
from incidents.table.progress import Begin
from incidents.table.voices import mark_voices

NO_DATA = ("hxl_row", "title_row", "second_heading")
"""Problems that tell of a row which is no row of data."""


@dataclass(frozen=True)
class World:
    """What places are found in, and the day on which a table is read."""

    gazetteer: Gazetteer
    boundaries: Boundaries
    online: Online | None = None
    today: Callable[[], date] | None = None
    """Tells the day on which a table is read; None for not looking for days in the future."""
    geocoder: Geocoder | None = None
    """Finds places by name; None for one that knows the gazetteer alone."""


@dataclass(frozen=True)
class Dataset:
    """One of the tables that were brought, with its reports and claims, as a version keeps them.

    Attributes
    ----------
    incidents, reports, claims
        As `incidents.intake.checking.validation.Validated` has them; incidents with the columns of
        the match and the grade, reports with `VOICE_COLUMNS`.
    read
        Rows of data that were read; those that are not in `incidents` were set aside.
    followed
        Positions of the decisions on places that its rows follow.
    """

    incidents: pd.DataFrame
    reports: pd.DataFrame
    claims: pd.DataFrame
    problems: pd.DataFrame
    read: int
    followed: frozenset[int]


def prepare_dataset(
    brought: Brought, world: World, overrides: Sequence[Override], begin: Begin
) -> Dataset:
    """Map, check, place and grade one of the tables. Never raises because of what it holds.

    `overrides` name their governorates as the gazetteer does. Every row of data is in the dataset
    or set aside, with a problem that says why.
    """
    own = brought.tables.incidents
    mapped = own if brought.profile is None else apply_profile(own, brought.profile)
    # Where reports stand in the table of incidents, the profile takes them out.
    tell = begin("check", len(mapped.rows))
    valid = validate(
        replace(brought.tables, incidents=mapped), tell=tell, today=world.today and world.today()
    )
    located, chosen = _place(mapped, valid, world, overrides, begin)
    reports = mark_voices(valid.reports)
    incidents = _derive(located.incidents, reports, valid.claims)
    incidents["dataset"] = incidents["dataset"].fillna(brought.name)
    incidents["grade"] = grade_incidents(incidents, reports, valid.claims)
    tables = list(brought.parts.values())
    has_chosen = brought.profile is not None and brought.profile.own
    told_own = [tell_own(own, brought.profile)] if has_chosen else []
    problems = join_problems(
        [
            *(valid.problems, located.problems, check_totals(incidents, own.name)),
            *told_own,
        ],
        files=[table.name for table in tables],
        columns=[header for table in tables for header in table.rows.columns],
    )
    followed = frozenset(chosen[chosen >= 0].unique().tolist())
    return Dataset(incidents, reports, valid.claims, problems, count_data(own), followed)


def count_data(table: Table) -> int:
    """Rows of data: each is accepted or set aside.

    Titles, and tags that are the column names, were never among the rows that were read.
    """
    about = table.problems.loc[table.problems["kind"].isin(NO_DATA), "row"]
    return table.read - int(table.torn["row"].isin(about).sum())


def _place(
    table: Table, valid: Validated, world: World, overrides: Sequence[Override], begin: Begin
) -> tuple[Located, pd.Series]:
    """The incidents with their places, and the position of the decision that each row follows."""
    tell = begin("locate", None)
    find_header = find_headers(table, (*COLUMNS, *ALSO))
    rows, unknown = name_governorates(
        valid.incidents.set_index("row"), world.gazetteer, table.name, find_header("gov")
    )
    rows, chosen = apply_overrides(rows, overrides)
    located = locate(
        rows,
        table.name,
        world.geocoder or Geocoder(world.gazetteer),
        world.boundaries,
        tell,
        world.online,
        find_header=find_header,
    )
    problems = join_problems([unknown, located.problems])
    if len(problems):
        # Of a name on which somebody has decided, nothing is left to say.
        is_settled = problems["row"].isin(chosen.index[chosen >= 0])
        about = problems["kind"].str.startswith("place_") | problems["kind"].isin(CONTRADICTIONS)
        problems = problems[~(is_settled & about)]

    def list_words(at: str) -> str | None:
        place = world.gazetteer.find_id(at)
        return None if place is None else list_place_words(place, None, place.country)

    marked = mark_overrides(located.incidents, chosen, overrides, list_words)
    return Located(marked, problems), chosen


def _derive(incidents: pd.DataFrame, reports: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Ranges from the claims and sources from the reports that stand for them; else the table's.

    A range is replaced whole: one claim of "up to 5" leaves no lowest number of the table.
    """
    rows = incidents.reset_index(names="row")
    if reports.empty:
        return rows
    derived = derive_ranges(reports, claims)
    own = derived.reindex(rows["incident"]).set_axis(rows.index)
    stands = own.notna()
    for low, high in ((each.low, each.high) for each in RANGES):
        stands[low] = stands[high] = stands[low] | stands[high]
    # Reports that name no publisher at all are not counted: the table may know how many.
    stands["sources"] = own["sources"].fillna(0) > 0
    for column in own.columns:
        rows[column] = rows[column].astype("Int64").mask(stands[column], own[column])
    return rows
