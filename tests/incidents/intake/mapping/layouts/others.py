"""Tables of Iraq Body Count and of Insecurity Insight."""

from tests.incidents.intake.mapping.layouts.layout import Layouts

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


LAYOUTS: Layouts = {
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
