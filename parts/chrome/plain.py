"""Text of a table or a link, made safe where Streamlit reads Markdown."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:@/&])")
# Streamlit makes links of bare addresses even where their letters are escaped: an invisible
# joiner, at which no line breaks, ends the address.
_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)


def plain(text: str) -> str:
    """The text such that Markdown shows it as it is: no link, image, icon, colour or HTML.

    A Markdown image would make the reader's browser ask another server for it.
    """
    return _SPECIAL.sub(r"\\\1", _ADDRESS.sub("\u2060", " ".join(text.split())))
