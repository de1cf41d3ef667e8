"""What files on the command line are taken for."""

from datetime import date
from pathlib import Path

import pytest

from incidents.intake.mapping.profile import list_profiles
from incidents.serving.commands.bringing import bring_files, find_profile
from incidents.table.errors import ProfileError, TableError
from incidents.table.settings import ROOT

PROFILES = list_profiles(ROOT / "data" / "profiles")
INCIDENTS = "incident,date,place,country,gov,lat,lon,precision\nI1,2021-07-07,Hit,IQ,,,,\n"
REPORTS = "report,incident,publisher\nr1,I1,X\n"
CLAIMS = "claim,report,incident,measure,group,low,high\nc1,r1,I1,killed,all,1,2\n"
OVERRIDES = "place,country,gov,lat,lon,precision,who,why,when\nHit,,,33.6,42.8,town,me,map,\n"


def put(folder: Path, **contents: str) -> list[Path]:
    for name, content in contents.items():
        (folder / f"{name}.csv").write_text(content, "utf-8")
    return [folder / f"{name}.csv" for name in contents]


def test_each_file_is_taken_for_what_its_columns_say(tmp_path: Path) -> None:
    paths = put(tmp_path, d=OVERRIDES, c=CLAIMS, b=REPORTS, a=INCIDENTS)
    bundle = bring_files(paths, PROFILES)
    (brought,) = bundle.brought
    assert (brought.name, brought.profile) == ("a", None)
    assert brought.tables.incidents.name == "a.csv"
    assert brought.tables.reports is not None and brought.tables.reports.name == "b.csv"
    assert brought.tables.claims is not None and brought.tables.claims.name == "c.csv"
    assert [each.place for each in bundle.overrides] == ["Hit"]
    assert bundle.told == ()


def test_a_folder_is_one_table(tmp_path: Path) -> None:
    put(tmp_path, incidents=INCIDENTS, reports=REPORTS, overrides=OVERRIDES)
    bundle = bring_files([tmp_path], PROFILES)
    assert [each.name for each in bundle.brought] == [tmp_path.name]
    assert bundle.brought[0].tables.reports is not None
    assert len(bundle.overrides) == 1


def test_places_set_by_hand_beside_a_table_come_with_it(tmp_path: Path) -> None:
    (path,) = put(tmp_path, a=INCIDENTS)
    (tmp_path / "a.overrides.csv").write_text(OVERRIDES, "utf-8")
    assert len(bring_files([path], PROFILES).overrides) == 1


def test_of_two_tables_of_reports_neither_is_taken(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"^c\.csv is a second table of reports\."):
        bring_files(put(tmp_path, a=INCIDENTS, b=REPORTS, c=REPORTS), PROFILES)


def test_reports_beside_a_folder_that_has_its_own_are_not_taken(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    put(folder, incidents=INCIDENTS, reports=REPORTS)
    with pytest.raises(TableError, match=r"^c\.csv is a second table of reports"):
        bring_files([folder, *put(tmp_path, c=REPORTS)], PROFILES)


def test_the_days_that_were_monitored_come_with_a_table(tmp_path: Path) -> None:
    paths = put(tmp_path, a=INCIDENTS, b=INCIDENTS)
    period = '{"name": "own", "temporal": {"start": "2021-07-01", "end": "2021-07-31"}}'
    (tmp_path / "a.datapackage.json").write_text(period, "utf-8")
    alone = bring_files(paths[:1], PROFILES)
    assert alone.brought[0].name == "own"
    assert alone.monitored == (date(2021, 7, 1), date(2021, 7, 31))
    # Of the other table nobody says when it was.
    both = bring_files(paths, PROFILES)
    assert (both.monitored, both.source) == (None, "a.csv, b.csv")


def test_a_layout_is_recognised_and_a_given_one_wins(tmp_path: Path) -> None:
    header = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,"
    header += "sub_event_type,actor1,country,admin1,location,latitude,longitude,geo_precision,"
    header += "source,notes,fatalities\n"
    row = "IRQ1,07 July 2021,2021,1,x,Explosions/Remote violence,Air/drone strike,A,Iraq,"
    row += "Al Anbar,Hit,33.6,42.8,1,AP,note,2\n"
    paths = put(tmp_path, a=header + row)
    (own,) = bring_files(paths, PROFILES).brought
    assert own.profile is not None and own.profile.name == "acled"
    given = find_profile("gtd", PROFILES)
    assert bring_files(paths, PROFILES, given).brought[0].profile == given


def test_a_profile_is_found_by_name_or_file(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text((ROOT / "data" / "profiles" / "gtd.yaml").read_text("utf-8"), "utf-8")
    assert find_profile(str(path), PROFILES) == find_profile("gtd", PROFILES)
    path.write_text("nonsense", "utf-8")
    with pytest.raises(ProfileError, match=r"^own\.yaml: "):
        find_profile(str(path), PROFILES)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ProfileError, match=r"^own\.yaml is not text in UTF-8\."):
        find_profile(str(path), PROFILES)
