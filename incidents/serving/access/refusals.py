"""What somebody is told who may not see anything here: nothing of the data, not even its name."""

from html import escape

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import Scope

LINKS = (
    "Open the link that you were given. If it worked before, it has expired or was revoked: ask "
    "for a new one."
)
NOT_ALLOWED = "You may look at this dashboard, but not change anything."
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
<style>:root {{ color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }}
main {{ max-width: 34rem; margin: 15vh auto 0; padding: 0 1.2rem }}</style></head>
<body><main><h1>{title}</h1><p>{words}</p></main></body></html>
"""
TITLE = "This page is not public"


def refuse(scope: Scope, words: str = LINKS) -> Response:
    """401, as a page for a browser that asks for one, else as a sentence."""
    headers = {"cache-control": "no-store", "www-authenticate": "Bearer"}
    if "text/html" in Headers(scope=scope).get("accept", ""):
        return HTMLResponse(_PAGE.format(title=TITLE, words=escape(words)), 401, headers)
    return PlainTextResponse(f"{TITLE}. {words}", 401, headers)


def forbid() -> Response:
    """403, for who may see this, but not do it."""
    return PlainTextResponse(NOT_ALLOWED, 403, {"cache-control": "no-store"})
