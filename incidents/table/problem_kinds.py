"""The kinds of problems, read from the data beside this module and checked as they are read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal, get_args

import msgspec

Level = Literal["error", "warning", "note"]
About = Literal["table", "profile", "row", "cell", "place"]
LEVELS: tuple[Level, ...] = get_args(Level)


class ProblemKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of problem; the head of the data says what its fields mean."""

    name: str
    about: About
    level: Level
    title: str
    why: str
    message: str
    remedy: str


def read_kinds(text: str) -> dict[str, ProblemKind]:
    """The kinds of a TOML text, by their names, in its order.

    Raises
    ------
    ValueError
        It is no TOML, or a kind lacks something, has too much, or is there twice.
    """
    kinds: dict[str, ProblemKind] = {}
    for about, rows in tomllib.loads(text).items():
        for name, row in rows.items():
            if name in kinds:
                raise ValueError(f"The kind {name} is there twice.")
            kinds[name] = msgspec.convert({"name": name, "about": about, **row}, ProblemKind)
    return kinds


KINDS = read_kinds(Path(__file__).with_suffix(".toml").read_text("utf-8"))
