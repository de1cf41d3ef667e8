"""`make gazetteer`: from a server here, and without any."""

import io
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "get_gazetteer.py"
LINE = "\t".join(["1", "Narnia", *[""] * 17]) + "\n"


def pack(name: str, text: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, text)
    return packed.getvalue()


FILES = {"/IQ.zip": pack("IQ.txt", LINE), "/SY.zip": pack("SY.txt", LINE * 2)}


@pytest.fixture
def serve() -> Iterator[Callable[[dict[str, bytes]], str]]:
    opened: list[tuple[HTTPServer, threading.Thread]] = []

    def run(files: dict[str, bytes]) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200 if self.path in files else 404)
                self.end_headers()
                self.wfile.write(files.get(self.path, b""))

            def log_message(self, *_: Any) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        opened.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield run
    for server, thread in opened:
        server.shutdown()
        thread.join()
        server.server_close()


def get(server: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), "--server", server, "--folder", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_fetches_both_dumps(serve: Callable[..., str], tmp_path: Path) -> None:
    ended = get(serve(FILES), tmp_path / "new")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == ["IQ.txt", "SY.txt"]
    assert (tmp_path / "new" / "IQ.txt").read_text() == LINE
    assert "SY.txt: 2 places of GeoNames (CC BY 4.0)." in ended.stdout


def test_without_a_network_it_says_so_and_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "IQ.txt").write_text("kept")
    ended = get("http://127.0.0.1:1", tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.count("was not fetched") == 2
    assert [p.read_text() for p in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (None, "Not Found"),
        (b"<html>", "it is no zip file"),
        (pack("other.txt", LINE), "it is no zip file with a dump in it"),
        (pack("IQ.txt", "a\tb\n"), "its lines have no 19 columns"),
    ],
    ids=["absent", "a page", "another file", "another layout"],
)
def test_what_is_no_dump_is_not_kept(
    serve: Callable[..., str], tmp_path: Path, sent: bytes | None, why: str
) -> None:
    files = {"/SY.zip": FILES["/SY.zip"]} | ({} if sent is None else {"/IQ.zip": sent})
    ended = get(serve(files), tmp_path)
    assert ended.returncode == 0
    assert f"IQ.txt of GeoNames was not fetched: {why}" in ended.stdout
    assert [p.name for p in tmp_path.iterdir()] == ["SY.txt"]
