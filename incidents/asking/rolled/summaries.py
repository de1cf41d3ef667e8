"""Summaries of incidents: groups of them with their number, tolls and extent.

Each is written as expressions over incidents, once: what makes a summary, by any engine, also
tells which part of a question it answers, see `incidents.asking.rolled.answering`.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis

from incidents.asking.conditions import OTHER, choose_claims, find_top, harm_column, last_day
from incidents.asking.extents import is_far
from incidents.asking.figures import add_tops
from incidents.asking.rolled.rebasing import put_on
from incidents.table.columns import BOUNDS, GROUPS, HARMS, OTHER_EVENT, range_name

BASES = ("range", "low", "high")
"""Claims that a question may ask for, see `choose_claims`; each has sums of its own."""
_TOLLS = {f"{harm}_top": harm for harm in HARMS}
N = "n"


@dataclass(frozen=True)
class Summary:
    """One way to group incidents.

    Attributes
    ----------
    keys
        Columns of incidents, or one of `_TOLLS`, by whose values they are grouped.
    by_day
        Whether by first and last day; else by their months, which is shorter.
    level
        Bits that the cells of the map leave out of ``mx`` and ``my``; None for no cells.
    sums
        What is summed up besides the number: words of `_SUMS`.
    """

    name: str
    keys: tuple[str, ...] = ()
    by_day: bool = False
    level: int | None = None
    sums: tuple[str, ...] = ("tolls", "extent")

    @property
    def order(self) -> tuple[str, ...]:
        """Columns by which its rows are kept, so that most of them can be skipped."""
        return (*(("my", "mx") if self.level is not None else ()), *self.keys, "joint")

    def group(self, incidents: ibis.Table) -> dict[str, ibis.Value]:
        """The columns of its groups."""
        days = ("date", "date_end") if self.by_day else ("month", "end_month")
        by: dict[str, ibis.Value] = {name: incidents[name] for name in (*days, OTHER)}
        by["joint"], by["placed"] = incidents.operation.notnull(), incidents.mx.notnull()
        for key in self.keys:
            by[key] = find_key(incidents, key)
        if self.level is not None:
            by["area"] = incidents.area
            by["mx"] = (incidents.mx // 2**self.level).cast("int32")
            by["my"] = (incidents.my // 2**self.level).cast("int32")
        return by

    def measure(self, incidents: ibis.Table) -> dict[str, ibis.Value]:
        """What is summed up of each group, under the name of its column."""
        found: dict[str, ibis.Value] = {N: incidents.count()}
        for name in self.sums:
            found |= _SUMS[name](incidents)
        return found

    def make(self, incidents: ibis.Table) -> ibis.Table:
        """The summary of incidents: nothing is run."""
        told = put_on({n: v.op() for n, v in self.measure(incidents).items()}, incidents.op())
        measures = {name: value.to_expr() for name, value in told.items()}
        measures = {
            name: value.cast("int64") if value.type().is_integer() else value
            for name, value in measures.items()
        }
        by = {"year": incidents.year, **self.group(incidents)}
        return incidents.aggregate(by=by, **measures)


def find_key(incidents: ibis.Table, key: str) -> ibis.Value:
    """What a key of a summary is of an incident."""
    if key in _TOLLS:
        return harm_column(incidents, _TOLLS[key], "all", "high")
    return incidents[key]


def _sum_tolls(incidents: ibis.Table) -> dict[str, ibis.Value]:
    """What `incidents.asking.figures` sums up, by the claims that may be asked for."""
    civilians = [range_name("civilians", harm) for harm in HARMS]
    found: dict[str, ibis.Value] = {}
    for basis in BASES:
        table = choose_claims(incidents, basis)
        for prefix in (*HARMS, *civilians):
            low, high, top = (
                table[f"{prefix}_min"], table[f"{prefix}_max"], find_top(table, prefix),
            )  # fmt: skip
            found |= {
                f"{prefix}_low_{basis}": low.sum(),
                f"{prefix}_high_{basis}": top.sum(),
                f"{prefix}_known_{basis}": top.count(),
                f"{prefix}_closed_{basis}": high.count(),
                f"{prefix}_most_{basis}": top.max(),
            }
        neither = [table[f"{each}_{end}"].isnull() for each in civilians for end in BOUNDS]
        found[f"neither_{basis}"] = ibis.and_(*neither).sum()
        found[f"civilians_most_{basis}"] = add_tops(table, civilians).max()
    return found


def _sum_cell_tolls(incidents: ibis.Table) -> dict[str, ibis.Value]:
    names = tuple(f"{harm}_{end}" for harm in HARMS for end in ("low", "high", "known", "closed"))
    return {k: v for k, v in _sum_tolls(incidents).items() if k.startswith(names)}


def _find_extent(incidents: ibis.Table) -> dict[str, ibis.Value]:
    return {
        "located": incidents.lat.count(),
        "west": incidents.lon.min(), "south": incidents.lat.min(),
        "east": incidents.lon.max(), "north": incidents.lat.max(),
        "stated": (incidents.sources >= 1).sum(),
    }  # fmt: skip


def _find_middle(incidents: ibis.Table) -> dict[str, ibis.Value]:
    return {
        "points": incidents.mx.count(), "xs": incidents.mx.sum(), "ys": incidents.my.sum(),
        "rows": incidents.my.count(), "located": incidents.lat.count(),
    }  # fmt: skip


def _find_most(incidents: ibis.Table) -> dict[str, ibis.Value]:
    most = {
        f"{who}_{harm}_most": harm_column(incidents, harm, who, "high").max()
        for harm in HARMS
        for who in GROUPS
    }
    others = (incidents.category == OTHER_EVENT).sum()
    return {
        **most,
        "first": incidents.date.min(), "last_first": incidents.date.max(),
        "last": last_day(incidents).max(),
        "operations": incidents.operation.count(), "others": others,
    }  # fmt: skip


def _find_home(incidents: ibis.Table) -> dict[str, ibis.Value]:
    """What the map's first window holds, and leaves out, see `incidents.asking.extents`."""
    far = is_far(incidents)
    return {
        "home_west": incidents.lon.min(where=~far), "home_south": incidents.lat.min(where=~far),
        "home_east": incidents.lon.max(where=~far), "home_north": incidents.lat.max(where=~far),
        "far": far.sum(),
    }  # fmt: skip


