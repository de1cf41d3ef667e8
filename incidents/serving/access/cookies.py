"""The cookies of who is let in: how they are kept, and how they are read."""

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Scope

from incidents.serving.access.roles import COOKIE


def keep_cookie(
    answer: Response, scope: Scope, base: str, name: str, value: str, seconds: int
) -> None:
    """Have the browser keep a cookie that no script sees.

    Of other sites only a link that is followed sends it, and behind TLS it goes over nothing else.
    `base` is the path that the dashboard is served below.
    """
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        path=base or "/",
        secure=scope["scheme"] == "https",
        httponly=True,
        samesite="lax",
    )


def read_cookies(scope: Scope) -> dict[str, str]:
    """The cookies of a request; a program sends a token as its bearer."""
    connection = HTTPConnection(scope)
    cookies = dict(connection.cookies)
    kind, _, token = connection.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        cookies[COOKIE] = token.strip()
    return cookies
