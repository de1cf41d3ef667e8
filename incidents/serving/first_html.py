"""A first view in Streamlit's own HTML, with what its head says of it."""

import base64
import hashlib
import re
from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from incidents.serving.assets import asset_version
from incidents.serving.routes import PICTURE
from incidents.telling.files.card import HEIGHT, WIDTH
from incidents.telling.pages.document import Document
from incidents.telling.pages.style import Theme, write_style

THEME_SCRIPT = (
    'try{var t=JSON.parse(localStorage.getItem("stActiveTheme-"+location.pathname+"-v2"));'
    'if(t=="Dark"||t=="Light")document.documentElement.dataset.theme=t.toLowerCase()}catch(e){}'
)
"""The one script that stands in the page: the ground that the reader chose, before it is seen."""
THEME_HASH = "sha256-" + base64.b64encode(hashlib.sha256(THEME_SCRIPT.encode()).digest()).decode()
"""As a policy for scripts names it."""
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
    address = f"{base}/{document.address.removeprefix('./')}"
    head = (
        f"<title>{escape(document.title)}</title>"
        f'<meta name="description" content="{escape(document.description)}">'
        f'<link rel="canonical" href="{escape(address)}">{_write_preview(shell, document, base)}'
        f"<script>{THEME_SCRIPT}</script>"
        f'<style id="first-style">{write_style(themes, font[0] if font else "")}</style>'
        f'<script defer src="./api/assets/first-view.js?v={asset_version()}"></script>{links}'
    )
    before, after = html.split("</head>", 1)
    waits = " data-waits" if document.is_waiting else ""
    first = f'<div id="first-view"{waits}>{document.body}</div>'
    after = after.replace("<body>", f"<body>{first}", 1)
    return f"{before}{head}</head>{after}"


def _write_preview(shell: Shell, document: Document, base: str) -> str:
    """What chat programs show of the link, which read no other addresses than whole ones."""
    if not shell.origin or document.is_waiting:
        return ""
    place = f"{shell.origin}{base}"
    _, mark, query = document.address.partition("?")
    told = {
        "og:type": "website",
        "og:title": document.title,
        "og:description": document.description,
        "og:url": f"{place}/{document.address.removeprefix('./')}",
        "og:image": f"{place}{PICTURE}{mark}{query}",
        "og:image:type": "image/png",
        "og:image:width": f"{WIDTH}",
        "og:image:height": f"{HEIGHT}",
        "og:image:alt": document.description,
    }
    tags = [f'<meta property="{name}" content="{escape(words)}">' for name, words in told.items()]
    return "".join([*tags, '<meta name="twitter:card" content="summary_large_image">'])
