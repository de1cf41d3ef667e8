"""Each layout that is known: what its rows become, and what is told about them."""

import gzip
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from incidents.intake.checking.validation import Validated, validate
from incidents.intake.mapping.apply import apply_profile
from incidents.intake.mapping.recognise import recognise
from incidents.intake.reading.files import Tables, table_from_bytes
from incidents.table.settings import ROOT
from tests.incidents.intake.mapping.layouts import acled, airwars, gtd, others, ucdp_ged
from tests.incidents.intake.mapping.layouts.layout import Layouts

DATASETS = Path(ROOT).parent / "shared" / "datasets"


LAYOUTS: Layouts = {
    **acled.LAYOUTS,
    **ucdp_ged.LAYOUTS,
    **gtd.LAYOUTS,
    **airwars.LAYOUTS,
    **others.LAYOUTS,
}


def bring(text: str, profiles: Any, make_table: Any) -> tuple[str, Validated]:
    table = make_table(text)
    profile = recognise(table.rows.columns, profiles)
    assert profile is not None
    return profile.name, validate(Tables(apply_profile(table, profile)))


def list_problems(validated: Validated) -> list[list[Any]]:
    found = validated.problems
    return [
        [
            None if pd.isna(each.row) else int(each.row),
            None if pd.isna(each.column) else each.column,
            each.kind,
        ]
        for each in found.itertuples()
    ]


def read_cell(value: Any) -> Any:
    if pd.isna(value):
        return None
    return str(value.date()) if isinstance(value, pd.Timestamp) else value


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout(name: str, profiles: Any, make_table: Any) -> None:
    text, wanted, cells, problems = LAYOUTS[name]
    recognised, validated = bring(text, profiles, make_table)
    assert recognised == wanted
    incidents = validated.incidents.set_index("row")
    read = {
        row: {column: read_cell(incidents.at[row, column]) for column in columns}
        for row, columns in cells.items()
    }
    assert read == cells
    assert sorted(incidents.index) == sorted(cells)
    assert list_problems(validated) == problems
    assert validated.read == len(incidents) + validated.set_aside


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_order_of_columns_does_not_count(name: str, profiles: Any, make_table: Any) -> None:
    table = make_table(LAYOUTS[name][0])
    turned = make_table(table.rows[table.rows.columns[::-1]].to_csv(index=False))
    profile = recognise(table.rows.columns, profiles)
    assert profile is not None and recognise(turned.rows.columns, profiles) == profile
    pd.testing.assert_frame_equal(
        apply_profile(table, profile).rows, apply_profile(turned, profile).rows
    )


def test_every_shipped_profile_has_a_layout_here(profiles: Any) -> None:
    elsewhere = {"gdelt_events", "sigacts", "wikipedia_list"}  # test_new_layouts
    tried = {profile for _, profile, _, _ in LAYOUTS.values()} | elsewhere
    assert tried == {each.name for each in profiles}


@pytest.mark.real
@pytest.mark.parametrize(
    ("file", "rows", "aside", "reversed_ranges"),
    [
        ("ucdp_ged19x_syria.csv.gz", 16_566, 0, 58),
        ("ucdp_ged231_sample1000_global.csv", 1_000, 0, 7),
    ],
)
def test_real_tables(file: str, rows: int, aside: int, reversed_ranges: int, profiles: Any) -> None:
    path = DATASETS / file
    if not path.exists():
        pytest.skip(f"{file} is not here")
    data = path.read_bytes()
    table = table_from_bytes(gzip.decompress(data) if file.endswith(".gz") else data, file)
    profile = recognise(table.rows.columns, profiles)
    assert profile is not None and profile.name == "ucdp_ged"
    validated = validate(Tables(apply_profile(table, profile)))
    assert (validated.read, validated.set_aside) == (rows, aside)
    kinds = validated.problems["kind"].value_counts()
    # In these rows UCDP itself has a lowest number above the highest.
    assert kinds.get("range_reversed", 0) == reversed_ranges
    source = table.rows.loc[validated.incidents["row"], "where_prec"].to_numpy()
    vague = validated.incidents["precision"][source >= "3"]
    assert set(vague.dropna()) <= {"district", "governorate", "country"} and vague.notna().all()
