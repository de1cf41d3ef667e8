"""What was said when: the reports on an incident by the day of their publication."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from incidents.table.sentences import say_partial_date
from incidents.telling.words.matrix import Line, Matrix


@dataclass(frozen=True)
class Remark:
    """One thing that a report says; `is_new` where no earlier day's report had it."""

    label: str
    text: str
    is_new: bool


@dataclass(frozen=True)
class Entry:
    """One report on its day, and what it says."""

    line: Line
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Published:
    """All reports of one day; of a month or a year, where no day is known.

    `published` is the ISO text, None where nothing is known; `label` is what the reader sees.
    """

    published: str | None
    label: str
    entries: tuple[Entry, ...]


def tell_chronology(matrix: Matrix) -> tuple[Published, ...]:
    """The reports by day of publication: a month after its days, those of unknown day last.

    What is known to a month, or not at all, may be older than what stands above it: whether it
    was new is not told.
    """
    return tuple(_tell_published(matrix))


def _tell_published(matrix: Matrix) -> Iterator[Published]:
    labels = {heading.name: heading.label for heading in matrix.headings}
    heard: set[tuple[str, str]] = set()
    for published, lines in groupby(matrix.lines, lambda line: line.published):
        is_day = published is not None and len(published) == 10
        entries = []
        for line in lines:
            remarks = tuple(
                Remark(labels[name], cell.text, is_day and (name, cell.text) not in heard)
                for name, cell in line.cells.items()
            )
            entries.append(Entry(line, remarks))
        heard |= {(name, cell.text) for entry in entries for name, cell in entry.line.cells.items()}
        label = "Day unknown" if published is None else say_partial_date(published)
        yield Published(published, label, tuple(entries))
