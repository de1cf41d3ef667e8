"""Columns of dates as people write them in tables, read without guessing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

import pandas as pd

from incidents.intake.checking.date_cleaning import clean
from incidents.intake.checking.date_forms import Day, read_day
from incidents.intake.checking.date_numbers import read_numbers, says_none
from incidents.intake.checking.date_orders import Order, find_order
from incidents.intake.checking.date_spans import Halves, cut_span
from incidents.intake.checking.moments import Moment, are_midnights, cut_moment
from incidents.table.plain_text import plain_text

_EASTERN_DIGITS = re.compile("[٠-٩۰-۹]")
# Beside years of ours, 1400/04/16 is rather a slip than a day of the Iranian calendar.
_OUR_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OF_SUN = re.compile(
    r"1(?:3[7-9]\d|40\d|410)\D\d{1,2}\D\d{1,2}|\d{1,2}\D\d{1,2}\D1(?:3[7-9]\d|40\d|410)"
)
_ISO_DAY = re.compile(r"\d{4}-\d\d-(\d\d)")
# Months and days of one digit beside a year of two; or a clock of twelve hours behind.
_AMERICAN = r"^[1-9]/\d{1,2}/\d\d(?!\d)|^\d{1,2}/[1-9]/\d\d(?!\d)|^\d+/\d+/\d+ .*\d ?[AaPp][Mm]$"
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/\d{2,4}")
_NEAR_DAYS = 5 * 366  # by which numbers of a spreadsheet may be from the dates beside them
_ENOUGH = 3  # dates of a spreadsheet among others, from which on chance is no reason


def read_dates(texts: pd.Series, usual: Order = None) -> pd.DataFrame:
    """Read a column of dates.

    Understands what `docs/method.md` lists: ISO dates, weeks and moments; dates with names of
    months in six languages; parts of months and years; Islamic and Iranian dates; numbers of
    spreadsheets and of Unix, where all of them fit. 07/08/2021 is read in the order that the
    column itself proves by a number above 12, else as `usual` says, or day first where the digits
    are Arabic; else only its year is taken. A cell may hold a first and a last day (`cut_span`).

    Returns
    -------
    Columns `date` (datetime64[s], the first day of what is known), `precision` (missing if the
    text is no date), `is_ambiguous`, `last` (the last day, missing if the cell holds only one
    date), `time` (HH:MM, missing where there is none) and `zone` (of `Moment`, "" if local), under
    the index of `texts`.
    """
    codes, given = pd.factorize(texts)
    uniques = [plain_text(text) for text in given]
    if usual is None and any(_EASTERN_DIGITS.search(str(text)) for text in given):
        usual = "dmy"
    numbers = read_numbers(pd.Series(uniques, dtype="str"))
    table = _read_texts(uniques, usual) if numbers is None else _of_numbers(*numbers)
    if numbers is not None and not all(_is_number_or_none(uniques, table)):
        table = _join(table, _read_texts(uniques, usual), uniques)
    return table.take(codes).set_axis(texts.index)


def _is_number_or_none(uniques: Sequence[str], numbers: pd.DataFrame) -> Iterable[bool]:
    known = numbers["date"].notna()
    return (is_day or says_none(text) for text, is_day in zip(uniques, known, strict=True))


def _join(numbers: pd.DataFrame, others: pd.DataFrame, uniques: Sequence[str]) -> pd.DataFrame:
    """Numbers of days beside dates, where all of these are clear and none is years away.

    Else the cells as they are without the numbers: these are no days then.
    """
    is_number = numbers["date"].notna()
    rest = others[~is_number & ~pd.Series([says_none(text) for text in uniques], dtype=bool)]
    near = pd.Timedelta(days=_NEAR_DAYS)
    span = numbers["date"].min() - near, numbers["date"].max() + near
    if not rest["date"].between(*span).all() or rest["is_ambiguous"].any():
        return others
    return others.where(~is_number, numbers)


def _read_texts(uniques: Sequence[str], usual: Order) -> pd.DataFrame:
    cut = [cut_moment(text) for text in uniques]
    moments = [moment for _, moment in cut]
    if are_midnights(moments):
        moments = [None] * len(moments)
    day_codes, days = pd.factorize(pd.Series([text for text, _ in cut], dtype="str"))
    table = _read_days(list(days), usual).take(day_codes).reset_index(drop=True)
    return table.assign(**_columns_of(moments))


def find_half_converted(texts: pd.Series) -> pd.Series:
    """Where a spreadsheet may have taken day/month for month/day: 2021-04-03 beside 13/04/2021.

    It converts what it can and leaves the rest as text. So all converted days are 12 at most, and
    all that are left are days above 12.
    """
    uniques = [str(text).strip()[:10] for text in texts.unique()]
    numbers = read_numbers(pd.Series(uniques, dtype="str"))
    serials = [] if numbers is None else numbers[0].dropna().dt.day.tolist()
    iso = [int(found[1]) for found in map(_ISO_DAY.fullmatch, uniques) if found is not None]
    iso += serials
    left = [found.groups() for found in map(_SLASHED.fullmatch, uniques) if found is not None]
    is_half = (
        len(iso) > 0
        and len(left) > 0
        and len(iso) + len(left) >= _ENOUGH
        and max(iso) <= 12
        and (all(int(a) > 12 for a, _ in left) or all(int(b) > 12 for _, b in left))
    )
    if not is_half:
        return pd.Series(False, index=texts.index)
    return texts.str.strip().str[:10].str.fullmatch(rf"{_ISO_DAY.pattern}|\d{{5}}").astype(bool)


def is_american(texts: pd.Series) -> bool:
    """Whether days are written as spreadsheets in the US do: 7/5/21, 7/5/2021 9:30 PM."""
    return bool(texts.str.contains(_AMERICAN).any())


def find_proven_order(texts: pd.Series) -> Order:
    """The order of day and month that a column proves by a number above 12; None if it does not."""
    plain = [clean(cut_moment(plain_text(text))[0]) for text in texts.unique()]
    return find_order(plain)


def last_days(dates: pd.Series, precisions: pd.Series) -> pd.Series:
    """Last day of each date: of its month or year, six days on for a week; days stay."""
    months = dates + pd.offsets.MonthEnd(0)
    years = dates + pd.offsets.YearEnd(0)
    weeks = dates + pd.Timedelta(days=6)
    ends = dates.mask(precisions == "week", weeks).mask(precisions == "month", months)
    ends = ends.mask(precisions == "year", years)
    return ends.astype("datetime64[s]")


def _of_numbers(moments: pd.Series, zone: str) -> pd.DataFrame:
    days = moments.dt.normalize()
    is_known = moments.notna()
    times = moments.dt.strftime("%H:%M").astype("str")
    has_times = bool((moments != days)[is_known].any())
    return pd.DataFrame(
        {
            "date": days.astype("datetime64[s]"),
            "precision": pd.Series("day", index=moments.index, dtype="str").where(is_known),
            "is_ambiguous": False,
            "last": pd.Series(pd.NaT, index=moments.index, dtype="datetime64[s]"),
            "time": times.where(is_known & has_times),
            "zone": pd.Series(zone if has_times else "", index=moments.index, dtype="str"),
        }
    )


def _columns_of(moments: Sequence[Moment | None]) -> dict[str, pd.Series]:
    times = [None if moment is None else moment.time for moment in moments]
    zones = ["" if moment is None else moment.zone for moment in moments]
    return {"time": pd.Series(times, dtype="str"), "zone": pd.Series(zones, dtype="str")}


def _read_days(uniques: Sequence[str], usual: Order) -> pd.DataFrame:
    plain = [clean(text) for text in uniques]
    spans = [cut_span(text, clean) for text in uniques]
    halves = (half for cuts in spans for each in cuts for half in each)
    order = find_order(chain(plain, halves)) or usual
    is_ours = any(_OUR_YEAR.search(text) for text in plain)
    days: list[Day | None] = []
    ends: list[Day | None] = []
    for text, cuts in zip(plain, spans, strict=True):
        day = None if is_ours and _OF_SUN.fullmatch(text) else read_day(text, order)
        # "mid-July 2021" is one vague day, not two with a dash between.
        span = None if day is not None and day.last is not None else _read_span(cuts, order)
        days.append(day if span is None else span[0])
        ends.append(None if span is None else span[1])
    return pd.DataFrame(
        {
            "date": _dates_of(days),
            "precision": _precisions_of(days),
            "is_ambiguous": pd.Series([bool(day and day.is_ambiguous) for day in days], dtype=bool),
            "last": _last_days_of(ends).fillna(_ends_of(days)),
        }
    )


def _dates_of(days: Sequence[Day | None]) -> pd.Series:
    texts = [None if day is None else day.date.isoformat() for day in days]
    return pd.Series(texts, dtype="str").astype("datetime64[s]")


def _precisions_of(days: Sequence[Day | None]) -> pd.Series:
    return pd.Series([None if day is None else day.precision for day in days], dtype="str")


def _ends_of(days: Sequence[Day | None]) -> pd.Series:
    """Last days of what is vague by itself."""
    lasts = [None if day is None or day.last is None else day.last.isoformat() for day in days]
    return pd.Series(lasts, dtype="str").astype("datetime64[s]")


def _last_days_of(days: Sequence[Day | None]) -> pd.Series:
    own = _ends_of(days)
    return own.fillna(last_days(_dates_of(days), _precisions_of(days))).astype("datetime64[s]")


def _read_span(cuts: Iterable[Halves], order: Order) -> tuple[Day, Day] | None:
    """First and last day, known equally well; None unless just one way to cut the text fits.

    Of a day that may be day/month or month/day, the year is known: it begins or ends the span.
    """
    found = set()
    for halves in cuts:
        first, last = (read_day(half, order) for half in halves)
        if first is None or last is None:
            continue
        if first.is_ambiguous or last.is_ambiguous:
            first, last = _take_year(first), _take_year(last)
        if first.precision == last.precision:
            found.add((first, last))
    return found.pop() if len(found) == 1 else None


def _take_year(day: Day) -> Day:
    return Day(day.date.replace(month=1, day=1), "year", is_ambiguous=True)
