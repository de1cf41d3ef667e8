"""What somebody is told who may not see anything here: nothing of the data, not even its name."""

from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import Scope

LINKS = (
    "Open the link that you were given. If it worked before, it has expired or was revoked: ask "
    "for a new one."
)
LOG_IN = "Log in to see it."
NOT_YOU = "You have logged in, but your account may not see it. Ask whoever runs it."
NOT_ALLOWED = "You may look at this dashboard, but not change anything."
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
<style>:root {{ color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }}
main {{ max-width: 34rem; margin: 15vh auto 0; padding: 0 1.2rem }}</style></head>
<body><main><h1>{title}</h1><p>{words}</p>{ways}</main></body></html>
"""
TITLE = "This page is not public"


def refuse(
    scope: Scope,
    words: str = LINKS,
    ways: Mapping[str, str] = MappingProxyType({}),
    status: int = 401,
) -> Response:
    """401 or 403, as a page for a browser that asks for one, else as a sentence.

    `ways` are words and the addresses that they lead to.
    """
    headers = {"cache-control": "no-store"}
    if status == 401:
        headers["www-authenticate"] = "Bearer"
    if "text/html" in Headers(scope=scope).get("accept", ""):
        links = "".join(
            f'<p><a href="{escape(address)}">{escape(name)}</a></p>'
            for name, address in ways.items()
        )
        return HTMLResponse(
            _PAGE.format(title=TITLE, words=escape(words), ways=links), status, headers
        )
    return PlainTextResponse(f"{TITLE}. {words}", status, headers)


def forbid() -> Response:
    """403, for who may see this, but not do it."""
    return PlainTextResponse(NOT_ALLOWED, 403, {"cache-control": "no-store"})
