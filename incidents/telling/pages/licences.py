"""What others wrote that the dashboard runs on, and under which licence: as installed here."""

import re
from functools import cache
from html import escape
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import NamedTuple

from incidents.table.settings import ROOT

LOCK = ROOT / "requirements.lock"
UNSTATED = "not stated"
READ = {"resvg-py": "MIT", "streamlit-folium": "MIT"}
"""Of those that do not state it in their metadata: as their licence files and repositories say."""
_NAME = re.compile(r"^([A-Za-z0-9][\w.-]*)==", re.MULTILINE)
_OSI = "License :: OSI Approved :: "


class Package(NamedTuple):
    """A package, and its licence as it states it."""

    name: str
    version: str
    licence: str


@cache
def list_packages() -> tuple[Package, ...]:
    """Packages of the lock file, those left out that are not installed here; in order."""
    found = []
    for name in dict.fromkeys(_NAME.findall(LOCK.read_text("utf-8"))):
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue  # it is for another system
        found.append(Package(name, installed.version, _find(name, installed)))
    return tuple(found)


def _find(name: str, installed: Distribution) -> str:
    stated = find_licence(installed)
    return READ.get(name, stated) if stated == UNSTATED else stated


def find_licence(installed: Distribution) -> str:
    """What a package says of its licence, in a few words; `UNSTATED` where it says nothing."""
    metadata = installed.metadata
    for expression in metadata.get_all("License-Expression") or ():
        return str(expression)
    classified = [
        each.removeprefix(_OSI)
        for each in metadata.get_all("Classifier") or ()
        if each.startswith(_OSI)
    ]
    # Some give the whole text of it: its first line is its name.
    texts = metadata.get_all("License") or [""]
    lines = [line.strip() for line in str(texts[0]).splitlines()]
    stated = [line for line in lines if line and line.upper() != "UNKNOWN"]
    return ", ".join(classified) or (stated[0][:80] if stated else UNSTATED)


def write_licences() -> str:
    """All of them as HTML, folded away."""
    rows = "".join(
        f"<tr><td>{escape(each.name)}</td><td>{escape(each.version)}</td>"
        f"<td>{escape(each.licence)}</td></tr>"
        for each in list_packages()
    )
    return (
        f"<details><summary>{len(list_packages())} packages and their licences</summary>"
        f"<table><thead><tr><th>Package</th><th>Version</th><th>Licence</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></details>"
    )
