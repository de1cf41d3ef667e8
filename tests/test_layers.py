"""The layers, read from the imports: each knows only what is below it."""

import ast
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("geo", "incidents", "parts", "pages", "app")
"""From the lowest to the highest; each imports itself and those before it."""

QUERIES = ("store", "conditions", "filters", "figures", "facets", "exports", "listing",
           "neighbours", "casualties/rows", "casualties/answer", "casualties/over_time",
           "casualties/parties",
           "importing/review", "mapping/features", "mapping/cells", "mapping/views",
           "mapping/playback_cells", "times/timeline", "times/trends", "escalation/spells",
           "casualties/values", "munitions/sums", "munitions/answer")  # fmt: skip
ONLY_IN: dict[str, tuple[str, ...]] = {
    "streamlit": ("app.py", "pages/*"),
    "streamlit_folium": ("pages/*",),
    "folium": ("geo/drawing/maps.py",),
    "branca": ("geo/drawing/maps.py",),
    "PIL": ("geo/drawing/pictures.py", "geo/drawing/land_picture.py", "geo/drawing/lettering.py"),
    "altair": (),
    "ibis": tuple(f"incidents/{name}.py" for name in QUERIES),
    "duckdb": ("incidents/asking/store.py",),
    "starlette": ("app.py", "incidents/serving/routes.py"),
    "geopy": ("geo/finding/nominatim.py",),
    # Nothing else here asks the network.
    **dict.fromkeys(("urllib.request", "http.client", "requests", "httpx", "socket"), ()),
}
ENVIRONMENT = {"os.environ", "os.environb", "os.getenv", "os.putenv"}
CLOCKS = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "Timestamp.now"),
    *("Timestamp.today", "time.time", "time.localtime", "time.gmtime", "time.time_ns", "ibis.now"),
}


def list_modules() -> list[str]:
    below = [path for layer in LAYERS[:-1] for path in sorted((ROOT / layer).rglob("*.py"))]
    return [path.relative_to(ROOT).as_posix() for path in (*below, ROOT / "app.py")]


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
    """What a module imports or uses though its layer may not."""
    layer = module.partition("/")[0].removesuffix(".py")
    faults = set()
    for name in find_imports(code):
        top = name.partition(".")[0]
        if name.startswith("relative "):
            faults.add("a relative import")
        if top in LAYERS and LAYERS.index(top) > LAYERS.index(layer):
            faults.add(top)
        for package, places in ONLY_IN.items():
            is_it = name == package or name.startswith(f"{package}.")
            if is_it and not any(Path(module).match(place) for place in places):
                faults.add(package)
    names = find_names(code)
    if module != "incidents/table/settings.py":
        faults |= {name for name in ENVIRONMENT if name in names}
    if layer not in ("pages", "app"):
        faults |= {clock for clock in CLOCKS for name in names if f".{name}".endswith(f".{clock}")}
    return faults


@pytest.mark.parametrize("module", list_modules())
def test_module_keeps_to_its_layer(module: str) -> None:
    assert find_faults(module, (ROOT / module).read_text("utf-8")) == set()


FAULTS = [
    ("geo/x.py", "import incidents.filters", {"incidents"}),
    ("geo/x.py", "from pages import _view", {"pages"}),
    ("incidents/x.py", "from pages._frame import run", {"pages"}),
    ("incidents/x.py", "import app", {"app"}),
    ("pages/x.py", "from app import ROOT", {"app"}),
    ("incidents/x.py", "import streamlit as st", {"streamlit"}),
    ("incidents/x.py", "def f():\n    from streamlit import cache_data", {"streamlit"}),
    ("geo/x.py", "import folium.plugins", {"folium"}),
    ("geo/x.py", "from branca.element import MacroElement", {"branca"}),
    ("pages/x.py", "import altair as alt", {"altair"}),
    ("pages/x.py", "import ibis", {"ibis"}),
    ("incidents/asking/filters.py", "import duckdb", {"duckdb"}),
    ("incidents/charts.py", "from ibis import _", {"ibis"}),
    ("pages/x.py", "from starlette.routing import Route", {"starlette"}),
    ("pages/x.py", "from . import y", {"a relative import"}),
    ("incidents/x.py", "from urllib.request import urlopen", {"urllib.request"}),
    ("pages/x.py", "import os\nos.environ['A']", {"os.environ"}),
    ("incidents/x.py", "from os import environ", {"os.environ"}),
    ("incidents/x.py", "from os import getenv as g\ng('A')", {"os.getenv"}),
    ("app.py", "import os as o\no.getenv('A')", {"os.getenv"}),
    ("incidents/x.py", "from datetime import datetime\ndatetime.now()", {"datetime.now"}),
    ("incidents/x.py", "import datetime as dt\ndt.date.today()", {"date.today"}),
    ("geo/x.py", "import time\ntime.time()", {"time.time"}),
    ("geo/x.py", "from time import time\ntime()", {"time.time"}),
    ("incidents/x.py", "import pandas as pd\npd.Timestamp.now()", {"Timestamp.now"}),
]
FINE = [
    ("pages/x.py", "import streamlit\nfrom incidents import filters\nfrom geo import maps"),
    ("incidents/x.py", "from geo.maps import ASSETS\nimport pandas"),
    ("incidents/table/settings.py", "import os\nos.environ"),
    ("incidents/x.py", "import os\nos.getpid()\nfrom urllib.parse import quote"),
    ("incidents/x.py", "from datetime import date, time\ndate(2021, 7, 7)\ntime(5, 0)"),
    ("incidents/x.py", "times.time_of_day\nrow.date"),
    ("geo/drawing/maps.py", "import folium"),
    ("pages/x.py", "from datetime import datetime\ndatetime.now()"),
    ("incidents/asking/store.py", "import duckdb, ibis"),
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
