"""`check` and `import`: what is wrong with tables, and a version of them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pandas as pd

from incidents.intake.bundles import Brought, Bundle
from incidents.intake.placing.overrides import read_overrides
from incidents.intake.reading.files import read_table
from incidents.serving.commands.bringing import bring_files, find_profile
from incidents.serving.commands.screen import Screen, to_json_cells
from incidents.table.errors import TableError
from incidents.table.problems import group_findings
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import Draft, prepare, publish
from incidents.versions.preview import count_kinds

FINE, SOME_LEFT_OUT, UNREADABLE = 0, 1, 2
"""Exit statuses of both commands."""
ORIGIN = "import"
_BEFORE = {
    "upload": "A visitor had brought the same before; it is listed to everybody from now on.",
    "table": "It is the same as the dashboard's own table.",
}
"""What is said of a version that somebody else had made."""


def check(given: Namespace, catalog: Catalog, screen: Screen) -> int:
    """Tell every problem of tables; nothing is kept."""
    with screen.show_progress() as begin:
        begin("read", None)
        bundle = _bring(given, catalog)
        draft = prepare(bundle, catalog.world, begin)
    if given.json:
        screen.say_json(_describe(draft, given.most))
    else:
        _say(draft, given.most, screen)
    return rate(draft)


def keep(given: Namespace, catalog: Catalog, screen: Screen) -> int:
    """Make a version of tables and keep it.

    Raises
    ------
    TableError
        No row can be used, so nothing is kept.
    """
    with screen.show_progress() as begin:
        begin("read", None)
        bundle = _bring(given, catalog)
        draft = prepare(bundle, catalog.world, begin)
        if draft.incidents.empty:
            _say(draft, given.most, Screen(screen.err, screen.err))
            raise TableError("Nothing was kept: no row can be used.")
        home = catalog.settings.snapshots
        snapshot = publish(draft, home, ORIGIN, begin)
    if given.json:
        origins = [asdict(each) for each in snapshot.origins]
        kept = {"snapshot": snapshot.id, "source": bundle.source, "origins": origins}
        screen.say_json({**kept, **_describe(draft, given.most)})
    else:
        _say(draft, given.most, screen)
        screen.say(f"Kept as version {snapshot.id}. A link with data={snapshot.id} opens it.")
        first = snapshot.origins[0].by
        if first in _BEFORE:
            screen.say(_BEFORE[first])
    return rate(draft)


def rate(draft: Draft) -> int:
    """The exit status: whether rows were set aside, or a table is wrong as a whole."""
    has_errors = bool((draft.problems["level"] == "error").any())
    return SOME_LEFT_OUT if draft.set_aside > 0 or has_errors else FINE


def _bring(given: Namespace, catalog: Catalog) -> Bundle:
    profiles = catalog.profiles
    profile = None if given.profile is None else find_profile(given.profile, profiles)
    bundle = bring_files([Path(each) for each in given.files], profiles, profile)
    if given.overrides is not None:
        bundle = bundle.decide(*read_overrides(read_table(Path(given.overrides))))
    if given.name is None:
        return bundle
    brought = bundle.brought
    if len(brought) == 1:
        brought = (replace(brought[0], name=given.name),)
    return replace(bundle, brought=brought, source=given.name)


def _say(draft: Draft, most: int, screen: Screen) -> None:
    for each in draft.bundle.brought:
        layout = "our own column names" if each.profile is None else each.profile.title
        screen.say(f"{each.tables.incidents.name}: read as {layout}.")
        for ours, header in _list_guesses(each).items():
            screen.say(f"  guessed: {ours} is {header}")
    screen.say(
        f"{draft.read:,} rows: {len(draft.incidents):,} accepted, {draft.set_aside:,} set aside; "
        f"{int(draft.incidents['lat'].notna().sum()):,} on the map."
    )
    kinds = count_kinds(draft.problems)
    screen.say_table(
        ("level", "found", "problem"),
        [(each.level, each.count, each.title) for each in kinds],
    )
    findings = group_findings(draft.problems)
    for problem in _list_problems(findings, most):
        # The sentence on a row does not name its table.
        of = f"{problem['file']}: " if len(draft.bundle.brought) > 1 and problem["row"] else ""
        where = _say_rows(problem)
        screen.say(f"{problem['level']}: {of}{where}{problem['message']} {problem['remedy']}")
    left = len(findings) - most
    if most and left > 0:
        screen.say(f"… and {left:,} more; --most 0 lists all.")


def _list_guesses(brought: Brought) -> dict[str, str]:
    """Our columns whose header was guessed by its name or its cells."""
    rules = {} if brought.profile is None else brought.profile.columns
    return {
        ours: ", ".join(rule.list_sources()) for ours, rule in rules.items() if rule.confidence < 1
    }


def _say_rows(problem: Mapping[str, Any]) -> str:
    """Where a finding is: "Row 5, column "x": ", and in how many rows besides."""
    if not problem["row"]:
        return ""
    named = "" if problem["column"] is None else f', column "{problem["column"]}"'
    more = problem["times"] - 1
    also = f" and {more:,} more row{'' if more == 1 else 's'}" if more else ""
    return f"Row {problem['row']}{also}{named}: "


def _list_problems(findings: pd.DataFrame, most: int) -> list[dict[str, Any]]:
    """Findings, errors first, the most frequent first; at most so many, 0 = all."""
    rows = (findings.head(most) if most else findings).astype("object")
    rows = rows.where(rows.notna(), None)
    return [to_json_cells(row) for row in rows.to_dict("records")]


def _describe(draft: Draft, most: int) -> dict[str, Any]:
    tables = [
        {
            "file": each.tables.incidents.name,
            "dataset": each.name,
            "profile": None if each.profile is None else each.profile.name,
            "guessed": _list_guesses(each),
        }
        for each in draft.bundle.brought
    ]
    kinds = [
        {"kind": each.kind, "level": each.level, "title": each.title, "count": each.count}
        for each in count_kinds(draft.problems)
    ]
    return {
        "tables": tables,
        "rows": draft.read,
        "accepted": len(draft.incidents),
        "set_aside": draft.set_aside,
        "located": int(draft.incidents["lat"].notna().sum()),
        "kinds": kinds,
        "problems": _list_problems(group_findings(draft.problems), most),
    }
