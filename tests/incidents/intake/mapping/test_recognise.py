from typing import Any

import pytest

from incidents.intake.mapping.recognise import find_near, recognise

ACLED = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,country,admin1,"
ACLED += "location,latitude,longitude,geo_precision,source,notes,fatalities"

HEADERS = {
    "our own": ("incident,date,place,lat,lon,killed_min,killed_max", None, None),
    "our aliases": ("event_date,event_type,country,admin1,location,latitude", None, None),
    "marks in any case": ("EVENT_ID_CNTY,Event Date,event-type", "acled", None),
    "only one mark": ("event_id_cnty,notes", None, None),
    "all but the marks": (
        ACLED.replace("event_id_cnty,", "").replace("actor1", "x"),
        None,
        "acled",
    ),
    "GTD without its years": ("eventid,imonth,iday,nkill,nwound", None, None),
    "nothing": ("", None, None),
}


@pytest.mark.parametrize("name", HEADERS)
def test_recognise_by_all_marks_or_not_at_all(name: str, profiles: Any) -> None:
    text, marked, near = HEADERS[name]
    found = recognise(text.split(","), profiles)
    assert (found.name if found else None) == marked
    if marked is None:
        like = find_near(text.split(","), profiles)
        assert (like.name if like else None) == near


def test_without_profiles_nothing_is_recognised() -> None:
    assert recognise(ACLED.split(","), ()) is None
