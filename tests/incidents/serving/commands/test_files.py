"""Files that a command writes: whole, or not at all."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from incidents.serving.commands.files import write_file
from incidents.table.settings import ROOT

# A process that is killed, or told to end, while it writes a file.
ENDED = """
import os, signal, sys
from pathlib import Path
from incidents.serving.commands.files import write_file

signal.signal(signal.SIGTERM, signal.default_int_handler)
def give():
    yield b"half"
    os.kill(os.getpid(), int(sys.argv[2]))
    yield b"whole"
write_file(Path(sys.argv[1]), give())
"""


@pytest.mark.parametrize(("sign", "left"), [(signal.SIGTERM, 1), (signal.SIGKILL, 2)])
def test_what_a_killed_export_leaves_is_taken_away(
    tmp_path: Path, sign: signal.Signals, left: int
) -> None:
    out, own = tmp_path / "out [1].csv", tmp_path / ".out [1].csv.bak"
    own.write_text("the user's")
    command = [sys.executable, "-c", ENDED, str(out), str(int(sign))]
    subprocess.run(command, check=False, capture_output=True, cwd=ROOT)
    assert not out.exists() and len(list(tmp_path.iterdir())) == left

    def give() -> Iterator[bytes]:
        # Another one that still writes is left alone.
        write_file(out, iter([b"other"]))
        yield b"mine"

    write_file(out, give())
    assert out.read_bytes() == b"mine"
    assert sorted(tmp_path.iterdir()) == [own, out]
