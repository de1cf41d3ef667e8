"""What is imported is declared, and what is declared for running is imported."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
OURS = {"app", "geo", "incidents", "parts", "pages", "scripts", "tests", "benchmarks"}
OURS |= {path.stem for path in (ROOT / "benchmarks").glob("*.py")}
RUNNING = ("app.py", "geo", "incidents", "parts", "pages", "scripts")
UNUSED = {
    "fontpkg-source-sans-3": "letters, found by fontpkg",
    "fontpkg-noto-sans-arabic": "letters, found by fontpkg",
    "geopandas": "vector files are read with its reader, pyogrio; tests write them with it",
    "authlib": "Streamlit logs in with it",
    "httpx": "Authlib asks the provider with it",
    "tzdata": "zones, where the system has none",
}
"""Installed though nothing imports them, and why."""
DISTRIBUTIONS = packages_distributions()


def fold(name: str) -> str:
    """A name of a package as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_requirements(path: Path) -> set[str]:
    """Names that a list declares, also by another list that it takes in."""
    names: set[str] = set()
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("-r "):
            names |= read_requirements(path.parent / line.removeprefix("-r ").strip())
        elif (found := re.match(r"[A-Za-z0-9._-]+", line)) is not None:
            names.add(fold(found[0]))
    return names


def list_codes(tops: tuple[str, ...]) -> Iterator[Path]:
    for top in tops:
        path = ROOT / top
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def find_packages(code: str) -> set[str]:
    """Packages of others that a module imports, by the name that they are imported by."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names} - OURS - set(sys.stdlib_module_names)


def find_undeclared(code: str, declared: set[str]) -> set[str]:
    """Imported packages none of whose distributions is declared."""
    return {
        name
        for name in find_packages(code)
        if declared.isdisjoint(map(fold, DISTRIBUTIONS.get(name, [name])))
    }


RUN = read_requirements(ROOT / "requirements.txt")
# Imported only by who rolls raw events up on Spark, installed by who wants that, and by its tests.
SPARK = read_requirements(ROOT / "requirements-spark.txt")
DEVELOPED = read_requirements(ROOT / "requirements-dev.txt")
CASES = [
    *((path, RUN | SPARK) for path in list_codes(RUNNING)),
    *((path, DEVELOPED | SPARK) for path in list_codes(("tests",))),
]


@pytest.mark.parametrize(
    ("path", "declared"), CASES, ids=[path.relative_to(ROOT).as_posix() for path, _ in CASES]
)
def test_what_is_imported_is_declared(path: Path, declared: set[str]) -> None:
    assert find_undeclared(path.read_text("utf-8"), declared) == set()


def test_what_is_declared_for_running_is_imported() -> None:
    imported = {
        fold(distribution)
        for path in list_codes(RUNNING)
        for name in find_packages(path.read_text("utf-8"))
        for distribution in DISTRIBUTIONS.get(name, [])
    }
    assert RUN - imported == set(UNUSED)


@pytest.mark.parametrize(
    ("code", "undeclared"),
    [
        ("import numpy as np", {"numpy"}),
        ("from shapely.geometry import shape", {"shapely"}),
        ("def f():\n    import yaml", {"yaml"}),
        ("import nowhere.at.all", {"nowhere"}),
        ("import json, geo.places\nfrom incidents.table import columns\nfrom . import x", set()),
        ("import pandas", set()),
        ("from ibis import _", set()),
    ],
)
def test_finds_what_is_not_declared(code: str, undeclared: set[str]) -> None:
    assert find_undeclared(code, {"pandas", "ibis-framework"}) == undeclared


def test_a_list_takes_in_another(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("# Why\n-r b.txt\n\nIbis_Framework[duckdb]>=12,<13\n")
    (tmp_path / "b.txt").write_text("XStatic-jQuery>=3\n")
    assert read_requirements(tmp_path / "a.txt") == {"ibis-framework", "xstatic-jquery"}


LOCKED = re.compile(
    r"^([\w.-]+)==(\S+?)(?: ; .+?)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M
)


def read_lock(name: str) -> dict[str, list[str]]:
    """Versions that a lock file has of each package; of each file there is a hash."""
    text = (ROOT / f"{name}.lock").read_text("utf-8")
    found: dict[str, list[str]] = {}
    for package, version, _ in LOCKED.findall(text):
        found.setdefault(fold(package), []).append(version)
    assert len(re.findall(r"^\S", text, re.M)) == len(LOCKED.findall(text))
    return found


def list_ranges(path: Path) -> Iterator[Requirement]:
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("-r "):
            yield from list_ranges(path.parent / line.removeprefix("-r ").strip())
        elif line and not line.startswith("#"):
            yield Requirement(line)


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_what_is_declared_is_locked(name: str) -> None:
    """Where this fails, ranges have changed: run `make lock`."""
    locked = read_lock(name)
    for each in list_ranges(ROOT / f"{name}.txt"):
        versions = locked[fold(each.name)]
        assert all(each.specifier.contains(version, prereleases=True) for version in versions), each


def test_what_runs_is_tested_in_the_same_versions() -> None:
    run, developed = read_lock("requirements"), read_lock("requirements-dev")
    assert {name: developed.get(name) for name in run} == run


def test_lock_files_name_no_index() -> None:
    for name in ("requirements", "requirements-dev"):
        assert "://" not in (ROOT / f"{name}.lock").read_text("utf-8")
