"""Ranges from claims: a table of cases, each a handful of reports and claims."""

import pandas as pd
import pytest

from incidents.table import claims as claims_module
from incidents.table.claims import range_stem
from incidents.table.columns import GROUPS, HARMS, MEASURES, RANGE_COLUMNS
from incidents.table.voices import mark_voices


def reports_of(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    columns = ["report", "incident", "family", "supersedes"]
    return pd.DataFrame(list(rows), columns=columns).assign(publisher="")


def derive_ranges(reports: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    return claims_module.derive_ranges(mark_voices(reports), claims)


def claims_of(*rows: tuple[object, ...]) -> pd.DataFrame:
    columns = ["report", "incident", "measure", "group", "low", "high"]
    return pd.DataFrame(list(rows), columns=columns)


TWO = reports_of(("r1", "i", "AFP", ""), ("r2", "i", "Reuters", ""))
CORRECTED = reports_of(("r1", "i", "AFP", ""), ("r2", "i", "AFP", "r1"))

CASES = {
    "one claim": (TWO, [("r1", "wounded", "all", 2, 2)], {"wounded": (2, 2)}),
    "two reports differ": (
        TWO,
        [("r1", "wounded", "all", 3, 3), ("r2", "wounded", "all", 2, 2)],
        {"wounded": (2, 3)},
    ),
    "a flat none is 0": (
        TWO,
        [("r1", "killed", "all", 0, 0), ("r2", "killed", "all", 1, 1)],
        {"killed": (0, 1)},
    ),
    "a claim with two numbers": (TWO, [("r1", "killed", "all", 4, 9)], {"killed": (4, 9)}),
    "open above all others": (
        TWO,
        [("r1", "launched", "", 14, None), ("r2", "launched", "", 4, 4)],
        {"launched": (4, None)},
    ),
    "open, and another states as many": (
        TWO,
        [("r1", "launched", "", 14, None), ("r2", "launched", "", 14, 14)],
        {"launched": (14, 14)},
    ),
    "open, and another states more": (
        TWO,
        [("r1", "killed", "all", 5, None), ("r2", "killed", "all", 4, 9)],
        {"killed": (4, 9)},
    ),
    "open above alone": (TWO, [("r1", "launched", "", 14, None)], {"launched": (14, None)}),
    "two that are open": (
        TWO,
        [("r1", "killed", "all", 4, None), ("r2", "killed", "all", 6, None)],
        {"killed": (4, None)},
    ),
    "numbers as text": (TWO, [("r1", "killed", "all", "10", "")], {"killed": (10, None)}),
    "a correction replaces": (
        CORRECTED,
        [("r1", "wounded", "all", 3, 3), ("r2", "wounded", "all", 2, 2)],
        {"wounded": (2, 2)},
    ),
    "a correction without a number leaves none": (
        CORRECTED,
        [("r1", "wounded", "all", 3, 3)],
        {},
    ),
    "a report does not supersede itself": (
        reports_of(("r1", "i", "AFP", "r1")),
        [("r1", "wounded", "all", 3, 3)],
        {"wounded": (3, 3)},
    ),
    "a chain of corrections": (
        reports_of(("r1", "i", "A", ""), ("r2", "i", "A", "r1"), ("r3", "i", "A", "r2")),
        [(report, "killed", "all", n, n) for report, n in (("r1", 5), ("r2", 7), ("r3", 9))],
        {"killed": (9, 9)},
    ),
    "one correction of two reports": (
        reports_of(("r1", "i", "A", ""), ("r2", "i", "A", ""), ("r3", "i", "A", "r1; r2")),
        [(report, "killed", "all", n, n) for report, n in (("r1", 5), ("r2", 7), ("r3", 9))],
        {"killed": (9, 9)},
    ),
    "groups are not added up": (
        TWO,
        [("r1", "killed", "all", 4, 4), ("r2", "killed", "civilians", 1, 1)],
        {"killed": (4, 4), "civilians_killed": (1, 1)},
    ),
    "a narrower group says nothing of all": (
        TWO,
        [("r1", "killed", "children", 1, 1)],
        {"children_killed": (1, 1)},
    ),
    "unknown words are left out": (
        TWO,
        [("r1", "killed", "sheep", 7, 7), ("r1", "hurt", "all", 7, 7), ("r1", "killed", "", 7, 7)],
        {},
    ),
    "no claim at all": (TWO, [], {}),
}


@pytest.mark.parametrize(("reports", "rows", "expected"), CASES.values(), ids=CASES.keys())
def test_range(reports, rows, expected):
    claims = claims_of(*[(report, "i", *rest) for report, *rest in rows])
    known = derive_ranges(reports, claims).loc["i", list(RANGE_COLUMNS)].dropna()
    pairs = {
        f"{stem}_{end}": n
        for stem, both in expected.items()
        for end, n in zip(("min", "max"), both, strict=True)
        if n is not None
    }
    assert known.to_dict() == pairs


def test_frame_is_one_row_per_incident_in_whole_numbers():
    reports = reports_of(("r1", "b", "AFP", ""), ("r2", "a", "AP", ""))
    table = derive_ranges(reports, claims_of(("r1", "b", "killed", "all", 1, 1)))
    assert list(table.index) == ["a", "b"]
    assert table.index.name == "incident"
    assert list(table.columns) == [*RANGE_COLUMNS, "sources"]
    assert {str(dtype) for dtype in table.dtypes} == {"Int64"}
    assert table.loc["a", "killed_min"] is pd.NA


@pytest.mark.parametrize(
    ("families", "expected"),
    [
        (("AFP", "Reuters"), 2),
        (("AFP", "AFP"), 1),
        (("AFP", ""), 1),
        (("AFP", None), 1),
        (("", ""), 0),
    ],
    ids=["two voices", "agency copy is one voice", "empty", "missing", "none known"],
)
def test_sources(families, expected):
    reports = TWO.assign(family=list(families))
    assert derive_ranges(reports, claims_of()).loc["i", "sources"] == expected


@pytest.mark.parametrize(
    ("families", "publishers", "expected"),
    [
        (("", None), ("Reuters", "TASS"), 2),
        (("", ""), ("Reuters", "Reuters"), 1),
        (("AFP", ""), ("Daily Star", "AFP"), 1),
        (("AFP", "AFP"), ("Daily Star", "Le Monde"), 1),
    ],
    ids=["two publishers", "one publisher", "an agency and its copy", "the family comes first"],
)
def test_sources_without_families_are_publishers(families, publishers, expected):
    reports = TWO.assign(family=list(families), publisher=list(publishers))
    assert derive_ranges(reports, claims_of()).loc["i", "sources"] == expected


def test_a_superseded_report_is_still_a_source():
    reports = reports_of(("r1", "i", "AFP", ""), ("r2", "i", "AP", "r1"))
    assert derive_ranges(reports, claims_of()).loc["i", "sources"] == 2


def test_no_rows():
    table = derive_ranges(reports_of(), claims_of())
    assert len(table) == 0
    assert list(table.columns) == [*RANGE_COLUMNS, "sources"]


@pytest.mark.parametrize("low", ["three", "1.5", 1.5], ids=["word", "text fraction", "fraction"])
def test_not_a_whole_number_is_told(low):
    with pytest.raises(ValueError, match="A claim's low is not a whole number"):
        derive_ranges(TWO, claims_of(("r1", "i", "killed", "all", low, None)))


@pytest.mark.parametrize(
    ("measure", "group", "stem"),
    [
        ("killed", "all", "killed"),
        ("wounded", "security_forces", "security_forces_wounded"),
        ("launched", "", "launched"),
        ("intercepted", "all", "intercepted"),
    ],
)
def test_range_stem(measure, group, stem):
    assert range_stem(measure, group) == stem


def test_range_columns():
    columns = RANGE_COLUMNS
    assert len(columns) == len(set(columns)) == 2 * (2 + len(GROUPS) * len(HARMS))
    assert columns[:6] == (
        "launched_min", "launched_max", "intercepted_min", "intercepted_max",
        "killed_min", "killed_max",
    )  # fmt: skip
    assert columns[-4:] == (
        "fighters_killed_min", "fighters_killed_max", "fighters_wounded_min",
        "fighters_wounded_max",
    )  # fmt: skip
    assert {range_stem(measure) for measure in MEASURES} < {c.rsplit("_", 1)[0] for c in columns}
