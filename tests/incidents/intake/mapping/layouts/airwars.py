"""Tables of Airwars: its incidents, its pages, flat records, Arabic columns."""

import re

from tests.incidents.intake.mapping.layouts.layout import Layouts

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


LAYOUTS: Layouts = {
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
}
