"""The house, read from the imports: each room knows only those that its row names."""

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GROUND = "geo/names geo/places geo/finding geo/drawing incidents/table"
WINGS = "incidents/intake incidents/asking"
HALL = "incidents/versions incidents/telling incidents/serving"
ROOMS = {
    "geo/names": "",
    "geo/places": "geo/names",
    "geo/finding": "geo/names geo/places",
    "geo/drawing": "geo/places",
    "incidents/table": "geo/names geo/places",
    # The wings never know each other.
    "incidents/intake": "geo/names geo/places geo/finding incidents/table",
    "incidents/asking": "geo/places geo/drawing incidents/table",
    "incidents/telling": "geo/places geo/drawing incidents/table incidents/asking",
    "incidents/versions": f"geo/places geo/finding incidents/table {WINGS}",
    "incidents/serving": f"{GROUND} {WINGS} incidents/versions incidents/telling",
    "incidents/__main__": "incidents/serving",
    "parts": f"{GROUND} {WINGS} {HALL}",
    "pages": f"{GROUND} {WINGS} {HALL} parts",
    "app": f"{GROUND} {WINGS} {HALL} parts pages",
}
"""What the modules of a room may import beside those of their own."""
OURS = ("geo", "incidents", "parts", "pages", "app")
PACKAGES = ("geo/__init__.py", "incidents/__init__.py")
"""Of no room, and empty."""

ONLY_IN: dict[str, tuple[str, ...]] = {
    "streamlit": ("parts", "pages", "app"),
    "streamlit_folium": ("parts", "pages"),
    "folium": ("geo/drawing",),
    "branca": ("geo/drawing",),
    "PIL": ("geo/drawing",),
    "resvg_py": ("geo/drawing",),
    "fontpkg": ("geo/drawing",),
    "altair": (),
    "ibis": ("incidents/asking",),
    "duckdb": ("incidents/asking",),
    "psycopg": ("incidents/asking", "incidents/versions"),
    "psycopg_pool": ("incidents/asking",),
    "pyspark": ("incidents/asking",),
    "starlette": ("incidents/serving", "app"),
    "geopy": ("geo/finding",),
    # Nothing else here asks the network.
    **dict.fromkeys(("urllib.request", "http.client", "requests", "httpx"), ()),
    # For how answers go out; nothing there connects to anybody.
    "socket": ("incidents/serving",),
}
LONGEST = 300
"""Lines of a module: what is longer is several."""
ENVIRONMENT = {"os.environ", "os.environb", "os.getenv", "os.putenv"}
CLOCKS = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "Timestamp.now"),
    *("Timestamp.today", "time.time", "time.localtime", "time.gmtime", "time.time_ns", "ibis.now"),
}


def list_modules() -> list[str]:
    below = [path for top in OURS[:-1] for path in sorted((ROOT / top).rglob("*.py"))]
    return [path.relative_to(ROOT).as_posix() for path in (*below, ROOT / "app.py")]


def find_room(name: str) -> str:
    """The room of a module, named by its path or as it is imported; "" for one of no room."""
    path = name.removesuffix(".py").replace(".", "/")
    rooms = [room for room in ROOMS if path == room or path.startswith(f"{room}/")]
    return max(rooms, key=len, default="")


