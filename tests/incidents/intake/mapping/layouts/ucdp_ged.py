"""Tables of UCDP GED, of two widths."""

from tests.incidents.intake.mapping.layouts.layout import Layouts

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


LAYOUTS: Layouts = {
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
}
