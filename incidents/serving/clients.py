"""Whose request it is: the address that speaks with us, or the one that a trusted proxy names."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv6Address, IPv6Network, ip_address

from starlette.datastructures import Headers
from starlette.types import Scope

from incidents.table.setting_readers import Network

HERE = "127.0.0.1"
_SITE = 64
"""Bits of an IPv6 address that are one customer's: the rest they choose by themselves."""


def find_client(scope: Scope, proxies: Sequence[Network]) -> str:
    """The address of a client, of IPv6 its network, as a key.

    Only what a proxy of `proxies` says is believed: the last address of ``X-Forwarded-For`` that
    is none of theirs. Anybody else may write that header.
    """
    peer = _find_peer(scope)
    if not _is_trusted(peer, proxies):
        return _name(peer)
    said = Headers(scope=scope).getlist("x-forwarded-for")
    chain = [each.strip() for line in said for each in line.split(",")]
    for address in reversed(chain):
        if not _is_trusted(address, proxies):
            return _name(address)
    return _name(peer)


def _find_peer(scope: Scope) -> str:
    host, port = scope.get("client") or (HERE, 0)
    # uvicorn believes the header of whoever speaks from this machine, and then tells no port.
    return host if port else HERE


def _is_trusted(address: str, proxies: Sequence[Network]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    found = getattr(found, "ipv4_mapped", None) or found
    return any(found in network for network in proxies if network.version == found.version)


def _name(address: str) -> str:
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        # What a proxy wrote instead of an address is still the same client each time.
        return address[:64]
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((found, _SITE), strict=False))
