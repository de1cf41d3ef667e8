"""`brief`: what it writes without a server."""

from pathlib import Path

import pytest

from tests.incidents.serving.commands.conftest import GOOD, Run, Write


def test_brief_writes_what_the_filters_ask_for(run: Run, write: Write, tmp_path: Path) -> None:
    run("import", write(GOOD))
    out = tmp_path / "brief.html"
    answer = run("brief", "newest", "--filter", "place=Hit", "--out", out)
    assert answer.told == "Wrote brief.html: 1 of 2 incidents. Incidents at Hit.\n"
    html = out.read_text("utf-8")
    assert html.startswith("<!doctype html>") and html.count('class="record"') == 1
    assert "written without a server" in html
    linked = run("brief", "newest", "--link", "https://news.example/attacks").said
    assert linked.count('class="record"') == 2
    assert 'href="https://news.example/attacks/?data=' in linked
    one = run("brief", "newest", "--filter", "incident=I2").said
    assert one.count('class="record"') == 1 and "two" in one


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--filter", "place"], '"place" is no filter.'),
        (["--filter", "nope=1"], '"nope" is not a filter.'),
        (["--filter", "incident=I9"], 'Incident "I9" is not in version '),
        (["--link", "javascript:alert(1)"], '"javascript:alert(1)" is no address'),
    ],
)
def test_options_that_cannot_be_used(
    run: Run, write: Write, options: list[str], words: str
) -> None:
    run("import", write(GOOD))
    answer = run("brief", "newest", *options)
    assert (answer.status, answer.written) == (2, b"")
    assert answer.told.startswith(words)
