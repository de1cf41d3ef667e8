"""The kinds of problems: complete, each once, in words that fit together."""

from string import Formatter

import pytest

from incidents.table.problem_kinds import KINDS, LEVELS, ProblemKind, read_kinds


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_kind_is_complete(kind: ProblemKind) -> None:
    assert kind.level in LEVELS
    assert all((kind.title, kind.why, kind.message, kind.remedy))
    assert kind.remedy.endswith(".") and kind.message.endswith((".", ")."))


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_words_of_a_message_are_named(kind: ProblemKind) -> None:
    gaps = [name for _, name, _, _ in Formatter().parse(kind.message) if name is not None]
    assert all(name.isidentifier() for name in gaps)


ROW = 'title = "T"\nwhy = "W."\nmessage = "m."\nremedy = "R."\n'
WRONG = {
    "no TOML": "[row.a\n",
    "an unknown level": f'[row.a]\nlevel = "fatal"\n{ROW}',
    "an unknown subject": f'[sky.a]\nlevel = "note"\n{ROW}',
    "no level": f"[row.a]\n{ROW}",
    "too much": f'[row.a]\nlevel = "note"\ncolour = "red"\n{ROW}',
    "twice": f'[row.a]\nlevel = "note"\n{ROW}[cell.a]\nlevel = "note"\n{ROW}',
}


@pytest.mark.parametrize("text", WRONG.values(), ids=list(WRONG))
def test_what_is_no_kind_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_kinds(text)


def test_a_kind_is_read() -> None:
    kind = ProblemKind("a", "row", "note", "T", "W.", "m.", "R.")
    assert read_kinds(f'[row.a]\nlevel = "note"\n{ROW}') == {"a": kind}
