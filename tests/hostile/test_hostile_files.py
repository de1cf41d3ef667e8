"""No file of a stranger reaches another file or an address, or ends in a traceback."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from incidents.intake.reading.apart import read_apart
from incidents.table.errors import TableError
from tests.hostile.make import PORT, SECRET, list_files

HERE = Path(__file__).parent
NAMES = [name for name, _ in list_files()]
WORD = "the-secret-of-the-host"


@pytest.fixture
def visits() -> Iterator[tuple[int, list[str]]]:
    """A port of this machine, and whoever spoke with it."""
    seen: list[str] = []
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0.1)
        is_over = threading.Event()

        def listen() -> None:
            while not is_over.is_set():
                try:
                    visitor, where = listening.accept()
                except TimeoutError:
                    continue
                seen.append(str(where))
                visitor.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield listening.getsockname()[1], seen
        is_over.set()
        thread.join()


def test_the_corpus_is_what_it_is_made_by() -> None:
    others = {"README.md", "make.py", "conftest.py", *(path.name for path in HERE.glob("test_*"))}
    assert {path.name for path in HERE.iterdir() if path.is_file()} - others == set(NAMES)
    readme = (HERE / "README.md").read_text("utf-8")
    assert all(f"`{name}`" in readme for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_else_is_reached(name: str, tmp_path: Path, visits: tuple[int, list[str]]) -> None:
    port, seen = visits
    secret = tmp_path / "secret.csv"
    secret.write_text(f"date,place\n2021-07-07,{WORD}\n")
    data = (HERE / name).read_bytes()
    if not name.endswith((".zip", ".kmz", ".gz", ".xlsx")):
        data = data.replace(SECRET.encode(), str(secret).encode())
        data = data.replace(PORT.encode(), str(port).encode())
    start = time.monotonic()
    try:
        table = read_apart(data, name)
    except TableError as error:
        told = str(error)
    else:
        told = table.rows.to_csv() + table.problems.to_csv()
    assert time.monotonic() - start < 10
    assert told and "Traceback" not in told
    assert WORD not in told and "root:" not in told
    assert seen == []
    assert not list(Path("/tmp").glob("incidents-*.csv"))
