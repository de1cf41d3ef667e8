"""What others wrote is named with its licence, as it is installed here."""

from email.message import Message
from importlib.metadata import Distribution, version
from pathlib import Path

import pytest

from incidents.telling.pages.licences import (
    UNSTATED,
    find_licence,
    list_packages,
    write_licences,
)


class Installed:
    def __init__(self, *told: tuple[str, str]) -> None:
        self.metadata = Message()
        for name, value in told:
            self.metadata[name] = value


OSI = ("Classifier", "License :: OSI Approved :: MIT License")
EXPRESSION = ("License-Expression", "Apache-2.0 OR BSD-2-Clause")


@pytest.mark.parametrize(
    ("installed", "licence"),
    [
        (Installed(EXPRESSION, OSI, ("License", "x")), "Apache-2.0 OR BSD-2-Clause"),
        (Installed(OSI, ("Classifier", "Topic :: X"), ("License", "x")), "MIT License"),
        (Installed(("License", "BSD 3-Clause\n Copyright (c) all of it")), "BSD 3-Clause"),
        (Installed(("License", "UNKNOWN")), UNSTATED),
        (Installed(), UNSTATED),
    ],
)
def test_a_licence_as_it_is_stated(installed: Distribution, licence: str) -> None:
    assert find_licence(installed) == licence


def test_all_that_runs_is_named() -> None:
    found = {each.name: each for each in list_packages()}
    assert {"streamlit", "duckdb", "folium", "starlette", "h11"} <= set(found)
    # What only tests need is not part of it.
    assert "pytest" not in found
    assert found["streamlit"].version == version("streamlit")
    assert [each.name for each in found.values() if each.licence == UNSTATED] == []


def test_the_page_names_them() -> None:
    html = write_licences()
    assert f"{len(list_packages())} packages and their licences" in html
    assert "<td>duckdb</td>" in html
    html_file = Path(__file__).parents[4] / "incidents/telling/pages/about.html"
    assert "{licences}" in html_file.read_text("utf-8")
