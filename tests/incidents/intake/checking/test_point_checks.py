"""Points of a whole table are read wherever they stand."""

import pytest

from tests.incidents.intake.checking.checked import check

POINTS = {
    "in place": "date,place\n2021,38SMB4099486410\n",
    "among words of place": "date,place\n2021,Baghdad (MGRS 38SMB4099486410)\n",
    "in lat": "date,place,lat,lon\n2021,a,38SMB4099486410,\n",
    "in lat and lon": "date,place,lat,lon\n2021,a,38S MB 40994 86410,38S MB 40994 86410\n",
    "a pair in lat": 'date,place,lat,lon\n2021,a,"33.3152, 44.3661",\n',
    "metres": "date,place,latitude,longitude\n2021,a,3937216.62,4938811.66\n",
    "metres in X and Y": "date,X,Y\n2021,4938811.66,3937216.62\n",
    "degrees and minutes": "date,lat,lon\n2021,33 18 54.7 N,44 21 58 E\n",
    "one column": 'date,coordinates\n2021,"33.3152, 44.3661"\n',
    "own columns first": 'date,lat,lon,coordinates\n2021,33.3152,44.3661,"36.1, 43.1"\n',
    "one column where the others are empty": "date,lat,lon,wkt\n2021,,,POINT (44.3661 33.3152)\n",
}


@pytest.mark.parametrize("name", POINTS)
def test_given_coordinates_are_read_wherever_they_stand(name: str) -> None:
    checked = check(POINTS[name])
    row = checked.incidents.iloc[0]
    assert (row["lat"], row["lon"]) == pytest.approx((33.3152, 44.3661), abs=1e-3)
    assert not set(checked.problems["kind"]) & {"coordinate_invalid", "coordinates_half"}


def test_metres_somewhere_else_are_out_of_range() -> None:
    checked = check("date,place,lat,lon\n2021,a,6000000,200000\n")
    assert checked.incidents["lat"].isna().all()
    assert set(checked.problems["kind"]) == {"coordinates_out_of_range"}
