import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.intake.checking.validation import DTYPES, validate
from incidents.intake.reading.files import Tables, table_from_bytes
from incidents.table.columns import CLAIM_COLUMNS, COLUMNS, RANGES, REPORT_COLUMNS
from incidents.table.problem_kinds import KINDS
from tests.incidents.intake.checking.checked import check, read_columns, read_one, tell
from tests.incidents.intake.checking.test_source_checks import ANSWERS, BAD_SOURCES, CORRECTIONS

# name: text of a table, [row, column, kind] of its problems, rows that are accepted
BAD_TABLES = {
    "rows that say the same": (
        "date,place,killed\n2021-07-07,Hit,3\n2021-07-08,Hit,3\n2021-07-07,Hit,3\n",
        [[4, None, "row_alike"]],
        [2, 3, 4],
    ),
    "no rows": ("date,place\n", [[None, None, "table_empty"]], []),
    "no date column": (
        "place\nBaghdad\n",
        [[None, None, "column_missing"]],
        [],
    ),
    "no place and no coordinates": ("date\n2021\n", [[None, None, "place_columns_missing"]], [2]),
    "no place and one coordinate": (
        "date,lat\n2021,33\n",
        [[None, None, "place_columns_missing"], [None, "lat", "coordinates_half"]],
        [2],
    ),
    "points in another writing": (
        "date,place,mgrs\n2021,a,38SMB4099486410\n2021,b,here\n2021,c,\n",
        [[None, "mgrs", "point_read"], [3, "mgrs", "coordinate_invalid"]],
        [2, 3, 4],
    ),
    "columns without a use that look as if they had one": (
        'date,place,a,b,c\n2021,a,2021-07-07,"33.3152, 44.3661",3\n',
        [[None, each, "column_looks"] for each in ("a", "b", "c")],
        [2],
    ),
    "totals and headings": (
        "date,place,country,killed,wounded\nJanuary 2021,,,,\n2021-01-05,Baghdad,IQ,3,5\n"
        "2021-01-21,Baghdad,IQ,32,110\nTotal January,,,35,115\nFebruary 2021,,,,\n"
        "2021-02-15,Erbil,IQ,1,9\nTotal,,,36,124\n2021,,,36,124\n",
        [[row, None, "row_summary"] for row in (2, 5, 6, 8, 9)],
        [3, 4, 7],
    ),
    "the same under another id": (
        "id,date,place,country,killed\nA,2021-07-07,a,IQ,3\nB,2021-07-07,a,IQ,3\n"
        "C,2021-07-07,b,IQ,3\nD,2021-07-07,a,IQ,\nE,2021-07-07,a,IQ,\n",
        [[3, "id", "row_copied"]],
        [2, 3, 4, 5, 6],
    ),
    "unknown column": ("date,place,colour\n2021,a,red\n", [[None, "colour", "column_unused"]], [2]),
    "two columns for one thing": (
        "Date,event_date,place\n2021,2022,a\n",
        [[None, "event_date", "column_doubled"]],
        [2],
    ),
    "bounds and one column for both": (
        "date,place,killed,killed_min\n2021,a,9,1\n",
        [[None, "killed", "column_beside"]],
        [2],
    ),
    "no number in the column beside the bounds": (
        "date,place,deaths,killed,killed_max\n2021,a,1,some,\n2021,b,1,some,2\n2021,c,1,4-2,\n",
        [
            [None, "deaths", "column_doubled"],
            [None, "killed", "column_beside"],
            [2, "killed", "count_invalid"],
            [4, "killed", "range_reversed"],
        ],
        [2, 3, 4],
    ),
    "no date": ("date,place\n,a\n2021,b\n", [[2, "date", "date_missing"]], [3]),
    "not a date": ("Event Date,place\nsoon,a\n", [[2, "Event Date", "date_invalid"]], []),
    "ambiguous date": ("date,place\n03/04/2021,a\n", [[2, "date", "date_ambiguous"]], [2]),
    "days that are hardly meant": (
        "date,date_end,place,country\n2021-07-07,,a,IQ\n2031-07-07,,b,IQ\n1970-01-01,,c,IQ\n"
        "2021-07-07,2023-07-07,d,IQ\n2021-07-08,,e,IQ\n1921-07-08,,f,IQ\n",
        [
            [3, "date", "date_future"],
            [4, "date", "date_placeholder"],
            [5, "date_end", "date_span_long"],
            [7, "date", "date_placeholder"],
        ],
        [2, 3, 4, 5, 6, 7],
    ),
    "a table of 1970": ("date,place\n1970-01-01,a\n1970-03-04,b\n1971-01-01,c\n", [], [2, 3, 4]),
    "a time of another zone without a country": (
        "date,place\n2021-01-07T22:30Z,a\n2021-07-07T22:30Z,b\n",
        [[None, "date", "time_turned"], [2, "date", "time_zone_open"]],
        [2, 3],
    ),
    "half converted dates": (
        "date,place\n2021-04-03,a\n13/04/2021,b\n2021-05-03,c\n",
        [[None, "date", "dates_half_converted"]],
        [2, 3, 4],
    ),
    "bad last day": (
        "date,date_end,place\n2021,later,a\n",
        [[2, "date_end", "date_unreadable"]],
        [2],
    ),
    "ambiguous last day": (
        "date,date_end,place\n2021-04-01,03/04/2021,a\n",
        [[2, "date_end", "date_end_ambiguous"]],
        [2],
    ),
    "first and last day in one cell": ("date,place\n2021-04-01 – 2021-04-03,a\n", [], [2]),
    "last day in one cell and in its column": (
        "date,date_end,place\n2021-04-01/2021-04-03,2021-04-02,a\n"
        "2021-04-01 to 2021-04-03,2021-04-03,a\n2021-04-01 to 2021-04-03,,a\n",
        [[2, "date_end", "date_end_differs"]],
        [2, 3, 4],
    ),
    "ends before it begins in one cell": (
        "date,place\n2021-04-03 - 2021-04-01,a\n",
        [[2, "date", "dates_reversed"]],
        [2],
    ),
    "ambiguous days in one cell": (
        "date,place\n03/04/2021 - 05/04/2021,a\n",
        [[2, "date", "date_ambiguous"]],
        [2],
    ),
    "ends before it begins": (
        "date,date_end,place\n2021-07-08,2021-07-07,a\n",
        [[2, "date_end", "dates_reversed"]],
        [2],
    ),
    "unknown date precision": (
        "date,date_precision,place\n2021-07-07,hour,a\n",
        [[2, "date_precision", "choice_unknown"]],
        [2],
    ),
    "bad time": ("date,time,place\n2021,25:00,a\n", [[2, "time", "time_invalid"]], [2]),
    "unknown country": (
        "date,country,place\n2021,Narnia,a\n",
        [[2, "country", "country_unknown"]],
        [2],
    ),
    "below zero": (
        "date,place,killed_min\n2021,a,-3\n",
        [[2, "killed_min", "count_negative"]],
        [2],
    ),
    "not whole": (
        "date,place,wounded_max\n2021,a,2.5\n",
        [[2, "wounded_max", "count_invalid"]],
        [2],
    ),
    "too many": ("date,place,sources\n2021,a,99999999\n", [[2, "sources", "count_too_large"]], [2]),
    "words for a number": (
        "date,place,deaths\n2021,a,several\n2021,b,none\n2021,c,n/a\n2021,d,many\n",
        [
            [2, "deaths", "count_worded"],
            [3, "deaths", "count_zero"],
            [5, "deaths", "count_invalid"],
        ],
        [2, 3, 4, 5],
    ),
    "killed and wounded in one number": (
        'date,place,casualties\n2021,a,8\n2021,b,"3 killed, 5 wounded"\n2021,c,none\n',
        [
            [2, "casualties", "count_together"],
            [3, "casualties", "count_worded"],
            [4, "casualties", "count_worded"],
        ],
        [2, 3, 4],
    ),
    "lowest above highest": (
        "date,place,killed_min,killed_max\n2021,a,3,2\n",
        [[2, "killed_min", "range_reversed"]],
        [2],
    ),
    "lowest above highest in one cell": (
        "date,place,killed\n2021,a,4-2\n",
        [[2, "killed", "range_reversed"]],
        [2],
    ),
    "latitude off the globe": (
        "date,lat,lon\n2021,95,44\n",
        [[2, "lat", "coordinates_out_of_range"]],
        [2],
    ),
    "lost decimal point": (
        "date,lat,lng\n2021,33.1,4239\n",
        [[2, "lng", "coordinates_out_of_range"]],
        [2],
    ),
    "one zero": (
        "date,lat,lon\n2021,0,44.1\n2021,33.1,0\n",
        [[2, "lat", "coordinates_zero"], [3, "lat", "coordinates_zero"]],
        [2, 3],
    ),
    "zero, zero": ("date,lat,lon\n2021,0,0.0\n", [[2, "lat", "coordinates_zero"]], [2]),
    "one coordinate": ("date,lat,lon\n2021,33,\n", [[2, "lat", "coordinates_half"]], [2]),
    "no coordinate": ("date,lat,lon\n2021,33,east\n", [[2, "lon", "coordinate_invalid"]], [2]),
    "infinite coordinate": ("date,lat,lon\n2021,inf,44\n", [[2, "lat", "coordinate_invalid"]], [2]),
    "half a launch site": (
        "date,place,origin_lat,origin_lon\n2021,a,,44\n",
        [[2, "origin_lon", "coordinates_half"]],
        [2],
    ),
    "id used twice": (
        "id,date,place\nA,2021,a\nA,2022,b\nA,2023,c\n",
        [[3, "id", "id_repeated"], [4, "id", "id_repeated"]],
        [2],
    ),
    "id of a row set aside is free": (
        "id,date,place\nA,,a\nA,2022,b\n",
        [[2, "date", "date_missing"]],
        [3],
    ),
    "problems in order": (
        "date,place,killed,time\n2021,a,-1,99:99\nx,a,-1,\n",
        [
            [2, "killed", "count_negative"],
            [2, "time", "time_invalid"],
            [3, "date", "date_invalid"],
            [3, "killed", "count_negative"],
        ],
        [2],
    ),
}


