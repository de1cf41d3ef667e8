"""`share`: links are made, listed and revoked."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from incidents.serving.access.links import find_link
from tests.incidents.serving.commands.conftest import Run


def test_a_link_is_made_listed_and_revoked(run: Run, home: Path) -> None:
    made = run("share", "--days", "3", "--label", "Desk\x1b[2J", "--url", "https://d.example/a/")
    assert made.status == 0
    address = made.said.strip()
    assert address.startswith("https://d.example/a/?token=")
    (token,) = parse_qs(urlsplit(address).query)["token"]
    link = find_link(home, token)
    assert link is not None and link.role == "reader"
    assert (link.expires - link.made).days == 3
    assert link.id in made.told and "opens it as reader until" in made.told
    assert "INCIDENTS_ACCESS is public" in made.told
    listed = run("share", "--list")
    head, row = listed.said.splitlines()
    assert head.split("\t") == ["link", "for", "role", "made (UTC)", "until (UTC)", "state"]
    assert row.split("\t")[0] == link.id and row.endswith("\topen")
    assert "\x1b" not in made.told + listed.said and token not in listed.said
    gone = run("share", "--revoke", link.id)
    assert gone.status == 0 and "opens nothing any more" in gone.told
    assert find_link(home, token) is None
    assert run("share", "--list").said.splitlines()[1].endswith("\trevoked")


def test_all_links_are_ended_at_once(run: Run, home: Path) -> None:
    assert run("share", "--revoke", "all").told == "No link is open.\n"
    tokens = []
    for label in "abc":
        address = run("share", "--label", label).said.strip()
        tokens += parse_qs(urlsplit(address).query)["token"]
    first = find_link(home, tokens[0])
    assert first is not None and run("share", "--revoke", first.id).status == 0
    gone = run("share", "--revoke", "all", "--json").json
    assert sorted(each["label"] for each in gone) == ["b", "c"]
    assert [find_link(home, token) for token in tokens] == [None] * 3
    assert find_link(home, parse_qs(urlsplit(run("share").said.strip()).query)["token"][0])


def test_a_program_reads_json(run: Run, home: Path) -> None:
    made = run("share", "--role", "editor", "--label", "a", "--json").json
    assert (made["role"], made["label"], made["state"]) == ("editor", "a", "open")
    assert made["address"].startswith("http://localhost:8501/?token=")
    assert [each["id"] for each in run("share", "--list", "--json").json] == [made["id"]]
    assert run("share", "--revoke", made["id"], "--json").json["state"] == "revoked"


def test_before_any_link(run: Run) -> None:
    assert run("share", "--list").told == "No link was made yet.\n"
    gone = run("share", "--revoke", "../key")
    assert gone.status == 2 and 'There is no link "../key".' in gone.told


@pytest.mark.parametrize("words", [["--days", "0"], ["--days", "4000"], ["--days", "-1"],
                                   ["--role", "host"], ["--list", "--revoke", "a"]])  # fmt: skip
def test_what_cannot_be_asked(run: Run, words: list[str]) -> None:
    with pytest.raises(SystemExit):
        run("share", *words)


def test_a_login_is_ended_and_listed(run: Run, home: Path) -> None:
    assert run("logout").told == "No login was ended yet.\n"
    ended = run("logout", "Gone@x.example\x1b[2J")
    assert ended.status == 0 and "\x1b" not in ended.told
    assert "Every login of gone@x.example" in ended.told and "Nobody logs in here" in ended.told
    assert run("logout").said.splitlines()[0] == "who\tended (UTC)"
    assert [each["who"] for each in run("logout", "--json").json] == ["gone@x.example\x1b[2j"]
