import pytest

from incidents.intake.checking.counts import read_count, read_highest, read_lowest, read_range


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("3", 3),
        ("0", 0),
        ("3.0", 3),
        ("1,200", 1200),
        ("٤", 4),
        ("1000000", 1_000_000),
        ("unknown", None),
        ("n/a", None),
        ("", None),
    ],
)
def test_counts(text: str, count: int | None) -> None:
    assert read_count(text) == (count, count, "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("-3", "count_negative"),
        ("−3", "count_negative"),
        ("2.5", "count_invalid"),
        ("several", "count_invalid"),
        ("none", "count_invalid"),
        ("3+", "count_invalid"),
        ("2-4", "count_invalid"),
        ("1000001", "count_too_large"),
        ("9" * 10_000, "count_too_large"),
    ],
)
def test_what_is_no_count_is_unknown(text: str, kind: str) -> None:
    assert read_count(text) == (None, None, kind)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3", 3, 3),
        ("2-4", 2, 4),
        ("2–4", 2, 4),
        ("2 to 4", 2, 4),
        ("4+", 4, None),
        ("at least 4", 4, None),
        ("At least 4", 4, None),
        ("≥4", 4, None),
        ("up to 4", None, 4),
        ("", None, None),
        ("4-2", 4, 2),
    ],
)
def test_ranges(text: str, low: int | None, high: int | None) -> None:
    assert read_range(text) == (low, high, "")


@pytest.mark.parametrize("text", ["dozens", "2-", "-", "2-4-6", "at least", "a-b", "-3-5"])
def test_what_is_no_range_is_unknown(text: str) -> None:
    assert read_range(text)[:2] == (None, None)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3", 3, 3),
        ("5+", 5, "count_invalid"),
        ("at least 5", 5, "count_invalid"),
        ("up to 5", "count_invalid", 5),
        ("2-4", "count_invalid", "count_invalid"),
        ("dozens", "count_invalid", "count_invalid"),
        ("-5+", "count_invalid", "count_invalid"),
        ("", None, None),
    ],
)
def test_a_bound_may_leave_the_other_end_open(text: str, low: object, high: object) -> None:
    for read, expected in ((read_lowest, low), (read_highest, high)):
        number, other, kind = read(text)
        assert (kind or number) == expected and number == other
