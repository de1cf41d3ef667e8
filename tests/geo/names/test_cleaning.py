"""Names without what tables and keyboards add to them."""

import pytest

from geo.names.cleaning import clean_name, say_qualified


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Baghdad (1)", "Baghdad"),
        ("Ba'aqubah (12)", "Ba'aqubah"),
        ("Baghdad [a]", "Baghdad"),
        ("Baghdad #3", "Baghdad"),
        ("Baghdad no. 3", "Baghdad"),
        ("1. Baghdad", "Baghdad"),
        ("#2 Baghdad", "Baghdad"),
        ("(3) Baghdad", "Baghdad"),
        ("3rd Street", "3rd Street"),
        ("15 Khordad", "15 Khordad"),
        ("K 1", "K 1"),
        ("Baghdad (no. 2).", "Baghdad"),
        ("Mosul.", "Mosul"),
        ("«Mosul»,", "Mosul"),
        ("Mosul (", "Mosul"),
        ("(Mosul)", "Mosul"),
        ("\u200fMosul\u200b \u202c", "Mosul"),
        ("الموصــل", "الموصل"),
        ("المَوْصِل", "الموصل"),
        ("Ain\u00a0al-Asad", "Ain al-Asad"),
        # These numbers and signs are parts of names.
        ("T3", "T3"),
        ("Highway 47", "Highway 47"),
        ("H-3", "H-3"),
        ("Hit (Anbar)", "Hit (Anbar)"),
        ("14 Ramadan", "14 Ramadan"),
        ("Base (near Hit)", "Base (near Hit)"),
        ("Ba'aj", "Ba'aj"),
        ("...", ""),
    ],
)
def test_cleans(name: str, clean: str) -> None:
    assert clean_name(name) == clean
    assert clean_name(clean) == clean


@pytest.mark.parametrize(
    ("tail", "said"),
    [
        ("west", "west Mosul"),
        ("Eastern side", "Eastern side Mosul"),
        ("outskirts", "Mosul outskirts"),
        ("city center", "Mosul"),
        ("unspecified", "Mosul"),
        ("sic", "Mosul"),
        ("approx.", "Mosul"),
        ("Western Sahara", None),
        ("Arizona", None),
        ("Nineveh", None),
        ("", None),
    ],
)
def test_reads_what_qualifies_a_name(tail: str, said: str | None) -> None:
    assert say_qualified("Mosul", tail) == said
