"""Conditions on the incidents, one for each filter that leaves incidents out."""

import math
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

import ibis

from geo.places.governorates import list_spellings
from geo.places.mercator import Bounds, to_y
from geo.places.precision import PRECISIONS, is_at_least
from geo.places.search_words import fold_query
from incidents.asking.keys import Condition, Days, Numbers, Values, Whose
from incidents.table.columns import GROUPS, HARMS, RANGES, range_name


def is_any_of(column: str) -> Condition:
    """The column holds any of the values asked for."""

    def compare(
        incidents: ibis.Table, values: Values, whose: Whose
    ) -> ibis.expr.types.BooleanValue:
        return holds(values, incidents[column])

    return compare


def holds(values: Iterable[str], column: ibis.Value) -> ibis.expr.types.BooleanValue:
    """Whether the column has any of these values; unknown where it is.

    Of more than four values, `isin` becomes a join in DuckDB, after which the whole of each row is
    read to sort them: a page of the list takes 50 ms of a million rows, and 2 ms so.
    """
    return ibis.literal(list(values), type="array<string>").contains(column)


def is_in_governorate(
    incidents: ibis.Table, values: Values, whose: Whose
) -> ibis.expr.types.BooleanValue:
    """In any of these governorates, however the link, or a version made before, spells them."""
    return holds(spell_governorates(values), incidents["gov"])


def spell_governorates(values: Values) -> dict[str, None]:
    """The texts by which rows may name any of these governorates."""
    return dict.fromkeys(text for gov in values for text in (gov, *list_spellings(gov)))


MERCATOR_BITS = 24
"""Bits of ``mx`` and ``my``, the place on a square map of the world."""
MONTH_CODE = "month_code"
"""Column that only DuckDB's own database has, as those of codes."""
CODE = "_code"
"""What the names of columns of codes end with."""
OTHER = "is_other"
"""Column of the store that tells what is no attack; it is there only if some incident is none."""


def is_attack(
    incidents: ibis.Table, scope: str, whose: Whose
) -> ibis.expr.types.BooleanValue | None:
    """The incident is an attack, as far as is stated: no protest, no arrest."""
    return ~incidents[OTHER] if OTHER in incidents.columns else None


def within_dates(incidents: ibis.Table, dates: Days, whose: Whose) -> ibis.expr.types.BooleanValue:
    """Any of the incident's days, known or possible, lies within the dates, both included."""
    return touches(incidents, *dates)


def touches(incidents: ibis.Table, first: date, last: date) -> ibis.expr.types.BooleanValue:
    """Any of the incident's days, known or possible, lies from `first` to `last`."""
    return (incidents.date <= ibis.literal(last)) & (last_day(incidents) >= ibis.literal(first))


def last_day(incidents: ibis.Table) -> ibis.expr.types.DateValue:
    """The last day on which an incident happened, or may have: a month's end for "July".

    The validator writes it into ``date_end`` of every incident that lasted or whose day is vague.
    """
    return ibis.coalesce(incidents.date_end, incidents.date)


_BLANKS = r"[\s\v\x1c-\x1f\x85\p{Z}]*"


def list_ids(cells: ibis.expr.types.StringValue) -> ibis.expr.types.ArrayValue:
    """The ids of cells that hold several, parted as `incidents.table.columns.split_ids` does.

    A cell that ends with the mark between them has an empty one, too.
    """
    bare = cells.re_replace(f"{_BLANKS};{_BLANKS}", ";")
    return bare.re_replace(f"^{_BLANKS}|{_BLANKS}$", "").split(";")


def harm_column(incidents: ibis.Table, harm: str, who: str, basis: str) -> ibis.Column:
    """The column a casualty filter compares: one harm of one group, lowest or highest claim.

    Where a source leaves the top open ("at least 4"), its lowest number stands for the highest.
    Unknown stays null.
    """
    name = range_name(who, harm)
    return incidents[f"{name}_min"] if basis == "low" else find_top(incidents, name)


