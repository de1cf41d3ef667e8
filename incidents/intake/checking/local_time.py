"""Moments told in some zone, turned into the local time of where it happened."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pandas as pd

HOMES = {
    "IQ": "Asia/Baghdad", "SY": "Asia/Damascus", "JO": "Asia/Amman", "LB": "Asia/Beirut",
    "TR": "Europe/Istanbul", "IR": "Asia/Tehran", "KW": "Asia/Kuwait", "SA": "Asia/Riyadh",
    "IL": "Asia/Jerusalem", "PS": "Asia/Gaza",
}  # fmt: skip
"""The local time of each country; of another one, times stay in the zone of the table."""
_SYRIA_ONLY, _IRAQ_ONLY = 38.79, 42.38
"""Degrees of longitude west of which there is no Iraq, and east of which there is no Syria."""


def find_homes(countries: pd.Series, lons: pd.Series) -> pd.Series:
    """The zone of each row by its country, else by its longitude; "" where neither tells."""
    homes = countries.map(HOMES).astype("str").fillna("")
    is_open = countries.isna()
    homes = homes.mask(is_open & (lons < _SYRIA_ONLY), HOMES["SY"])
    return homes.mask(is_open & (lons > _IRAQ_ONLY), HOMES["IQ"])


def turn_local(
    days: pd.Series, times: pd.Series, zones: pd.Series, homes: pd.Series
) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Days and times (HH:MM) in local time, and where they could not be turned.

    Rows with a day, a time and a zone are turned, by the history of daylight saving of their home.
    Where nobody knows the home, they are turned if Iraq and Syria had the same time then.
    """
    wanted = days.notna() & times.notna() & (zones != "")
    turned = days.astype("datetime64[s]").copy()
    clocks = times.copy()
    failed = pd.Series(False, index=days.index)
    moments = days[wanted] + pd.to_timedelta(times[wanted] + ":00")
    for (zone, home), part in moments.groupby([zones[wanted], homes[wanted]]):
        local = _turn(part, str(zone), home or HOMES["IQ"])
        if home == "":
            local = local.where(local == _turn(part, str(zone), HOMES["SY"]))
        known = local.dropna()
        failed[local.index[local.isna()]] = True
        turned[known.index] = known.dt.normalize().astype("datetime64[s]")
        clocks[known.index] = known.dt.strftime("%H:%M").astype("str")
    return turned, clocks, failed


def _turn(moments: pd.Series, zone: str, home: str) -> pd.Series:
    named = moments.dt.tz_localize(_find_zone(zone), ambiguous="NaT", nonexistent="NaT")
    return named.dt.tz_convert(ZoneInfo(home)).dt.tz_localize(None)


def _find_zone(zone: str) -> dt.tzinfo:
    if zone == "UTC":
        return dt.UTC
    if "/" in zone:
        return ZoneInfo(zone)
    hours, minutes = zone[1:].split(":")
    size = dt.timedelta(hours=int(hours), minutes=int(minutes))
    return dt.timezone(size if zone[0] == "+" else -size)
