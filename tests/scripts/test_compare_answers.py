"""What the script that compares two checkouts asks, and what it tells."""

import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from incidents.asking.address import from_query, insist
from incidents.serving.routes import ROUTES as SERVED
from incidents.table.errors import FilterError
from scripts.api_questions import ROUTES, WRONG, list_filters, list_questions
from scripts.compare_answers import Answer, find_differences, tell

ROOT = Path(__file__).resolve().parents[2]
FACETS = {
    "type": {"options": [["air strike", 9], ["other", 2], ["mine", 0]], "more": 0},
    "precision": {"options": [["site", 3], ["country", 11]], "more": 0},
    "dataset": {"options": [], "more": 0},
}
NOT_ASKED = {
    "/api/assets/{name:path}", "/api/{path:path}", "/api/qr/{page}.svg", "/api/brief.html",
    *(f"/api/{name}" for name in ("picture.png", "card.png", "map.png", "map.svg")),
}  # fmt: skip
"""Files of the browser; any other address, of which one is asked; drawings of other answers."""


def test_every_route_is_asked() -> None:
    assert set(SERVED) - NOT_ASKED == set(ROUTES) - {"/api/nothing/here"}
    questions = list_questions("abc", FACETS)
    assert {route for route, _ in questions} == set(ROUTES)
    assert len(set(questions)) == len(questions)
    assert all(parse_qs(query)["data"] for _, query in questions)


def test_filters_are_of_the_table_and_understood() -> None:
    filters = list_filters(FACETS)
    assert {"type": "air strike"} in filters and {"type": ["air strike", "other"]} in filters
    assert {"type": "mine"} not in filters, "nothing of it is in the table"
    for _, query in list_questions("0123456789ab", FACETS):
        pairs = [(name, value) for name, values in parse_qs(query).items() for value in values]
        if not any(set(wrong) <= dict(pairs).keys() for wrong in WRONG):
            insist(*from_query(pairs))


@pytest.mark.parametrize("query", [each for each in WRONG if "data" not in each], ids=str)
def test_wrong_filters_are_wrong(query: dict[str, str]) -> None:
    with pytest.raises(FilterError):
        insist(*from_query(list(query.items())))


DIFFERENCES = [
    ("the same", {"a": [1, None]}, {"a": [1, None]}, []),
    ("a number", {"a": [1, 2]}, {"a": [1, 3]}, ["/a/*"]),
    ("0 is not unknown", {"a": 0}, {"a": None}, ["/a"]),
    ("0 is not false", {"a": 0}, {"a": False}, ["/a"]),
    ("a name that is gone", {"a": 1, "b": 2}, {"a": 1}, ["/b is gone"]),
    ("a name that is new", {"a": 1}, {"a": 1, "b": None}, ["/b is new"]),
    ("a longer list", {"a": [1]}, {"a": [1, 2]}, ["/a"]),
    ("another order", {"a": [1, 2]}, {"a": [2, 1]}, ["/a in another order"]),
    ("another value", 1, 2, ["/"]),
    ("all that differs", {"a": 1, "b": [{"c": 1}]}, {"a": 2, "b": [{"c": 2}]}, ["/a", "/b/*/c"]),
]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [case[1:] for case in DIFFERENCES],
    ids=[case[0] for case in DIFFERENCES],
)
def test_finds_where_values_differ(old: Any, new: Any, found: list[str]) -> None:
    assert [what for what, _ in find_differences(old, new)] == found


def answers(*bodies: bytes, status: int = 200) -> dict[tuple[str, str], Answer]:
    return {("/api/map", f"n={n}"): Answer(status, (), body) for n, body in enumerate(bodies)}


TOLD = [
    ("values", answers(b'{"a": 1}', b"[]"), answers(b'{"a": 2}', b"[]"), "1 × /a: 1 → 2"),
    ("order of names", answers(b'{"a": 1, "b": 2}'), answers(b'{"b": 2, "a": 1}'), "another way"),
    ("lines", answers(b"a,b\n1,2\n"), answers(b"a,b\n1,3\n"), "line 2"),
    ("a line more", answers(b"a,b\n"), answers(b"a,b\n1,3\n"), "line 2"),
    ("only the end of a line", answers(b"a\r\n"), answers(b"a\n"), "line 1"),
    ("status", answers(b"x"), answers(b"x", status=500), "500"),
    ("no text", answers(b"\xff\xd8"), answers(b"\xff"), "2 → 1"),
]


@pytest.mark.parametrize(
    ("old", "new", "words"), [case[1:] for case in TOLD], ids=[case[0] for case in TOLD]
)
def test_tells_what_is_different(old: Any, new: Any, words: str, capsys: Any) -> None:
    assert tell(old, new) == 1
    told = capsys.readouterr().out
    assert words in told and "1 answered differently" in told
    assert tell(old, old) == 0
    assert "0 answered differently" in capsys.readouterr().out


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "compare_answers.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_checkout_answers_as_itself() -> None:
    ended = run(str(ROOT), str(ROOT), "--rows", "30", "--only", "/api/health")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "/api/health" in ended.stdout and "0 answered differently" in ended.stdout
    assert "of status 200" in ended.stdout and "of status 400" in ended.stdout


def test_what_is_no_checkout_is_told(tmp_path: Path) -> None:
    ended = run(str(tmp_path), str(ROOT))
    assert ended.returncode == 2
    assert str(tmp_path) in ended.stderr and "Traceback" not in ended.stderr.splitlines()[0]
