"""Casualties in words: the labels of charts, what they say when pointed at, their alternative."""

from collections.abc import Sequence
from typing import Any

from incidents.asking.casualties.rows import Row
from incidents.asking.figures import Total
from incidents.asking.time.steps import say_step
from incidents.table.palette import NOT_STATED
from incidents.table.sentences import BYS, UNKNOWN, WHO, say_part, say_range

MOST_SAID = 12
"""Rows that a text alternative reads out; how many more there are it says."""


def say_sum(row: Row, prefix: str = "") -> str:
    """The range of a row: 12–30, 12–30 or more, unknown. With ``until_``, all until then."""
    low, high, is_open = (row[f"{prefix}{name}"] for name in ("low", "high", "open"))
    return Total(low, high, 0, is_open).text


def say_sum_and_unknown(row: Row, prefix: str = "") -> str:
    """The range of a row with its unknowns beside: 12–30 (+ 3 unknown), unknown."""
    unknown, said = row[f"{prefix}unknown"], say_sum(row, prefix)
    return said if unknown == 0 or said == UNKNOWN else f"{said} (+ {unknown:,} unknown)"


def say_incidents(number: int) -> str:
    """A number of incidents."""
    return f"{number:,} incident{'' if number == 1 else 's'}"


def say_no_number(row: Row, prefix: str = "") -> str:
    """Of how many incidents nobody gives a number."""
    unknown = row[f"{prefix}unknown"]
    return say_incidents(unknown) if unknown else "none"


def say_publishers(row: Row) -> str:
    """From how many publishers the numbers of a row come."""
    known = row["incidents"] - row["unknown"]
    if known == 0:
        return "nobody gives a number"
    words = f"{row['one_publisher']:,} of {known:,} known from one publisher alone"
    missing = row["publishers_unknown"]
    return f"{words}; publishers of {missing:,} not stated" if missing else words


def say_share(row: Row) -> str:
    """How much of a row's sums hangs on one publisher: 7% of lowest, 1 of the highest 9; 0%."""
    said = {
        # Of a known share, no number is none.
        end: say_part(
            0 if row[f"one_publisher_{end}"] is None else row[f"one_publisher_{end}"], row[end]
        )
        for end in ("low", "high")
        if row[f"share_of_{end}"] is not None
    }
    if not said:
        return "no number" if row["high"] is None else UNKNOWN if row["high"] else "0 in all"
    if len(set(said.values())) == 1 and len(said) == 2:
        return said["low"]
    return ", ".join(_name_end(words, end) for end, words in said.items())


def _name_end(words: str, end: str) -> str:
    """A part of the lowest or highest claims: 7% of lowest, 1 of the highest 9."""
    name = {"low": "lowest", "high": "highest"}[end]
    part, of, whole = words.partition(" of ")
    return f"{part} of the {name} {whole}" if of else f"{words} of {name}"


def label_row(row: Row, by: str) -> str:
    """Name of the value that a row stands for."""
    if row["is_rest"]:
        return f"all other values of {BYS[by].lower()}"
    if row["value"] is None:
        return NOT_STATED
    return WHO[row["value"]] if by == "group" else str(row["value"])


def label_step(row: Row, step: str) -> str:
    """The step of a row."""
    return say_step(row["start"], step)


def say_loose(row: Row, step: str, harm: str) -> str:
    """The incidents that fit into no single step, in a sentence."""
    many = row["incidents"] != 1
    return (
        f"{say_incidents(row['incidents'])} that lasted longer than one {step}, or whose day is not"
        f" known, {'are' if many else 'is'} in no band: {harm} {say_sum_and_unknown(row)}."
    )


def describe_rows(title: str, lines: Sequence[tuple[str, str]]) -> str:
    """The text alternative of a chart: its title and what each row says."""
    told = "; ".join(f"{label}: {words}" for label, words in lines[:MOST_SAID])
    left = len(lines) - MOST_SAID
    more = f"; and {left:,} more" if left > 0 else ""
    return f"{title}. {told}{more}." if lines else f"{title}. Nothing to show."


def describe_steps(title: str, rows: Sequence[Row], step: str, prefix: str = "") -> str:
    """The text alternative of a chart over time: the first steps, and the last."""
    lines = [(label_step(row, step), say_sum_and_unknown(row, prefix)) for row in rows]
    if len(lines) <= MOST_SAID:
        return describe_rows(title, lines)
    last, words = lines[-1]
    return f"{describe_rows(title, lines[:-1])} At last {last}: {words}."


def say_publisher_count(row: dict[str, Any]) -> str:
    """Publishers of one incident."""
    number = row["sources"]
    if not number:
        return "publishers not stated"
    return f"{number:,} publisher{'' if number == 1 else 's'}"


def say_difference(row: Row) -> str:
    """The range of one incident, and from how many publishers."""
    return f"{say_range(row['low'], row['high'])}, {say_publisher_count(row)}"