@pytest.mark.parametrize(("text", "problems", "rows"), BAD_TABLES.values(), ids=list(BAD_TABLES))
def test_bad_tables(text: str, problems: list[list[object]], rows: list[int]) -> None:
    checked = check(text)
    assert tell(checked) == problems
    assert checked.incidents["row"].tolist() == rows
    assert checked.read == len(rows) + checked.set_aside


def test_every_kind_of_a_cell_or_row_is_tried_here_or_is_for_the_locating() -> None:
    tried = {kind for _, problems, _ in BAD_TABLES.values() for _, _, kind in problems}
    tried |= {kind for _, _, problems, _ in BAD_SOURCES.values() for _, _, _, kind in problems}
    for cases in (CORRECTIONS, ANSWERS):
        tried |= {kind for _, problems, _ in cases.values() for _, kind in problems}
    located = {
        *(
            "governorate_unknown",
            "coordinates_elsewhere",
            "coordinates_swapped",
            "coordinates_outside_country",
        ),
        *("place_missing", "place_not_found", "place_ambiguous", "place_not_asked"),
    }
    # Rows that never reach the check: what is torn, or is no row of data.
    read = {
        *("row_too_short", "row_too_long", "row_cut_off", "quote_open", "header_repeated"),
        *("hxl_row", "title_row", "second_heading", "rows_in_cell", "possible_duplicate"),
        *("feature_invalid", "geometry_invalid", "geometry_not_point"),
        *("cell_error", "formula_empty", "geometry_elsewhere"),
        "own_unreadable",  # of own columns as a version is made: see test_own_columns
        "groups_exceed_total",  # of ranges as they are derived: see test_totals
    }
    others = {kind.name for kind in KINDS.values() if kind.about in ("table", "profile")}
    assert set(KINDS) - tried - located - read <= others


