"""Each layout that is known: what its rows become, and what is told about them.

`cells` are those of the checked incidents, by row; `problems` are [row, column, kind], the columns
under the names of the file.
"""

import gzip
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from incidents.intake.checking.validation import Validated, validate
from incidents.intake.mapping.apply import apply_profile
from incidents.intake.mapping.recognise import recognise
from incidents.intake.reading.files import Tables, table_from_bytes
from incidents.table.settings import ROOT

DATASETS = Path(ROOT).parent / "shared" / "datasets"

ACLED_HEADER = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,"
    "actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,"
    "iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,"
    "source,source_scale,notes,fatalities,tags,timestamp\n"
)
ACLED = ACLED_HEADER + (
    "IRQ1,01 January 2022,2022,1,Political violence,Battles,Armed clash,"
    "Military Forces of Iraq,,State forces,Islamic State (Iraq),,Rebel group,x,,368,Middle East,"
    "Iraq,Diyala,Khanaqin,,Jalawla,34.2731,45.1667,1,Shafaq News; NINA; Shafaq News,National,"
    "They clashed.,3,,1641000000\n"
    "IRQ2,02 January 2022,2022,2,Political violence,Violence against civilians,Attack,"
    "Islamic State (Iraq),,Rebel group,Civilians (Iraq),,Civilians,x,Civilian targeting,368,"
    "Middle East,Iraq,Kirkuk,,,Hawija,35.3249,43.7697,2,NINA,National,They shot.,0,,1641000000\n"
    "SYR3,03 January 2022,2022,3,Political violence,Explosions/Remote violence,Air/drone strike,"
    "Civilians (Syria),,Civilians,Military Forces of Russia,,External/Other forces,x,"
    "Civilian targeting,760,Middle East,Syria,Idleb,,,Idleb,35.9306,36.6339,3,SOHR,Other,"
    "They struck.,1,,1641000000\n"
    "IRQ4,04 January 2022,2022,1,Demonstrations,Protests,Peaceful protest,Protesters (Iraq),,"
    "Protesters,,,,x,,368,Middle East,Iraq,Baghdad,,,Baghdad,33.3406,44.4009,1,NINA,National,"
    "They protested.,0,,1641000000\n"
    "IRQ5,05 January 2022,2022,1,Political violence,Fireworks,Fireworks,,,,,,,x,,368,"
    "Middle East,Iraq,Baghdad,,,Baghdad,33.3406,44.4009,1,,National,New.,,,1641000000\n"
)
ACLED_OLD = (
    "DATA_ID,ISO,EVENT_ID_CNTY,EVENT_ID_NO_CNTY,EVENT_DATE,YEAR,TIME_PRECISION,EVENT_TYPE,"
    "SUB_EVENT_TYPE,ACTOR1,ASSOC_ACTOR_1,INTER1,ACTOR2,ASSOC_ACTOR_2,INTER2,INTERACTION,REGION,"
    "COUNTRY,ADMIN1,ADMIN2,ADMIN3,LOCATION,LATITUDE,LONGITUDE,GEO_PRECISION,SOURCE,SOURCE_SCALE,"
    "NOTES,FATALITIES,TIMESTAMP,ISO3\n"
    "7,368,IRQ7,7,05-Jan-22,2022,1,Violence against civilians,Attack,Islamic State (Iraq),,2,"
    "Civilians (Iraq),,7,27,Middle East,Iraq,Kirkuk,,,Hawija,35.3249,43.7697,1,NINA,National,"
    "They shot.,2,1641000000,IRQ\n"
)
ACLED_MONADIC = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,inter1,country,"
    "admin1,location,latitude,longitude,geo_precision,source,notes,fatalities\n"
    "IRQ1,2022-01-01,1,Battles,Armed clash,Military Forces of Iraq,1,Iraq,Diyala,Jalawla,34.2731,"
    "45.1667,1,NINA,They clashed.,3\n"
    "IRQ1,2022-01-01,1,Battles,Armed clash,Islamic State (Iraq),2,Iraq,Diyala,Jalawla,34.2731,"
    "45.1667,1,NINA,They clashed.,3\n"
    "IRQ2,2022-01-02,1,Violence against civilians,Attack,Islamic State (Iraq),2,Iraq,Kirkuk,Hawija,"
    "35.3249,43.7697,1,NINA,They shot.,1\n"
    "IRQ2,2022-01-02,1,Violence against civilians,Attack,Civilians (Iraq),7,Iraq,Kirkuk,Hawija,"
    "35.3249,43.7697,1,NINA,They shot.,1\n"
    "IRQ2,2022-01-02,1,Violence against civilians,Attack,Civilians (Iraq),7,Iraq,Kirkuk,Hawija,"
    "35.3249,43.7697,1,NINA,They shot.,9\n"
)
UCDP_49 = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,"
    "conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,"
    "side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,source_office,"
    "source_date,source_headline,source_original,where_prec,where_coordinates,where_description,"
    "adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,"
    "low,gwnoa,gwnob\n"
    "1,SYR-1,2013,1,Clear,1,299,299,Syria: Government,11,11,Government of Syria - insurgents,118,"
    '118,Government of Syria,44,44,insurgents,2,"""VDC,2013-01-03,A name""",VDC,2013-01-03,A name,'
    "VDC,1,Rami village,in the al-Rami village,Idlib governorate,Ariha district,35.763369,"
    "36.558974,POINT (36.5 35.7),181154,Syria,652,Middle East,1,1,2013-01-03 00:00:00.000,"
    "2013-01-03 00:00:00.000,0,2,0,0,2,3,1,652,\n"
    "2,IRQ-2,2013,1,Clear,3,1,1,IS - Civilians,2,2,IS - Civilians,3,3,IS,4,4,Civilians,-1,Reuters,"
    ",,,,4,Anbar governorate,,Anbar governorate,,33.4,43.3,POINT (43.3 33.4),1,Iraq,645,"
    "Middle East,2,4,2013-02-01,2013-02-28,0,0,5,0,5,5,5,,\n"
)
UCDP_41 = (
    "id,year,active_year,type_of_violence,conflict_new_id,conflict_name,dyad_new_id,dyad_name,"
    "side_a_new_id,side_a,side_b_new_id,gwnob,side_b,number_of_sources,source_article,"
    "source_office,source_date,source_headline,source_original,where_prec,where_coordinates,adm_1,"
    "adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,low,best,"
    "high\n"
    "9,2016,1,1,299,Syria: Government,11973,A - B,118,A,4456,,B,1,x,SOHR,2015-01-01,Shells,SOHR,6,"
    "Syria,,,35,38,POINT (38 35),1,Syria,652,Middle East,1,2,2016-01-01,2016-01-03,2,2,0,0,4,5,6\n"
)


