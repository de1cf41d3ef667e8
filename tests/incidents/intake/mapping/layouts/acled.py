"""Tables of ACLED: today's, an older one, one of one side per row, one without its numbers."""

from tests.incidents.intake.mapping.layouts.layout import Layouts

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


LAYOUTS: Layouts = {
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
}
