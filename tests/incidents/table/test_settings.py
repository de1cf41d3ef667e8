"""Settings: what the environment may set."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from incidents.table.errors import SettingsError
from incidents.table.settings import PREFIX, ROOT, ROWS, Settings, read_settings
from incidents.versions.content import ID_LENGTH

CASES: list[tuple[str, dict[str, str], str, Any]] = [
    ("table by default", {}, "table", ROOT / "data"),
    ("table", {"INCIDENTS_TABLE": "/srv/my table.csv"}, "table", Path("/srv/my table.csv")),
    ("blank is not set", {"INCIDENTS_TABLE": ""}, "table", ROOT / "data"),
    ("snapshots by default", {}, "snapshots", ROOT / ".snapshots"),
    ("snapshots", {"INCIDENTS_SNAPSHOTS": "/srv/s"}, "snapshots", Path("/srv/s")),
    ("no tiles by default", {}, "tiles", False),
    ("tiles", {"INCIDENTS_TILES": "osm"}, "tiles", True),
    ("tiles, other case", {"INCIDENTS_TILES": "OSM"}, "tiles", True),
    ("tiles off", {"INCIDENTS_TILES": "off"}, "tiles", False),
    ("gazetteers by default", {}, "gazetteers", ROOT / "data" / "gazetteers"),
    ("gazetteers", {"INCIDENTS_GAZETTEERS": "/srv/g"}, "gazetteers", Path("/srv/g")),
    ("nobody asks Nominatim", {}, "nominatim", ""),
    (
        "Nominatim",
        {"INCIDENTS_NOMINATIM": " us, us@example.org "},
        "nominatim",
        "us, us@example.org",
    ),
    (
        "its server",
        {"INCIDENTS_NOMINATIM_SERVER": "http://n:8080"},
        "nominatim_server",
        "http://n:8080",
    ),
    ("Nominatim off", {"INCIDENTS_NOMINATIM": "off"}, "nominatim", ""),
    ("uploads by default", {}, "uploads", True),
    *(
        (f"uploads {text!r}", {"INCIDENTS_UPLOADS": text}, "uploads", text in ("on", "Yes", ""))
        for text in ("off", "off ", "OFF", "false", "False", "no", "0", "on", "Yes", "")
    ),
    ("largest by default", {}, "largest", 200_000_000),
    ("largest", {"INCIDENTS_LARGEST": " 50 "}, "largest", 50_000_000),
    ("files on a desk by default", {}, "tables", 20),
    ("files on a desk", {"INCIDENTS_TABLES": "3"}, "tables", 3),
    ("versions by default", {}, "versions", 500),
    ("versions", {"INCIDENTS_VERSIONS": "7"}, "versions", 7),
    ("versions without a limit", {"INCIDENTS_VERSIONS": "Off"}, "versions", None),
    ("their size by default", {}, "versions_size", 2_000_000_000),
    ("their size", {"INCIDENTS_VERSIONS_SIZE": "50"}, "versions_size", 50_000_000),
    ("their size without a limit", {"INCIDENTS_VERSIONS_SIZE": "none"}, "versions_size", None),
    ("their days by default", {}, "versions_days", 365),
    ("their days without a limit", {"INCIDENTS_VERSIONS_DAYS": "no"}, "versions_days", None),
    ("nothing is pinned", {}, "keep", ()),
    (
        "pinned",
        {"INCIDENTS_KEEP": "0123456789ab, ba9876543210"},
        "keep",
        ("0123456789ab", "ba9876543210"),
    ),
    (
        "pinned by links",
        {
            "INCIDENTS_KEEP": "https://d.example/?data=0123456789ab&type=raid\n"
            "https://d.example/timeline?q=x&data=ba9876543210"
        },
        "keep",
        ("0123456789ab", "ba9876543210"),
    ),
    ("contact by default", {}, "contact", ""),
    ("contact", {"INCIDENTS_CONTACT": "a@b.org"}, "contact", "a@b.org"),
    ("no contact", {"INCIDENTS_CONTACT": "none"}, "contact", ""),
    ("public by default", {}, "access", "public"),
    ("by links", {"INCIDENTS_ACCESS": "Link"}, "access", "link"),
    ("by logins", {"INCIDENTS_ACCESS": "login"}, "access", "login"),
    ("no groups", {}, "groups", ()),
    (
        "groups",
        {"INCIDENTS_GROUPS": "desk=editor, field staff=bringer,\n*=reader"},
        "groups",
        (("desk", "editor"), ("field staff", "bringer"), ("*", "reader")),
    ),
    ("their name", {"INCIDENTS_GROUPS_CLAIM": "realm.roles"}, "groups_claim", "realm.roles"),
    ("what a visitor may", {}, "role", "bringer"),
    ("what else", {"INCIDENTS_ROLE": "editor"}, "role", "editor"),
    ("who publishes", {}, "publishing", "bringer"),
    ("nobody does", {"INCIDENTS_PUBLISHING": "off"}, "publishing", "off"),
    ("who runs it", {"INCIDENTS_OWNER": " The  Desk\n& Co "}, "owner", "The Desk & Co"),
    ("nobody says so", {}, "owner", ""),
    (
        "a logo",
        {"INCIDENTS_LOGO": str(ROOT / "parts" / "chrome" / "icon.svg")},
        "logo",
        ROOT / "parts" / "chrome" / "icon.svg",
    ),
    ("no logo", {}, "logo", None),
    ("nobody frames it", {}, "embedders", ()),
    (
        "who frames it",
        {"INCIDENTS_EMBEDDERS": "https://news.example, http://*.a.example:8080"},
        "embedders",
        ("https://news.example", "http://*.a.example:8080"),
    ),
    ("plain by default", {}, "tls", False),
    ("behind TLS", {"INCIDENTS_TLS": "on"}, "tls", True),
    ("names of others", {"INCIDENT_TABLE": "x", "MY_INCIDENTS_TABLE": "x"}, "table", ROOT / "data"),
    ("places are the shipped ones", {}, "places", ROOT / "data" / "places.csv"),
]


@pytest.mark.parametrize(("environment", "name", "value"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])  # fmt: skip
def test_settings(environment: dict[str, str], name: str, value: Any) -> None:
    assert getattr(read_settings(environment), name) == value


WRONG: list[tuple[str, str, str]] = [
    *(("INCIDENTS_UPLOADS", text, "on or off") for text in ("of", "2", "off!", "оff")),
    *(
        ("INCIDENTS_LARGEST", text, "megabytes")
        for text in ("50MB", "0", "-1", "1.5", "1e3", "٥٠", "²", "9" * 5000)
    ),
    ("INCIDENTS_TABLES", "off", "whole number from 1"),
    *(
        (name, text, "or off")
        for name in ("INCIDENTS_VERSIONS", "INCIDENTS_VERSIONS_SIZE", "INCIDENTS_VERSIONS_DAYS")
        for text in ("0", "-1", "1.5", "many", "²", "90 days")
    ),
    *(
        ("INCIDENTS_KEEP", text, "ids of versions")
        for text in ("newest", "0123456789AB", "0123456789abc", "../../etc", "data=", "on")
    ),
    ("INCIDENTS_TILES", "1", "osm or off"),
    ("INCIDENTS_NOMINATIM", "on", "e-mail"),
    ("INCIDENTS_NOMINATIM_SERVER", "nominatim.example.org", "https://"),
    ("INCIDENTS_CONTACT", "yes", "e-mail"),
    ("INCIDENTS_LOGO", "https://x.example/a.png", "path of a file"),
    ("INCIDENTS_LOGO", str(ROOT / "README.md"), "ends in .png"),
    ("INCIDENTS_ACCESS", "private", "public"),
    *(
        ("INCIDENTS_GROUPS", text, "newsroom=editor")
        for text in ("desk", "desk=", "=editor", "desk=admin", "desk=editor,", "desk:editor")
    ),
    ("INCIDENTS_ROLE", "admin", "reader, bringer or editor"),
    ("INCIDENTS_PUBLISHING", "no one", "bringer, editor or off"),
    *(
        ("INCIDENTS_EMBEDDERS", text, "hosts like")
        for text in ("*", "news.example", "https://a/b", "https://a; script-src *", "'self'")
    ),
    ("INCIDENTS_UPLOAD", "off", "INCIDENTS_UPLOADS"),
    ("INCIDENTS_UPLOAD", "", "INCIDENTS_UPLOADS"),
    ("INCIDENTS_TABEL", "x.csv", "INCIDENTS_TABLE"),
    ("incidents_table", "x.csv", "INCIDENTS_TABLE"),
    ("INCIDENTS_", "x", "INCIDENTS_"),
    ("INCIDENTS_PLACES", "x.csv", "no setting"),
]


@pytest.mark.parametrize(("name", "text", "words"), WRONG)
def test_what_cannot_be_used_is_told(name: str, text: str, words: str) -> None:
    with pytest.raises(SettingsError) as told:
        read_settings({name: text})
    assert str(told.value).startswith(name) and words in str(told.value)
    assert len(str(told.value)) < 300 and "\n" not in str(told.value)


def test_every_wrong_setting_is_told_at_once() -> None:
    with pytest.raises(SettingsError) as told:
        read_settings({"INCIDENTS_TILES": "1", "INCIDENTS_X": "1", "INCIDENTS_LARGEST": "5"})
    names = [line.split(" ")[0].split("=")[0] for line in str(told.value).split("\n")]
    assert names == ["INCIDENTS_TILES", "INCIDENTS_X"]


def test_a_password_is_not_told() -> None:
    with pytest.raises(SettingsError) as told:
        read_settings({"INCIDENTS_NOMINATIM_SERVER": "ftp://me:secret@n.example"})
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("name", ROWS)
def test_a_default_is_what_a_host_would_write(name: str) -> None:
    row = ROWS[name]
    value = row.metadata["read"](row.metadata["default"])
    assert (ROOT / value if isinstance(value, Path) else value) == row.default
    assert name == PREFIX + row.name.upper() and hasattr(Settings, row.name)


START = ["-m", "streamlit", "run", "app.py", "--server.port", "0"]
PROGRAMS = [("the dashboard", START), ("the commands", ["-m", "incidents", "snapshots"])]


@pytest.mark.parametrize("words", [each[1] for each in PROGRAMS], ids=[e[0] for e in PROGRAMS])
def test_nothing_starts_with_a_wrong_setting(words: list[str], tmp_path: Path) -> None:
    wrong = {"INCIDENTS_UPLOAD": "off", "INCIDENTS_SNAPSHOTS": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=os.environ | wrong,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode != 0
    sentence = "INCIDENTS_UPLOAD is no setting; the nearest is INCIDENTS_UPLOADS."
    assert ended.stderr.splitlines()[-1] == sentence
    assert "Traceback" not in ended.stderr + ended.stdout


def test_defaults_exist() -> None:
    settings = read_settings({})
    assert settings.table.is_dir() and settings.places.is_file() and settings.boundaries.is_dir()


def test_ids_of_versions_are_as_long_as_those_that_are_pinned() -> None:
    assert read_settings({"INCIDENTS_KEEP": "0" * ID_LENGTH}).keep == ("0" * ID_LENGTH,)