@pytest.mark.parametrize(
    "text",
    ["date,place\n2021-07-07,a\n", "date,place\n", "foo\n1\n"],
    ids=["one row", "no rows", "no date column"],
)
def test_every_column_is_there_in_its_type(text: str) -> None:
    incidents = check(text).incidents
    assert list(incidents.columns) == [*(column.name for column in COLUMNS), "row"]
    types = {column.name: DTYPES[column.type] for column in COLUMNS}
    assert incidents.dtypes.astype(str).to_dict() == {**types, "row": "int64"}


def test_absent_reports_and_claims_are_empty_tables() -> None:
    checked = check("date,place\n2021,a\n")
    assert list(checked.reports)[:-1] == [column.name for column in REPORT_COLUMNS]
    assert list(checked.claims)[:-1] == [column.name for column in CLAIM_COLUMNS]


def test_what_is_missing_is_unknown_and_never_zero() -> None:
    incident = read_one("date,place,killed_min,killed_max,wounded\n2021-07-07,a,,unknown,0\n")
    assert pd.isna(incident["killed_min"]) and pd.isna(incident["killed_max"])
    assert (incident["wounded_min"], incident["wounded_max"]) == (0, 0)
    assert all(pd.isna(incident[each.low]) for each in RANGES if each.name != "wounded")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        *(("Event_Date", "date"), ("DAY", "date"), ("дата", "date"), ("تاريخ", "date")),
        *(("Location", "place"), ("city", "place"), ("место", "place"), ("المكان", "place")),
        *(("Admin1", "gov"), ("notes", "summary"), ("event type", "type"), ("ID", "incident")),
        ("Claimed by", "actor"),
    ],
)
def test_columns_are_understood_by_name(header: str, name: str) -> None:
    start = "2021-07-07" if name == "date" else "text"
    rest = "place" if name == "date" else "date"
    incident = read_one(f"{header},{rest}\n{start},2021-07-07\n")
    assert str(incident[name]).startswith(start)


