"""The one table of columns: it drives the check, the docs and the API schema.

Columns are understood by name, never by position. The other names under which readers' own
tables hold them are in `incidents/table/column_aliases.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from geo.places.precision import PRECISIONS
from incidents.table.column_aliases import aliases_of

ColumnType = Literal["text", "date", "partial date", "time", "number", "count", "choice", "flag"]

GROUPS = ("all", "civilians", "children", "coalition", "security_forces", "fighters")
HARMS = ("killed", "wounded")
MUNITIONS = ("launched", "intercepted")
MEASURES = (*HARMS, *MUNITIONS)
STANCES = ("partisan", "party")
BOUNDS = ("min", "max")
GRADES = ("confirmed", "fair", "weak", "contested")
"""The words of Airwars; the rule is our own, see `incidents.intake.grading.grades`."""
DATE_PRECISIONS = ("day", "week", "month", "year")  # finest first


@dataclass(frozen=True)
class Column:
    """One column: what it holds, and in which unit.

    `allowed` lists the usual values of a choice. An open choice keeps any other value as it is;
    a closed one takes it as unknown and warns.
    """

    name: str
    type: ColumnType
    meaning: str
    unit: str = ""
    allowed: tuple[str, ...] = ()
    is_open: bool = False
    required: bool = False

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names of it, to be compared by `fold_name`."""
        return aliases_of(self.name)


@dataclass(frozen=True)
class Range:
    """Two count columns, `<name>_min` and `<name>_max`: the lowest and the highest claim.

    `group` is empty for munitions. A flat table may hold both bounds in one column that goes by
    the range's name or one of its aliases ("3", "2-4", "at least 4").
    """

    name: str
    measure: str
    group: str
    unit: str
    meaning: str

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names of the column that holds both bounds."""
        return aliases_of(self.name)

    @property
    def low(self) -> str:
        return f"{self.name}_min"

    @property
    def top(self) -> str:
        """What the tables that are asked hold besides: the highest number that anybody states."""
        return f"{self.name}_top"

    @property
    def high(self) -> str:
        return f"{self.name}_max"

    @property
    def columns(self) -> tuple[Column, Column]:
        lowest = f"{self.meaning}, lowest claim; empty = unknown"
        highest = f"{self.meaning}, highest claim; empty = unknown"
        return (
            Column(self.low, "count", lowest, self.unit),
            Column(self.high, "count", highest, self.unit),
        )


def fold_name(name: str) -> str:
    """Fold a column name for comparing: no case, accents, spaces, hyphens or underscores."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"[\W_]+", "", letters)


def range_name(group: str, harm: str) -> str:
    """Name the range of one group and harm: `killed` for all, else `civilians_killed`."""
    if group not in GROUPS or harm not in HARMS:
        raise KeyError(f"no range for group {group!r} and harm {harm!r}")
    return harm if group == "all" else f"{group}_{harm}"


def range_column(group: str, harm: str, bound: str) -> str:
    """Name the column of one bound: `range_column("all", "killed", "min")` is `killed_min`."""
    if bound not in BOUNDS:
        raise KeyError(f"no bound {bound!r}: min or max")
    return f"{range_name(group, harm)}_{bound}"


_GROUP_WORDS = {
    "all": "People",
    "civilians": "Civilians",
    "children": "Children",
    "coalition": "Coalition personnel",
    "security_forces": "Members of Iraqi or Syrian security forces",
    "fighters": "Fighters of armed groups",
}


def _make_ranges() -> Iterator[Range]:
    yield Range("launched", "launched", "", "munitions", "Munitions launched")
    yield Range("intercepted", "intercepted", "", "munitions", "Munitions intercepted")
    for group in GROUPS:
        for harm in HARMS:
            meaning = f"{_GROUP_WORDS[group]} {harm}"
            yield Range(range_name(group, harm), harm, group, "people", meaning)


RANGES: tuple[Range, ...] = tuple(_make_ranges())
RANGE_COLUMNS: tuple[str, ...] = tuple(name for each in RANGES for name in (each.low, each.high))
"""Both ends of every range, in the order of the table of incidents."""
MUNITION_RANGES = tuple(each for each in RANGES if each.group == "")
HARM_RANGES = tuple(each for each in RANGES if each.group != "")

_TYPES = (
    *("rocket attack", "drone attack", "mortar attack", "roadside bomb", "air strike"),
    "other",
)
ATTACK, STRIKE = "attack on coalition", "strike by coalition"
"""The two sides that ``direction`` tells apart; on timelines strikes hang below the axis."""
_DIRECTIONS = (ATTACK, STRIKE, "other")
_TARGETS = (
    *("base", "embassy", "airport", "oil field", "convoy", "militia site", "city"),
    "other",
)
_ATTRIBUTIONS = ("claimed", "attributed", "unknown")
BY_HAND = "override"
"""Who located a row whose place was set by hand; the others are ``table`` and ``gazetteer``."""
IN_DOUBT = "in doubt:"
"""In the reason of a match: the point and what the row names are not of one place."""
OTHER_EVENT = "other event"
"""Category of what is no attack: a protest, an arrest, a change of territory."""