def has_harmed(harm: str) -> Condition:
    """The toll of the group asked for lies within the range; an unknown toll never does."""

    def compare(
        incidents: ibis.Table, numbers: Numbers, whose: Whose
    ) -> ibis.expr.types.BooleanValue:
        # Null compared is null, and null is not true: an unknown toll never counts as 0.
        return harm_column(incidents, harm, whose.who, whose.basis).between(*numbers)

    return compare


def is_known(
    incidents: ibis.Table, basis: str, whose: Whose
) -> ibis.expr.types.BooleanValue | None:
    """Somebody gives a number of people killed or wounded, if only such incidents are asked for: in
    the group asked for, or of all people in any."""
    if basis != "known":
        return None
    groups = GROUPS if whose.who == "all" else (whose.who,)
    names = [range_name(group, harm) for group in groups for harm in HARMS]
    return ibis.or_(*(find_top(incidents, name).notnull() for name in names))


def choose_claims(incidents: ibis.Table, basis: str) -> ibis.Table:
    """The incidents with the claims that the switch asks for: all of them, the lowest, the highest.

    Everything that is read from the answer follows: each range is the one number that was asked
    for. Where a source leaves the top open, the highest stays open. Unknown stays unknown.
    """
    if basis == "low":
        lows = {name: incidents[each.low] for each in RANGES for name in (each.high, each.top)}
        there = {name: low for name, low in lows.items() if name in incidents.columns}
        return incidents.mutate(**there)
    if basis == "high":
        return incidents.mutate(**{each.low: find_top(incidents, each.name) for each in RANGES})
    return incidents


def find_code(incidents: ibis.Table, name: str) -> ibis.Column:
    """A text column to group by: its values as short codes, where the engine has them.

    What is read are the same texts, in the same order.
    """
    code = f"{name}{CODE}"
    return incidents[code] if code in incidents.columns else incidents[name]


def find_top(incidents: ibis.Table, name: str) -> ibis.Column:
    """The highest number of a range that anybody states: of "at least 4" it is 4."""
    if (top := f"{name}_top") in incidents.columns:
        return incidents[top]
    return ibis.coalesce(incidents[f"{name}_max"], incidents[f"{name}_min"])


def has_publishers(incidents: ibis.Table, least: int, whose: Whose) -> ibis.expr.types.BooleanValue:
    """At least so many publishers report it; an incident that states none is left out."""
    return incidents.sources >= least


def is_precise(incidents: ibis.Table, precision: str, whose: Whose) -> ibis.expr.types.BooleanValue:
    """The place is known at least as exactly as asked; one that is not stated never is."""
    enough = [name for name in PRECISIONS if is_at_least(name, precision)]
    return holds(enough, incidents.precision)


SEARCHED = ("place", "site", "actor", "target", "target_name", "weapon", "summary")
"""Columns in which ``q`` looks for words; and in `NAMES`, where the table has it."""
NAMES = "names"


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def strip_accents(text: str) -> str:  # type: ignore[empty-body]
    """The database's own function: letters without their marks, Arabic and Cyrillic ones too."""


def has_words(incidents: ibis.Table, words: str, whose: Whose) -> ibis.expr.types.BooleanValue:
    """Every word stands in some column of `SEARCHED`, in any case, or names the place.

    A place is named in any script and spelling that `geo.places.search_words` knows.
    """
    # Column by column, not on the joined text: most columns hold few distinct texts.
    return ibis.and_(
        *(
            ibis.or_(*_find_word(incidents, word), *_find_name(incidents, tokens))
            for word, tokens in fold_query(words.replace("\x00", " "))
        )
    )


def _find_word(incidents: ibis.Table, word: str) -> Iterator[ibis.expr.types.BooleanValue]:
    # Both sides are folded by the database: Python has other lower-case letters for some.
    asked = strip_accents(ibis.literal(word).lower())
    for name in SEARCHED:
        text = incidents[name].lower()
        # Summaries are nearly all distinct: to strip a million takes as long as all the rest.
        if name == "summary" and word.isascii():
            yield text.contains(word.lower())
        else:
            yield strip_accents(text).contains(asked)


