"""The host's own table: its files, and what stands beside them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from incidents.asking.store import read_rows
from incidents.table.settings import Settings
from incidents.versions import own_table
from incidents.versions.catalog import Catalog
from incidents.versions.own_table import hash_inputs, list_inputs


def test_inputs_are_the_tables_places_and_boundaries(shipped_settings: Settings) -> None:
    names = [path.name for path in list_inputs(shipped_settings)]
    assert names[:3] == ["claims.csv", "incidents.csv", "reports.csv"]
    assert names[3:5] == ["datapackage.json", "places.csv"]
    assert {"ucdp.csv", "governorates.geojson", "neighbours.geojson", "acled.yaml"} < set(names[5:])


OWN = {
    "incidents": "incident,date,place,killed_min,killed_max,wounded_min,wounded_max,sources\n"
    "A,2021,Erbil,1,2,3,4,9\nB,2021,Erbil,1,2,3,4,9\nC,2021,Erbil,1,2,3,4,9\n",
    "reports": "report,incident,publisher\nR1,A,x\nR2,A,y\nR3,B,\n",
    "claims": "claim,report,incident,measure,group,low,high\n"
    "C1,R1,A,killed,all,5,7\nC2,R3,B,wounded,all,,6\n",
}
RANGES = {
    "A": {"killed": (5, 7), "wounded": (3, 4), "sources": 2},
    "B": {"killed": (1, 2), "wounded": (None, 6), "sources": 9},
    "C": {"killed": (1, 2), "wounded": (3, 4), "sources": 9},
}


@pytest.mark.parametrize("incident", RANGES)
def test_only_a_range_that_is_claimed_replaces_the_table_s(
    settings: Settings, tmp_path: Path, incident: str
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    for name, text in OWN.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    found = Catalog(replace(settings, table=folder)).current.store.find_incident(incident)
    assert found is not None
    told = {stem: (found[f"{stem}_min"], found[f"{stem}_max"]) for stem in ("killed", "wounded")}
    assert told | {"sources": found["sources"]} == RANGES[incident]


def test_a_monitored_period_beside_a_file_is_read_and_read_again(settings: Settings) -> None:
    plain = Catalog(settings).current.snapshot
    package = settings.table.with_name("own table.datapackage.json")
    package.write_text('{"temporal": {"start": "2021-07-01", "end": "2021-07-31"}}', "utf-8")
    stated = Catalog(settings).current.snapshot
    assert stated.monitored == (date(2021, 7, 1), date(2021, 7, 31))
    package.write_text('{"temporal": {"start": "soon"}}', "utf-8")
    version = Catalog(settings).current
    assert version.snapshot.monitored is None
    problems = version.store.table("problems").to_pyarrow().to_pylist()
    (found,) = [each for each in problems if each["kind"] == "monitoring_unclear"]
    assert found["message"].startswith("own table.datapackage.json: the period in which")
    package.unlink()
    assert Catalog(settings).current.snapshot.id == plain.id


def test_with_nominatim_the_same_files_are_another_version(settings: Settings) -> None:
    asking = replace(settings, nominatim="a test")
    assert hash_inputs(asking) != hash_inputs(settings)
    assert hash_inputs(asking) != hash_inputs(replace(asking, nominatim_server="http://other"))
    assert Catalog(settings).online is None
    assert Catalog(asking).world.online is not None


def test_places_set_by_hand_beside_the_table_count(settings: Settings) -> None:
    beside = settings.table.with_suffix(".overrides.csv")
    beside.write_text("place,lat,lon,precision,who,why\nNarnia,34,43,town,AB,a joke\n", "utf-8")
    version = Catalog(settings).current
    assert version.snapshot.located == 2
    row = version.store.incidents.filter(version.store.incidents.place == "Narnia")
    assert read_rows(row)[0]["located_by"] == "override"


def test_code_that_is_replaced_below_a_process_is_not_what_it_runs(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = hash_inputs(settings)
    monkeypatch.setattr(own_table, "ROOT", tmp_path)
    assert hash_inputs(settings) == before
