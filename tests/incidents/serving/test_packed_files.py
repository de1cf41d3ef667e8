"""Static files on their way out: packed as the browser takes it, kept once, never mixed up."""

import gzip
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from incidents.serving.packed_files import YEAR, PackedFiles, Packer, choose_encoding

SCRIPT = ("const greeting = 'hello';\n" * 200).encode()
NAME = "index.DormvYxC.js"


@pytest.fixture
def static(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / NAME).write_bytes(SCRIPT)
    (folder / "plain.js").write_bytes(SCRIPT)
    (folder / "small.js").write_bytes(b"1")
    (folder / "picture.png").write_bytes(SCRIPT)
    return folder


@pytest.fixture
def packer(tmp_path: Path) -> Packer:
    return Packer(tmp_path / "packed")


async def tell(request: Request) -> Response:
    return PlainTextResponse(SCRIPT)


@pytest.fixture
def client(static: Path, packer: Packer) -> TestClient:
    routes = [Mount("/static", StaticFiles(directory=static)), Route("/api/figures", tell)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(PackedFiles, packer)]))


def ask(client: TestClient, name: str, accepted: str, **headers: str) -> tuple[Response, bytes]:
    """The answer, and its bytes as they travelled."""
    asked = {"accept-encoding": accepted, **{k.replace("_", "-"): v for k, v in headers.items()}}
    with client.stream("GET", f"/static/{name}", headers=asked) as answer:
        return answer, b"".join(answer.iter_raw())  # type: ignore[return-value]


ACCEPTED = [
    ("br", "br"),
    ("gzip, deflate, br, zstd", "br"),
    ("gzip", "gzip"),
    ("br;q=0, gzip", "gzip"),
    ("BR;Q=0.5", "br"),
    ("*", "br"),
    ("*;q=0, gzip;q=0.1", "gzip"),
    ("br;q=nonsense", None),
    ("identity", None),
    ("", None),
    ("brotli", None),
]


@pytest.mark.parametrize(("accepted", "encoding"), ACCEPTED, ids=[case[0] for case in ACCEPTED])
def test_choose_encoding(accepted: str, encoding: str | None) -> None:
    assert choose_encoding(accepted) == encoding


UNPACK: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize("encoding", UNPACK)
def test_a_script_goes_out_packed(client: TestClient, encoding: str) -> None:
    answer, raw = ask(client, NAME, encoding)
    assert answer.headers["content-encoding"] == encoding
    assert answer.headers["content-length"] == str(len(raw))
    assert len(raw) < len(SCRIPT) / 10
    assert UNPACK[encoding](raw) == SCRIPT


@pytest.mark.parametrize("accepted", ["br", "gzip", "identity"])
def test_caches_are_told_that_it_depends(client: TestClient, accepted: str) -> None:
    assert "accept-encoding" in ask(client, NAME, accepted)[0].headers["vary"].lower()


def test_every_encoding_has_a_tag_of_its_own(client: TestClient) -> None:
    tags = {ask(client, NAME, each)[0].headers["etag"] for each in ("br", "gzip", "identity")}
    assert len(tags) == 3


@pytest.mark.parametrize("accepted", ["br", "gzip", "identity"])
def test_what_a_browser_has_is_not_sent_again(client: TestClient, accepted: str) -> None:
    tag = ask(client, NAME, accepted)[0].headers["etag"]
    answer, raw = ask(client, NAME, accepted, if_none_match=tag)
    assert (answer.status_code, raw, answer.headers["etag"]) == (304, b"", tag)


def test_a_tag_of_another_encoding_does_not_count(client: TestClient) -> None:
    tag = ask(client, NAME, "gzip")[0].headers["etag"]
    assert ask(client, NAME, "br", if_none_match=tag)[0].status_code == 200


def test_only_what_bears_a_hash_is_kept_for_a_year(client: TestClient) -> None:
    assert ask(client, NAME, "br")[0].headers["cache-control"] == YEAR
    assert "cache-control" not in ask(client, "plain.js", "br")[0].headers


def test_a_page_in_place_of_a_script_is_not_kept(packer: Packer) -> None:
    """As Streamlit answers for a script that another version has."""
    page = Route("/static/js/index.AbCd1234.js", lambda request: HTMLResponse("<html>" * 300))
    middleware = [Middleware(PackedFiles, packer)]
    answer = TestClient(Starlette(routes=[page], middleware=middleware)).get(page.path)
    assert answer.status_code == 200 and "cache-control" not in answer.headers


@pytest.mark.parametrize("name", ["small.js", "picture.png"])
def test_what_gains_nothing_goes_out_as_it_is(client: TestClient, name: str, static: Path) -> None:
    answer, raw = ask(client, name, "br")
    assert "content-encoding" not in answer.headers
    assert raw == (static / name).read_bytes()


def test_a_part_of_a_file_is_that_part(client: TestClient) -> None:
    answer, raw = ask(client, NAME, "br", range="bytes=0-9")
    assert (answer.status_code, raw) == (206, SCRIPT[:10])


def test_what_is_not_there_is_not_kept(client: TestClient) -> None:
    answer, _ = ask(client, "none.12345678.js", "br")
    assert answer.status_code == 404
    assert "cache-control" not in answer.headers


def test_answers_of_the_api_are_left_alone(client: TestClient) -> None:
    answer = client.get("/api/figures", headers={"accept-encoding": "br"})
    assert "content-encoding" not in answer.headers


def test_below_a_path_of_the_host(static: Path, packer: Packer) -> None:
    routes = [Mount("/attacks/static", StaticFiles(directory=static))]
    middleware = [Middleware(PackedFiles, packer, "/attacks")]
    client = TestClient(Starlette(routes=routes, middleware=middleware))
    answer = client.get(f"/attacks/static/{NAME}", headers={"accept-encoding": "br"})
    assert answer.headers["content-encoding"] == "br"


def test_the_best_is_kept_once_by_content(packer: Packer) -> None:
    packer.pack(SCRIPT, "br")
    packer.pack_ahead(SCRIPT)
    packer.finish()
    (kept,) = packer.folder.iterdir()
    assert brotli.decompress(kept.read_bytes()) == SCRIPT
    assert Packer(packer.folder).pack(SCRIPT, "br") == kept.read_bytes()


def test_a_changed_file_is_packed_anew(client: TestClient, static: Path) -> None:
    ask(client, NAME, "br")
    (static / NAME).write_bytes(SCRIPT.upper())
    assert brotli.decompress(ask(client, NAME, "br")[1]) == SCRIPT.upper()


def test_a_folder_that_cannot_be_written_costs_no_answer(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    packer = Packer(tmp_path / "file" / "packed")
    assert gzip.decompress(packer.pack(SCRIPT, "gzip")) == SCRIPT
    assert brotli.decompress(packer.pack(SCRIPT, "br")) == SCRIPT
    packer.finish()


def test_a_font_that_cannot_be_cut_goes_out_as_it_is(packer: Packer) -> None:
    assert PackedFiles(Starlette(), packer, icons=("close",)).cut(b"no font") == b"no font"
