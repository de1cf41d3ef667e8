"""Times of day and their zones."""

import pytest

from incidents.intake.checking.moments import cut_moment, read_time


@pytest.mark.parametrize(
    ("time", "texts"),
    [
        ("21:30", ("9:30 PM", "2130", "21h30", "21:30:00.000", "~21:30", "21:30-22:00", "٢١:٣٠",
                   "21.30",
                   "9:30 مساءً", "0.895833", "1899-12-31 21:30:00", "2130 hrs", "21 ч 30 мин",
                   "9:30 вечера", "2021-07-07 21:30", "21:30 local time", "about 21:30")),
        ("12:30", ("12:30 p.m.", "12:30")),
        ("00:30", ("12:30 am", "0:30", "00:30:59")),
        ("21:00", ("9 PM", "9pm", "21 h", "9 вечера", "الساعة 9 مساء")),
        ("12:00", ("noon",)),
        ("00:00", ("midnight", "00:00")),
    ],
)  # fmt: skip
def test_times(time: str, texts: tuple[str, ...]) -> None:
    read = {text: read_time(text) for text in texts}
    assert {text: each and (each.time, each.zone) for text, each in read.items()} == dict.fromkeys(
        texts, (time, "")
    )


@pytest.mark.parametrize(
    "text", ["24:00", "25:00", "dawn", "3", "12:60", "13 PM", "", "7/7", "21:30 Mars/X"]
)
def test_what_is_no_time(text: str) -> None:
    assert read_time(text) is None


@pytest.mark.parametrize(
    ("text", "day", "time", "zone"),
    [
        ("2021-07-07T22:30:00Z", "2021-07-07", "22:30", "UTC"),
        ("2021-07-07 22:30:00+00", "2021-07-07", "22:30", "+00:00"),
        ("2021-07-07T22:30+0300", "2021-07-07", "22:30", "+03:00"),
        ("2021-07-07 22:30 UTC+3", "2021-07-07", "22:30", "+03:00"),
        ("2021-07-07 22:30 Asia/Baghdad", "2021-07-07", "22:30", "Asia/Baghdad"),
        ("Wed, 07 Jul 2021 22:30:00 GMT", "Wed, 07 Jul 2021", "22:30", "UTC"),
        ("072130CJUL21", "07 JUL 21", "21:30", "+03:00"),
        ("072130Z JUL 21", "07 JUL 21", "21:30", "UTC"),
        ("072130JJUL2021", "07 JUL 2021", "21:30", ""),
        ("7/7/2021 10:30:00 PM", "7/7/2021", "22:30", ""),
    ],
)
def test_moments(text: str, day: str, time: str, zone: str) -> None:
    found, moment = cut_moment(text)
    assert moment is not None
    assert (found, moment.time, moment.zone) == (day, time, zone)


@pytest.mark.parametrize(
    "text", ["2021-07-07", "2017-03-05 21:00 - 2017-03-07 03:00", "x" * 500, "a 25:99"]
)
def test_what_has_no_single_moment_stays(text: str) -> None:
    assert cut_moment(text) == (text, None)
