"""Cells that say nothing, and short ones that do."""

import pytest

from geo.names.nothing import says_nothing


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", "—", "--", ".", "?", "…", "NULL", "null", "(null)", "[NULL]", "<NA>"),
        *("\\N", "NaN", "nan", "None", "N/A", "n/a", "#N/A", "#REF!", "-99", "-9", "-999"),
        *("Unknown", "UNKNOWN", "(unknown)", '"unknown"', "not known", "Unspecified", "nd"),
        *("неизвестно", "Неизвестно", "нет данных", "н/д", "غير معروف", "مجهول", "لا يوجد"),
        *("unknown location", "Location unknown", "undisclosed location", "exact location unknown"),
        *(
            "not provided",
            "-99.0",
            "غير مذكور",
            "مكان غير معروف",
            "место неизвестно",
            "belli değil",
        ),
        *("bilinmiyor", "belirsiz", "nediyar", "نەزانراو"),
        *("\u200bunknown\u200f", "unknown\u00a0", "🎉"),
    ],
)
def test_says_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "0",
            "99",
            "7",
            "Hit",
            "Nabi Unis",
            "Unknown gunmen",
            "Hit area",
            "Nad Ali",
            "Nineveh",
            "No. 7",
        ),
        *(
            "Unidentified Armed Group (Iraq)",
            "عين",
            "لا فراط",
            "Нет-Ель",
            "X-ray",
            "N",
            "X",
            "K1",
            "ن",
        ),
        "A long text that ends with what nobody knows: unknown",
    ],
)
def test_says_something(text: str) -> None:
    assert not says_nothing(text)
