"""What is brought at once and becomes one version: which file is what, and what goes with what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from incidents.intake.mapping.guess import guess_profile
from incidents.intake.mapping.recognise import recognise
from incidents.intake.mapping.rules import Profile
from incidents.intake.placing.overrides import FIELDS, Override, merge_overrides, read_overrides
from incidents.intake.reading.tables import Table, Tables
from incidents.table.column_aliases import aliases_of
from incidents.table.columns import fold_name
from incidents.table.errors import TableError
from incidents.table.problems import Problem

PARTS = ("incidents", "reports", "claims")
_OVERRIDES = frozenset(fold_name(name) for name in FIELDS[:6])
_DATES = frozenset(fold_name(name) for name in ("date", *aliases_of("date")))


@dataclass(frozen=True)
class Brought:
    """What a reader brings as one: a table of incidents, maybe with reports and claims.

    Attributes
    ----------
    name
        The name of the dataset, which each of its rows keeps.
    profile
        How its columns are mapped to ours; None where they bear our names, or aliases of them.
    """

    name: str
    tables: Tables
    profile: Profile | None = None

    @property
    def parts(self) -> dict[str, Table]:
        """Its tables, by what they hold: see `PARTS`."""
        found = {part: getattr(self.tables, part) for part in PARTS}
        return {part: table for part, table in found.items() if table is not None}


@dataclass(frozen=True)
class Bundle:
    """All that becomes one version.

    Attributes
    ----------
    overrides, told
        Places set by hand, for all its tables, and what was found wrong before they are checked.
    source
        Its name for the reader.
    monitored
        First and last day on which incidents were looked for; None where that is not told.
    """

    brought: tuple[Brought, ...] = ()
    overrides: tuple[Override, ...] = ()
    told: tuple[Problem, ...] = ()
    source: str = ""
    monitored: tuple[date, date] | None = None

    def decide(self, overrides: Sequence[Override], told: Sequence[Problem] = ()) -> Bundle:
        """With further places set by hand; of two decisions on one name the new one counts."""
        merged = merge_overrides(self.overrides, overrides)
        return replace(self, overrides=merged, told=(*self.told, *told))

    def join(self, other: Bundle) -> Bundle:
        """With another; monitored on the days that both tell, if these are the same."""
        both = replace(self, brought=(*self.brought, *other.brought))
        monitored = self.monitored if self.monitored == other.monitored else None
        return replace(both, monitored=monitored).decide(other.overrides, other.told)


def find_role(table: Table) -> str:
    """What a file holds, by its columns: incidents, reports, claims or overrides."""
    headers = {fold_name(header) for header in table.rows.columns}
    if {"claim", "report", "measure"} <= headers:
        return "claims"
    if {"report", "incident"} <= headers and "date" not in headers:
        return "reports"
    # Incidents have these columns, too, and a date besides.
    return "overrides" if headers >= _OVERRIDES and not headers & _DATES else "incidents"


@dataclass
class Beside:
    """What comes beside tables of incidents: their reports and claims, and places set by hand."""

    tables: dict[str, Table] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    told: tuple[Problem, ...] = ()

    def take(self, table: Table) -> bool:
        """Take what its columns say to be of this kind; False for a table of incidents.

        Raises
        ------
        TableError
            There are reports or claims already, or it has no column of places.
        """
        role = find_role(table)
        if role == "overrides":
            found, problems = read_overrides(table)
            self.overrides = merge_overrides(self.overrides, found)
            self.told += tuple(problems)
        elif role in self.tables:
            raise TableError(
                f"{table.name} is a second table of {role}. Only one can go with a table, and "
                f"{self.tables[role].name} is there already: leave one of them out."
            )
        elif role != "incidents":
            self.tables[role] = table
        return role != "incidents"

    def join(self, bundle: Bundle) -> Bundle:
        """The bundle with all of this; reports and claims go with its first table.

        Raises
        ------
        TableError
            That table has reports or claims of its own already.
        """
        brought = list(bundle.brought)
        if brought and self.tables:
            first = brought[0]
            for role in self.tables.keys() & first.parts.keys():
                raise TableError(
                    f"{self.tables[role].name} is a second table of {role}: {first.name} has "
                    "one of its own. Leave one of them out."
                )
            brought[0] = replace(first, tables=replace(first.tables, **self.tables))
        return replace(bundle, brought=tuple(brought)).decide(self.overrides, self.told)


def choose_profile(
    table: Table, profiles: Sequence[Profile], given: Profile | None = None
) -> Profile | None:
    """The profile that is given, else that of a known source, else the best guess.

    None for a table whose columns bear our own names.
    """
    found = given or recognise(table.rows.columns, profiles) or guess_profile(table, profiles)
    return None if found.is_own and not found.own else found
