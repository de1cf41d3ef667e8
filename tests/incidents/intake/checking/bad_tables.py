"""Tables in which something is wrong: what is told of each, and which rows stay."""

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
    "grid references whose halves are of unequal length": (
        "date,place,mgrs\n2021,a,MB 12 345\n2021,b,MB 1 345\n2021,c,38SMB 123 4\n"
        "2021,d,MB 12 34\n2021,e,38SMB 40994 86410\n2021,f,MB 40 86\n2021,g,MB4086\n"
        "2021,h,MB 40/86\n2021,i,MB 40-86\n2021,j,MB 4 8\n2021,k,MB48\n2021,l,MB 409 864\n"
        "2021,m,MB409864\n2021,n,38SMB4099486410\n2021,o,38SMB4086\n2021,p,38SMB48\n",
        [
            *([None, "mgrs", "point_read"],) * 2,
            *([row, "mgrs", "coordinate_invalid"] for row in (2, 3, 4)),
        ],
        [*range(2, 18)],
    ),
    "a square without its zone that is in no one zone": (
        "date,place,mgrs\n2021,a,QQ4099486410\n2021,b,38SMB4099486410\n",
        [[None, "mgrs", "point_read"], [2, "mgrs", "grid_zone_missing"]],
        [2, 3],
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
