"""What a page says of where it is: behind proxies, below a path, for each host."""

import pytest

from incidents.serving.origin import find_origin, find_place


@pytest.mark.parametrize(
    "host", ['x" onload="alert(1)', "a b", "<script>", "", "x" * 300, "a/../b", "[zz]", "a:b:c"]
)
def test_a_host_that_is_none_is_not_told(host: str) -> None:
    scope = {"type": "http", "scheme": "https", "headers": [(b"host", host.encode())]}
    assert find_origin(scope) == ""


BEHIND = [
    ({}, "http://inner:8501"),
    ({"x-forwarded-proto": "https"}, "https://inner:8501"),
    (
        {"x-forwarded-proto": "https, http", "x-forwarded-host": "news.example"},
        "https://news.example",
    ),
    ({"x-forwarded-host": "news.example, inner2"}, "http://news.example"),
    (
        {"x-forwarded-host": "news.example", "x-forwarded-prefix": "/attacks/"},
        "http://news.example/attacks",
    ),
    ({"x-forwarded-proto": "javascript"}, "http://inner:8501"),
    ({"x-forwarded-host": "a b"}, ""),
    ({"x-forwarded-prefix": '/"><script>'}, ""),
]


@pytest.mark.parametrize(("headers", "origin"), BEHIND)
def test_behind_a_proxy_it_is_what_the_proxy_was_asked(
    headers: dict[str, str], origin: str
) -> None:
    told = [(b"host", b"inner:8501"), *((k.encode(), v.encode()) for k, v in headers.items())]
    scope = {"type": "http", "scheme": "http", "headers": told, "path": "/base/api/brief.html"}
    assert find_origin(scope) == origin
    # What came by TLS, or is known to have, goes back by it.
    safe = origin.replace("http://", "https://")
    assert find_origin(scope | {"scheme": "https"}) == safe
    assert find_place(scope) == (f"{origin}/base/" if origin else "")


@pytest.mark.parametrize("host", ["news.example", "localhost:8501", "10.0.0.7:80", "[::1]:8501"])
def test_a_host_is_told_with_its_scheme(host: str) -> None:
    scope = {"type": "http", "scheme": "https", "headers": [(b"host", host.encode())]}
    assert find_origin(scope) == f"https://{host}"
