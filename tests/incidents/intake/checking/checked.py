"""Small tables, checked, and what was told of them."""

from datetime import date

from incidents.intake.checking.validation import Validated, validate
from incidents.intake.reading.files import Tables, table_from_bytes


def check(incidents: str, reports: str | None = None, claims: str | None = None) -> Validated:
    given = {"incidents": incidents, "reports": reports, "claims": claims}
    tables = {
        name: None if text is None else table_from_bytes(text.encode(), name)
        for name, text in given.items()
    }
    return validate(Tables(**tables), today=date(2030, 1, 1))


def tell(checked: Validated, *columns: str) -> list[list[object]]:
    cells = checked.problems[[*columns, "row", "column", "kind"]].astype(object)
    return cells.where(cells.notna(), None).to_numpy().tolist()


def read_one(text: str) -> dict[str, object]:
    """The one accepted incident of a table without problems."""
    checked = check(text)
    assert len(checked.incidents) == 1
    return checked.incidents.iloc[0].to_dict()


def read_columns(text: str, *names: str) -> list[list[object]]:
    found = check(text).incidents[list(names)]
    return found.astype(object).where(found.notna(), None).values.tolist()
