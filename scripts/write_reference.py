"""Write docs/reference.md from the tables in the code: columns, filters, problems, routes.

And the settings, into their place in README.md.

python scripts/write_reference.py
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from incidents.asking.address import KEYS  # noqa: E402
from incidents.serving.routes import ROUTES  # noqa: E402
from incidents.table.columns import (  # noqa: E402
    ALSO,
    CLAIM_COLUMNS,
    COLUMNS,
    REPORT_COLUMNS,
    VOICE_COLUMNS,
    Column,
)
from incidents.table.problem_kinds import KINDS  # noqa: E402
from incidents.table.settings import ROWS  # noqa: E402

REFERENCE, README = ROOT / "docs" / "reference.md", ROOT / "README.md"
SETTINGS = re.compile(r"^\| setting \|.*\n(\|.*\n)*", re.MULTILINE)
HEAD = """# Reference

Written by `scripts/write_reference.py` from the tables in the code; do not edit.
"""


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in lines
    )


def _columns(columns: tuple[Column, ...]) -> str:
    rows = [
        (
            f"`{column.name}`" + (" (needed)" if column.required else ""),
            column.type + (f", {column.unit}" if column.unit else ""),
            column.meaning,
            ", ".join(column.allowed),
            ", ".join(column.aliases),
        )
        for column in columns
    ]
    return _table(("column", "type", "meaning", "usual values", "also called"), rows)


def _filters() -> str:
    rows = []
    for key in KEYS:
        shown = "" if key.default in (None, (), "") else str(key.default)
        rows.append((f"`{key.name}`", key.label, key.meaning, shown))
    return _table(("key", "label", "meaning", "default"), rows)


def _problems() -> str:
    rows = [(kind.level, kind.title, kind.why, kind.remedy) for kind in KINDS.values()]
    return _table(("level", "problem", "why it matters", "what to do"), rows)


def write_reference() -> str:
    """The whole page as Markdown."""
    parts = [
        HEAD,
        "## Filters\nKeys of links and of the API alike. `data`, `incident`, `bbox` and `z` choose "
        "what is shown. `f` names filters that are too long for an address.\n",
        _filters(),
        "\n`x.<name>` asks by a column of the table's own, see `docs/method.md`: any of its "
        "values, or two numbers or days. `?` is what is unknown in it, `*` what is known.\n",
        "\n## Routes\n",
        _table(("route", "answer"), [(f"`GET {path}`", words) for path, words in ROUTES.items()]),
        "\n## Columns of incidents\nKnown by name, without regard to case, spaces and hyphens; "
        "never by position.\n",
        _columns((*COLUMNS, *ALSO)),
        "\n## Columns of reports\n",
        _columns((*REPORT_COLUMNS, *VOICE_COLUMNS)),
        "\n## Columns of claims\n",
        _columns(CLAIM_COLUMNS),
        "\n## Problems\nAn *error* sets the row aside, a *warning* leaves a cell unused, a *note* "
        "changes nothing.\n",
        _problems(),
        "",
    ]
    return "\n".join(parts)


def write_settings(readme: str) -> str:
    """The README with the table of settings in its place."""
    rows = [
        (f"`{name}`", row.metadata["meaning"], f"`{row.metadata['default']}`")
        for name, row in ROWS.items()
    ]
    table = _table(("setting", "meaning", "default"), rows) + "\n"
    return SETTINGS.sub(lambda _: table, readme, count=1)


if __name__ == "__main__":
    README.write_text(write_settings(README.read_text("utf-8")), encoding="utf-8")
    REFERENCE.write_text(write_reference(), encoding="utf-8")
