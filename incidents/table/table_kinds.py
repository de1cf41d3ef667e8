"""The kinds of problems of whole tables and rows, as data; those of cells are next door.

A kind's level says what becomes of the row. `error`: the row is set aside (or, without a row,
the whole table). `warning`: the row is accepted; the cell is taken as unknown, or is doubtful.
`note`: nothing is wrong, but the reader of the table should know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class Kind:
    """One kind of problem; `message` may use {value}, {column} and words of the finding."""

    name: str
    level: Level
    title: str
    why: str
    message: str
    remedy: str


ROW_KINDS = (
    Kind(
        "row_too_short",
        "error",
        "Row with too few cells",
        "Cells may have slid into the wrong column, and we don't guess which.",
        "only {count} of {expected} cells are there.",
        "Give the row one cell per column; leave unknown cells empty.",
    ),
    Kind(
        "row_too_long",
        "error",
        "Row with too many cells",
        "Cells have slid into other columns, mostly by a separator inside a text.",
        "it has {count} cells for {expected} columns.",
        "Put texts that contain the separator in double quotes.",
    ),
    Kind(
        "row_cut_off",
        "error",
        "File that ends in the middle of a row",
        "The file was cut off while it was written or sent, so rows may be missing below.",
        "the file ends here, after {count} of {expected} cells.",
        "Download or save the file again; if it is whole, complete the row.",
    ),
    Kind(
        "row_alike",
        "note",
        "Row that says the same as another",
        "Without ids nobody can tell two alike incidents from one that is listed twice.",
        "it says exactly what row {first_row} says; both count.",
        "If it is the same incident, take one of the two rows out; else give both an id.",
    ),
    Kind(
        "quote_open",
        "error",
        "Quotation mark that is never closed",
        "Everything after the mark becomes one text, so whole rows vanish in it.",
        "a quotation mark is not closed and swallows the file's other lines: {count}.",
        "Close the quotation mark, or remove it.",
    ),
    Kind(
        "header_repeated",
        "error",
        "Column names repeated",
        "Tables that were pasted together hold their header more than once.",
        "it repeats the column names.",
        "Delete the row.",
    ),
    Kind(
        "hxl_row",
        "note",
        "Row of HXL tags",
        "It says what the columns hold, and is no row of data.",
        "it holds HXL tags; it is read as a second row of column names.",
        "Nothing to do.",
    ),
    Kind(
        "title_row",
        "note",
        "Row above the column names",
        "A title is no row of data.",
        "it is above the column names and is not read as data.",
        "Nothing to do.",
    ),
    Kind(
        "rows_in_cell",
        "warning",
        "Cell that holds whole rows",
        "A quotation mark that is closed too late swallows the rows between.",
        "lines in this cell that look like rows of the table: {count}.",
        "Close the quotation mark where the text ends, or remove it.",
    ),
    Kind(
        "feature_invalid",
        "error",
        "Entry that is no feature",
        "A row is made from a feature with properties.",
        "it is not a feature of GeoJSON.",
        "Correct or delete the entry.",
    ),
    Kind(
        "geometry_invalid",
        "warning",
        "Shape that cannot be read",
        "Without it the row has no coordinates.",
        "the shape cannot be read; no latitude and longitude were made from it.",
        "Correct the shape, or leave it empty.",
    ),
    Kind(
        "geometry_not_point",
        "note",
        "Shape that is not a point",
        "An area or a line is larger than the one point drawn for it.",
        "latitude and longitude are those of a point inside this shape: {value}.",
        "Nothing to do, or say how precise the place is.",
    ),
    Kind(
        "date_missing",
        "error",
        "No date",
        "Without a date an incident has no place on the timeline.",
        "the date is empty.",
        "Enter at least the year.",
    ),
    Kind(
        "date_invalid",
        "error",
        "Not a date",
        "Without a date an incident has no place on the timeline.",
        '"{value}" is not a date between 1900 and 2100.',
        "Write it like 2021-07-07; 2021-07 or 2021 if that is all that is known.",
    ),
    Kind(
        "id_repeated",
        "error",
        "Id used twice",
        "Links and reports find an incident by its id, so it must be unique.",
        '"{value}" is already the id of row {first_row}.',
        "Give the row an id of its own, or delete it if it is the same.",
    ),
    Kind(
        "value_missing",
        "error",
        "Cell that must be filled",
        "Without it the row belongs to nothing.",
        "the cell is empty, or says that nothing is known.",
        "Fill the cell; add the column if it is not there.",
    ),
    Kind(
        "incident_unknown",
        "error",
        "Incident that is not there",
        "A report or claim counts for the incident that it names.",
        '"{value}" is not an accepted row of the incidents.',
        "Correct the id, or add the incident.",
    ),
    Kind(
        "report_unknown",
        "error",
        "Report that is not there",
        "Every figure must lead to the report that it comes from.",
        '"{value}" is not an accepted row of the reports.',
        "Correct the id, or add the report.",
    ),
    Kind(
        "claim_elsewhere",
        "error",
        "Claim on another incident than its report",
        "A number counts for the incident that its report is on.",
        '"{value}" is not the incident of its report {report}, which is on {incident}.',
        "Correct the incident or the report of the claim.",
    ),
    Kind(
        "measure_unknown",
        "error",
        "Unknown measure or group",
        "A claim must say what it counts.",
        '"{value}" is none of: {allowed}.',
        "Use one of these words.",
    ),
    Kind(
        "claim_empty",
        "error",
        "Claim without a number",
        "No claim means unknown; a claim needs a number.",
        "neither low nor high holds a usable number.",
        "Enter a number, or delete the row.",
    ),
    Kind(
        "possible_duplicate",
        "note",
        "Perhaps in two tables",
        "Tables that are shown together may hold one event twice; then it counts twice.",
        'same day, type and place as "{other}" of {dataset}{more}.',
        "Look at both. If they tell one event, show one of the tables only; none is merged here.",
    ),
)

TABLE_KINDS = (
    Kind(
        "table_empty",
        "error",
        "No rows",
        "There is nothing to show.",
        "there are column names but no rows below them.",
        "Add rows, or choose another file.",
    ),
    Kind(
        "column_missing",
        "error",
        "Needed column is not there",
        "Without it nothing can be shown. Columns are found by their names.",
        'no column is called "{wanted}". Columns found: {found}.',
        "Name the column so, in the first row of the table.",
    ),
    Kind(
        "place_columns_missing",
        "warning",
        "No place and no coordinates",
        "The incidents will be counted, but the map cannot show them.",
        "there is neither a column of places nor one of coordinates. Columns found: {found}.",
        'Add a column "place", or "lat" and "lon".',
    ),
    Kind(
        "column_repeated",
        "warning",
        "Column name used twice",
        "One name can hold only one thing.",
        'the name "{first}" occurs more than once; this column is kept but not used.',
        "Give each column its own name.",
    ),
    Kind(
        "column_unnamed",
        "warning",
        "Column without a name",
        "Columns are understood by their names, never by position.",
        "it holds values but has no name; it is kept under this one and not used.",
        "Name the column, or empty it.",
    ),
    Kind(
        "letters_lost",
        "warning",
        "Letters that cannot be read",
        "The file is damaged or mixes encodings.",
        "letters that cannot be read as {encoding}: {count}; they are shown as \ufffd.",
        "Save the file as CSV UTF-8.",
    ),
    Kind(
        "monitoring_unclear",
        "warning",
        "Monitored period that cannot be used",
        "Without it, days on which nothing happened look like days on which nobody looked.",
        "the period in which incidents were looked for is taken as unknown: {reason}.",
        'Write it as "temporal": {"start": "2021-01-01", "end": "2021-07-31"}.',
    ),
    Kind(
        "gazetteer_file_unused",
        "warning",
        "Gazetteer file that cannot be used",
        "Names that only this file has are not found.",
        "it is not read: {note}.",
        "Correct the file, or take it out of the folder.",
    ),
    Kind(
        "lookup_stopped",
        "warning",
        "Look-up on the network stopped",
        "Names that no gazetteer has are not found.",
        "no further names are looked up: {reason}.",
        "Read the table again later, or switch Nominatim off in the settings.",
    ),
    Kind(
        "override_unusable",
        "warning",
        "Decision on a place that cannot be used",
        "A place that was set by hand counts only if it says where it is.",
        "the decision is not used: {reason}.",
        "Correct the row.",
    ),
    Kind(
        "override_unsigned",
        "warning",
        "Decision on a place without a name below it",
        "A place that was set by hand is as good as the one who set it.",
        'nobody is named who decided on "{value}"; the decision is used.',
        "Fill in who decided, why and when.",
    ),
    Kind(
        "override_unused",
        "warning",
        "Decision on a place that no row follows",
        "The name, country or governorate may be written in another way than in the table.",
        'no row without coordinates names "{value}" so.',
        "Write name, country and governorate as the table has them, or take the row out.",
    ),
    Kind(
        "column_unused",
        "note",
        "Column that is not used",
        "It is not lost in your file, but this dashboard has no use for it.",
        "it is none of the columns known here and is not used.",
        "Nothing to do, or rename it to a column listed in the docs.",
    ),
    Kind(
        "column_doubled",
        "note",
        "Second column for the same thing",
        "Two columns mean the same, and only one can be used.",
        'it means the same as "{other}", which is used instead.',
        "Remove one of the two.",
    ),
    Kind(
        "column_beside",
        "note",
        "One column for both bounds, beside them",
        "The lowest and the highest number say more than one number.",
        'it is read only in rows that leave "{others}" empty.',
        "Nothing to do, or keep only the two bounds.",
    ),
    Kind(
        "encoding_guessed",
        "note",
        "Encoding guessed",
        "A file that is not UTF-8 doesn't say how its letters are written.",
        "the letters were read as {encoding}.",
        "If letters look wrong, save the file as CSV UTF-8.",
    ),
    Kind(
        "crs_unknown",
        "warning",
        "Unknown coordinate system",
        "Without it the coordinates may mean any place on earth.",
        "the coordinate system is not known, so no latitude and longitude were made.",
        "Save the file with coordinates in degrees (EPSG:4326).",
    ),
    Kind(
        "crs_converted",
        "note",
        "Coordinates converted",
        "The map is drawn from latitude and longitude in degrees.",
        "latitude and longitude were made from coordinates in {crs}.",
        "Nothing to do.",
    ),
    Kind(
        "sheet_unused",
        "note",
        "Further sheets",
        "Only one sheet is read.",
        'sheet "{used}" was read; not read: {others}.',
        "Move the table to the first sheet if another one is meant.",
    ),
    Kind(
        "layer_unused",
        "note",
        "Further layers",
        "Only one layer is read.",
        'layer "{used}" was read; not read: {others}.',
        "Save the layer alone if another one is meant.",
    ),
    Kind(
        "file_unused",
        "note",
        "Further files",
        "Only one file of an archive is read.",
        'file "{used}" was read; not read: {others}.',
        "Unpack the archive and choose another file if that is meant.",
    ),
)
