"""Pages opened without a browser: how they are opened, and what they say."""

import re
from collections.abc import Callable
from html import unescape

from streamlit.testing.v1 import AppTest

OpenPage = Callable[..., AppTest]


def read_sentence(app: AppTest) -> str:
    """The heading of a page that has run: what is filtered."""
    (heading,) = [each.proto.body for each in app.get("html") if "<h1" in each.proto.body]
    return unescape(re.sub("<[^>]+>", "", heading))
