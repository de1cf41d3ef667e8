"""Text of a table or a link, made safe where Streamlit reads Markdown."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:@/&])")


def plain(text: str) -> str:
    """The text such that Markdown shows it as it is: no link, image, icon, colour or HTML.

    A Markdown image would make the reader's browser ask another server for it.
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
