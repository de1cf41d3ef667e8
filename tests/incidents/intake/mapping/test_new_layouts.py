"""Layouts of SIGACTS, GDELT, Iraq Body Count by ESOC, Wikipedia; names that are new."""

from typing import Any

import pytest

from incidents.intake.bundles import choose_profile
from incidents.intake.checking.validation import validate
from incidents.intake.mapping.apply import apply_profile
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.nameless import GDELT, name_columns
from incidents.intake.reading.tables import Tables

SIGACTS = (
    "ReportKey,DateOccurred,Type,Category,Title,Region,FriendlyWIA,FriendlyKIA,HostNationWIA,"
    "HostNationKIA,CivilianWIA,CivilianKIA,EnemyWIA,EnemyKIA,MGRS,Latitude,Longitude\n"
    "A1,7/7/21 21:30,Explosive Hazard,IED Explosion,IED,MND-B,1,0,0,0,2,1,0,0,38SMB4099486410,"
    "33.3,44.4\n"
    "A2,7/25/21 0:00,Enemy Action,Indirect Fire,IDF,MND-N,0,0,1,0,0,0,0,3,38SLF3117122748,,\n"
    "A3,7/26/21 0:00,Explosive Hazard,IED Found/Cleared,F,MND-N,0,0,0,0,0,0,0,0,,,\n"
)


def gdelt_row(**cells: str) -> str:
    return "\t".join(cells.get(name, "") for name in GDELT)


GDELT_TEXT = "\n".join(
    gdelt_row(
        GlobalEventID=f"100000000{n}", Day="20210707", MonthYear="202107", Year="2021",
        EventRootCode=root,
        EventCode=code, Actor1Name="MILITIA", ActionGeo_Type="4", ActionGeo_CountryCode="IZ",
        ActionGeo_Fullname="Baghdad, Baghdad, Iraq", ActionGeo_Lat="33.3386",
        ActionGeo_Long="44.3939",
        NumSources="2", SOURCEURL="https://example.org/a",
    )
    for n, (root, code) in enumerate([("19", "194"), ("04", "042"), ("18", "183")])
) + "\n"  # fmt: skip


def read(text: str, profiles: Any, name: str) -> Any:
    table = table_from_bytes(text.encode(), "a.csv")
    profile = choose_profile(table, profiles)
    assert profile is not None and profile.name == name
    return validate(Tables(apply_profile(table, profile)))


def test_sigacts(profiles: Any) -> None:
    rows = read(SIGACTS, profiles, "sigacts").incidents.set_index("incident")
    assert rows["date"].dt.day.tolist() == [7, 25, 26]
    assert rows.loc["A1", ["killed_min", "wounded_max", "civilians_wounded_min"]].tolist() == [
        1,
        3,
        2,
    ]
    assert rows.loc["A2", ["fighters_killed_min", "security_forces_wounded_min"]].tolist() == [3, 1]
    assert rows["category"].tolist() == ["attack", "attack", "other event"]
    assert rows.loc["A2", "lat"] == pytest.approx(36.335, abs=1e-3)
    assert rows["time"].astype(object).where(rows["time"].notna(), None).tolist()[0] == "21:30"


def test_gdelt_has_no_names(profiles: Any) -> None:
    checked = read(GDELT_TEXT, profiles, "gdelt_events")
    rows = checked.incidents
    assert rows["category"].tolist() == ["attack", "other event", "attack"]
    assert (
        rows[["country", "place", "precision"]].to_numpy().tolist()
        == [["IQ", "Baghdad", "town"]] * 3
    )
    assert rows["killed_min"].isna().all()
    assert "names_made" in set(checked.problems["kind"])


@pytest.mark.parametrize(
    "text",
    [
        "1000000001\t20210707\t202107\t2021\n",
        GDELT_TEXT.replace("202107\t", "202108\t"),
        "date,place\n",
    ],
)
def test_other_tables_keep_their_first_row(text: str) -> None:
    assert name_columns(text.encode()) == (text.encode(), "")


def test_iraq_body_count_uses_codes_twice(profiles: Any) -> None:
    text = (
        "IBC_code,Start_date,End_date,Location,Target,Weapons,Min,Max,Sources\r"
        "k1,20-Mar-03,20-Mar-03,Baghdad,cars,air strike,1,2,AP\r"
        "k1,21-Mar-03,22-Mar-03,Mosul,house,air strike,3,4,AP\r"
    )
    checked = read(text, profiles, "iraq_body_count")
    rows = checked.incidents
    assert rows["incident"].tolist() == ["k1", "k1-2"]
    assert rows["date"].dt.strftime("%Y-%m-%d").tolist() == ["2003-03-20", "2003-03-21"]
    assert rows[["civilians_killed_min", "civilians_killed_max"]].to_numpy().tolist() == [
        [1, 2],
        [3, 4],
    ]
    assert "ids_shared" in set(checked.problems["kind"])


def test_a_list_of_wikipedia(profiles: Any) -> None:
    text = (
        "Date,Location,Killed,Injured,Details,Perpetrator\n"
        "7 July 2021[1],Baghdad,3 (+1),5+,Rockets,Unknown\n8 July 2021,Erbil,0,2[3],Drones,ISIL\n"
    )
    rows = read(text, profiles, "wikipedia_list").incidents
    assert rows["date"].dt.day.tolist() == [7, 8]
    numbers = rows[["killed_min", "killed_max", "wounded_min"]].to_numpy().tolist()
    assert numbers == [[3, 4, 5], [0, 0, 2]]


def test_new_names_of_airwars(profiles: Any, make_table: Any) -> None:
    airwars = next(each for each in profiles if each.name == "airwars_arabic")
    names = [
        "رمز الحادثة",
        "تاريخ الحادثة",
        "الموقع بالعربية",
        "دقة تحديد الموقع",
        "نهاية نطاق التاريخ",
        "بداية الوقت",
    ]
    table = make_table(",".join(names) + "\nA,2021-07-07,بغداد,village,2021-07-09,21:30\n")
    rows = apply_profile(table, airwars).rows
    assert rows.loc[2, ["precision", "date_end", "time"]].tolist() == [
        "town",
        "2021-07-09",
        "21:30",
    ]


def test_a_name_near_a_known_one_is_told(profiles: Any, make_table: Any) -> None:
    airwars = next(each for each in profiles if each.name == "airwars_arabic")
    head = "رمز الحادثة,تاريخ الحادثة,الموقع بالعربية,"
    for name, is_told in (("خط العرض الجغرافي", True), ("لون السيارة", False)):
        found = apply_profile(make_table(f"{head}{name}\nA,2021-07-07,بغداد,1\n"), airwars).problems
        assert ("column_likely" in set(found["kind"])) == is_told
