"""Small tables, mappings and links that would be much work for a loop of all beside all.

One maker for each kind, of a size. What it makes is what `hostile.py` gives to the code.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from incidents.asking.filters import Filters
from incidents.asking.store import Store
from incidents.intake.bundles import Brought, Bundle
from incidents.intake.mapping.rules import Always, First, From, Join, Profile
from incidents.intake.placing.overrides import Override
from incidents.intake.reading.tables import Table, Tables
from incidents.table.columns import COLUMNS, RANGES
from incidents.table.problems import problems_frame
from incidents.table.settings import ROOT, Settings
from incidents.versions.drafts import prepare, publish
from incidents.versions.knowledge import Knowledge

Texts = Sequence[str] | str
DAY, HIT = "2021-07-07", {"place": "Hit", "gov": "Anbar", "country": "IQ"}
FILLERS = (" ", "1", "1 ", "1-", "1,", "(", "a ", "a", "at least ", "-", "°", "1:", "/", ".", ";")


@cache
def know() -> Knowledge:
    """The shipped gazetteer, outlines and mappings."""
    data = ROOT / "data"
    return Knowledge(Settings(data, data / "places.csv", data / "boundaries", data / "none"))


def table_of(columns: Mapping[str, Texts], size: int, name: str = "a.csv") -> Table:
    """A table of text; a single text stands in every row."""
    rows = pd.DataFrame(
        {key: [text] * size if isinstance(text, str) else text for key, text in columns.items()},
        index=pd.RangeIndex(2, size + 2, name="row"),
        dtype="str",
    )
    return Table(name, rows, size, problems_frame([]))


def bundle_of(columns: Mapping[str, Texts], size: int, **beside: Table) -> Bundle:
    """One table of incidents on 7 July 2021, and what goes with it."""
    incidents = table_of({"date": DAY, **columns}, size)
    return Bundle((Brought("a", Tables(incidents, **beside)),))


def number(size: int, word: str = "") -> list[str]:
    """So many different texts."""
    return [f"{word}{n}" for n in range(size)]


# --- columns


def equal_columns(size: int) -> Table:
    """`size` columns whose names are all like "date" and that hold dates."""
    return table_of({f"Date of the attack {'!' * n}": DAY for n in range(size)}, 60)


def empty_columns(size: int) -> Table:
    """`size` columns of names that are like nothing, 60 rows without a text."""
    return table_of({f"column {n}": "" for n in range(size)}, 60)


def columns_of_errors(size: int) -> tuple[Table, Profile]:
    """`size` columns that hold a spreadsheet's error, mapped by hand."""
    table = table_of({f"column {n}": "#N/A" for n in range(size)}, 10)
    return table, profile_of({"date": From(("column 1",))})


# --- mappings


def profile_of(columns: Mapping[str, Any], **more: Any) -> Profile:
    """A mapping of these rules."""
    return Profile("a", "A", columns, **more)


def nested_rules(size: int) -> str:
    """A mapping of `size` rules within rules, as YAML."""
    parts = [{"from": f"column {n}"} for n in range(size)]
    return yaml.safe_dump({"name": "a", "title": "A", "columns": {"place": {"join": parts}}})


def many_parts(size: int) -> tuple[Table, Profile]:
    """A rule that joins `size` columns."""
    table = table_of({f"c{n}": number(200, f"{n} ") for n in range(size)}, 200)
    return table, profile_of({"place": Join(tuple(From((name,)) for name in table.rows), by="; ")})


def many_values(size: int) -> tuple[Table, Profile]:
    """A rule that knows `size` values, of a column with as many."""
    values = dict.fromkeys(number(size), "x")
    return table_of({"c": number(size)}, size), profile_of({"type": From(("c",), values=values)})


def many_endings(size: int) -> tuple[Table, Profile]:
    """A column of `size` texts, of which ten endings are taken off."""
    rule = From(("c",), strip=tuple(f" x{n}" for n in range(10)))
    return table_of({"c": number(size)}, size), profile_of({"place": rule})


def repeats_of_one_event(size: int) -> tuple[Table, Profile]:
    """`size` rows of one id, each with an actor of its own."""
    columns = {"incident": From(("id",)), "actor": From(("actor",)), "date": Always(DAY)}
    table = table_of({"id": "1", "actor": number(size, "actor ")}, size)
    return table, profile_of(columns, once=("actor",))


def unknown_values(size: int) -> tuple[Table, Profile]:
    """`size` values that a mapping does not know."""
    rule = First((From(("c",), values={"a": "b"}), From(("c",), values={"c": "d"})))
    return table_of({"c": number(size)}, size), profile_of({"type": rule})


# --- cells


