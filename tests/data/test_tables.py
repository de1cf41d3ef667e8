"""The shipped tables: what data/datapackage.json promises, and the article's three incidents."""

import csv
import json
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from incidents.table.claims import derive_ranges
from incidents.table.columns import GROUPS, MEASURES, RANGE_COLUMNS, STANCES
from incidents.table.voices import mark_voices

DATA = Path(__file__).resolve().parents[2] / "data"
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
TABLES = [name for name, resource in RESOURCES.items() if "schema" in resource]
OURS = ("incidents", "reports", "claims")


def read_table(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / RESOURCES[name]["path"], dtype=str, keep_default_na=False)


def read_name(part: str | dict) -> str:
    return part if isinstance(part, str) else part.get("name", part.get("fields"))


INCIDENTS, REPORTS, CLAIMS = (read_table(name) for name in OURS)
FIELDS = [(table, field) for table in TABLES for field in RESOURCES[table]["schema"]["fields"]]
KEYS = [(name, key) for name in TABLES for key in RESOURCES[name]["schema"].get("foreignKeys", [])]


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


def test_only_the_two_sides_of_28_june_share_an_operation():
    sides = INCIDENTS[INCIDENTS["operation"].ne("")]
    assert list(sides["incident"]) == ["IQ-2021-06-28-AL-QAIM-1", "SY-2021-06-28-AL-BUKAMAL-1"]
    assert sides["operation"].nunique() == 1


ARTICLE = {  # label: incident, cells ("-" = unknown), words that the summary must have
    "7 July": ("IQ-2021-07-07-AIN-AL-ASAD-1", {
        "launched": "4-30", "wounded": "2-3", "coalition_wounded": "2-3", "killed": "-",
        "intercepted": "-", "civilians_wounded": "-", "sources": "25", "time": "12:30",
        "origin": "al-Baghdadi", "gov": "Anbar"}, ["14", "three", "two", "mosque"]),
    "8 July": ("IQ-2021-07-08-BAGHDAD-GREEN-ZONE-1", {
        "launched": "2-3", "intercepted": "1-1", "wounded": "0-0", "killed": "-",
        "sources": "16", "target": "embassy"}, ["two", "three", "shot down", "inside or outside"]),
    "28 June": ("SY-2021-06-28-AL-BUKAMAL-1", {
        "killed": "4-9", "fighters_killed": "4-9", "civilians_killed": "1-4",
        "children_killed": "1-1", "wounded": "3-4", "civilians_wounded": "3-3",
        "fighters_wounded": "4-4", "coalition_killed": "-", "sources": "16",
        "actor": "United States"}, ["four dead fighters", "nine", "child", "four civilians"]),
    "28 June, Iraq": ("IQ-2021-06-28-AL-QAIM-1", {
        "killed": "4-4", "fighters_killed": "4-4", "wounded": "-", "civilians_killed": "-",
        "sources": "4", "actor": "United States"}, ["PMF", "Pentagon", "in Syria"]),
}  # fmt: skip
SAID = {  # label, measure, group: number -> reports; "14+" is at least 14
    ("7 July", "launched", ""): {
        "14": "263 264 268 270 271 273 274 277 278 280 281 282 283 284 285 286 287 288",
        "14+": "266 269 275 276 289", "14-30": "267", "17-30": "265", "4-14": "272", "7+": "279"},
    ("7 July", "wounded", "all"): {
        "3": "263 264 268 272 273 274 278", "2-3": "266 269 276 281 289", "2+": "282",
        "2": "265 267 270 271 275 277 279 280 283 284 285 286 287 288"},
    ("7 July", "wounded", "coalition"): {"2+": "263", "2": "267 271 276 279 289", "3": "273 278"},
    ("8 July", "launched", ""): {
        "2": "301 302 305 308 309 310 311 312 316 317", "3": "303 304 306 307 313 314 315"},
    ("8 July", "intercepted", ""): {"1": "301 302 305 310 311 312 317"},
    ("8 July", "wounded", "all"): {"0": "304"},
    ("28 June", "killed", "all"): {
        "4": "207 210 218 219 220 221 222 225", "5": "209", "5+": "213", "4-5": "216",
        "4-7": "217", "7": "214 223 226", "4-9": "211 224", "9": "215"},
    ("28 June", "killed", "fighters"): {
        "4": "207 210 218 219 220 221 222 224 225", "5": "209", "5+": "213", "4-7": "217",
        "7": "214 223 226", "9": "215"},
    ("28 June", "killed", "civilians"): {
        "1": "208 209 211 213 218 220 221 223 224 226", "4": "212"},
    ("28 June", "killed", "children"): {"1": "208 209 211 212 213 218 220 221 223 224 226"},
    ("28 June", "wounded", "all"): {"3": "209 211 218 220 223 224 226", "3+": "213", "4": "215"},
    ("28 June", "wounded", "civilians"): {"3": "211 220 224"},
    ("28 June", "wounded", "fighters"): {"4": "215"},
    ("28 June, Iraq", "killed", "all"): {"4": "205 206"},
    ("28 June, Iraq", "killed", "fighters"): {"4": "205 206"},
}  # fmt: skip


@pytest.mark.parametrize(("incident", "cells", "words"), ARTICLE.values(), ids=ARTICLE)
def test_incident_of_the_article(incident, cells, words):
    row = INCIDENTS.set_index("incident").loc[incident]
    spans = {name: f"{row.get(f'{name}_min')}-{row.get(f'{name}_max')}" for name in cells}
    assert {name: row.get(name, spans[name]) for name in cells} == cells
    assert [word for word in words if word not in row["summary"]] == []


def test_what_each_report_says_of_the_article_s_incidents():
    labels = CLAIMS["incident"].map({incident: label for label, (incident, *_) in ARTICLE.items()})
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for label, claim in zip(labels, CLAIMS.itertuples(), strict=True):
        span = {"": f"{claim.low}+", claim.low: claim.low}
        number = span.get(claim.high, f"{claim.low}-{claim.high}")
        said = found.setdefault((label, claim.measure, claim.group), {})
        said[number] = f"{said.get(number, '')} {claim.report.removeprefix('R-0')}".strip()
    assert {key: said for key, said in found.items() if key[0] in ARTICLE} == SAID


@pytest.mark.parametrize(
    "claim",
    [
        ("R-0105", "wounded", "coalition"),
        ("R-0011", "wounded", "security_forces"),
        ("R-0090", "killed", "security_forces"),
    ],
    ids=["foreign contractors at Balad", "guards and an engineer", "Turkish soldier"],
)
def test_no_narrower_claim_where_the_words_are_not_plain(claim):
    columns = ["report", "measure", "group"]
    assert claim not in set(CLAIMS[columns].itertuples(index=False, name=None))


def test_the_article_is_among_the_reports():
    article = REPORTS[REPORTS["family"].eq("Article of 17 July 2021")]
    assert sorted(article["incident"]) == sorted(incident for incident, *_ in ARTICLE.values())
    assert set(article["published"] + article["language"] + article["url"]) == {"2021-07-17ru"}
