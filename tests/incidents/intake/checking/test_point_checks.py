"""Points of a whole table are read wherever they stand."""

import pytest

from tests.incidents.intake.checking.checked import check

BAGHDAD = pytest.approx((33.3152, 44.3661), abs=1e-3)
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
    assert (row["lat"], row["lon"]) == BAGHDAD
    assert not set(checked.problems["kind"]) & {"coordinate_invalid", "coordinates_half"}


def test_metres_somewhere_else_are_out_of_range() -> None:
    checked = check("date,place,lat,lon\n2021,a,6000000,200000\n")
    assert checked.incidents["lat"].isna().all()
    assert set(checked.problems["kind"]) == {"coordinates_out_of_range"}


UTM = {
    "in one column": "date,place,governorate,utm\n2021,a,Baghdad,440994 3686410\n",
    "with letters": "date,place,governorate,utm\n2021,a,Baghdad,440994mE 3686410mN\n",
    "in X and Y": "date,place,governorate,X,Y\n2021,a,Baghdad,440994,3686410\n",
    "by a town": "date,place,X,Y\n2021,Baghdad,440994.0,3686410.0\n2021,a,440994,3686410\n",
}


@pytest.mark.parametrize("name", UTM)
def test_utm_without_a_zone_is_in_the_one_that_fits_what_rows_name(name: str) -> None:
    checked = check(UTM[name])
    for row in checked.incidents.itertuples():
        assert (row.lat, row.lon) == BAGHDAD
    assert "only 38 fits" in checked.problems.set_index("kind")["message"]["point_read"]


@pytest.mark.parametrize(
    "text",
    [
        "date,place,utm\n2021,Narnia,440994 3686410\n",
        "date,place,X,Y\n2021,Narnia,440994,3686410\n",
        "date,place,governorate,utm\n2021,a,Baghdad,440994 3686410\n"
        "2021,b,Deir ez-Zor,440994 3686410\n",
    ],
)
def test_utm_without_a_zone_that_fits_is_told_and_placed_nowhere(text: str) -> None:
    checked = check(text)
    assert checked.incidents["lat"].isna().all()
    assert checked.problems["kind"].tolist() == ["utm_zone_missing"]
    assert "38N" in checked.problems["remedy"].iloc[0]
