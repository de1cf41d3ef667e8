"""Filters too long for an address: kept under a name that is made of what they ask for."""

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from incidents.asking.address import Address, Dropped, from_query, to_pairs, to_query
from incidents.table.kept_files import write_whole
from incidents.versions.shared.registry import want

KEY = "f"
"""Parameter of an address that names kept filters."""
LINKS = "links"
"""Its name beside the snapshots. What is in it is never removed."""
LONGEST = 1_800
"""Letters of a query that an address takes as they are: some mail and chat programs cut links off
at 2,000, and the host, the page and the map's window take their part."""
MOST = 20_000
"""Filters that are kept at the most: strangers cannot fill the disk by asking. Links that come
later stay long; they work where nothing cuts them off."""
LARGEST = 64_000
"""Bytes of filters that are kept, a thousand places or so: an open page may ask for any number."""
_NAME = re.compile("[0-9a-f]{24}")

Pairs = Iterable[tuple[str, str]]


def shorten(
    home: Path, address: Address, longest: int = LONGEST, keeps: bool = True
) -> list[tuple[str, str]]:
    """The address as parameters; its filters by their name in `home`, where they are too long.

    The same filters have the same name, whoever asks. Where they cannot be kept, they are written
    out; so they are where `keeps` is false and nobody has kept them yet.
    """
    pairs = to_pairs(address)
    if len(urlencode(pairs)) <= longest:
        return pairs
    name = _keep(home / LINKS, to_query(Address(address.filters)), keeps)
    return pairs if name is None else [(KEY, name), *to_pairs(Address(display=address.display))]


def shorten_query(home: Path, address: Address, longest: int = LONGEST, keeps: bool = True) -> str:
    """As `shorten`, as a URL query without ``?``."""
    return urlencode(shorten(home, address, longest, keeps))


def open_query(home: Path, query: str | Pairs) -> tuple[Address, tuple[Dropped, ...]]:
    """As `from_query`, with the filters that the query names. Never raises.

    A filter that the query has besides counts before the kept one of its key.
    """
    pairs = (
        parse_qsl(query.lstrip("?"), keep_blank_values=True) if isinstance(query, str) else query
    )
    given = list(pairs)
    names = [value for key, value in given if key == KEY]
    if not names:
        return from_query(given)
    rest = [pair for pair in given if pair[0] != KEY]
    kept = _read(home / LINKS, names[-1])
    own = {key for key, _ in rest}
    address, dropped = from_query([*(each for each in kept or () if each[0] not in own), *rest])
    if kept is None:
        reason = f'"{KEY}": filters of this name are not kept here; ask for the whole link.'
        dropped = (Dropped(KEY, names[-1][:40], reason), *dropped)
    return address, dropped


def _keep(folder: Path, query: str, is_wanted: bool) -> str | None:
    if len(query) > LARGEST:
        return None
    name = _name(query)
    path = folder / name
    if path.is_file():
        return name
    if not is_wanted:
        return None
    # A full or read-only disk leaves the link as long as it is.
    with suppress(OSError):
        if not folder.is_dir() or sum(1 for _ in folder.iterdir()) < MOST:
            write_whole(path, query.encode())
            return name
    return None


def _read(folder: Path, name: str) -> list[tuple[str, str]] | None:
    """What is kept under a name; None if nothing is, or not what the name was made of."""
    if not _NAME.fullmatch(name):
        return None
    if not (folder / name).is_file():
        want(folder.parent, folder / name)
    try:
        query = (folder / name).read_bytes().decode("utf-8", "replace")
    except OSError:
        return None
    return parse_qsl(query, keep_blank_values=True) if _name(query) == name else None


def _name(query: str) -> str:
    return hashlib.sha256(query.encode()).hexdigest()[:24]