def long_cells(size: int) -> Bundle:
    """Cells of `size` letters in every column, a row for each kind of letters."""
    texts = [filler * (size // len(filler)) for filler in FILLERS]
    names = (*(each.name for each in COLUMNS), *(each.name for each in RANGES))
    return bundle_of(dict.fromkeys(names, texts), len(texts))


def rows_of_one_id(size: int) -> Bundle:
    """`size` rows of one id."""
    return bundle_of({"incident": "a", **HIT}, size)


def rows_alike(size: int) -> Bundle:
    """`size` rows that say exactly the same, without an id."""
    return bundle_of(HIT, size)


def answers_of_one(size: int) -> Bundle:
    """An incident that answers `size` others."""
    listed = ["", *[";".join(number(size, "x"))], *[""] * (size - 2)]
    return bundle_of({"incident": number(size, "x"), "response_to": listed, **HIT}, size)


def problems_of_own_kind(size: int) -> Bundle:
    """`size` rows of which each cell is wrong."""
    wrong = {name: number(size, "?") for name in ("date_end", "lat", "lon", "killed_min", "type")}
    return bundle_of({**HIT, **wrong}, size)


# --- places


def distinct_names(size: int) -> Bundle:
    """`size` names that no gazetteer knows."""
    return bundle_of({"place": number(size, "Karmat Suwayda "), "country": "IQ"}, size)


def distinct_govs(size: int) -> Bundle:
    """`size` governorates that do not exist, and no place."""
    return bundle_of({"gov": number(size, "Muhafaza "), "place": "", "country": "IQ"}, size)


def taught_names(size: int) -> Bundle:
    """`size` names with coordinates and as many without, each nearly one of the former."""
    names = [f"Zibqaniya {n:06}" for n in range(size)]
    points = {"lat": ["33.6"] * size + [""] * size, "lon": ["42.8"] * size + [""] * size}
    return bundle_of({"place": names + [f"{each}a" for each in names], **points}, 2 * size)


def one_name_taught(size: int) -> Bundle:
    """One name with `size` points in as many governorates, and rows without."""
    points = {"lat": ["33.6"] * size + [""] * size, "lon": ["42.8"] * size + [""] * size}
    govs = number(size, "gov ") * 2
    return bundle_of({"place": "Zibqaniya", "gov": govs, **points}, 2 * size)


def names_of_many_words(size: int) -> Bundle:
    """`size` names of as many words and signs as a name may have."""
    lists = [f"{n} near {'a-b / ' * 12}and Hit" for n in range(size)]
    return bundle_of({"place": lists, "country": "IQ"}, size)


def decisions(size: int) -> tuple[pd.DataFrame, list[Override]]:
    """As many decisions on places as rows, each on another name."""
    rows = pd.DataFrame({"place": number(size, "p"), "country": "IQ", "gov": "Anbar"})
    frame = rows.assign(lat=float("nan"), lon=float("nan"), precision=pd.NA).astype(
        {"place": "str", "country": "str", "gov": "str", "precision": "str"}
    )
    made = [Override(f"p{n}", "IQ", "", 33.0, 44.0, "town", "a", "b", DAY) for n in range(size)]
    return frame, made


# --- likely duplicates and reports


def _duplicates(size: int, dataset: Texts) -> pd.DataFrame:
    table = table_of({"incident": number(size, "x"), "dataset": dataset, **HIT}, size).rows
    dated = table.assign(date=DAY, date_end=None, date_precision="day", type="air strike")
    placed = dated.assign(lat=33.6, lon=42.8, precision="town").reset_index()
    return placed.astype({"date_end": "str"})


def datasets_at_one_place(size: int) -> pd.DataFrame:
    """`size` incidents at one place and day, each of a dataset of its own."""
    return _duplicates(size, number(size, "d"))


def two_datasets_at_one_place(size: int) -> pd.DataFrame:
    """`size` incidents at one place and day, of two datasets."""
    return _duplicates(size, [f"d{n % 2}" for n in range(size)])


def reports_on_one(size: int) -> Bundle:
    """An incident of `size` reports, each by another publisher, that corrects the one before."""
    names = number(size, "r")
    reports = table_of(
        {
            "report": names,
            "incident": "x",
            "publisher": number(size, "paper "),
            "says_date": DAY,
            "says_actor": number(size, "actor "),
            "supersedes": ["", *names[:-1]],
        },
        size,
        "reports.csv",
    )
    claims = table_of(
        {
            "claim": number(size, "c"),
            "report": names,
            "incident": "x",
            "measure": "killed",
            "group": "all",
            "low": number(size),
            "high": number(size),
        },
        size,
        "claims.csv",
    )
    return bundle_of({"incident": "x", **HIT}, 1, reports=reports, claims=claims)


def matrix_of(size: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Reports that stand, on one incident, and their claims, as a store answers them."""
    reports = [
        {
            "report": f"r{n}", "stands": True, "voice": f"paper {n}", "publisher": f"paper {n}",
            "family": None, "stance": None, "published": DAY, "url": None, "title": None,
            "supersedes": None, "says_date": DAY, "says_actor": f"actor {n}",
        }
        for n in range(size)
    ]  # fmt: skip
    claims = [
        {"report": f"r{n}", "measure": "killed", "group": "all", "low": n, "high": n}
        for n in range(size)
    ]
    return reports, claims


# --- questions


def store_of(columns: Mapping[str, Texts], size: int) -> Store:
    """A version of this table, open."""
    draft = prepare(bundle_of(columns, size), know().world)
    return Store(publish(draft, Path(tempfile.mkdtemp()), "table").folder)


def spread(size: int) -> Store:
    """`size` incidents around Hit, of as many operations and actors."""
    points = {"lat": [f"33.{n % 999:03}" for n in range(size)], "lon": "42.8"}
    words = {"actor": number(size, "a"), "summary": number(size, "w")}
    return store_of({**HIT, **points, **words}, size)


def one_operation(size: int) -> Store:
    """`size` parts of one operation, at one place and day, each with a toll."""
    same = {"operation": "o", "type": "air strike"}
    return store_of({**HIT, **same, "killed_min": number(size)}, size)


def values_of_a_link(size: int) -> tuple[Store, Filters]:
    """A version of ten rows, and a link that asks for `size` places."""
    return spread(10), Filters(place=tuple(number(size, "p")))


def strikes_of_years(size: int) -> tuple[list[tuple[date, date, int]], dict[str, date]]:
    """`size` strikes and as many attacks, one a day."""
    days = [date(1900, 1, 1) + timedelta(n) for n in range(size)]
    return [(day, day, 1) for day in days], {str(n): day for n, day in enumerate(days)}
