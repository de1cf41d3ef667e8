"""The kinds of problems of tables in the layout of another source, while its columns are mapped."""

from __future__ import annotations

from incidents.table.table_kinds import Kind

PROFILE_KINDS = (
    Kind(
        "event_repeated",
        "error",
        "Same event in a further row",
        "Exports with a row per actor repeat each event, and its casualties would count twice.",
        'it repeats the event "{value}" of row {first_row}; the event counts once.',
        "Nothing to do, or export one row per event.",
    ),
    Kind(
        "profile_column_missing",
        "warning",
        "Column of the layout is not there",
        "A known layout without one of its columns may be cut, or a version that we don't know.",
        'tables like this, {title}, have a column "{wanted}", and this one has not. '
        "Less is known of: {ours}.",
        "Export the table again with all columns, or choose the columns by hand.",
    ),
    Kind(
        "profile_incomplete",
        "warning",
        "Looks like a known layout, but is not",
        "Columns are read as those of a layout only if the names that mark it are there.",
        "it looks like {title}, but the columns that mark such a table are not all there; its "
        "other columns are read as in such a table.",
        "Check the columns, or export the table again with all of them.",
    ),
    Kind(
        "profile_value_unknown",
        "warning",
        "Value that the layout does not know",
        "Codes have a meaning only in the list of their source.",
        '"{value}" is not a value known for this column; it says nothing here. Rows: {count}.',
        "Check the value, or add it to the mapping.",
    ),
    Kind(
        "id_damaged",
        "warning",
        "Ids that a spreadsheet has rounded",
        "Long numbers that became 2.01E+11 are no longer different from each other.",
        'ids such as "{value}" have lost their digits; the ids are made from the rows instead. '
        "Rows: {count}.",
        "Export the table again, and open it with this column as text.",
    ),
    Kind(
        "column_guessed",
        "note",
        "Column whose meaning was guessed",
        "Its name is none that is known here.",
        'it is read as "{wanted}" (confidence {confidence}).',
        "Check it, and choose another column if it is wrong.",
    ),
    Kind(
        "other_events",
        "note",
        "Events that are no attacks",
        "Protests, riots or changes of territory would be counted among the attacks.",
        "rows of protests, riots or other events that are no attacks: {count}. They are kept, but "
        "outside the default filter.",
        "Choose all events to see them.",
    ),
    Kind(
        "profile_columns_unused",
        "note",
        "Columns of the layout that are not used",
        "They are kept with the table, but this dashboard has no use for them.",
        "columns that are not used: {columns}.",
        "Nothing to do.",
    ),
)
