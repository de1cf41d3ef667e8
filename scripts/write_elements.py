"""Write pages/elements.json: which of Streamlit's elements each page draws when it is opened."""

import json
import sys
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "pages" / "elements.json"
SECONDS = 120
ASKED = {"incident": {"incident": "IQ-2021-07-07-AIN-AL-ASAD-1"}}
"""What the address of a page names, where it shows nothing without."""


def list_elements(page: str, query: dict[str, str]) -> list[str]:
    """Kinds of elements of a page of the shipped table, as Streamlit's messages name them."""
    app = AppTest.from_file(ROOT / "pages" / "_frame.py", default_timeout=SECONDS)
    if page != "overview":
        app.switch_page(f"{page}.py")
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    return sorted({node.type for node in app._tree if not isinstance(node, Block)})


def write_elements() -> str:
    """The text of the file: pages by their name in the address, elements in order."""
    pages = sorted(path.stem for path in (ROOT / "pages").glob("[!_]*.py"))
    return (
        json.dumps({page: list_elements(page, ASKED.get(page, {})) for page in pages}, indent=1)
        + "\n"
    )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    OUT.write_text(write_elements(), "utf-8")
