"""What the tests of reading share: a plain table, and the problems of one in short."""

from incidents.intake.reading.files import Table

PLAIN = "date,place\n2021-07-07,Ain al-Asad\n2021-07-08,Baghdad\n"


def tell(table: Table) -> list[list[object]]:
    """The problems of a table as [row, column, kind]."""
    cells = table.problems[["row", "column", "kind"]].astype(object)
    return cells.where(cells.notna(), None).to_numpy().tolist()
