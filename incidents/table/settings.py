"""The only place that reads the environment: one row per setting, with its default."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Settings:
    """What the host may set.

    Attributes
    ----------
    table
        The incident table: a file (CSV, XLSX) or a folder holding ``incidents.csv`` and,
        if it has them, ``reports.csv`` and ``claims.csv``.
    places
        The curated gazetteer.
    boundaries
        Folder of the governorates' and neighbours' outlines.
    snapshots
        Folder where snapshots are kept. It must be writable.
    profiles
        Folder of the profiles: how the columns of known sources are mapped to ours.
    uploads
        Whether visitors may bring tables of their own.
    largest
        Bytes that a table of a visitor may have.
    contact
        Where errors are reported: an e-mail address, or an address in which ``{incident}`` and
        ``{version}`` are filled in. Empty: the page offers none.
    gazetteers
        Folder of gazetteer files that the host adds (see its README).
    nominatim
        Who asks Nominatim for names that no gazetteer knows; nobody asks when it is empty.
    nominatim_server
        Its address.
    tiles
        Whether the reader's browser may fetch OpenStreetMap tiles. Off: no request leaves it.
    """

    table: Path
    places: Path
    boundaries: Path
    snapshots: Path
    profiles: Path = ROOT / "data" / "profiles"
    uploads: bool = True
    largest: int = 200_000_000
    contact: str = ""
    gazetteers: Path = ROOT / "data" / "gazetteers"
    nominatim: str = ""
    nominatim_server: str = "https://nominatim.openstreetmap.org"
    tiles: bool = False


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from environment variables; what is not set takes the shipped default.

    ``INCIDENTS_TABLE`` names the table, ``INCIDENTS_SNAPSHOTS`` the folder of snapshots,
    ``INCIDENTS_TILES=osm`` switches OpenStreetMap tiles on, ``INCIDENTS_UPLOADS=off`` the upload
    of tables off; ``INCIDENTS_LARGEST`` is the most megabytes that an upload may have;
    ``INCIDENTS_CONTACT`` is where errors are reported. ``INCIDENTS_GAZETTEERS`` names the folder
    of further gazetteer files; ``INCIDENTS_NOMINATIM``, a name and an address of the host,
    switches Nominatim on, ``INCIDENTS_NOMINATIM_SERVER`` names another server than the public one.
    """
    data = ROOT / "data"
    return Settings(
        table=Path(environment.get("INCIDENTS_TABLE") or data),
        places=data / "places.csv",
        boundaries=data / "boundaries",
        snapshots=Path(environment.get("INCIDENTS_SNAPSHOTS") or ROOT / ".snapshots"),
        uploads=environment.get("INCIDENTS_UPLOADS", "").lower() != "off",
        largest=_read_megabytes(environment.get("INCIDENTS_LARGEST", "")),
        contact=environment.get("INCIDENTS_CONTACT", "").strip(),
        gazetteers=Path(environment.get("INCIDENTS_GAZETTEERS") or data / "gazetteers"),
        nominatim=environment.get("INCIDENTS_NOMINATIM", "").strip(),
        nominatim_server=environment.get("INCIDENTS_NOMINATIM_SERVER") or Settings.nominatim_server,
        tiles=environment.get("INCIDENTS_TILES", "").lower() == "osm",
    )


def _read_megabytes(text: str) -> int:
    """Megabytes as bytes; what is no whole number above 0 leaves the default."""
    is_number = text.isascii() and text.isdigit() and int(text[:9]) > 0
    return int(text[:9]) * 1_000_000 if is_number else Settings.largest
