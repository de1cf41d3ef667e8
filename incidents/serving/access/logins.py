"""The way to the provider and back: to the page that was asked for, not to the first one."""

from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import parse_qs, quote, unquote, urlencode

from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from incidents.serving.access.cookies import keep_cookie
from incidents.serving.access.refusals import LOG_IN, NOT_YOU, refuse

PATH = "/api/login"
"""Leads to the provider. Streamlit's own address for that is good for two minutes only."""
STREAMLITS = ("/auth/login", "/auth/logout", "/oauth2callback")
"""What Streamlit answers of it: open to who has not logged in yet."""
NEXT = "incidents_next"
"""Cookie that remembers which page was asked for."""
MINUTES = 10
DEFAULT = "default"


class Login(Protocol):
    """What Streamlit knows of logging in; `parts.login` has it."""

    def read_user(self, cookies: Mapping[str, str]) -> Mapping[str, Any] | None:
        """What the provider told of who has logged in; None where nobody has."""

    def list_providers(self) -> list[str]:
        """Names of those that one can log in with."""

    def write_address(self, provider: str) -> str:
        """Where one logs in, below the dashboard's own address."""


def ask_to_log_in(scope: Scope, login: Login, base: str, is_known: bool) -> Response:
    """401 with the ways to log in; 403 where somebody has whose account may see nothing."""
    if is_known:
        return refuse(scope, NOT_YOU, {"Log out": f"{base}/auth/logout"}, 403)
    query = scope["query_string"].decode("latin-1")
    asked = quote(scope["path"]) + (f"?{query}" if query else "")
    ways = {
        _name(each): f"{base}{PATH}?{urlencode({'provider': each, 'next': asked})}"
        for each in login.list_providers()
    }
    return refuse(scope, LOG_IN, ways)


def _name(provider: str) -> str:
    return "Log in" if provider == DEFAULT else f"Log in with {provider}"


def lead_to_provider(scope: Scope, login: Login, base: str) -> Response:
    """To the provider that is asked for; back to the page that is asked for, too."""
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    provider, page = (asked.get(name, [""])[-1] for name in ("provider", "next"))
    if provider not in login.list_providers():
        return refuse(scope, LOG_IN)
    address = f"{base}/{login.write_address(provider)}"
    answer = RedirectResponse(address, 303, {"cache-control": "no-store"})
    if _is_here(page, base):
        keep_cookie(answer, scope, base, NEXT, quote(page), MINUTES * 60)
    return answer


def lead_back(scope: Scope, base: str) -> Response | None:
    """To the page that was asked for before logging in; None if none was, or this is it."""
    page = unquote(HTTPConnection(scope).cookies.get(NEXT, ""))
    if scope["path"] != f"{base}/" or scope["query_string"] or not _is_here(page, base):
        return None
    answer = RedirectResponse(page, 303, {"cache-control": "no-store"})
    answer.delete_cookie(NEXT, path=base or "/")
    return answer


def _is_here(page: str, base: str) -> bool:
    """Whether an address is one of this dashboard; ``/\\`` leads elsewhere, too."""
    is_plain = page.isascii() and page.isprintable() and "\\" not in page
    return is_plain and page.startswith(f"{base}/") and not page.startswith("//")
