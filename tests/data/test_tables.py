"""The shipped tables: what data/datapackage.json promises, and the article's three incidents."""

import csv
import json
import re
from datetime import date

import pandas as pd
import pytest

from incidents.table.claims import derive_ranges
from incidents.table.columns import GROUPS, MEASURES, RANGE_COLUMNS, STANCES
from incidents.table.voices import mark_voices
from tests.data.shipped import (
    CLAIMS,
    DATA,
    FIELDS,
    INCIDENTS,
    KEYS,
    OURS,
    PACKAGE,
    REPORTS,
    RESOURCES,
    TABLES,
    read_name,
    read_table,
)


@pytest.mark.parametrize("name", OURS)
def test_file_is_plain_csv(name):
    content = (DATA / f"{name}.csv").read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    content.decode("utf-8")


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_the_fields_of_the_package_in_order(name):
    names = [field["name"] for field in RESOURCES[name]["schema"]["fields"]]
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    assert rows[0] == names
    assert {len(row) for row in rows} == {len(names)}


@pytest.mark.parametrize("name", RESOURCES)
def test_resource_has_licence_and_provenance(name):
    resource = RESOURCES[name]
    assert (DATA / resource["path"]).is_file()
    assert [licence["name"] for licence in resource["licenses"]] == (
        ["CC-BY-4.0"] if name in TABLES else ["public-domain"]
    )
    assert all(source["title"] for source in resource["sources"])


def test_package_names_version_and_day():
    assert re.fullmatch(r"\d+\.\d+\.\d+", PACKAGE["version"])
    assert date.fromisoformat(PACKAGE["created"][:10])
    assert PACKAGE["licenses"] and PACKAGE["sources"]


@pytest.mark.parametrize("name", RESOURCES)
def test_readme_names_each_file_and_its_rows(name):
    path = RESOURCES[name]["path"]
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    rows = re.search(rf"^\| `{re.escape(path)}` \| [^|]+ \| (\d+) \|", readme, re.MULTILINE)
    assert rows is not None, f"data/README.md has no row for {path}"
    layer = None if name in TABLES else json.loads((DATA / path).read_text(encoding="utf-8"))
    assert int(rows[1]) == len(read_table(name) if layer is None else layer["features"])


READERS = {"integer": int, "number": float, "date": date.fromisoformat, "string": str}
RULES = {
    "enum": lambda cell, allowed: cell in allowed,
    "pattern": lambda cell, pattern: re.fullmatch(pattern, cell) is not None,
    "minimum": lambda cell, least: (cell if isinstance(least, str) else float(cell)) >= least,
    "maximum": lambda cell, most: (cell if isinstance(most, str) else float(cell)) <= most,
}


def problems(field: dict, cell: str) -> list[str]:
    """What is wrong with one cell by the field's own type and constraints."""
    rules = field.get("constraints", {})
    if cell == "":
        return ["required"] if rules.get("required") else []
    try:
        READERS[field["type"]](cell)
    except ValueError:
        return [field["type"]]
    broken = [name for name in RULES if name in rules and not RULES[name](cell, rules[name])]
    return broken if cell == cell.strip() else [*broken, "blanks"]


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=read_name)
def test_cells_keep_to_type_and_constraints(table, field):
    cells = read_table(table)[field["name"]]
    wrong = {(row, cell): problems(field, cell) for row, cell in enumerate(cells, 2)}
    assert {at: found for at, found in wrong.items() if found} == {}


@pytest.mark.parametrize(
    ("kind", "rules", "cell", "found"),
    [
        ("integer", {}, "2.0", ["integer"]),
        ("date", {}, "7 July", ["date"]),
        ("string", {"required": True}, "", ["required"]),
        ("string", {}, "", []),
        ("string", {"enum": ["a"]}, "b", ["enum"]),
        ("string", {"pattern": "https?://.+"}, "ftp://x", ["pattern"]),
        ("date", {"maximum": "2021-07-31"}, "2021-08-01", ["maximum"]),
        ("integer", {"minimum": 10}, "9", ["minimum"]),
        ("number", {"minimum": -90, "maximum": 90}, "9", []),
        ("string", {}, " a", ["blanks"]),
    ],
)
def test_the_check_itself_sees_what_is_wrong(kind, rules, cell, found):
    assert problems({"type": kind, "constraints": rules}, cell) == found