def _ucdp_row(number: str, deaths: str) -> str:
    """A further row of UCDP_41, with other numbers of dead."""
    return (
        UCDP_41.splitlines()[1].replace("9,", f"{number},", 1).replace("2,2,0,0,4,5,6", deaths)
        + "\n"
    )


GTD = (
    "eventid,iyear,imonth,iday,approxdate,extended,resolution,country,country_txt,region,region_txt,"
    "provstate,city,latitude,longitude,specificity,vicinity,location,summary,doubtterr,"
    "attacktype1,attacktype1_txt,targtype1_txt,target1,gname,claimed,weaptype1_txt,"
    "weapsubtype1_txt,nkill,nkillus,nkillter,nwound,nwoundus,nwoundte,scite1,scite2,scite3\n"
    "201301030001,2013,1,3,,0,,95,Iraq,10,ME,Baghdad,Baghdad,33.3,44.4,1,0,In the west,A bomb.,0,"
    "3,Bombing/Explosion,Military,A base,Islamic State,1,Explosives,Vehicle,4,0,1,12,0,0,"
    '"NYT, 3 January",BBC,\n'
    "201305000002,2013,5,0,May 2013,0,,95,Iraq,10,ME,Al Anbar,Fallujah,33.35,43.78,1,1,,Shots.,1,2,"
    "Armed Assault,Police,Police,Unknown,0,Firearms,Unknown Gun Type,,,,-99,,,BBC,,\n"
    "201300000003,2013,0,0,,0,,200,Syria,10,ME,Unknown,Unknown,,,5,-9,,,-9,9,Unknown,Unknown,"
    "Unknown,Unknown,-9,Unknown,,0,,,0,,,,,\n"
)
AIRWARS = (
    "post_id,code,date_type,date,date_end,local_time,country_name,location_name,"
    "location_name_arabic,strike_status_name,strike_type_name,targeted_belligerent_name,"
    "civilian_harm_status_name,latitude,longitude,geolocation_accuracy_slug,"
    "civilian_non_combatants_killed_min,civilian_non_combatants_killed_max,"
    "civilian_non_combatants_injured_min,civilian_non_combatants_injured_max,children_killed_min,"
    "children_killed_max,num_sources,summary,belligerent_1_belligerent_name,"
    "belligerent_2_belligerent_name\n"
    "1,CI010,date,2017-03-17,,14:30,Iraq,Mosul al-Jadida,الموصل الجديدة,Declared strike,Airstrike,"
    "ISIS,Confirmed,36.33,43.11,exact_location,105,141,,,,,20,A building fell.,US-led Coalition,\n"
    "2,RS020,date_range,2017-04-01,2017-04-03,,Syria,,إدلب,Contested strike,"
    "Airstrike and/or Artillery,,Fair,35.93,4239,town,0,2,1,1,0,1,2,,Russian Military,"
    "Syrian Regime\n"
)
AIRWARS_PAGES = (
    "Conflict,Incident Code,Incident Date,Location,Geolocation,Country,Military Actor,"
    "Civilian Harm Status,Strike Status,Strike Type,Causes of Death / Injury,"
    "Civilians reported killed,Civilians reported injured\n"
    'Russia,RS4802,1 September 2023,"Al-Mohsenli, Aleppo, Syria\n\nالمحسنلي",'
    '"35.9, 36.7  Accuracy: Town",'
    'Syria,"YPG, Russian Military",Contested,Contested strike,Artillery,Shells,'
    '"0–1\n\n(0–1 Men)","6–8\n\n(6 Children, 1 Woman)"\n'
    "Russia,RS4803,1 September 2023 – 3 September 2023,Idlib,,Syria,Russian Military,Fair,"
    "Likely strike,Airstrike,Shells,Unknown,\n"
)
AIRWARS_RECORDS = (
    "internal_id,incident_code,incident_date,location,location_ar,country,country_ar,latitude,"
    "longitude,alleged_belligerent,strike_type,assessment,civilian_deaths_min,civilian_deaths_max,"
    "civilian_injuries_min,civilian_injuries_max,narrative_ar\n"
    "a-1,RS4802,2023-09-01,,المحسنلي,Syria,سوريا,,,Russian Military,Artillery,Contested,6,6,6,8,\n"
)
AIRWARS_ARABIC = (
    "رمز الحادثة,تاريخ الحادثة,الدولة,الموقع بالإنجليزية,الموقع بالعربية,خط العرض,خط الطول,"
    "الجهة العسكرية — الأصل,نوع الضربة — الأصل,قوة الأدلة — الأصل,مدنيون قتلى — حد أدنى,"
    "مدنيون قتلى — حد أعلى,مدنيون جرحى — حد أدنى,مدنيون جرحى — حد أعلى\n"
    "RS4802,2023-09-01,سوريا,,المحسنلي,36.5,4239,Russian Military,Airstrike,Contested,6,6,6,8\n"
)
IBC = (
    "IBC code,Start Date,End Date,Time,Location,Target,Weapons,Reported Minimum,Reported Maximum,"
    "Sources\n"
    'k123,20 Mar 2006,21 Mar 2006,PM,"near Baquba",police patrol,gunfire,2,3,"AP, REU"\n'
)
SIND = (
    "Date,Event Description,Country,Admin 1,Latitude,Longitude,Location of event,"
    "Reported Perpetrator,Reported Perpetrator Name,Explosive Weapon Type,Aid Workers Killed,"
    "Aid Workers Injured,Aid Workers Kidnapped,Health Workers Killed,SiND Event ID\n"
    "2021-05-01,A convoy was hit.,Iraq,Ninawa,36.3,43.1,Road,Non-State Actor,,IED,1,,0,2,555\n"
    "2021-05-02,,Syria,Idlib,,,,No Information,,,,,1,,556\n"
)