@pytest.mark.parametrize(
    ("header", "cell", "low", "high"),
    [
        *(("Killed", "2-4", 2, 4), ("deaths", "4+", 4, None), ("fatalities", "3", 3, 3)),
        *(("deaths_min", "3", 3, None), ("Погибшие", "3", 3, 3), ("القتلى", "٣", 3, 3)),
    ],
)
def test_one_column_may_hold_both_bounds(
    header: str, cell: str, low: int | None, high: int | None
) -> None:
    incident = read_one(f"date,place,{header}\n2021-07-07,a,{cell}\n")
    bounds = [incident["killed_min"], incident["killed_max"]]
    assert [None if pd.isna(bound) else bound for bound in bounds] == [low, high]


@pytest.mark.parametrize(
    ("cells", "low", "high"),
    [
        (("9", "", ""), 9, 9),
        (("2-4", "", "unknown"), 2, 4),
        (("at least 4", "", ""), 4, None),
        (("9", "1", "2"), 1, 2),
        (("9", "1", ""), 1, None),
        (("9", "", "2"), None, 2),
        (("", "1", "2"), 1, 2),
        (("", "", ""), None, None),
    ],
)
def test_one_column_beside_the_bounds_fills_them_where_both_are_empty(
    cells: tuple[str, ...], low: int | None, high: int | None
) -> None:
    row = ",".join(cells)
    incident = read_one(f"date,place,killed,killed_min,killed_max\n2021-07-07,a,{row}\n")
    bounds = [incident["killed_min"], incident["killed_max"]]
    assert [None if pd.isna(bound) else bound for bound in bounds] == [low, high]


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("country", "Iraq", "IQ"),
        ("country", "العراق", "IQ"),
        ("country", "Сирия", "SY"),
        ("country", "jo", "JO"),
        ("country", "Yemen", "YE"),
        ("country", "اليمن", "YE"),
        ("country", "Йемен", "YE"),
        ("country", "united arab emirates", "AE"),
        ("country", "Украина", "UA"),
        ("type", "Rocket_Attack", "rocket attack"),
        ("type", "Airstrike", "air strike"),
        ("type", "Suicide bomb", "Suicide bomb"),
        ("direction", "Attack on Coalition", "attack on coalition"),
        ("time", "9:30 pm", "21:30"),
        ("time", "7:05", "07:05"),
        ("lat", "33,7856", 33.7856),
        ("lat", "٣٣.٥", 33.5),
        ("summary", "  <b>x</b> ", "<b>x</b>"),
        ("date_precision", "Week", "week"),
    ],
)
def test_cells(column: str, text: str, value: object) -> None:
    cells = {"date": "2021-07-07", "lat": "33", "lon": "44", column: text}
    quoted = ",".join(f'"{cell}"' for cell in cells.values())
    incident = read_one(f"{','.join(cells)}\n{quoted}\n")
    assert incident[column] == value


@pytest.mark.parametrize(
    ("date", "given", "precision"),
    [
        ("2021-07-07", "", "day"),
        ("2021-07-07", "week", "week"),
        ("2021-07", "day", "month"),
        ("2021", "month", "year"),
    ],
)
def test_a_date_is_no_more_precise_than_its_cell(date: str, given: str, precision: str) -> None:
    incident = read_one(f"date,date_precision,place\n{date},{given},a\n")
    assert incident["date_precision"] == precision


