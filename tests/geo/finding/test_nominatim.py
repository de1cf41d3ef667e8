"""Nominatim, asked over real HTTP: a small server here stands for it."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.finding.nominatim import FIRST_PAUSE, LONGEST_PAUSE, Nominatim, OutageError

ASLAN = {
    "lat": "35.1",
    "lon": "38.2",
    "display_name": "Camp Aslan, Homs, Syria",
    "addresstype": "village",
    "osm_type": "node",
    "osm_id": 7,
    "licence": "not kept",
}
ANSWERS: dict[str, Any] = {
    "Aslan": [ASLAN],
    "Aslan, Homs": [ASLAN],
    "Nahiya": [ASLAN | {"addresstype": "county"}],
    "Land": [ASLAN | {"addresstype": "state"}],
    "Odd": [ASLAN | {"lat": "999"}],
}


class Server(HTTPServer):
    asked: list[tuple[str, dict[str, list[str]]]]
    is_down = False


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        self.server.asked.append((self.headers["User-Agent"], query))
        self.send_response(500 if self.server.is_down else 200)
        self.end_headers()
        self.wfile.write(json.dumps(ANSWERS.get(query["q"][0], [])).encode())

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    serving = Server(("127.0.0.1", 0), Handler)
    serving.asked = []
    thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield serving
    serving.shutdown()
    thread.join()
    serving.server_close()


class Clock:
    """Stands still until it is put forward."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def make(
    server: Server, folder: Path, seconds: float = 0.0, clock: Clock | None = None
) -> Nominatim:
    address = f"http://127.0.0.1:{server.server_port}"
    contact = "a test, test@example.org"
    return Nominatim(contact, folder / "kept", address, clock or Clock(), seconds)


@pytest.mark.parametrize(
    ("name", "gov", "precision"),
    [
        ("Aslan", None, "town"),
        ("Aslan", "Homs", "town"),
        ("Nahiya", None, "district"),
        ("Land", None, "governorate"),
        ("Odd", None, None),
        ("Narnia", None, None),
    ],
)
def test_places(
    server: Server, tmp_path: Path, name: str, gov: str | None, precision: str | None
) -> None:
    match = make(server, tmp_path).match(name, "SY", gov)
    assert (match.precision if match else None) == precision
    if match is not None:
        assert match.kind == "online" and match.place is not None and match.place.lat == 35.1
        assert "ODbL" in match.place.coordinates_from
        assert f'"{name}" is in no gazetteer; Nominatim says "Camp Aslan' in match.reason


def test_says_who_asks_and_where(server: Server, tmp_path: Path) -> None:
    online = make(server, tmp_path)
    online.match("Aslan", "SY")
    online.match("Narnia")
    assert server.asked[0][0] == "a test, test@example.org"
    assert [query["countrycodes"] for _, query in server.asked] == [["sy"], ["iq,sy"]]


def test_answers_are_kept_also_that_there_is_none(server: Server, tmp_path: Path) -> None:
    for _ in range(2):
        online = make(server, tmp_path)
        assert online.match("Aslan", "SY") is not None
        assert online.match("Narnia", "SY") is None
    assert len(server.asked) == 2
    kept = "".join(path.read_text() for path in (tmp_path / "kept").glob("*.json"))
    assert "35.1" in kept and "licence" not in kept


def test_other_countries_are_not_asked_for(server: Server, tmp_path: Path) -> None:
    assert make(server, tmp_path).match("Aslan", "TR") is None
    assert server.asked == []


def test_questions_are_apart(server: Server, tmp_path: Path) -> None:
    online = make(server, tmp_path, seconds=0.2)
    start = monotonic()
    for name in ("one", "two", "three"):
        online.match(name, "SY")
    assert monotonic() - start >= 0.4


def assert_out(online: Nominatim, name: str) -> None:
    with pytest.raises(OutageError, match=r"could not be asked \(.+\); it is asked again later\.$"):
        online.match(name, "SY")


def test_a_failure_is_told_once_and_not_kept(server: Server, tmp_path: Path) -> None:
    server.is_down = True
    online = make(server, tmp_path)
    assert_out(online, "Aslan")
    assert_out(online, "Narnia")
    assert len(server.asked) == 1
    server.is_down = False
    assert make(server, tmp_path).match("Aslan", "SY") is not None


def test_what_is_kept_is_known_in_an_outage(server: Server, tmp_path: Path) -> None:
    online = make(server, tmp_path)
    online.match("Aslan", "SY")
    server.is_down = True
    assert_out(online, "Narnia")
    assert online.match("Aslan", "SY") is not None


def test_it_is_asked_again_after_a_pause_that_grows(server: Server, tmp_path: Path) -> None:
    server.is_down, clock = True, Clock()
    online = make(server, tmp_path, clock=clock)
    for pause in (FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE):
        before = len(server.asked)
        assert_out(online, "Aslan")
        clock.now += pause - 1
        assert_out(online, "Aslan")
        assert not online.is_back()
        assert len(server.asked) == before + 1
        clock.now += 1
    for _ in range(20):
        assert not online.is_back()
        clock.now += LONGEST_PAUSE
    server.is_down = False
    before = len(server.asked)
    assert online.is_back() and online.is_back()
    assert online.match("Aslan", "SY") is not None
    assert len(server.asked) == before + 1, "what failed was asked, and its answer kept"


def test_after_a_success_the_pause_is_short_again(server: Server, tmp_path: Path) -> None:
    clock = Clock()
    online = make(server, tmp_path, clock=clock)
    for _ in range(3):
        server.is_down = True
        assert_out(online, "Narnia")
        clock.now += FIRST_PAUSE
        server.is_down = False
        assert online.match("Aslan", "SY") is not None
        for path in (tmp_path / "kept").glob("*.json"):
            path.unlink()


def test_answers_that_cannot_be_kept_are_used_and_end_the_asking(
    server: Server, tmp_path: Path
) -> None:
    (tmp_path / "kept").write_text("a file where the folder should be")
    clock = Clock()
    online = make(server, tmp_path, clock=clock)
    assert online.match("Aslan", "SY") is not None
    assert_out(online, "Narnia")
    assert not online.is_back() and len(server.asked) == 1
    clock.now += FIRST_PAUSE
    assert online.is_back()


def test_a_broken_answer_on_disk_is_asked_for_again(server: Server, tmp_path: Path) -> None:
    make(server, tmp_path).match("Aslan", "SY")
    next((tmp_path / "kept").glob("*.json")).write_text("{half")
    assert make(server, tmp_path).match("Aslan", "SY") is not None
    assert len(server.asked) == 2


def test_two_threads_that_ask_the_same_at_once_get_it_both(server: Server, tmp_path: Path) -> None:
    online, start, found = make(server, tmp_path), threading.Barrier(8), list[object]()

    def ask() -> None:
        start.wait()
        found.append(online.match("Aslan", "SY"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and None not in found
    (kept,) = (tmp_path / "kept").iterdir()
    assert kept.suffix == ".json"


def test_nothing_is_imported_before_it_is_asked() -> None:
    code = (Path(__file__).parents[3] / "geo" / "finding" / "nominatim.py").read_text()
    assert "\nfrom geopy" not in code and "\nimport geopy" not in code