_SUMS = {
    "tolls": _sum_tolls,
    "cell tolls": _sum_cell_tolls,
    "extent": _find_extent,
    "middle": _find_middle,
    "most": _find_most,
    "home": _find_home,
}

_FEW = ("type", "direction", "target", "country", "grade", "precision", "dataset")
"""Columns of few values: one summary has all of them."""
_MANY = ("gov", "place", "actor", "weapon")
_CELL_SUMS = ("cell tolls", "middle")

SUMMARIES: tuple[Summary, ...] = (
    Summary("whole", sums=("tolls", "extent", "most", "home")),
    *(
        Summary(f"days_{'_'.join(keys)}", keys, by_day=True)
        for keys in (
            ("type", "direction"), *((key,) for key in (*_FEW[2:], *_MANY)),
            ("killed_top",), ("wounded_top",),
        )
    ),
    Summary("months_few", _FEW),
    *(Summary(f"months_{key}", (key, "country", "type", "direction")) for key in _MANY),
    *(Summary(f"months_{key}_target", (key, "target", "grade", "precision", "dataset"), sums=())
      for key in _MANY),
    *(
        Summary(f"months_{one}_{other}", (one, other), sums=())
        for number, one in enumerate(_MANY)
        for other in _MANY[number + 1 :]
    ),
    *(
        Summary(f"cells_{level}", ("type", "direction"), level=level, sums=_CELL_SUMS)
        for level in (16, 14, 12, 10)
    ),
    *(
        Summary(f"cells_16_{key}", (key,), level=16, sums=_CELL_SUMS)
        for key in (*_FEW[2:], *_MANY)
    ),
)  # fmt: skip
"""All that is kept of a rolled-up table besides its incidents."""
