"""Incidents, reports and claims, and the grade that the rule gives them."""

from datetime import date
from typing import Any

from incidents.table.columns import CLAIM_COLUMNS, REPORT_COLUMNS

Row = dict[str, Any]
PLACED: Row = {
    "incident": "A",
    "date": date(2021, 7, 7),
    "date_end": None,
    "date_precision": "day",
    "precision": "site",
    "sources": None,
}


def report(family: str, says_date: str | None = "2021-07-07", **more: Any) -> Row:
    row = {column.name: None for column in REPORT_COLUMNS}
    identity = {"report": f"r{family}{says_date}", "incident": "A", "publisher": f"{family} site"}
    return {**row, **identity, "family": family, "says_date": says_date, **more}


def claim(family: str, low: int | None, high: int | None, group: str = "all", **more: Any) -> Row:
    row = {column.name: None for column in CLAIM_COLUMNS}
    identity = {"report": f"r{family}2021-07-07", "incident": "A", "measure": "killed"}
    return {**row, **identity, "group": group, "low": low, "high": high, **more}


AFP, AP, REUTERS, TASS = (report(family) for family in ("AFP", "AP", "Reuters", "TASS"))
THREE = [AFP, AP, REUTERS]
SIDED = [report(family, stance="partisan") for family in ("X", "Y", "Z")]
SANA = report("SANA", stance="party")

CASES: dict[str, tuple[Row, list[Row], list[Row], str | None]] = {
    # How many publishers
    "one publisher": ({}, [AFP], [], "weak"),
    "two": ({}, [AFP, AP], [], "fair"),
    "three": ({}, THREE, [], "confirmed"),
    "copies of one agency are one voice": (
        {}, [AFP, *(report("AFP", report=f"copy {n}") for n in range(5))], [], "weak"),
    "without a family, the publisher is the voice": (
        {}, [report("", publisher=name, report=name) for name in ("a", "b", "c")], [], "confirmed"),
    "reports of nobody": (
        {}, [report("", publisher=None, report=str(n)) for n in range(3)], [], "weak"),
    "a superseded report is no voice": (
        {}, [AFP, report("AP", report="old"), report("Reuters", supersedes="old")], [], "fair"),
    # Who they are
    "partisan outlets are not counted": ({}, [AFP, *SIDED], [], "weak"),
    "nor parties": ({}, [AFP, AP, SANA], [], "fair"),
    "they take nothing away": ({}, [*THREE, *SIDED, SANA], [], "confirmed"),
    "partisan outlets alone": ({}, SIDED, [], "weak"),
    "an agency in a partisan outlet stays free": (
        {}, [AFP, AP, REUTERS, report("AFP", report="reprint", stance="partisan")], [],
        "confirmed"),
    # The day
    "a day beside it": ({}, [AFP, report("AP", "2021-07-08"), report("TASS", "2021-07-06")], [],
                        "confirmed"),
    "most name another day": ({}, [AFP, AP, *(report(x, "2021-07-10") for x in "abc")], [],
                              "fair"),
    "half name another day": ({}, [AFP, AP, report("a", "2021-07-10"), report("b", "2021-07-10")],
                              [], "fair"),
    "one names another day": ({}, [*THREE, report("a", "2021-07-10")], [], "confirmed"),
    "a month says nothing of the day": (
        {}, [AFP, AP, *(report(x, "2021-07") for x in "abc")], [], "confirmed"),
    "only one names the day": ({}, [AFP, report("AP", None), report("TASS", "July")], [], "fair"),
    "any of several days": (
        {"date_end": date(2021, 7, 10)}, [AFP, report("AP", "2021-07-10"), report("TASS", None)],
        [], "confirmed"),
    "known to a week": ({"date_precision": "week"}, THREE, [], "fair"),
    # The place
    "known to the town": ({"precision": "town"}, THREE, [], "confirmed"),
    "known to the district": ({"precision": "district"}, THREE, [], "fair"),
    "known to the governorate": ({"precision": "governorate"}, THREE, [], "fair"),
    "precision unknown": ({"precision": None}, THREE, [], "fair"),
    # Contradictions
    "none and one": ({}, THREE, [claim("AFP", 0, 0), claim("AP", 1, 1)], "contested"),
    "more than twice": ({}, THREE, [claim("AFP", 4, 4), claim("AP", 9, 9)], "contested"),
    "twice": ({}, THREE, [claim("AFP", 4, 4), claim("AP", 8, 8)], "confirmed"),
    "a little apart": ({}, THREE, [claim("AFP", 3, 3), claim("AP", 2, 2)], "confirmed"),
    "ranges that nearly meet": ({}, THREE, [claim("AFP", 1, 4), claim("AP", 8, 20)], "confirmed"),
    "an open top fits all above": ({}, THREE, [claim("AFP", 1, None), claim("AP", 9, 9)],
                                   "confirmed"),
    "but not what is far below": ({}, THREE, [claim("AFP", 9, None), claim("AP", 1, 1)],
                                  "contested"),
    "different groups": ({}, THREE, [claim("AFP", 0, 0, "civilians"), claim("AP", 9, 9)],
                         "confirmed"),
    "a narrower group": ({}, THREE, [claim("AFP", 1, 1, "children"),
                                     claim("AP", 4, 4, "children")], "contested"),
    "killed and wounded": ({}, THREE, [claim("AFP", 0, 0), claim("AP", 9, 9, measure="wounded")],
                           "confirmed"),
    "munitions": ({}, THREE, [claim("AFP", 4, 4, "", measure="launched"),
                              claim("AP", 30, 30, "", measure="launched")], "confirmed"),
    "one voice that changes its mind": (
        {}, [*THREE, report("AFP", report="later")],
        [claim("AFP", 0, 0), claim("AFP", 9, 9, report="later")], "confirmed"),
    "a corrected number": (
        {}, [*THREE, report("AFP", report="later", supersedes="rAFP2021-07-07")],
        [claim("AFP", 0, 0), claim("AP", 9, 9)], "confirmed"),
    "one without a number": ({}, THREE, [claim("AFP", 0, 0), claim("AP", None, None)],
                             "confirmed"),
    "a partisan outlet cannot contest": ({}, [*THREE, SIDED[0]],
                                         [claim("AFP", 1, 1), claim("X", 30, 30)], "confirmed"),
    "a party can": ({}, [*THREE, SANA], [claim("AFP", 1, 1), claim("SANA", 0, 0)], "contested"),
    "before weak": ({}, [AFP, SANA], [claim("AFP", 1, 1), claim("SANA", 0, 0)], "contested"),
    # Denials
    "denied": ({}, [AFP, AP, report("Reuters", denied_by="the coalition")], [], "contested"),
    "a denial that only a partisan outlet tells": (
        {}, [*THREE, report("X", stance="partisan", denied_by="the coalition")], [], "confirmed"),
    "a denial that was taken back": (
        {}, [AFP, AP, report("Reuters", report="old", denied_by="the coalition"),
             report("Reuters", supersedes="old")], [], "confirmed"),
    # No report in the table
    "no report, no number": ({}, [], [], None),
    "no report, none": ({"sources": 0}, [], [], "weak"),
    "no report, one": ({"sources": 1}, [], [], "weak"),
    "no report, two": ({"sources": 2}, [], [], "fair"),
    "no report, many": ({"sources": 12}, [], [], "fair"),
    "no report, a month": ({"sources": 12, "date_precision": "month"}, [], [], "weak"),
    "no report, a governorate": ({"sources": 12, "precision": "governorate"}, [], [], "weak"),
    "its reports count, not its number": ({"sources": 12}, [AFP], [], "weak"),
}  # fmt: skip
