"""Where a browser finds the dashboard, as far as a request tells it: also behind a proxy."""

import re

from starlette.datastructures import Headers
from starlette.types import Scope

_HOST = re.compile(r"[\w.-]{1,253}(:\d{1,5})?|\[[0-9a-fA-F:.]{2,45}\](:\d{1,5})?", re.ASCII)
_PREFIX = re.compile(r"(/[\w.~-]+)*/?", re.ASCII)
API = "/api/"


def find_origin(scope: Scope) -> str:
    """Scheme and host of a request, as a browser sees them; "" where the host is none.

    A proxy tells what it was asked itself in ``X-Forwarded-…``, and which path it took off. They
    are believed from anybody: what is made of them is sent to whoever sent them, and kept by them.
    """
    told = Headers(scope=scope)
    schemes = (_find_first(told, "x-forwarded-proto").lower(), scope.get("scheme"))
    scheme = "https" if "https" in schemes else "http"
    host = _find_first(told, "x-forwarded-host") or told.get("host", "")
    prefix = _find_first(told, "x-forwarded-prefix").rstrip("/")
    if not _HOST.fullmatch(host) or not _PREFIX.fullmatch(prefix):
        return ""
    return f"{scheme}://{host}{prefix}"


def find_place(scope: Scope) -> str:
    """Address of the dashboard, with a slash at its end, of a request to its API; "" if unknown."""
    origin, (base, _, _) = find_origin(scope), str(scope["path"]).rpartition(API)
    return f"{origin}{base}/" if origin else ""


def _find_first(told: Headers, name: str) -> str:
    """What the first of several proxies says, which the browser spoke with."""
    return told.get(name, "").partition(",")[0].strip()
