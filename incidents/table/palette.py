"""Which colour a type has: its place in the order of the colours of ``.streamlit/config.toml``."""

from collections.abc import Sequence

from incidents.table.columns import find_column

NOT_STATED = "not stated"
"""Stands for a missing type on screen."""


STRIKES = "strikes by the coalition"
"""What hangs below the line of a chart. It has a look of its own, and no type's colour: above and
below the line, a colour does not mean two things."""


def _known_types() -> tuple[str, ...]:
    column = find_column("type")
    assert column is not None
    return column.allowed


def order_types(present: Sequence[str], colours: int) -> tuple[str, ...]:
    """Every type that has a colour of its own, in the order of the colours.

    The usual types keep their places, so that a type has the same colour in every table. Types
    that only the reader's table has take the spare places, then those of absent usual types.

    Parameters
    ----------
    present
        Types in the table, most frequent first.
    colours
        Number of colours. Types beyond share the colour of ``other``.
    """
    slots: list[str | None] = [*_known_types(), *([None] * colours)][:colours]
    new = [each for each in present if each not in slots]
    free = [i for i, each in enumerate(slots) if each is None]
    free += [i for i, each in enumerate(slots) if each not in (None, "other", *present)]
    for index, name in zip(free, new, strict=False):
        slots[index] = name
    return tuple(each for each in slots if each is not None)


def make_palette(
    types: Sequence[str], light: Sequence[str], dark: Sequence[str]
) -> dict[str, tuple[str, str]]:
    """Colours of each type on light and on dark ground; ``""`` is for any other type."""
    palette = {each: (light[i], dark[i]) for i, each in enumerate(types)}
    palette[""] = palette.get("other", (light[-1], dark[-1]))
    return palette
