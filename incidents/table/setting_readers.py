"""How a setting is read from what a host writes; a `ValueError` says what to write instead."""

import re
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import NamedTuple, TypeVar

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".svg")
ON, OFF = {"on", "true", "yes", "1"}, {"off", "false", "no", "0", "none"}

ROLES = ("reader", "bringer", "editor")
"""What a visitor may do; each may all that the one before may."""

Value = TypeVar("Value")
Network = IPv4Network | IPv6Network
_PRIVATE = "127.0.0.0/8 ::1 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7"


def choose(*words: str) -> Callable[[str], str]:
    def read_word(text: str) -> str:
        if text.lower() not in words:
            raise ValueError(f"write {', '.join(words[:-1])} or {words[-1]}")
        return text.lower()

    return read_word


def read_groups(text: str) -> tuple[tuple[str, str], ...]:
    """Groups of a login, and the role of each; ``*`` is whoever logs in."""
    if text.lower() in OFF:
        return ()
    pairs = [word.rpartition("=") for word in re.split(r"[,\n]+", text)]
    found = tuple((group.strip(), role.strip()) for group, _, role in pairs)
    if not all(group and role in ROLES for group, role in found):
        raise ValueError("write like newsroom=editor, field staff=reader, *=reader")
    return found


def read_switch(text: str) -> bool:
    if text.lower() not in ON | OFF:
        raise ValueError("write on or off")
    return text.lower() in ON


def read_tiles(text: str) -> bool:
    if text.lower() not in {"osm"} | OFF:
        raise ValueError("write osm or off")
    return text.lower() == "osm"


def read_megabytes(text: str) -> int:
    """Megabytes as bytes."""
    if not re.fullmatch("[1-9][0-9]{0,5}", text):
        raise ValueError("write a whole number of megabytes, without a unit, such as 200")
    return int(text) * 1_000_000


def read_count(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,8}", text):
        raise ValueError("write a whole number from 1, such as 100")
    return int(text)


def or_off(read: Callable[[str], Value]) -> Callable[[str], Value | None]:
    """The same reader; None where the host switches the limit off."""

    def read_limit(text: str) -> Value | None:
        if text.lower() in OFF - {"0"}:
            return None
        try:
            return read(text)
        except ValueError as error:
            raise ValueError(f"{error}, or off") from error

    return read_limit


def read_ids(text: str) -> tuple[str, ...]:
    """Ids of versions, also out of whole links."""
    if text.lower() in OFF:
        return ()
    words = [word.rpartition("data=")[2].partition("&")[0] for word in re.split(r"[\s,]+", text)]
    if not all(re.fullmatch("[0-9a-f]{12}", word) for word in words):
        raise ValueError("write ids of versions, as in a link after data=, with blanks between")
    return tuple(words)


def read_origins(text: str) -> tuple[str, ...]:
    if text.lower() in OFF:
        return ()
    words = re.split(r"[\s,]+", text)
    if not all(re.fullmatch(r"https?://(\*\.)?[\w.-]+(:\d{1,5})?", word) for word in words):
        raise ValueError("write hosts like https://news.example, with blanks between")
    return tuple(words)


def read_proxies(text: str) -> tuple[Network, ...]:
    """Networks whose word on a client's address is believed."""
    if text.lower() in OFF:
        return ()
    words = re.split(r"[\s,]+", _PRIVATE if text.lower() in ON else text)
    try:
        return tuple(ip_network(word, strict=False) for word in words)
    except ValueError:
        raise ValueError("write on, off, or addresses such as 10.0.0.7 or 10.0.0.0/8") from None


class Host(NamedTuple):
    """Where something is answered."""

    address: str
    port: int


def read_host(text: str) -> Host:
    """A port of this machine alone, or one of an address."""
    address, _, port = text.rpartition(":")
    if not re.fullmatch(r"[1-9][0-9]{1,4}", port) or int(port) > 65535:
        raise ValueError("write a port such as 9100, or an address with one, as 0.0.0.0:9100")
    return Host(address.strip("[]") or "127.0.0.1", int(port))


def read_server(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]\S*", text):
        raise ValueError("write an address that begins with https:// or http://")
    return text.rstrip("/")


def read_database(text: str) -> str:
    """Address of a PostgreSQL database; "" when switched off."""
    if text.lower() in OFF:
        return ""
    if not re.fullmatch(r"postgres(ql)?://[^\s/]*/[^\s/?@]+(\?\S*)?", text):
        raise ValueError("write an address like postgresql://user:password@host/database")
    return text


def read_contact(text: str) -> str:
    """An e-mail or web address, perhaps with a name beside it; "" when switched off."""
    if text.lower() in OFF:
        return ""
    if not re.search(r"\S@\S|https?://\S", text):
        raise ValueError("write an e-mail address, or an address that begins with https://")
    return text


def read_name(text: str) -> str:
    """A name on one line; "" when switched off."""
    return "" if text.lower() in OFF else " ".join(text.split())[:80]


def read_picture(text: str) -> Path | None:
    path = Path(text)
    if text.lower() in OFF:
        return None
    if path.suffix.lower() not in PICTURES or not path.is_file():
        raise ValueError(f"write the path of a file that ends in {', '.join(PICTURES)}")
    return path
