"""The shipped tables: what data/datapackage.json promises, and the article's three incidents."""

import csv
import json
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from incidents.claims import GROUPS, MEASURES, STANCES, derive_ranges, range_columns

DATA = Path(__file__).resolve().parents[2] / "data"
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
TABLES = [name for name, resource in RESOURCES.items() if "schema" in resource]
OURS = ("incidents", "reports", "claims")


def read_table(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / RESOURCES[name]["path"], dtype=str, keep_default_na=False)


INCIDENTS, REPORTS, CLAIMS = (read_table(name) for name in OURS)
FIELDS = [(table, field) for table in TABLES for field in RESOURCES[table]["schema"]["fields"]]
KEYS = [
    (table, key) for table in TABLES for key in RESOURCES[table]["schema"].get("foreignKeys", [])
]


# -- files and package ------------------------------------------------------------------------


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
    rows = re.search(
        rf"^\| `{re.escape(path)}` \| [^|]+ \| (\d+) \|",
        (DATA / "README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert rows is not None, f"data/README.md has no row for {path}"
    counted = (
        len(read_table(name))
        if name in TABLES
        else len(json.loads((DATA / path).read_text(encoding="utf-8"))["features"])
    )
    assert int(rows[1]) == counted


# -- cells ------------------------------------------------------------------------------------


def read_number(kind: str, text: str) -> float:
    return int(text) if kind == "integer" else float(text)


def problems(field: dict, cell: str) -> list[str]:
    """What is wrong with one cell by the field's own type and constraints."""
    rules, kind = field.get("constraints", {}), field["type"]
    if cell == "":
        return ["required"] if rules.get("required") else []
    found = []
    if kind == "integer" and not re.fullmatch(r"\d+", cell):
        return ["not a whole number"]
    if cell != cell.strip():
        found.append("blanks at the ends")
    if "enum" in rules and cell not in rules["enum"]:
        found.append("not in the vocabulary")
    if "pattern" in rules and not re.fullmatch(rules["pattern"], cell):
        found.append("not in the pattern")
    value = cell if kind in ("date", "string") else read_number(kind, cell)
    if kind == "date":
        date.fromisoformat(cell)
    if "minimum" in rules and value < rules["minimum"]:
        found.append("too small")
    if "maximum" in rules and value > rules["maximum"]:
        found.append("too large")
    return found


@pytest.mark.parametrize(
    ("table", "field"), FIELDS, ids=[f"{table}-{field['name']}" for table, field in FIELDS]
)
def test_cells_keep_to_type_and_constraints(table, field):
    cells = read_table(table)[field["name"]]
    wrong = [
        (row, cell, found) for row, cell in enumerate(cells, 2) if (found := problems(field, cell))
    ]
    assert wrong == []
    if field.get("constraints", {}).get("unique"):
        assert cells.is_unique


@pytest.mark.parametrize(
    ("field", "cell", "found"),
    [
        ({"type": "integer"}, "2.0", ["not a whole number"]),
        ({"type": "string", "constraints": {"required": True}}, "", ["required"]),
        ({"type": "string", "constraints": {"enum": ["a"]}}, "b", ["not in the vocabulary"]),
        ({"type": "string", "constraints": {"pattern": "https?://.+"}}, "ftp://x",
         ["not in the pattern"]),
        ({"type": "date", "constraints": {"maximum": "2021-07-31"}}, "2021-08-01", ["too large"]),
        ({"type": "number", "constraints": {"minimum": -90}}, "-91", ["too small"]),
        ({"type": "string"}, " a", ["blanks at the ends"]),
    ],
)  # fmt: skip
def test_the_check_itself_sees_what_is_wrong(field, cell, found):
    assert problems(field, cell) == found


@pytest.mark.parametrize("table", TABLES)
def test_primary_key_is_unique(table):
    assert read_table(table)[RESOURCES[table]["schema"]["primaryKey"]].is_unique


@pytest.mark.parametrize(
    ("table", "key"), KEYS, ids=[f"{table}-{key['fields']}" for table, key in KEYS]
)
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


# -- rules between the tables -----------------------------------------------------------------


def test_counts():
    assert (len(INCIDENTS), len(REPORTS)) == (64, 346)
    assert INCIDENTS["country"].value_counts().to_dict() == {"IQ": 53, "SY": 11}


def test_ranges_are_those_of_the_claims_cell_by_cell():
    derived = derive_ranges(REPORTS, CLAIMS).reindex(INCIDENTS["incident"])
    columns = [*range_columns(), "sources"]
    as_text = derived[columns].astype(object).map(lambda n: "" if n is pd.NA else str(n))
    shipped = INCIDENTS.set_index("incident")[columns]
    different = [(incident, column, shipped.at[incident, column], as_text.at[incident, column])
                 for incident in shipped.index for column in columns
                 if shipped.at[incident, column] != as_text.at[incident, column]]  # fmt: skip
    assert different == []


def test_every_incident_has_a_report():
    assert set(REPORTS["incident"]) == set(INCIDENTS["incident"])


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


def test_a_report_counts_each_thing_once():
    assert not CLAIMS.duplicated(["report", "measure", "group"]).any()


def test_low_is_not_above_high():
    closed = CLAIMS[CLAIMS["high"].ne("")]
    assert (closed["low"].astype(int) <= closed["high"].astype(int)).all()


def test_a_child_is_also_a_civilian():
    people = CLAIMS.set_index(["report", "measure", "group"])["low"].astype(int)
    for (report, measure, group), low in people.items():
        if group == "children":
            assert people[report, measure, "civilians"] >= low


def test_incident_id_holds_country_and_date():
    starts = INCIDENTS["country"] + "-" + INCIDENTS["date"] + "-"
    assert [incident.startswith(start) for incident, start
            in zip(INCIDENTS["incident"], starts, strict=True)] == [True] * 64  # fmt: skip


def test_corrections_stay_within_one_voice_and_incident():
    reports = REPORTS.set_index("report")
    corrected = {(later, earlier) for later, ids in reports["supersedes"].items() if ids
                 for earlier in ids.split(";")}  # fmt: skip
    assert corrected == {
        ("R-0134", "R-0135"),
        ("R-0215", "R-0214"),
        ("R-0256", "R-0257"),
        ("R-0288", "R-0268"),
    }
    for later, earlier in corrected:
        assert list(reports.loc[later, ["incident", "family"]]) == list(
            reports.loc[earlier, ["incident", "family"]]
        )


def test_only_the_two_sides_of_28_june_share_an_operation():
    sides = INCIDENTS[INCIDENTS["operation"].ne("")]
    assert list(sides["incident"]) == ["IQ-2021-06-28-AL-QAIM-1", "SY-2021-06-28-AL-BUKAMAL-1"]
    assert sides["operation"].nunique() == 1


# -- the article ------------------------------------------------------------------------------

ARTICLE = {
    "Ain al-Asad, 7 July": (
        "IQ-2021-07-07-AIN-AL-ASAD-1",
        {"launched": "4-30", "wounded": "2-3", "coalition_wounded": "2-3", "sources": "25",
         "time": "12:30", "origin": "al-Baghdadi", "gov": "Anbar", "type": "rocket attack",
         "killed": "-", "intercepted": "-", "civilians_wounded": "-"},
        ["14", "three", "two", "mosque"],
    ),
    "US embassy, 8 July": (
        "IQ-2021-07-08-BAGHDAD-GREEN-ZONE-1",
        {"launched": "2-3", "intercepted": "1-1", "wounded": "0-0", "killed": "-",
         "sources": "16", "target": "embassy", "gov": "Baghdad", "operation": ""},
        ["two", "three", "shot down", "inside or outside"],
    ),
    "US strikes 28 June, Syria": (
        "SY-2021-06-28-AL-BUKAMAL-1",
        {"killed": "4-9", "fighters_killed": "4-9", "civilians_killed": "1-4",
         "children_killed": "1-1", "wounded": "3-4", "civilians_wounded": "3-3",
         "fighters_wounded": "4-4", "coalition_killed": "-", "sources": "16",
         "direction": "strike by coalition", "actor": "United States"},
        ["four dead fighters", "nine", "child", "four civilians", "Iraqi side"],
    ),
    "US strikes 28 June, Iraq": (
        "IQ-2021-06-28-AL-QAIM-1",
        {"killed": "4-4", "fighters_killed": "4-4", "wounded": "-", "civilians_killed": "-",
         "sources": "4", "direction": "strike by coalition", "actor": "United States"},
        ["PMF", "Pentagon", "in Syria"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("incident", "cells", "words"), ARTICLE.values(), ids=ARTICLE.keys())
def test_incident_of_the_article(incident, cells, words):
    row = INCIDENTS.set_index("incident").loc[incident]
    found = {name: row[name] if name in row else _span(row, name) for name in cells}
    assert found == cells
    assert [word for word in words if word not in row["summary"]] == []


def _span(row: pd.Series, stem: str) -> str:
    low, high = row[f"{stem}_min"], row[f"{stem}_max"]
    return f"{low}-{high}" if low or high else "-"


CLAIMS_OF_THE_ARTICLE = {
    "article: 14 rockets": ("R-0263", "launched", "", "14", "14"),
    "article: 3 wounded": ("R-0263", "wounded", "all", "3", "3"),
    "article: among them 2 US soldiers": ("R-0263", "wounded", "coalition", "2", ""),
    "article: 2 rockets at the embassy": ("R-0301", "launched", "", "2", "2"),
    "article: one shot down": ("R-0301", "intercepted", "", "1", "1"),
    "article: 4 dead on 28 June": ("R-0207", "killed", "all", "4", "4"),
    "article: the 4 are fighters": ("R-0207", "killed", "fighters", "4", "4"),
    "AFP, first take": ("R-0268", "wounded", "all", "3", "3"),
    "AFP, later take": ("R-0288", "wounded", "all", "2", "2"),
    "Reuters gives both numbers": ("R-0269", "wounded", "all", "2", "3"),
    "Pentagon: 2 service members": ("R-0271", "wounded", "coalition", "2", "2"),
    "all three Americans": ("R-0278", "wounded", "coalition", "3", "3"),
    "claim of 30 rockets": ("R-0265", "launched", "", "17", "30"),
    "police officer: 4 Grad": ("R-0272", "launched", "", "4", "14"),
    "Al Sumaria: at least 7": ("R-0279", "launched", "", "7", ""),
    "Reuters: 2 at the embassy": ("R-0302", "launched", "", "2", "2"),
    "AP: 3 at the embassy": ("R-0303", "launched", "", "3", "3"),
    "SOHR, second update": ("R-0215", "killed", "fighters", "9", "9"),
    "four civilians": ("R-0212", "killed", "civilians", "4", "4"),
    "a child among them": ("R-0212", "killed", "children", "1", "1"),
    "AFP: at least 5 fighters": ("R-0213", "killed", "fighters", "5", ""),
    "PMF: 4 in Iraq": ("R-0205", "killed", "fighters", "4", "4"),
}


@pytest.mark.parametrize("claim", CLAIMS_OF_THE_ARTICLE.values(), ids=CLAIMS_OF_THE_ARTICLE.keys())
def test_claim_of_the_article(claim):
    columns = ["report", "measure", "group", "low", "high"]
    assert claim in set(CLAIMS[columns].itertuples(index=False, name=None))


UNPLAIN = {
    "article: the child may be hurt or dead": ("R-0207", "killed", "children"),
    "article: civilians without a total": ("R-0207", "killed", "civilians"),
    "2 personnel": ("R-0280", "wounded", "coalition"),
    "child and 3 wounded (SANA), not said who": ("R-0209", "wounded", "civilians"),
    "foreign contractors at Balad": ("R-0105", "wounded", "coalition"),
    "three guards and an engineer": ("R-0011", "wounded", "security_forces"),
    "Turkish soldier": ("R-0090", "killed", "security_forces"),
}


@pytest.mark.parametrize("claim", UNPLAIN.values(), ids=UNPLAIN.keys())
def test_no_narrower_claim_where_the_words_are_not_plain(claim):
    columns = ["report", "measure", "group"]
    assert claim not in set(CLAIMS[columns].itertuples(index=False, name=None))


def test_the_article_is_among_the_reports():
    article = REPORTS[REPORTS["family"].eq("Article of 17 July 2021")]
    assert sorted(article["incident"]) == sorted(incident for incident, *_ in ARTICLE.values())
    assert article[["published", "language", "url"]].drop_duplicates().values.tolist() == [
        ["2021-07-17", "ru", ""]
    ]