COLUMNS: tuple[Column, ...] = (
    Column("incident", "text", "Id of the incident, unique; made from the row if absent"),
    Column("operation", "text", "Id shared by the incidents that are one action"),
    Column("date", "date", "Local date, or the first day of several", required=True),
    Column("date_end", "date", "Last day; empty when it was one day"),
    Column("date_precision", "choice", "How exactly the date is known", allowed=DATE_PRECISIONS),
    Column("time", "time", "Local time of day, 24 hours", "HH:MM"),
    Column("country", "text", "Country, ISO 3166-1 alpha-2 code"),
    Column("gov", "text", "Governorate, English name"),
    Column("place", "text", "Name of the place"),
    Column("site", "text", "Where exactly, in words"),
    Column("lat", "number", "Latitude, EPSG:4326", "degrees"),
    Column("lon", "number", "Longitude, EPSG:4326", "degrees"),
    Column("precision", "choice", "How exactly the place is known", allowed=tuple(PRECISIONS)),
    Column(
        "category",
        "choice",
        "Whether it is an attack; empty = it is. Other events are outside the default filter",
        allowed=("attack", OTHER_EVENT),
    ),
    Column("type", "choice", "Kind of attack", allowed=_TYPES, is_open=True),
    Column("direction", "choice", "Who attacked whom", allowed=_DIRECTIONS),
    Column("target", "choice", "Kind of target", allowed=_TARGETS, is_open=True),
    Column("target_name", "text", "What was hit, in words"),
    Column("actor", "text", "Who did it; `unclaimed` if nobody claimed it or is blamed"),
    Column("attribution", "choice", "Whether the actor claimed it", allowed=_ATTRIBUTIONS),
    Column("weapon", "text", "Weapon, in short words"),
    *(column for each in MUNITION_RANGES for column in each.columns),
    Column("origin", "text", "Launch site, if a report names it"),
    Column("origin_lat", "number", "Latitude of the launch site, EPSG:4326", "degrees"),
    Column("origin_lon", "number", "Longitude of the launch site, EPSG:4326", "degrees"),
    *(column for each in HARM_RANGES for column in each.columns),
    Column("sources", "count", "Different publisher families that report it", "publishers"),
    Column(
        "grade",
        "choice",
        "How well it is attested, by the rule of the method; worked out, never read",
        allowed=GRADES,
    ),
    Column("reported_by", "text", "Who reported it, as the table names them"),
    Column("response_to", "text", "Ids of incidents that it answers, by ;, where a report says so"),
    Column("summary", "text", "What happened, in neutral words"),
    Column("dataset", "text", "Table that the row comes from"),
)

TOGETHER = Column(
    "casualties", "text", "People killed and wounded in one cell: 3 killed, 5 wounded", "people"
)
POINT = Column(
    "point",
    "text",
    "Where, in one cell: two degrees, MGRS, UTM, WKT, WKB, GeoJSON, a link to a map",
)
DISTRICT = Column(
    "district",
    "text",
    "District (admin 2): decides between places of one name, stands where the place is not known,"
    " and a point far from it is told",
)
ALSO: tuple[Column, ...] = (TOGETHER, POINT, DISTRICT)
"""What a brought table may have besides: columns whose cells help to fill ours."""

REPORT_COLUMNS: tuple[Column, ...] = (
    Column("report", "text", "Id of the report, unique", required=True),
    Column("incident", "text", "Incident that it reports", required=True),
    Column("publisher", "text", "Who published it"),
    Column("family", "text", "Agency whose copy it is, else publisher; a family is one voice"),
    Column("stance", "choice", "Whether its publisher takes sides", allowed=STANCES),
    Column("supersedes", "text", "Ids of reports of its own voice that it corrects, by ;"),
    Column("title", "text", "Headline"),
    Column("url", "text", "Address, http or https"),
    Column("published", "partial date", "Publication: 2021-06-03, 2021-06 or 2021, as known"),
    Column("language", "text", "Language, ISO 639-1 code"),
    Column("says_date", "text", "Date of the incident, as the report has it"),
    Column("says_who", "text", "Who was harmed, in its words"),
    Column("says_actor", "text", "Who did it, in its words"),
    Column("note", "text", "Remark of the editors"),
    Column("denied_by", "text", "Who, by this report, denies that it happened or was an attack"),
)

VOICE_COLUMNS: tuple[Column, ...] = (
    Column("voice", "text", "Its family, else publisher, in one spelling; worked out, never read"),
    Column("stands", "flag", "Whether no other report corrects it; worked out, never read"),
)
"""What a version keeps of each report besides `REPORT_COLUMNS`: see `incidents.table.voices`."""

CLAIM_COLUMNS: tuple[Column, ...] = (
    Column("claim", "text", "Id of the claim, unique", required=True),
    Column("report", "text", "Report that it is from", required=True),
    Column("incident", "text", "Incident that it is on", required=True),
    Column("measure", "choice", "What is counted", allowed=MEASURES, required=True),
    Column("group", "choice", "Who was harmed; empty for munitions", allowed=GROUPS),
    Column("low", "count", "Lowest number claimed", "people or munitions"),
    Column("high", "count", "Highest number claimed; empty if left open", "people or munitions"),
    Column("who", "text", "Words of the source on whom"),
    Column("said_by", "text", "Party to the conflict whose number it is, where the report says so"),
)


def find_column(name: str, columns: tuple[Column, ...] = COLUMNS) -> Column | None:
    """Find the column of exactly this name, not of an alias."""
    return next((column for column in columns if column.name == name), None)


def split_ids(cell: str | None) -> list[str]:
    """The ids of a cell that holds several, separated by ";"; each once."""
    return list(dict.fromkeys(each.strip() for each in (cell or "").split(";") if each.strip()))
