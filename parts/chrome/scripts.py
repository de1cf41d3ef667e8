"""Scripts of our own elements."""

from pathlib import Path

_HOME = Path(__file__).with_name("home.js")


def read_script(element: Path) -> str:
    """The script beside an element's module, which may ask where the dashboard is served."""
    return f"{_HOME.read_text('utf-8')}\n{element.with_suffix('.js').read_text('utf-8')}"
