"""Fetch GeoNames' dumps of Iraq and Syria into data/gazetteers, where there is a network.

    python scripts/get_gazetteer.py [--server URL] [--folder FOLDER]

Without a network it says so and changes nothing: the dashboard runs with what is shipped.
"""

import argparse
import io
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

SERVER = "https://download.geonames.org/export/dump"
FOLDER = Path(__file__).resolve().parent.parent / "data" / "gazetteers"
COUNTRIES = ("IQ", "SY")
COLUMNS = 19
TIMEOUT = 30
LARGEST = 200_000_000


def fetch(server: str, country: str) -> bytes:
    """The dump of a country, unpacked.

    Raises
    ------
    OSError
        The server cannot be reached, or has no such file.
    ValueError
        What it sends is no dump.
    """
    with urllib.request.urlopen(f"{server}/{country}.zip", timeout=TIMEOUT) as answer:
        packed = answer.read(LARGEST)
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            if archive.getinfo(f"{country}.txt").file_size > LARGEST:
                raise ValueError("the file is too large")
            dump = archive.read(f"{country}.txt")
    except (zipfile.BadZipFile, KeyError) as error:
        raise ValueError("it is no zip file with a dump in it") from error
    if dump.split(b"\n", 1)[0].count(b"\t") + 1 != COLUMNS:
        raise ValueError(f"its lines have no {COLUMNS} columns")
    return dump


def write(path: Path, dump: bytes) -> None:
    """Write beside, then rename: half a dump is never read."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(dump)
    part.replace(path)


def main() -> int:
    """Fetch what can be fetched; 0 in any case, so that nothing that follows breaks."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", default=SERVER)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for country in COUNTRIES:
        try:
            dump = fetch(options.server, country)
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            print(
                f"{country}.txt of GeoNames was not fetched: {reason}. "
                "The dashboard runs with the gazetteers that it has."
            )
            continue
        write(options.folder / f"{country}.txt", dump)
        lines = dump.count(b"\n")
        print(f"{country}.txt: {lines:,} places of GeoNames (CC BY 4.0).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