def test_one_day_has_no_last_day_and_a_month_ends_with_its_last() -> None:
    text = "date,date_end,place\n2021-07-07,2021-07-07,a\n2021-07,2021-08,a\n"
    ends = check(text).incidents["date_end"]
    assert pd.isna(ends[0])
    assert str(ends[1].date()) == "2021-08-31"


def test_ids_are_made_from_the_content_alone() -> None:
    first = check("date,place\n2021,a\n2021,b\n2021,a\n").incidents
    other = check("colour,Location,Day,time\nred,b,2021,\nred,a,2021,\n").incidents
    assert first["incident"].is_unique
    assert first["incident"][2] == first["incident"][0] + "-2"
    assert other["incident"].tolist() == [first["incident"][1], first["incident"][0]]


def test_the_later_row_of_an_id_names_the_first() -> None:
    checked = check("id,date,place\nA,2021,a\nA,2022,b\n")
    assert checked.problems["message"].tolist() == [
        'Row 3, column "id": "A" is already the id of row 2.'
    ]


def test_texts_that_say_nothing_are_unknown_but_ids_stay() -> None:
    table = table_from_bytes(
        (
            "id,date,country,gov,place,actor,weapon,type,attribution,summary\n"
            "NA,2021,n/a,NULL,(null),-99,None,Unknown,unknown,نا\n"
            "-9,2021,IQ,Nineveh,Hit,Unknown gunmen,X-ray,rocket attack,claimed,غير معروف\n"
        ).encode(),
        "a.csv",
    )
    checked = validate(Tables(table))
    rows = checked.incidents.astype("object").where(checked.incidents.notna(), None)
    columns = ["country", "gov", "place", "actor", "weapon", "type", "attribution", "summary"]
    assert rows["incident"].tolist() == ["NA", "-9"]
    assert rows[columns].values.tolist() == [
        [None, None, None, None, None, None, "unknown", "نا"],
        ["IQ", "Nineveh", "Hit", "Unknown gunmen", "X-ray", "rocket attack", "claimed", None],
    ]
    assert checked.problems.empty


def test_what_is_no_country_is_told_once_per_spelling_with_the_nearest() -> None:
    cells = ["IZ", "Irqa", "Irqa", "SY", "IS", "XX"]
    text = "date,place,country\n" + "".join(f"2021,a,{cell}\n" for cell in cells)
    checked = validate(Tables(table_from_bytes(text.encode(), "a.csv")))
    codes = checked.incidents["country"].astype("object").where(lambda each: each.notna(), None)
    assert codes.tolist() == ["IQ", None, None, "SY", "IL", None]
    told = checked.problems[checked.problems["kind"] == "country_unknown"]
    assert told["row"].tolist() == [3, 7]
    assert '"Irqa" (2 rows)' in told["message"].iloc[0]
    assert "nearest: Iraq." in told["message"].iloc[0]


CELL = st.one_of(
    st.sampled_from(["", "2021-07-07", "03/04/2021", "-1", "7", "2-4", "1e400", "nan", "0", "x"]),
    st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=6),
)
HEADER = ["id", "date", "date_end", "time", "country", "lat", "lon", "killed", "sources", "type"]


@settings(max_examples=20)
@given(st.lists(st.lists(CELL, min_size=len(HEADER), max_size=len(HEADER)), max_size=6))
def test_no_row_disappears(rows: list[list[str]]) -> None:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    checked = check("\n".join([",".join(HEADER), *quoted]) + "\n")
    errors = checked.problems[checked.problems["level"] == "error"]
    aside = set(errors["row"].dropna())
    assert len(aside) == checked.set_aside
    assert len(checked.incidents) + checked.set_aside == checked.read
    assert aside.isdisjoint(checked.incidents["row"])
    assert checked.incidents["incident"].is_unique


def test_cells_are_read_without_what_no_reader_sees() -> None:
    text = (
        "date,place,country,lat,lon,killed\n"
        "\u200f٢٠٢١‑٠٧‑٠٧\u200f,a,\u200eIQ\u200b,\u200f٣٣٫٣,\u00a044.4\u202f,\u2067٣\u2069\n"
    )
    names = ("country", "lat", "lon", "killed_min", "date")
    assert read_columns(text, *names) == [["IQ", 33.3, 44.4, 3, pd.Timestamp("2021-07-07")]]
