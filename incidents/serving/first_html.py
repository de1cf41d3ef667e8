"""A first view in Streamlit's own HTML, with what its head says of it."""

import base64
import hashlib
import re
from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from incidents.serving.assets import asset_version
from incidents.serving.routes import NEUTRAL, PICTURE
from incidents.telling.files.card import HEIGHT, WIDTH
from incidents.telling.pages.document import Document
from incidents.telling.pages.style import Theme, write_style
from incidents.telling.words.heading import PRIVATE, TITLE

THEME_SCRIPT = (
    'try{var t=JSON.parse(localStorage.getItem("stActiveTheme-"+location.pathname+"-v2"));'
    'if(t=="Dark"||t=="Light")document.documentElement.dataset.theme=t.toLowerCase()}catch(e){}'
    'window.__streamlit={BACKEND_BASE_URL:new URL(".",location.href).href}'
)
"""The one script that stands in the page: the ground that the reader chose, before it is seen; and
where Streamlit is, which it would look for below the page's own path first."""
THEME_HASH = "sha256-" + base64.b64encode(hashlib.sha256(THEME_SCRIPT.encode()).digest()).decode()
"""As a policy for scripts names it."""
_FRAMED = '<base target="_blank">'
"""In a frame, a link leads out of it, into a tab of its own."""
_UNLISTED = '<meta name="robots" content="noindex">'
_FONT = re.compile(r'\./static/media/SourceSansVF-Upright[^"]*\.woff2')


class Shell(NamedTuple):
    """Streamlit's own HTML, and where a request came to: scheme and host, or ""."""

    html: str
    origin: str


def insert(
    shell: Shell, document: Document, themes: Mapping[str, Theme], base: str, links: str = ""
) -> str:
    """Streamlit's HTML with a first view in it; as it is, where it is not what is expected.

    `links` are tags that go to the end of its head.
    """
    html = shell.html
    if "</head>" not in html or "<body>" not in html or 'id="root"' not in html:
        return html
    html = re.sub(r"<title>.*?</title>|<noscript>.*?</noscript>", "", html, flags=re.DOTALL)
    font = _FONT.search(html)
    address = f"{shell.origin}{base}/{document.address.removeprefix('./')}"
    head = (
        f"<title>{escape(document.title)}</title>"
        f'<meta name="description" content="{escape(document.description)}">'
        f'<link rel="canonical" href="{escape(address)}">{_write_preview(shell, document, base)}'
        f"{_FRAMED if document.is_alone else ''}{_UNLISTED if document.is_private else ''}"
        f"<script>{THEME_SCRIPT}</script>"
        f'<style id="first-style">{write_style(themes, font[0] if font else "")}</style>'
        f"{''.join(_load(name) for name in ('first-view.js', 'print.js'))}{links}"
    )
    before, after = html.split("</head>", 1)
    waits = " data-waits" if document.is_waiting else ""
    first = f'<div id="first-view"{waits}>{document.body}</div>'
    after = after.replace("<body>", f"<body>{first}", 1)
    return f"{before}{head}</head>{after}"


def _load(script: str) -> str:
    return f'<script defer src="./api/assets/{script}?v={asset_version()}"></script>'


def _write_preview(shell: Shell, document: Document, base: str) -> str:
    """What chat programs show of the link, which read no other addresses than whole ones."""
    if not shell.origin or document.is_waiting:
        return ""
    place = f"{shell.origin}{base}"
    _, mark, query = document.address.partition("?")
    picture = NEUTRAL if document.is_private else f"{PICTURE}{mark}{query}"
    shared = {
        "title": document.title,
        "description": document.description,
        "image": f"{place}{picture}",
        "image:alt": document.description,
    }
    told = {
        "og:type": "website",
        "og:site_name": PRIVATE if document.is_private else TITLE,
        "og:url": f"{place}/{document.address.removeprefix('./')}",
        **{f"og:{name}": words for name, words in shared.items()},
        "og:image:type": "image/png",
        "og:image:width": f"{WIDTH}",
        "og:image:height": f"{HEIGHT}",
    }
    card = {"card": "summary_large_image", **shared}
    tags = [("property", name, words) for name, words in told.items()]
    tags += [("name", f"twitter:{name}", words) for name, words in card.items()]
    return "".join(
        f'<meta {kind}="{name}" content="{escape(words)}">' for kind, name, words in tags
    )
