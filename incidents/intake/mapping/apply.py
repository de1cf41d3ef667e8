"""A table under our column names, by a profile. Cells stay text: checking comes after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from incidents.intake.checking.findings import MOST_LOOKED_AT
from incidents.intake.checking.sniffing import look_like
from incidents.intake.mapping.evaluating import FileCells, evaluate, is_possible
from incidents.intake.mapping.likeness import are_near
from incidents.intake.mapping.repeats import drop_damaged_ids, drop_points, part_ids, take_repeats
from incidents.intake.mapping.rules import Profile
from incidents.intake.reading.tables import Table
from incidents.table.columns import OTHER_EVENT, fold_name
from incidents.table.problems import Problem, join_problems, make_problem, problems_frame

_MOST_VALUES = 20  # different unknown values of a column that are told one by one
_LONGEST_LIST = 1000  # letters of a list of columns


def apply_profile(table: Table, profile: Profile) -> Table:
    """Map the columns of a table to ours.

    Gives the same rows (index and `read` stay) with those of our columns that the profile can fill
    from the table, as text; what is found on the way joins its problems. Rows that only repeat an
    event for a further actor are taken out and told (see `Profile.once`). A profile that `is_own`
    gives the table itself. Never raises because of what a cell holds.
    """
    if profile.is_own:
        return table
    cells = FileCells(table.rows.drop(columns=list(table.made_names)), table.error_names)
    origins = _find_origins(profile, cells)
    mapped = {
        name: evaluate(rule, cells)
        for name, rule in profile.columns.items()
        if is_possible(rule, cells)
    }
    rows = pd.DataFrame(mapped, index=table.rows.index).rename_axis(index="row")
    found = [_tell_columns(table, profile, cells), _tell_values(table, cells)]
    rows, damaged = drop_damaged_ids(table.name, drop_points(rows), origins.get("incident"))
    rows, shared = part_ids(table.name, rows, profile.repeats_ids, origins.get("incident"))
    rows, repeated = take_repeats(table.name, rows, profile.once, origins.get("incident"))
    found += [damaged, shared, repeated, _tell_other_events(table, rows, origins)]
    joined = join_problems([table.problems, *found])
    return replace(
        table,
        rows=rows,
        problems=joined,
        origins=origins,
        is_month_first=profile.month_first,
    )


def _find_origins(profile: Profile, cells: FileCells) -> dict[str, str]:
    """Of each of our columns, the first column that it is made of and that the file has."""
    found = {}
    for ours, rule in profile.columns.items():
        header = next((h for h in map(cells.find, rule.list_headers()) if h is not None), None)
        if header is not None:
            found[ours] = header
    return found


def _tell_columns(table: Table, profile: Profile, cells: FileCells) -> pd.DataFrame:
    return problems_frame(
        [
            *_tell_missing(table, profile, cells),
            *_tell_guessed(table, profile, cells),
            *_tell_likely(table, profile, cells),
            *_tell_unused(table, profile),
        ]
    )


def _tell_missing(table: Table, profile: Profile, cells: FileCells) -> Iterator[Problem]:
    present = list(table.rows.columns)
    if profile.marks and not _is_marked(profile, cells):
        yield make_problem("profile_incomplete", table.name, title=profile.title)
    for headers, ours in profile.list_needed().items():
        if present and not cells.has_any(headers):
            wanted = '" or "'.join(headers)
            yield make_problem(
                *("profile_column_missing", table.name),
                title=profile.title,
                wanted=wanted,
                ours=", ".join(ours),
            )


def _is_marked(profile: Profile, cells: FileCells) -> bool:
    return any(all(cells.find(mark) is not None for mark in marks) for marks in profile.marks)


def _tell_guessed(table: Table, profile: Profile, cells: FileCells) -> Iterator[Problem]:
    for ours, header in _find_origins(profile, cells).items():
        confidence = profile.columns[ours].confidence
        if confidence < 1:
            yield make_problem(
                *("column_guessed", table.name),
                column=header,
                wanted=ours,
                confidence=f"{confidence:.0%}",
            )


def _tell_likely(table: Table, profile: Profile, cells: FileCells) -> Iterator[Problem]:
    """Columns without a use whose names are near those of a column that is not there."""
    if not profile.marks:
        return
    used = {fold_name(header) for header in profile.list_headers()}
    unused = [header for header in table.rows.columns if fold_name(header) not in used]
    for ours, rule in profile.columns.items():
        names = list(rule.list_sources())
        if not names or cells.has_any(names):
            continue
        for header in unused:
            near = next((name for name in names if are_near(header, name)), None)
            if near is not None:
                yield make_problem(
                    *("column_likely", table.name), column=header, wanted=near, ours=ours
                )


def _tell_unused(table: Table, profile: Profile) -> Iterator[Problem]:
    used = {fold_name(header) for header in profile.list_headers()}
    unused = [header for header in table.rows.columns if fold_name(header) not in used]
    if not profile.marks:  # of a known layout, somebody has looked at each column
        looks = {header: look_like(table.rows[header]) for header in unused[:MOST_LOOKED_AT]}
        unused = [header for header in unused if not looks.get(header)]
        for header, what in looks.items():
            if what:
                yield make_problem("column_looks", table.name, column=header, what=what)
    listed = ", ".join(unused)
    if listed:
        short = listed if len(listed) <= _LONGEST_LIST else f"{listed[:_LONGEST_LIST]}…"
        yield make_problem("profile_columns_unused", table.name, columns=short)


def _tell_values(table: Table, cells: FileCells) -> pd.DataFrame:
    return problems_frame(
        make_problem(
            *("profile_value_unknown", table.name), column=header, value=value, count=f"{count:,}"
        )
        for header, counts in cells.unmapped.items()
        for value, count in counts.most_common(_MOST_VALUES)
    )


def _tell_other_events(
    table: Table, rows: pd.DataFrame, origins: Mapping[str, str]
) -> pd.DataFrame:
    count = int((rows["category"] == OTHER_EVENT).sum()) if "category" in rows else 0
    if count == 0:
        return problems_frame([])
    column = origins.get("category")
    return problems_frame(
        [make_problem("other_events", table.name, column=column, count=f"{count:,}")]
    )