def _find_name(
    incidents: ibis.Table, tokens: list[str] | None
) -> Iterator[ibis.expr.types.BooleanValue]:
    # A version that an older code made has no such column.
    if tokens is not None and NAMES in incidents.columns:
        # From the start of a word: within the many names there are many pieces.
        names = ibis.literal(" ") + incidents[NAMES]
        yield ibis.and_(names.notnull(), *(names.contains(f" {token}") for token in tokens))


def in_window(
    incidents: ibis.Table, window: tuple[float, ...], whose: Whose
) -> ibis.expr.types.BooleanValue:
    """The point lies in the window, see `lies_within`."""
    return lies_within(incidents, window)


def lies_within(incidents: ibis.Table, window: tuple[float, ...]) -> ibis.expr.types.BooleanValue:
    """The point lies in a window: west, south, east, north in degrees, all included.

    West above east crosses the antimeridian. A window wider than the globe holds every point.
    """
    west, south, east, north = window
    held = incidents.lat.between(south, north)
    if east - west >= 360:
        return held
    west, east = _wrap(west), _wrap(east)
    if west <= east:
        exact = held & incidents.lon.between(west, east)
        return _lies_within_square(incidents, (west, south, east, north), exact)
    return held & ((incidents.lon >= west) | (incidents.lon <= east))


def _lies_within_square(
    incidents: ibis.Table, window: Bounds, exact: ibis.expr.types.BooleanValue
) -> ibis.expr.types.BooleanValue:
    """`exact`, asked only of incidents near the edges; of others their place on the square tells.

    DuckDB compares whole numbers in a sixth of the time that degrees take.
    """
    if MONTH_CODE not in incidents.columns:
        return exact
    west, south, east, north = window
    shares = ((west + 180) / 360, (east + 180) / 360, to_y(north), to_y(south))
    left, right, top, bottom = (int(share * 2**MERCATOR_BITS) for share in shares)

    def holds_within(margin: int) -> ibis.expr.types.BooleanValue:
        across = incidents.mx.between(left - margin, right + margin)
        return across & incidents.my.between(top - margin, bottom + margin)

    # What is worked out here and there may differ by a last digit.
    return holds_within(2) & ibis.cases((holds_within(-2), True), else_=exact)


def _wrap(lon: float) -> float:
    """The same meridian from -180 to 180; what is there already stays the very number."""
    return lon if -180 <= lon <= 180 else round((lon + 180) % 360 - 180, 5)


def in_area(
    incidents: ibis.Table, area: tuple[float, ...], whose: Whose
) -> ibis.expr.types.BooleanValue:
    """The point lies in the rectangle or polygon drawn; straight lines on a flat map of degrees.

    A polygon that crosses itself holds what lies within an odd number of its loops.
    """
    if len(area) == 4:
        return lies_within(incidents, area)
    lons, lats = area[0::2], area[1::2]
    # Drawn across the antimeridian, a polygon reaches beyond 180 degrees.
    turns = 360 * math.floor((min(lons) + 180) / 360)
    lons = tuple(lon - turns for lon in lons)
    lon = (incidents.lon < min(lons)).ifelse(incidents.lon + 360, incidents.lon)
    lat = incidents.lat
    # A ray to the east crosses the outline an odd number of times if it starts inside.
    crossed = [
        (((lat < y1) != (lat < y2)) & (lon < (lat - y1) * ((x2 - x1) / (y2 - y1)) + x1)).cast(
            "int8"
        )
        for (x1, y1), (x2, y2) in pairwise([*zip(lons, lats, strict=True), (lons[0], lats[0])])
        if y1 != y2
    ]
    inside = sum(crossed[1:], crossed[0]) % 2 == 1 if crossed else ibis.literal(False)
    return lat.between(min(lats), max(lats)) & lon.between(min(lons), max(lons)) & inside
