"""The cookies of who is let in."""

import pytest
from starlette.responses import Response

from incidents.serving.access.cookies import keep_cookie, read_cookies
from incidents.serving.access.roles import COOKIE


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_script_sees_a_cookie_and_behind_tls_it_stays_there(scheme: str) -> None:
    answer = Response()
    keep_cookie(answer, {"type": "http", "scheme": scheme}, "/attacks", "name", "value", 60)
    told = {each.strip().lower() for each in answer.headers["set-cookie"].split(";")}
    assert {"name=value", "max-age=60", "path=/attacks", "httponly", "samesite=lax"} <= told
    assert ("secure" in told) == (scheme == "https")


def test_a_cookie_of_the_whole_host_where_no_path_is_told() -> None:
    answer = Response()
    keep_cookie(answer, {"type": "http", "scheme": "http"}, "", "name", "value", 60)
    assert "path=/;" in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ({"cookie": "a=1; b=2"}, {"a": "1", "b": "2"}),
        ({"authorization": "Bearer  xyz "}, {COOKIE: "xyz"}),
        ({"cookie": f"{COOKIE}=old", "authorization": "bearer new"}, {COOKIE: "new"}),
        ({"authorization": "Basic xyz"}, {}),
        ({}, {}),
    ],
)
def test_a_program_sends_its_token_as_a_bearer(
    headers: dict[str, str], found: dict[str, str]
) -> None:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    assert read_cookies({"type": "http", "headers": raw}) == found
