"""What is told of a table's columns that have no use."""

import pandas as pd

from incidents.intake.checking.findings import MOST_LOOKED_AT, match_headers
from incidents.intake.reading.tables import Table
from incidents.table.problems import problems_frame


def test_of_thousands_of_columns_the_first_are_looked_at_and_all_are_told_in_order() -> None:
    names = [f"column {n}" for n in range(MOST_LOOKED_AT + 50)]
    table = Table("wide.csv", pd.DataFrame({name: ["x"] for name in names}), 1, problems_frame([]))
    seen = []

    def look(cells: pd.Series) -> str:
        seen.append(cells.name)
        return "a date"

    told = match_headers(table, (), look=look).problems
    assert seen == names[:MOST_LOOKED_AT]
    assert list(told["column"]) == names
    assert list(told["kind"].unique()) == ["column_looks", "column_unused"]
    assert list(told["kind"]).count("column_looks") == MOST_LOOKED_AT