@pytest.mark.parametrize("table", TABLES)
def test_primary_key_is_unique(table):
    assert read_table(table)[RESOURCES[table]["schema"]["primaryKey"]].is_unique


@pytest.mark.parametrize(("table", "key"), KEYS, ids=read_name)
def test_foreign_keys_lead_somewhere(table, key):
    target = key["reference"]
    cells = read_table(table)[key["fields"]]
    known = read_table(target["resource"])[target["fields"]]
    assert sorted(set(cells[cells.ne("")]) - set(known)) == []


def test_package_and_code_use_the_same_words():
    allowed = {(table, field["name"]): field.get("constraints", {}).get("enum")
               for table, field in FIELDS}  # fmt: skip
    assert sorted(allowed["claims", "group"]) == sorted(GROUPS)
    assert sorted(allowed["claims", "measure"]) == sorted(MEASURES)
    assert sorted(allowed["reports", "stance"]) == sorted(STANCES)


def test_counts_and_every_incident_has_a_report():
    assert set(REPORTS["incident"]) == set(INCIDENTS["incident"])
    assert (len(INCIDENTS), len(REPORTS)) == (64, 346)
    assert INCIDENTS["country"].value_counts().to_dict() == {"IQ": 53, "SY": 11}


def test_ranges_are_those_of_the_claims_cell_by_cell():
    derived = derive_ranges(mark_voices(REPORTS), CLAIMS).reindex(INCIDENTS["incident"])
    shipped = INCIDENTS.set_index("incident")[[*RANGE_COLUMNS, "sources"]]
    as_text = derived[shipped.columns].astype(object).map(lambda n: "" if n is pd.NA else str(n))
    different = shipped.compare(as_text.astype("str"), result_names=("shipped", "derived"))
    assert different.empty, f"not what the claims say:\n{different.T.to_string()}"


def test_publisher_families():
    sources = INCIDENTS["sources"].astype(int)
    assert ((sources >= 2).sum(), (sources == 1).sum()) == (46, 18)


def test_a_claim_belongs_to_the_incident_of_its_report():
    of_report = CLAIMS["report"].map(REPORTS.set_index("report")["incident"])
    assert CLAIMS["incident"].equals(of_report.rename("incident"))


def test_a_claim_has_a_group_exactly_if_it_counts_people():
    people = CLAIMS["measure"].isin(["killed", "wounded"])
    assert CLAIMS["group"].ne("").equals(people)


def test_a_narrower_claim_quotes_the_words_that_make_it_plain():
    narrower = CLAIMS[~CLAIMS["group"].isin(["", "all"])]
    assert narrower["who"].ne("").all()


def test_claim_id_names_report_measure_and_group():
    parts = CLAIMS[["report", "measure", "group"]].agg("-".join, axis=1).str.rstrip("-")
    assert CLAIMS["claim"].equals(parts.rename("claim"))


def test_low_is_not_above_high():
    closed = CLAIMS[CLAIMS["high"].ne("")]
    assert (closed["low"].astype(int) <= closed["high"].astype(int)).all()


def test_a_report_of_a_child_also_counts_a_civilian():
    people = CLAIMS.pivot(index=["report", "measure"], columns="group", values="low")
    children = people[people["children"].notna()].astype("Int64")
    assert (children["civilians"] >= children["children"]).all()


def test_incident_id_holds_country_and_date():
    parts = INCIDENTS["incident"].str.extract(r"^(?P<country>..)-(?P<date>.{10})-")
    assert parts.equals(INCIDENTS[["country", "date"]])


def test_corrections_stay_within_one_voice_and_incident():
    voice = REPORTS.set_index("report")[["incident", "family"]]
    corrected = REPORTS.set_index("report")["supersedes"].loc[lambda ids: ids.ne("")].to_dict()
    assert corrected == {
        "R-0134": "R-0135", "R-0215": "R-0214", "R-0256": "R-0257", "R-0288": "R-0268",
    }  # fmt: skip
    for later, earlier in corrected.items():
        assert list(voice.loc[later]) == list(voice.loc[earlier])
