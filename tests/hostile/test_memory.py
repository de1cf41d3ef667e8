"""No file of the corpus takes a gigabyte or ten seconds of a processor, whatever is answered."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from incidents.table.settings import ROOT
from tests.hostile.make import list_files

MEGABYTES, SECONDS = 1000, 10
# As the process does that reads strangers' files, but that what each child took is told.
MEASURE = """
import json, os, sys
from dataclasses import asdict
from pathlib import Path
from incidents.intake.reading import apart, child
told = {}
for name in sys.argv[2:]:
    path = Path(sys.argv[1]) / name
    request = child.Request(name, path.stat().st_size, apart.STRANGERS, apart.MEMORY, apart.SECONDS)
    number = os.fork()
    if number == 0:
        os.dup2(os.open(path, os.O_RDONLY), 0)
        child._restrict(request)
        os._exit(child._answer(request, os.open(os.devnull, os.O_WRONLY)))
    _, status, used = os.wait4(number, 0)
    told[name] = (os.waitstatus_to_exitcode(status), used.ru_maxrss, used.ru_utime + used.ru_stime)
print(json.dumps(told))
"""
NAMES = [name for name, _ in list_files()]


@pytest.fixture(scope="module")
def taken() -> dict[str, tuple[int, int, float]]:
    """How the child of each file ended, kilobytes at its peak, and seconds of a processor."""
    command = [sys.executable, "-c", MEASURE, str(Path(__file__).parent), *NAMES]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, tuple[int, int, float]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_it_takes_no_more(name: str, taken: dict[str, tuple[int, int, float]]) -> None:
    ended, kilobytes, seconds = taken[name]
    assert ended == 0
    assert kilobytes < MEGABYTES * 1000
    assert seconds < SECONDS