# name: the text, the profile, cells by row, problems
LAYOUTS: dict[str, tuple[str, str, dict[int, dict[str, Any]], list[list[Any]]]] = {
    "ACLED, 31 columns": (
        ACLED,
        "acled",
        {
            2: {
                "incident": "IRQ1",
                "date": "2022-01-01",
                "date_precision": "day",
                "country": "IQ",
                "gov": "Diyala",
                "place": "Jalawla",
                "lat": 34.2731,
                "precision": "town",
                "category": "attack",
                "type": "Armed clash",
                "actor": "between Military Forces of Iraq and Islamic State (Iraq)",
                "target_name": None,
                "direction": None,
                "killed_min": 3,
                "killed_max": 3,
                "wounded_min": None,
                "wounded_max": None,
                "civilians_killed_max": None,
                "sources": 2,
                "reported_by": "Shafaq News; NINA; Shafaq News",
                "summary": "They clashed.",
            },
            3: {
                "date_precision": "week",
                "precision": "district",
                "actor": "Islamic State (Iraq)",
                "target_name": "Civilians (Iraq)",
                "killed_max": 0,
            },
            4: {
                "date_precision": "month",
                "precision": "governorate",
                "type": "Air/drone strike",
                "actor": "Military Forces of Russia",
                "target_name": "Civilians (Syria)",
            },
            5: {"category": "other event", "actor": "Protesters (Iraq)"},
            6: {"category": None, "killed_min": None, "sources": None, "actor": None},
        },
        [
            [None, None, "profile_columns_unused"],
            [None, "event_type", "profile_value_unknown"],
            [None, "event_type", "other_events"],
        ],
    ),
    "ACLED, old: upper case, data_id, numbers": (
        ACLED_OLD,
        "acled",
        {
            2: {
                "incident": "IRQ7",
                "date": "2022-01-05",
                "actor": "Islamic State (Iraq)",
                "target_name": "Civilians (Iraq)",
                "killed_min": 2,
            }
        },
        [[None, None, "profile_columns_unused"]],
    ),
    "ACLED, monadic: an event counts once": (
        ACLED_MONADIC,
        "acled",
        {
            2: {
                "actor": "Military Forces of Iraq (one side); Islamic State (Iraq) (one side)",
                "killed_max": 3,
            },
            4: {"actor": "Islamic State (Iraq)", "target_name": "Civilians (Iraq)"},
        },
        [
            [3, "event_id_cnty", "event_repeated"],
            [5, "event_id_cnty", "event_repeated"],
            [6, "event_id_cnty", "id_repeated"],
        ],
    ),
    "ACLED without its numbers of dead": (
        ACLED_OLD.replace("FATALITIES", "X").replace("NOTES", "Y"),
        "acled",
        {2: {"killed_min": None, "killed_max": None, "summary": None}},
        [
            [None, None, "profile_column_missing"],
            [None, None, "profile_column_missing"],
            [None, None, "profile_columns_unused"],
        ],
    ),
    "UCDP GED, 49 columns": (
        UCDP_49,
        "ucdp_ged",
        {
            2: {
                "incident": "1",
                "date": "2013-01-03",
                "date_end": None,
                "date_precision": "day",
                "country": "SY",
                "gov": "Idlib",
                "place": "Rami village",
                "site": "in the al-Rami village",
                "precision": "town",
                "actor": "between Government of Syria and insurgents",
                "killed_min": 1,
                "killed_max": 3,
                "civilians_killed_min": 0,
                "wounded_max": None,
                "sources": 2,
                "reported_by": "VDC",
                "summary": "State-based violence. Government of Syria - insurgents. "
                "Headlines: A name",
            },
            3: {
                "date": "2013-02-01",
                "date_end": "2013-02-28",
                "date_precision": "month",
                "gov": "Anbar",
                "precision": "governorate",
                "actor": "IS",
                "target_name": "Civilians",
                "civilians_killed_max": 5,
                "sources": None,
                "reported_by": "Reuters",
            },
        },
        [[None, None, "profile_columns_unused"]],
    ),
    "UCDP GED, dead of whom nobody knows whether they were civilians": (
        UCDP_41.replace("2,2,0,0,4,5,6\n", "0,0,0,2,2,2,2\n")
        + _ucdp_row("10", "0,0,3,2,5,5,5")
        + _ucdp_row("11", "1,0,0,0,1,1,1")
        + _ucdp_row("12", "0,0,4,0,4,4,4")
        + _ucdp_row("13", "0,0,,,4,4,4"),
        "ucdp_ged",
        {
            row: {"civilians_killed_min": low, "civilians_killed_max": high}
            for row, low, high in (
                (2, None, None),
                (3, 3, None),
                (4, 0, 0),
                (5, 4, 4),
                (6, None, None),
            )
        },
        [[None, None, "profile_columns_unused"]],
    ),
    "GTD, ids as decimals and an end with the month first": (
        GTD.replace("00001,", "00001.0,")
        .replace("00002,", "00002.0,")
        .replace("00003,", "00003.0,")
        .replace("2013,1,3,,0,,95", "2013,1,3,,1,1/5/2013,95")
        .replace("2013,5,0,May 2013,0,", "2013,5,7,May 2013,1,5/5/2013"),
        "gtd",
        {
            2: {"incident": "201301030001", "date_end": "2013-01-05", "date_precision": "day"},
            3: {"incident": "201305000002"},
            4: {"incident": "201300000003"},
        },
        [
            [None, None, "profile_columns_unused"],
            [None, "resolution", "dates_ordered"],
            [3, "resolution", "dates_reversed"],
        ],
    ),
    "Airwars, pages with days and numbers in other words": (
        AIRWARS_PAGES.replace(
            "1 September 2023 – 3 September 2023", "2017-03-05 - 2017-03-06"
        ).replace("0–1\n\n(0–1 Men)", "5+\n\n(5+ Men)"),
        "airwars_pages",
        {
            2: {
                "killed_min": 5,
                "killed_max": None,
                "civilians_killed_min": 5,
                "civilians_killed_max": None,
            },
            3: {"date": "2017-03-05", "date_end": "2017-03-06", "date_precision": "day"},
        },
        [[None, None, "profile_columns_unused"]],
    ),
    "UCDP GED, 41 columns in another order": (
        UCDP_41,
        "ucdp_ged",
        {
            2: {
                "date_end": "2016-01-03",
                "date_precision": "week",
                "precision": "country",
                "killed_min": 4,
                "killed_max": 6,
            }
        },
        [[None, None, "profile_columns_unused"]],
    ),
    "GTD": (
        GTD,
        "gtd",
        {
            2: {
                "incident": "201301030001",
                "date": "2013-01-03",
                "date_precision": "day",
                "gov": "Baghdad",
                "place": "Baghdad",
                "site": "In the west",
                "precision": "town",
                "type": "Bombing/Explosion",
                "target": "Military",
                "target_name": "A base",
                "actor": "Islamic State",
                "attribution": "claimed",
                "weapon": "Explosives: Vehicle",
                "killed_min": 4,
                "wounded_max": 12,
                "coalition_killed_max": None,
                "sources": 2,
                "reported_by": "NYT, 3 January | BBC",
                "summary": "A bomb.",
            },
            3: {
                "date": "2013-05-01",
                "date_end": "2013-05-31",
                "date_precision": "month",
                "place": "near Fallujah",
                "precision": "district",
                "actor": "unclaimed",
                "attribution": "unknown",
                "killed_min": None,
                "wounded_min": None,
                "summary": "Shots. Date as GTD has it: May 2013. "
                "GTD doubts that this was terrorism.",
            },
            4: {
                "date": "2013-01-01",
                "date_precision": "year",
                "place": None,
                "gov": None,
                "precision": "country",
                "type": None,
                "actor": None,
                "weapon": None,
                "killed_max": 0,
                "sources": None,
            },
        },
        [[None, None, "profile_columns_unused"]],
    ),
    "GTD with ids that a spreadsheet rounded": (
        GTD.replace("201301030001", "2.01E+11").replace("201305000002", "2.01E+11"),
        "gtd",
        {2: {"date": "2013-01-03"}, 3: {"date": "2013-05-01"}, 4: {"incident": "201300000003"}},
        [[None, None, "profile_columns_unused"], [None, "eventid", "id_damaged"]],
    ),
    "Airwars incidents": (
        AIRWARS,
        "airwars",
        {
            2: {
                "incident": "CI010",
                "time": "14:30",
                "place": "Mosul al-Jadida",
                "precision": "site",
                "type": "air strike",
                "target_name": "ISIS",
                "actor": "US-led Coalition",
                "attribution": "claimed",
                "civilians_killed_min": 105,
                "civilians_killed_max": 141,
                "civilians_wounded_min": None,
                "killed_min": 105,
                "killed_max": None,
                "sources": 20,
                "summary": "A building fell. Civilian harm, as Airwars grades it: Confirmed.",
            },
            3: {
                "date_end": "2017-04-03",
                "place": "إدلب",
                "lat": None,
                "lon": None,
                "type": "Airstrike and/or Artillery",
                "actor": "Russian Military; Syrian Regime",
                "attribution": "attributed",
                "children_killed_max": 1,
            },
        },
        [
            [None, None, "profile_columns_unused"],
            [3, "longitude", "coordinates_out_of_range"],
        ],
    ),
    "Airwars, labels of its pages": (
        AIRWARS_PAGES,
        "airwars_pages",
        {
            2: {
                "date": "2023-09-01",
                "place": "Al-Mohsenli, Aleppo, Syria",
                "lat": 35.9,
                "lon": 36.7,
                "precision": "town",
                "actor": "YPG, Russian Military",
                "killed_min": 0,
                "killed_max": None,
                "civilians_killed_min": 0,
                "civilians_killed_max": 1,
                "civilians_wounded_max": 8,
            },
            3: {
                "date_end": "2023-09-03",
                "lat": None,
                "type": "air strike",
                "killed_min": None,
                "civilians_killed_max": None,
            },
        },
        [[None, None, "profile_columns_unused"]],
    ),
    "Airwars, flat records over days": (
        re.sub(r"\b2023-09-01\b", "2017-03-05 - 2017-03-06", AIRWARS_RECORDS),
        "airwars_records",
        {2: {"date": "2017-03-05", "date_end": "2017-03-06"}},
        [[None, None, "profile_columns_unused"]],
    ),
    "Airwars, Arabic columns over days": (
        re.sub(r"\b2023-09-01\b", "2017-03-05 – 2017-03-07", AIRWARS_ARABIC),
        "airwars_arabic",
        {2: {"date": "2017-03-05", "date_end": "2017-03-07"}},
        [[2, "خط الطول", "coordinates_out_of_range"]],
    ),
    "Airwars, flat records": (
        AIRWARS_RECORDS,
        "airwars_records",
        {
            2: {
                "incident": "RS4802",
                "place": "المحسنلي",
                "country": "SY",
                "civilians_wounded_max": 8,
                "actor": "Russian Military",
            }
        },
        [[None, None, "profile_columns_unused"]],
    ),
    "Airwars, Arabic columns": (
        AIRWARS_ARABIC,
        "airwars_arabic",
        {
            2: {
                "incident": "RS4802",
                "country": "SY",
                "place": "المحسنلي",
                "lat": None,
                "lon": None,
                "type": "air strike",
                "civilians_killed_min": 6,
                "civilians_wounded_max": 8,
            }
        },
        [[2, "خط الطول", "coordinates_out_of_range"]],
    ),
    "Iraq Body Count": (
        IBC,
        "iraq_body_count",
        {
            2: {
                "incident": "k123",
                "date_end": "2006-03-21",
                "time": None,
                "country": "IQ",
                "place": "near Baquba",
                "civilians_killed_min": 2,
                "civilians_killed_max": 3,
                "killed_min": 2,
                "killed_max": None,
                "wounded_min": None,
                "reported_by": "AP, REU",
            }
        },
        [],
    ),
    "Insecurity Insight": (
        SIND,
        "insecurity_insight",
        {
            2: {
                "incident": "555",
                "actor": "Non-State Actor",
                "killed_min": 3,
                "killed_max": None,
                "civilians_killed_min": 3,
                "wounded_min": None,
            },
            3: {"actor": None, "killed_min": None, "lat": None},
        },
        [[None, None, "profile_columns_unused"]],
    ),
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
