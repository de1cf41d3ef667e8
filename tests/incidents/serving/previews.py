"""The head of a page as a chat program reads it."""

from html.parser import HTMLParser


class Preview(HTMLParser):
    """Properties of Open Graph as a chat program reads them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.told: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("property") or given.get("name")
        if tag == "meta" and name:
            self.told[name] = given.get("content") or ""
