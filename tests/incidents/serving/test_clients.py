"""A client is who speaks with us; what it says of itself counts from a trusted proxy alone."""

from typing import Any

import pytest

from incidents.serving.clients import find_client
from incidents.table.settings import read_settings

PROXY = "10.0.0.7 192.168.0.0/16"
CASES: list[tuple[str, str, Any, list[str], str]] = [
    ("peer", "off", ("203.0.113.9", 4000), [], "203.0.113.9"),
    ("not believed", "off", ("203.0.113.9", 4000), ["198.51.100.1"], "203.0.113.9"),
    ("another proxy", PROXY, ("10.0.0.8", 4000), ["198.51.100.1"], "10.0.0.8"),
    ("proxy", PROXY, ("10.0.0.7", 4000), ["198.51.100.1"], "198.51.100.1"),
    ("forged before", PROXY, ("10.0.0.7", 1), ["1.2.3.4, 198.51.100.1"], "198.51.100.1"),
    ("two lines", PROXY, ("10.0.0.7", 1), ["1.2.3.4", "198.51.100.1"], "198.51.100.1"),
    ("two proxies", PROXY, ("10.0.0.7", 1), ["198.51.100.1, 192.168.3.4"], "198.51.100.1"),
    ("says nothing", PROXY, ("10.0.0.7", 1), [], "10.0.0.7"),
    ("garbage", PROXY, ("10.0.0.7", 1), ["x" * 1000], "x" * 64),
    ("rewritten by uvicorn", "off", ("198.51.100.1", 0), ["198.51.100.1"], "127.0.0.1"),
    ("on", "on", ("198.51.100.1", 0), ["198.51.100.1"], "198.51.100.1"),
    ("on, direct", "on", ("203.0.113.9", 4000), ["198.51.100.1"], "203.0.113.9"),
    ("socket", "off", None, [], "127.0.0.1"),
    ("IPv6", "off", ("2001:db8:1:2:aaaa::1", 4000), [], "2001:db8:1:2::/64"),
    ("IPv4 in IPv6", "10.0.0.7", ("::ffff:10.0.0.7", 4000), ["1.2.3.4"], "1.2.3.4"),
]


@pytest.mark.parametrize(
    ("proxy", "peer", "said", "client"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_whose_request_it_is(proxy: str, peer: Any, said: list[str], client: str) -> None:
    headers = [(b"x-forwarded-for", line.encode()) for line in said]
    scope = {"type": "http", "client": peer, "headers": headers}
    proxies = read_settings({"INCIDENTS_PROXY": proxy}).proxy
    assert find_client(scope, proxies) == client