def find_imports(code: str) -> Iterator[str]:
    """Full names of what a module imports, also within functions."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module or ''}.{alias.name}" for alias in node.names)
            if node.level:
                yield f"relative {node.module}"


def find_names(code: str) -> set[str]:
    """Dotted names as they are used, by what they were imported as: ``from os import environ``
    and ``import os as o`` hide nothing."""
    tree = ast.parse(code)
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            known |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom):
            known |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
    names = set(known.values())
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            head, _, rest = ast.unparse(node).partition(".")
            names.add(f"{known.get(head, head)}.{rest}")
    return names


def find_faults(module: str, code: str) -> set[str]:
    """What a module imports or uses though its room may not."""
    room = find_room(module)
    faults = set()
    for name in find_imports(code):
        if name.startswith("relative "):
            faults.add("a relative import")
        if name.partition(".")[0] in OURS:
            other = find_room(name)
            if other not in (room, *ROOMS[room].split()):
                faults.add(other or name)
        for package, rooms in ONLY_IN.items():
            is_it = name == package or name.startswith(f"{package}.")
            if is_it and room not in rooms:
                faults.add(package)
    names = find_names(code)
    # The settings alone read the environment, and below the parts tell what day it is.
    if module == "incidents/table/settings.py":
        return faults
    faults |= {name for name in ENVIRONMENT if name in names}
    if room not in ("parts", "pages", "app"):
        faults |= {clock for clock in CLOCKS for name in names if f".{name}".endswith(f".{clock}")}
    return faults


@pytest.mark.parametrize("module", [m for m in list_modules() if m not in PACKAGES])
def test_module_keeps_to_its_room(module: str) -> None:
    assert find_room(module)
    assert find_faults(module, (ROOT / module).read_text("utf-8")) == set()


@pytest.mark.parametrize("module", PACKAGES)
def test_package_is_empty(module: str) -> None:
    assert (ROOT / module).read_text("utf-8") == ""


@pytest.mark.parametrize("module", [*list_modules(), "tests/**/*.py"])
def test_module_is_no_longer_than_one_reads(module: str) -> None:
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in ROOT.glob(module)}
    assert lines and {path: count for path, count in lines.items() if count > LONGEST} == {}


def find_circle(modules: dict[str, str]) -> list[str]:
    """Modules that import each other in a circle, [] if none do; named as they are imported."""
    known = {
        name: {
            found
            for full in find_imports(code)
            if (found := full if full in modules else full.rpartition(".")[0]) in modules
        }
        - {name}
        for name, code in modules.items()
    }
    try:
        TopologicalSorter(known).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def name_module(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def test_no_modules_import_each_other() -> None:
    codes = {name_module(path): (ROOT / path).read_text("utf-8") for path in list_modules()}
    assert find_circle(codes) == []


def test_finds_a_circle() -> None:
    codes = {"geo.a": "from geo.b import x", "geo.b": "from geo import c", "geo.c": "import geo.a"}
    assert set(find_circle(codes)) == set(codes)


def test_the_wings_never_know_each_other() -> None:
    for one, other in (("intake", "asking"), ("asking", "intake")):
        reached, left = set(), [f"incidents/{one}"]
        while left:
            room = left.pop()
            reached.add(room)
            left += [each for each in ROOMS[room].split() if each not in reached]
        assert f"incidents/{other}" not in reached


def read_plan(text: str) -> dict[str, set[str]]:
    """Rooms and what they may import, from the table of docs/architecture.md."""
    rows = re.findall(r"^\| `([^`|]+)` \|([^|]*)\|", text, re.MULTILINE)
    return {room: set(re.findall(r"`([^`]+)`", others)) for room, others in rows}


def test_the_plan_is_as_it_is_built() -> None:
    plan = read_plan((ROOT / "docs" / "architecture.md").read_text("utf-8"))
    assert plan == {room: set(others.split()) for room, others in ROOMS.items()}


FAULTS = [
    ("geo/places/x.py", "import incidents.asking.filters", {"incidents/asking"}),
    ("geo/names/x.py", "from geo.places import places", {"geo/places"}),
    ("geo/places/x.py", "from pages._frame import run", {"pages"}),
    ("incidents/table/x.py", "from incidents.asking import store", {"incidents/asking"}),
    ("incidents/intake/a/x.py", "from incidents.asking.store import Store", {"incidents/asking"}),
    ("incidents/asking/x.py", "import incidents.intake.reading.files", {"incidents/intake"}),
    ("incidents/telling/x.py", "from incidents.versions import catalog", {"incidents/versions"}),
    ("incidents/versions/x.py", "from incidents.serving import routes", {"incidents/serving"}),
    ("incidents/asking/x.py", "from parts.address.view import View", {"parts"}),
    ("incidents/asking/x.py", "import app", {"app"}),
    ("incidents/asking/x.py", "import incidents.nowhere", {"incidents.nowhere"}),
    ("parts/panel/x.py", "from pages import overview", {"pages"}),
    ("pages/x.py", "from app import ROOT", {"app"}),
    ("incidents/telling/x.py", "import streamlit as st", {"streamlit"}),
    ("incidents/asking/x.py", "def f():\n    from streamlit import cache_data", {"streamlit"}),
    ("geo/places/x.py", "import folium.plugins", {"folium"}),
    ("parts/x.py", "from branca.element import MacroElement", {"branca"}),
    ("pages/x.py", "import altair as alt", {"altair"}),
    ("parts/x.py", "import ibis", {"ibis"}),
    ("incidents/versions/x.py", "import duckdb", {"duckdb"}),
    ("incidents/versions/x.py", "from pyspark.sql import SparkSession", {"pyspark"}),
    ("incidents/telling/charts/x.py", "from ibis import _", {"ibis"}),
    ("pages/x.py", "from starlette.routing import Route", {"starlette"}),
    ("pages/x.py", "from . import y", {"a relative import"}),
    ("incidents/serving/x.py", "from urllib.request import urlopen", {"urllib.request"}),
    ("pages/x.py", "import os\nos.environ['A']", {"os.environ"}),
    ("incidents/table/x.py", "from os import environ", {"os.environ"}),
    ("incidents/table/x.py", "from os import getenv as g\ng('A')", {"os.getenv"}),
    ("app.py", "import os as o\no.getenv('A')", {"os.getenv"}),
    ("incidents/asking/x.py", "from datetime import datetime\ndatetime.now()", {"datetime.now"}),
    ("incidents/asking/x.py", "import datetime as dt\ndt.date.today()", {"date.today"}),
    ("geo/places/x.py", "import time\ntime.time()", {"time.time"}),
    ("geo/places/x.py", "from time import time\ntime()", {"time.time"}),
    ("incidents/intake/x.py", "import pandas as pd\npd.Timestamp.now()", {"Timestamp.now"}),
]
FINE = [
    ("pages/x.py", "import streamlit\nfrom incidents.asking import filters\nimport geo.drawing"),
    ("incidents/telling/x.py", "from geo.drawing.maps import ASSETS\nimport pandas"),
    ("incidents/table/settings.py", "import os\nos.environ"),
    ("incidents/asking/x.py", "import os\nos.getpid()\nfrom urllib.parse import quote"),
    ("incidents/asking/x.py", "from datetime import date, time\ndate(2021, 7, 7)\ntime(5, 0)"),
    ("incidents/asking/x.py", "times.time_of_day\nrow.date"),
    ("geo/drawing/maps.py", "import folium"),
    ("parts/x.py", "from datetime import datetime\ndatetime.now()"),
    ("incidents/asking/store.py", "import duckdb, ibis"),
    ("incidents/versions/x.py", "from incidents.intake import x\nfrom incidents.asking import y"),
]


@pytest.mark.parametrize(("module", "code", "faults"), FAULTS, ids=[case[1] for case in FAULTS])
def test_finds_faults(module: str, code: str, faults: set[str]) -> None:
    assert find_faults(module, code) == faults


@pytest.mark.parametrize(("module", "code"), FINE, ids=[case[1] for case in FINE])
def test_finds_no_fault(module: str, code: str) -> None:
    assert find_faults(module, code) == set()


def find_shadows(names: list[str]) -> set[str]:
    """Names that ``pages/``, first on ``sys.path``, would take from somebody else's module."""
    return set(names) & (set(sys.stdlib_module_names) | set(packages_distributions()))


def test_no_page_hides_a_module() -> None:
    assert find_shadows([path.stem for path in (ROOT / "pages").glob("*.py")]) == set()


def test_finds_pages_that_hide_a_module() -> None:
    assert find_shadows(["overview", "calendar", "altair"]) == {"calendar", "altair"}


def find_logic(code: str) -> set[str]:
    """Kinds of statements in a module that are more than imports, names and calls."""
    plain = (ast.Import, ast.ImportFrom, ast.Assign, ast.Expr, ast.If)
    found = {type(node).__name__ for node in ast.parse(code).body if not isinstance(node, plain)}
    inner = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While)
    return found | {
        type(node).__name__ for node in ast.walk(ast.parse(code)) if isinstance(node, inner)
    }


def test_the_launcher_only_hands_over() -> None:
    code = (ROOT / "app.py").read_text("utf-8")
    assert find_logic(code) == set()
    assert "_frame.py" in code and "st.App(" in code
    assert len(code.splitlines()) <= 25


@pytest.mark.parametrize("code", ["def f(): ...", "for x in y: ...", "if a:\n  def f(): ..."])
def test_finds_logic(code: str) -> None:
    assert find_logic(code) != set()
