"""Local copies of what folium and Datasette's map ask of other hosts.

Without a network the peers get the scripts that they use all the same. What they load but do not
use here (Bootstrap, icon fonts) is empty, and every tile one clear pixel: that makes them faster.
"""

from functools import cache
from pathlib import Path

import xstatic.pkg.jquery
import xstatic.pkg.leaflet

PEERS = Path(__file__).resolve().parent / ".venv"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
MEDIA = {".js": "text/javascript", ".css": "text/css", ".png": "image/png"}


@cache
def list_copies() -> dict[str, Path]:
    """Files by the name that ends their address."""
    folders = [
        Path(xstatic.pkg.leaflet.BASE_DIR),
        Path(xstatic.pkg.leaflet.BASE_DIR) / "images",
        Path(xstatic.pkg.jquery.BASE_DIR),
        *PEERS.glob("lib/python*/site-packages/xstatic/pkg/leaflet_markercluster/data"),
    ]
    files = {path.name: path for folder in folders for path in folder.iterdir() if path.is_file()}
    # The site asks for a version that the package does not name.
    return {"jquery-3.7.1.min.js": files["jquery.min.js"], **files}


def answer(url: str) -> tuple[str, bytes]:
    """Media type and body for an address of another host."""
    name = url.split("?")[0].rsplit("/", 1)[-1]
    path = list_copies().get(name)
    suffix = Path(name).suffix
    body = path.read_bytes() if path is not None else PIXEL if suffix == ".png" else b""
    return MEDIA.get(suffix, "application/octet-stream"), body
