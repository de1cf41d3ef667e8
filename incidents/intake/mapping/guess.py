"""A first guess at how a table is read that no profile knows: what a mapping form starts from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from geo.names.names import find_script, fold_parts
from geo.names.nothing import NOTHING
from incidents.intake.checking.findings import match_headers
from incidents.intake.checking.sniffing import are_points
from incidents.intake.mapping.axis_names import find_angles, find_utm, has_minutes, read_axis
from incidents.intake.mapping.harm_names import read_harm_name
from incidents.intake.mapping.hxl_tags import find_tagged
from incidents.intake.mapping.likeness import (
    are_days,
    find_axis,
    find_parts,
    fits,
    list_alike,
    rate_day_name,
)
from incidents.intake.mapping.nested_names import find_nested
from incidents.intake.mapping.place_columns import check_place_column
from incidents.intake.mapping.recognise import find_near
from incidents.intake.mapping.rules import AnyRule, Date, First, From, Profile, Text
from incidents.intake.reading.tables import Table
from incidents.table.columns import ALSO, COLUMNS, DISTRICT, POINT, RANGES, fold_name

_SAMPLE = 1000  # rows that are looked at
_MOST_CELLS = 1_000_000  # in all columns together
_MOST_READ = 500  # columns whose cells are looked at for one purpose
_BY_TAG = 0.9
_BY_VALUES = 0.6
_MARGIN = 0.04  # by which the best of several columns must be better than the next

_DISTRICTS = frozenset(map(fold_name, (DISTRICT.name, *DISTRICT.aliases)))
_OF_KML = ("begin", "timestamp")


def guess_profile(table: Table, profiles: Sequence[Profile] = ()) -> Profile:
    """Guess how a table is read that none of the `profiles` marks.

    Our own names and aliases count first, then HXL tags, then the likeness of names and what the
    cells hold. If names and aliases are all that is found, the profile `is_own` and changes
    nothing. Each guessed rule says its `confidence`; what is doubtful, such as two columns that
    fit alike, is left out. A table that looks like one of `profiles` but lacks its marks is read
    by that profile, which tells so when it is applied.
    """
    near = find_near(table.rows.columns, profiles)
    if near is not None:
        return near
    own = match_headers(table, (*COLUMNS, *ALSO), RANGES).names
    columns: dict[str, AnyRule] = {ours: From((header,)) for ours, header in own.items()}
    sample = _take_sample(table)
    known = dict(columns)
    _mend_days(columns, sample)
    _mend_points(columns, sample)
    _add(columns, find_tagged(table.tags, sample), _BY_TAG)
    _add(columns, _guess_nested(columns, sample), _BY_TAG)
    _add(columns, _guess_by_harm(sample), _BY_TAG)
    _add(columns, _guess_axes(columns, sample), _BY_TAG)
    _add_period(columns, sample)
    _add_rated(columns, _guess_by_names(columns, sample))
    _add_rated(columns, _guess_by_values(columns, sample))
    _mend_place(columns, sample)
    _add_district(columns, sample)
    if columns == known:
        return Profile("own", "Our own columns", columns, is_own=True)
    return Profile("guessed", "Guessed columns", columns)


def _take_sample(table: Table) -> pd.DataFrame:
    most = min(_SAMPLE, _MOST_CELLS // max(table.rows.shape[1], 1))
    rows = table.rows.head(most).drop(columns=list(table.made_names))
    return rows.apply(lambda column: column.astype("str").fillna("").str.strip())


def _mend_days(columns: dict[str, AnyRule], sample: pd.DataFrame) -> None:
    """Days that stand in three columns, or in one that is called by the time."""
    date, time = columns.get("date"), columns.get("time")
    parts = find_parts(sample)
    if parts and (date is None or set(date.list_headers()) <= set(parts.values())):
        columns["date"] = Date(parts)
    elif date is None and isinstance(time, From) and are_days(sample[time.headers[0]]):
        columns["date"] = columns.pop("time")


def _mend_place(columns: dict[str, AnyRule], sample: pd.DataFrame) -> None:
    """Places stand in another column than the alias says, or in none; what is found is doubtful."""
    rule = columns.get("place")
    if not isinstance(rule, From) or rule.headers[0] not in sample:
        return
    header, confidence = check_place_column(rule.headers[0], sample, _list_taken(columns))
    if header is None:
        del columns["place"]
    elif header != rule.headers[0]:
        columns["place"] = From((header,), confidence=confidence)


def _add_district(columns: dict[str, AnyRule], sample: pd.DataFrame) -> None:
    """Where no place is named, its district is the place, and as exact as that."""
    columns.pop(DISTRICT.name, None)
    taken = _list_taken(columns)
    found = [str(h) for h in sample.columns if fold_name(str(h)) in _DISTRICTS and h not in taken]
    if len(found) != 1 or not fits("place", sample[found[0]]) or set("{}") & set(found[0]):
        return
    words = "قضاء {}" if find_script(found[0]) == "arabic" else "{} district"
    filled = sample[found[0]][sample[found[0]] != ""]
    is_told = filled.map(lambda text: fold_parts(text)[1] == "district").all()
    district = (
        From(tuple(found)) if is_told else Text(words.format(f"{{{found[0]}}}"), unknown=NOTHING)
    )
    columns["place"] = First((columns["place"], district)) if "place" in columns else district
    columns[DISTRICT.name] = From(tuple(found))


def _mend_points(columns: dict[str, AnyRule], sample: pd.DataFrame) -> None:
    """A point in the column of the place, or in columns of degrees and minutes, or of UTM."""
    place = columns.get("place")
    has_point = POINT.name in columns or {"lat", "lon"} <= set(columns)
    if has_point:
        return
    if isinstance(place, From) and are_points(sample[place.headers[0]]):
        columns[POINT.name] = columns.pop("place")
        return
    grids = [str(header) for header in sample.columns if fold_name(str(header)) == "grid"]
    if grids and are_points(sample[grids[0]], is_named=True):
        columns[POINT.name] = From((grids[0],), confidence=_BY_TAG)
        return
    angles = find_angles([str(header) for header in sample.columns])
    if angles:
        for axis, ways in angles.items():
            columns[axis] = First(tuple(Text(words) for words in ways))
        return
    utm = find_utm([str(header) for header in sample.columns])
    if utm and all(_are_metres(sample[utm[part]]) for part in ("east", "north")):
        words = [f"{{{header}}}" for header in utm.values()]
        joined = dict.fromkeys((" ".join(words), " ".join(words[-2:])))  # the zone may be blank
        columns[POINT.name] = First(tuple(Text(each) for each in joined))


def _are_metres(cells: pd.Series) -> bool:
    filled = pd.to_numeric(cells[cells != ""], errors="coerce")
    return len(filled) > 0 and bool(filled.between(1e5, 1e7).mean() >= _BY_TAG)


def _guess_axes(columns: Mapping[str, AnyRule], sample: pd.DataFrame) -> dict[str, str]:
    """Latitude and longitude by the words of nested or longer names; both or neither."""
    free = [str(h) for h in sample.columns if h not in _list_taken(columns)]
    if has_minutes(free):
        return {}
    found: dict[str, list[str]] = {}
    for header in free:
        axis = read_axis(header)
        if axis and axis not in columns and fits(axis, sample[header]):
            found.setdefault(axis, []).append(header)
    single = {axis: headers[0] for axis, headers in found.items() if len(headers) == 1}
    return single if {"lat", "lon"} <= {*single, *columns} else {}


def _guess_nested(columns: Mapping[str, AnyRule], sample: pd.DataFrame) -> dict[str, str]:
    """Columns in objects of JSON whose own name is one of ours; of two for one thing, none."""
    free = [str(header) for header in sample.columns if header not in _list_taken(columns)]
    return {
        ours: headers[0]
        for ours, headers in find_nested(free).items()
        if len(headers) == 1 and fits(ours, sample[headers[0]])
    }


def _add_period(columns: dict[str, AnyRule], sample: pd.DataFrame) -> None:
    """Days of KML, as GDAL names them: a mark has a moment, or a period."""
    names = [name for name in _OF_KML if name in sample and fits("date", sample[name])]
    if "date" not in columns and len(names) > 1:
        columns["date"] = First(tuple(From((name,)) for name in names), confidence=_BY_TAG)
        if "end" in sample and "date_end" not in columns and fits("date_end", sample["end"]):
            columns["date_end"] = From(("end",), confidence=_BY_TAG)


def _add(columns: dict[str, AnyRule], found: Mapping[str, str], confidence: float) -> None:
    _add_rated(columns, {ours: (header, confidence) for ours, header in found.items()})


def _add_rated(columns: dict[str, AnyRule], found: Mapping[str, tuple[str, float]]) -> None:
    for ours, (header, confidence) in found.items():
        if header not in _list_taken(columns) and _is_free(ours, columns):
            columns[ours] = From((header,), confidence=confidence)


def _list_taken(columns: Mapping[str, AnyRule]) -> set[str]:
    return {header for rule in columns.values() for header in rule.list_headers()}


def _is_free(ours: str, columns: Mapping[str, AnyRule]) -> bool:
    """Whether neither our column nor its range or bounds are taken."""
    stem = ours.removesuffix("_min").removesuffix("_max")
    rivals = {ours, stem} if stem != ours else {ours, f"{ours}_min", f"{ours}_max"}
    return not rivals & set(columns)


def _guess_by_harm(sample: pd.DataFrame) -> dict[str, str]:
    """Columns of people harmed, by the words of their names; of two for one thing, none."""
    found: dict[str, list[str]] = {}
    for header in sample.columns:
        ours = read_harm_name(str(header))
        if ours and fits(ours, sample[header]):
            found.setdefault(ours, []).append(str(header))
    return {ours: headers[0] for ours, headers in found.items() if len(headers) == 1}


def _guess_by_names(
    columns: Mapping[str, AnyRule], sample: pd.DataFrame
) -> dict[str, tuple[str, float]]:
    """The header of each of our columns whose name is most like one of its names."""
    rated: dict[str, dict[str, float]] = {}
    taken = _list_taken(columns)
    for ours, header, rate in list_alike([str(header) for header in sample.columns]):
        if header not in taken and _is_free(ours, columns):
            best = rated.setdefault(ours, {})
            best[header] = max(rate, best.get(header, 0.0))
    found = {}
    for ours, rates in rated.items():
        if len(rates) > _MOST_READ:  # of so many, none is meant
            continue
        fitting = {header: rate for header, rate in rates.items() if fits(ours, sample[header])}
        best_header = _find_best(fitting)
        if best_header is not None:
            found[ours] = (best_header, fitting[best_header])
    return _drop_shared(found)


def _find_best(rates: Mapping[str, float]) -> str | None:
    order = sorted(rates, key=lambda header: -rates[header])
    if len(order) > 1 and rates[order[0]] - rates[order[1]] < _MARGIN:
        return None
    return order[0] if order else None


def _drop_shared(found: dict[str, tuple[str, float]]) -> dict[str, tuple[str, float]]:
    """A header that is like two of our columns is doubtful, unless one is much more alike."""
    by_header: dict[str, dict[str, float]] = {}
    for ours, (header, rate) in found.items():
        by_header.setdefault(header, {})[ours] = rate
    kept = {_find_best(rates) for rates in by_header.values()}
    return {ours: each for ours, each in found.items() if ours in kept}


def _guess_by_values(
    columns: Mapping[str, AnyRule], sample: pd.DataFrame
) -> dict[str, tuple[str, float]]:
    """Dates and coordinates that only one column can be."""
    taken = _list_taken(columns)
    free = [header for header in sample.columns if header not in taken]
    candidates: dict[str, list[str]] = {}
    for header in free[:_MOST_READ]:
        axis = find_axis(sample[header])
        if are_points(sample[header]):
            candidates.setdefault(POINT.name, []).append(header)
        elif axis is not None:
            candidates.setdefault(axis, []).append(header)
        elif are_days(sample[header]):
            candidates.setdefault("date", []).append(header)
    single = {ours: headers[0] for ours, headers in candidates.items() if len(headers) == 1}
    days = candidates.get("date", [])
    if len(days) > 1 and "date" not in columns:
        single["date"] = max(days, key=lambda header: rate_day_name(header))
    if not {"lat", "lon"} <= set(single):  # half a point is none
        single = {ours: h for ours, h in single.items() if ours in ("date", POINT.name)}
    if {"lat", "lon"} & {*single, *columns}:
        single.pop(POINT.name, None)
    return {ours: (header, _BY_VALUES) for ours, header in single.items()}
