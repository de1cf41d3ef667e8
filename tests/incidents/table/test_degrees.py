"""Degrees as people write them; what may mean two things is none."""

import math

import pytest

from incidents.table.degrees import read_degrees


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("33.3", 33.3), ("33,3", 33.3), ("-33.3", -33.3), ("−33.3", -33.3), ("+33.3", 33.3),
        ("٣٥٫٩٥", 35.95), ("٣٥.٩٥", 35.95), ("33.3°", 33.3), ("33.3 N", 33.3), ("33.3°N", 33.3),
        ("33.3° n", 33.3), ("33.3 S", -33.3), ("N 33.3", 33.3), ("33°18′N", 33.3),
        ("33°18'", 33.3), ("33° 18' 36\" N", 33.31), ("33°18′36″S", -33.31), ("33°18.6′", 33.31),
        ("33º18’36’’", 33.31), ("N33°18'36''", 33.31), ("35°", 35.0), ("٣٣°١٨′", 33.3),
    ],
)  # fmt: skip
def test_latitudes(text: str, degrees: float) -> None:
    assert read_degrees(text, "NS") == pytest.approx(degrees)


@pytest.mark.parametrize(
    ("text", "degrees"), [("44.4 E", 44.4), ("44°24′W", -44.4), ("44,4", 44.4)]
)
def test_longitudes(text: str, degrees: float) -> None:
    assert read_degrees(text, "EW") == pytest.approx(degrees)


@pytest.mark.parametrize(
    "text",
    [
        *("", "north", "33.3 E", "-33.3 N", "N 33.3 S", "33.5°18′", "33°75′", "33°18.5′30″"),
        *(
            "33.3, 44.4",
            "33.3° N, 44.4° E",
            "1e3",
            "inf",
            "33..3",
            "33.18.99",
            "33.75.10",
            "2021.07.07",
            "33/18/30",
            "3" * 9 + "x",
        ),
    ],
)
def test_what_is_no_latitude(text: str) -> None:
    assert math.isnan(read_degrees(text, "NS"))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "N33 18 30",
            "33 18 30 N",
            "33°18'30\"N",
            "33:18:30",
            "33-18-30N",
            "331830N",
            "33d18m30s N",
        ),
        *("33.18.30", "33.18.30 N", "N331830.0", "3318.5N", "33*18'30", "33_18_30", "33o18'30"),
        *("33 град 18 мин 30 сек", "33 درجة 18 دقيقة 30 ثانية", "Lat: 33 18 30"),
        *("33°18.5′N", "33 18.5", "33 deg 18 min 30 sec north", "33°18′30″ с.ш.", "٣٣ ١٨ ٣٠ شمالا"),
    ],
)
def test_usual_writings_of_minutes_and_seconds(text: str) -> None:
    assert read_degrees(text, "NS") == pytest.approx(33 + 18 / 60 + 30 / 3600)


@pytest.mark.parametrize("text", ["0442158E", "442158E", "E44 21 58", "44°21′58″ в.д."])
def test_longitudes_in_minutes_and_seconds(text: str) -> None:
    assert read_degrees(text, "EW") == pytest.approx(44 + 21 / 60 + 58 / 3600)
