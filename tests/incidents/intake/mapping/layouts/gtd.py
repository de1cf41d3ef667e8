"""Tables of GTD."""

from tests.incidents.intake.mapping.layouts.layout import Layouts

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


LAYOUTS: Layouts = {
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
}
