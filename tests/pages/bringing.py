"""How a reader brings a table on the Data page: plain steps, and small tables."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from incidents.intake.datasets import World
from incidents.table.settings import read_settings
from incidents.versions.catalog import Catalog

OpenPage = Callable[..., AppTest]
OWN = "date,place,killed\n2021-07-01,Hit,2\n2021-07-02,Narnia,\nnever,Hit,1\n"
ODD = "When;Spot;Fallen\n2021-07-01;Hit;2\n2021-07-02;Erbil;1\n"


@pytest.fixture(scope="module")
def world() -> World:
    """Gazetteer and boundaries; to read them takes longer than most of these tests."""
    return Catalog(read_settings({})).world


@pytest.fixture(autouse=True)
def shared_world(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    for name in ("gazetteer", "boundaries"):
        monkeypatch.setattr(Catalog, name, getattr(world, name))


def open_tab(app: AppTest, tab: str) -> AppTest:
    app.session_state["_tab"] = tab
    return app.run()


def drop(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app = open_tab(app, "Bring a table")
    given = [(name, data, "application/octet-stream") for name, data in files]
    app.file_uploader[0].set_value(given)
    return app.run()


def click(app: AppTest, label: str) -> AppTest:
    (button,) = [each for each in app.button if each.label.startswith(label)]
    button.click()
    return app.run()


def list_texts(app: AppTest) -> str:
    kinds = ("markdown", "caption", "warning", "error", "info")
    return "\n".join(str(each.value) for kind in kinds for each in app.get(kind))


def snapshot_of(app: AppTest) -> str:
    value = app.query_params["data"]
    return str(value if isinstance(value, str) else value[0])
