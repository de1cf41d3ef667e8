"""Tables that their source gives without column names."""

from __future__ import annotations

import re

_ACTOR = (
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code "
    "Type1Code Type2Code Type3Code"
)
_PLACE = "Type Fullname CountryCode ADM1Code ADM2Code Lat Long FeatureID"
GDELT: tuple[str, ...] = (
    *["GlobalEventID", "Day", "MonthYear", "Year", "FractionDate"],
    *(f"Actor{number}{part}" for number in (1, 2) for part in _ACTOR.split()),
    *["IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"],
    *["NumMentions", "NumSources", "NumArticles", "AvgTone"],
    *(f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in _PLACE.split()),
    *["DATEADDED", "SOURCEURL"],
)
"""The 61 columns of GDELT 2.0 events, by the GDELT Event Codebook V2.0."""
_FIRST = re.compile(rb"\d{6,11}\t(\d{8})\t(\d{6})\t(\d{4})\t[^\r\n]*")


def name_columns(data: bytes) -> tuple[bytes, str]:
    """A text with the names of its columns above it, and their source; "" where it has its own."""
    found = _FIRST.match(data)
    if found is None or found[0].count(b"\t") != len(GDELT) - 1:
        return data, ""
    if not found[1].startswith(found[2]) or not found[2].startswith(found[3]):
        return data, ""
    return "\t".join(GDELT).encode() + b"\n" + data, "GDELT 2.0 events"
