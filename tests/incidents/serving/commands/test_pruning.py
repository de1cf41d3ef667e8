"""`prune`: which versions of visitors go."""

import io
import os
from dataclasses import replace
from pathlib import Path

from incidents.serving.commands.bringing import bring_files
from incidents.serving.commands.main import main
from incidents.serving.commands.screen import Screen
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import prepare, publish
from tests.incidents.serving.commands.conftest import (
    DOUBTFUL,
    GOOD,
    Run,
    Write,
)


def date_back(home: Path, version: str, days: int) -> None:
    """As if nobody had opened it for so many days."""
    for path in (home / version).iterdir():
        then = path.stat().st_mtime - days * 86400
        os.utime(path, (then, then))


def publish_as_visitor(catalog: Catalog, home: Path, path: Path) -> str:
    draft = prepare(bring_files([path], catalog.profiles), catalog.world)
    return publish(draft, home, "upload").id


def test_prune_takes_away_what_visitors_have_not_opened_for_long(
    run: Run, write: Write, home: Path, shipped_catalog: Catalog
) -> None:
    hosts = run("import", write(DOUBTFUL), "--json").json["snapshot"]
    old = publish_as_visitor(shipped_catalog, home, write(GOOD))
    date_back(home, old, 400)
    date_back(home, hosts, 4000)
    looked = run("prune", "--dry-run")
    assert looked.status == 0
    head, row = looked.said.splitlines()
    assert head.split("\t") == ["version", "last opened (UTC)", "MB", "why"]
    assert row.split("\t")[0] == old and row.endswith("not opened for 365 days")
    assert looked.told == (
        "1 versions that visitors published would expire. 0 of at most 500 are left, 0.0 MB of at "
        "most 2,000.\n"
    )
    assert run("prune", "--dry-run", "--json").json["expired"][0]["version"] == old
    pruned = run("prune", "--json").json
    assert [each["version"] for each in pruned["expired"]] == [old]
    assert pruned["left"] == {"versions": 0, "size": 0} and not pruned["dry_run"]
    again = run("prune")
    assert again.said == "" and "0 versions that visitors published expired." in again.told
    told = run("export", old)
    assert told.status == 2 and "was brought by a visitor and expired on" in told.told
    assert run("export", hosts).status == 0


def test_prune_tells_what_is_named_and_not_here(shipped_catalog: Catalog, home: Path) -> None:
    settings = replace(shipped_catalog.settings, snapshots=home, keep=("0123456789ab",))
    out, err = io.StringIO(), io.StringIO()
    assert main(["prune"], Catalog(settings), Screen(out, err)) == 0
    last = err.getvalue().splitlines()[-1]
    assert last == "INCIDENTS_KEEP names version 0123456789ab, which is not kept here."
