"""Spreadsheets: cells become text, and no file can end the process that reads it."""

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.intake.checking.validation import validate
from incidents.intake.mapping.apply import apply_profile
from incidents.intake.mapping.parsing import parse_profile
from incidents.intake.reading import workbook_cells
from incidents.intake.reading.files import Table, Tables, table_from_bytes
from incidents.intake.reading.sizes import HOST
from incidents.table.errors import TableError


def tell(table: Table) -> list[list[object]]:
    """The problems of a table as [row, column, kind]."""
    cells = table.problems[["row", "column", "kind"]].astype(object)
    return cells.where(cells.notna(), None).to_numpy().tolist()


def make_workbook(rows: list[list[object]], *, sheets: int = 1) -> bytes:
    """Write a small XLSX of equal sheets."""
    return make_sheets(dict.fromkeys([f"S{n}" for n in range(1, sheets + 1)], rows))


def make_sheets(sheets: dict[str, list[list[object]]], hidden: tuple[str, ...] = ()) -> bytes:
    """Write a small XLSX by hand; a tuple is a day, or a time in a list; bytes are XML."""

    def write(value: object) -> str:
        if value is None:
            return "<c/>"
        if isinstance(value, bytes):
            return value.decode()
        if isinstance(value, tuple):
            return f'<c s="1"><v>{value[0]}</v></c>'
        if isinstance(value, list):
            return f'<c s="2"><v>{value[0]}</v></c>'
        if isinstance(value, int | float):
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'

    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    numbers = range(1, len(sheets) + 1)
    states = dict.fromkeys(hidden, 'state="hidden"')
    names = "".join(
        f'<sheet name="{title}" sheetId="{n}" r:id="r{n}" {states.get(title, "")}/>'
        for n, title in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{office}/worksheet" Target="worksheets/s{n}.xml"/>'
        for n in numbers
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="w" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">'
        f"<sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}'
        f'<Relationship Id="st" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs count="3"><xf numFmtId="0"/>'
        '<xf numFmtId="14"/><xf numFmtId="21"/></cellXfs></styleSheet>',
    }
    for n, rows in enumerate(sheets.values(), 1):
        sheet = "".join(f"<row>{''.join(map(write, row))}</row>" for row in rows)
        data = f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>'
        parts[f"xl/worksheets/s{n}.xml"] = data
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, text in parts.items():
            archive.writestr(path, text)
    return packed.getvalue()


def test_workbook_cells_become_the_text_of_a_csv_file() -> None:
    rows = [["date", "place", "lat", "killed"], [(44384,), "عين الأسد", 33.7856, 3], []]
    table = table_from_bytes(make_workbook([*rows, [(44385.5,), "b", None, 0]]), "a.xlsx")
    assert table.rows.to_numpy().tolist() == [
        ["2021-07-07", "عين الأسد", "33.7856", "3"],
        ["2021-07-08 12:00:00", "b", "", "0"],
    ]
    assert list(table.rows.index) == [2, 4]


def test_further_sheets_are_told() -> None:
    table = table_from_bytes(make_workbook([["date"], ["2021"]], sheets=2), "a.xlsx")
    assert tell(table) == [[None, None, "sheet_unused"]]


TABLE: list[list[object]] = [["date", "place"], ["2021-07-07", "Hit"]]
README: list[list[object]] = [["About this table"], ["The date of each attack and its place"]]


@pytest.mark.parametrize(
    ("sheets", "hidden", "used", "others"),
    [
        ({"a": TABLE, "b": TABLE}, (), "a", "b"),
        ({"a": TABLE, "b": TABLE, "c": TABLE}, ("b",), "a", "c, b (hidden)"),
        ({"a": TABLE, "b": TABLE}, ("a",), "b", "a (hidden)"),
        ({"Readme": README, "Data": TABLE}, (), "Data", "Readme"),
        ({"Readme": README, "Data": [["Attacks"], [], *TABLE]}, (), "Data", "Readme"),
        ({"Readme": README, "x": TABLE, "Data": TABLE}, ("x",), "Data", "Readme, x (hidden)"),
        ({"a": [["x", "y"], ["1", "2"]], "b": README}, (), "a", "b"),
    ],
)
def test_the_sheet_with_the_table_is_read_and_the_others_are_told(
    sheets: dict[str, list[list[object]]], hidden: tuple[str, ...], used: str, others: str
) -> None:
    table = table_from_bytes(make_sheets(sheets, hidden), "a.xlsx")
    (message,) = table.problems.loc[table.problems["kind"] == "sheet_unused", "message"]
    assert message == f'a.xlsx: sheet "{used}" was read; not read: {others}.'


def test_a_workbook_with_only_a_hidden_table_is_refused() -> None:
    with pytest.raises(TableError, match="only hidden sheets hold anything"):
        table_from_bytes(make_sheets({"a": [], "b": TABLE}, ("b",)), "a.xlsx")


def test_seconds_of_a_time_stay() -> None:
    rows = [["date", "place", "time"], ["2021", "a", [0.312928241]], ["2021", "b", [0.3125]]]
    table = table_from_bytes(make_workbook(rows), "a.xlsx")
    assert table.rows["time"].tolist() == ["07:30:37", "07:30"]


NAMES: list[object] = ["date", "place", "killed"]
# name: cells of row 3, what they become, [row, column, kind] of the problems
ODD_CELLS = {
    "error": (
        [b'<c t="e"><v>#N/A</v></c>', "a", 1],
        ["#N/A", "a", "1"],
        [[3, "date", "cell_error"]],
    ),
    "error by its place": (
        [b'<c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c>'],
        ["", "", "#DIV/0!"],
        [[3, "killed", "cell_error"]],
    ),
    "formula": (
        [2021, "a", b"<c><f>1+1</f></c>"],
        ["2021", "a", ""],
        [[3, "killed", "formula_empty"]],
    ),
    "formula with an empty value": (
        [2021, b'<c r="B3"><f>1+1</f><v></v></c>', b"<c><f/><v /></c>"],
        ["2021", "", ""],
        [[3, "killed", "formula_empty"], [3, "place", "formula_empty"]],
    ),
    "empty text of a formula": (
        [2021, b'<c t="str"><f>A1</f><v></v></c>', 1],
        ["2021", "", "1"],
        [],
    ),
    "formula with a value": ([2021, "a", b"<c><f>1+1</f><v>2</v></c>"], ["2021", "a", "2"], []),
    "nothing": ([2021, b'<c r="B3"/>', b'<c r="C3"><v>2</v></c>'], ["2021", "", "2"], []),
}


@pytest.mark.parametrize(("cells", "texts", "problems"), ODD_CELLS.values(), ids=list(ODD_CELLS))
def test_cells_without_a_value_are_told(
    cells: list[object], texts: list[str], problems: list[list[object]]
) -> None:
    rows = [NAMES, [2021, "a", 1], cells, [2022, "c", 3]]
    table = table_from_bytes(make_workbook(rows), "a.xlsx")
    assert table.rows.to_numpy().tolist() == [["2021", "a", "1"], texts, ["2022", "c", "3"]]
    assert tell(table) == problems


def test_an_odd_cell_is_found_behind_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_cells, "_PIECE", 700)
    plain: list[object] = [2021, "a", 1]
    rows = [NAMES, *[plain] * 99, [2021, b'<c t="e"><v>#REF!</v></c>', b"<c><f>A1</f></c>"], plain]
    book = make_workbook(rows)
    assert workbook_cells.find_odd_cells(book, "S1") == ({(101, 2): "#REF!"}, [[101, 3]])
    assert workbook_cells.find_odd_cells(book[:-9], "S1") == ({}, [])
    assert workbook_cells.find_odd_cells(book, "S2") == ({}, [])


@pytest.mark.parametrize(
    "junk", [b"<c " * 300_000, b"<f></f>" + b" " * 900_000, b"<c>" * 300_000, b"<v " * 300_000]
)
def test_hostile_xml_is_looked_at_once(junk: bytes) -> None:
    book = make_workbook([["date"], [b'<c t="e"><v>#REF!</v></c>' + junk]])
    workbook_cells.find_odd_cells(book, "S1")  # or it would not end


def test_a_cell_with_an_error_says_nothing_but_is_kept() -> None:
    book = [NAMES, ["2021-07-07", b'<c t="e"><v>#REF!</v></c>', b'<c t="e"><v>#N/A</v></c>']]
    table = table_from_bytes(make_workbook(book), "a.xlsx")
    checked = validate(Tables(table))
    assert checked.incidents[["place", "killed_min"]].isna().all(axis=None)
    assert set(checked.problems["kind"]) == {"cell_error"}
    profile = parse_profile({"name": "x", "title": "X", "columns": {"actor": "place"}})
    assert apply_profile(table, profile).rows["actor"].tolist() == [""]


@pytest.mark.parametrize(
    ("rows", "words"),
    [([], "is empty"), ([["Incidents", None], ["Zeit", "Ort"]], "looks like a title")],
    ids=["empty", "title"],
)
def test_workbooks_without_a_table_are_refused(rows: list[list[object]], words: str) -> None:
    with pytest.raises(TableError, match=words):
        table_from_bytes(make_workbook(rows), "a.xlsx")


def test_repeated_and_unnamed_columns_and_headers_are_told() -> None:
    rows = [["date", None, "date"], ["2021", "a", "b"], ["date", None, "date"], ["2022"]]
    table = table_from_bytes(make_workbook(rows), "a.xlsx")
    assert tell(table) == [
        [None, "column 2", "column_unnamed"],
        [None, "date (2)", "column_repeated"],
        [3, None, "header_repeated"],
    ]
    assert table.rows.to_numpy().tolist() == [["2021", "a", "b"], ["2022", "", ""]]
    assert table.torn.to_numpy().tolist() == [[3, "date,,date"]]
    assert table.read == 3


def test_hxl_tags_are_read() -> None:
    rows = [["Title"], ["date", "place"], ["#date", "#loc +Name"], [], ["2021", "a"]]
    table = table_from_bytes(make_workbook(rows), "a.xlsx")
    assert tell(table) == [[1, None, "title_row"], [3, None, "hxl_row"]]
    assert table.tags == {"date": "#date", "place": "#loc+name"}
    assert list(table.rows.index) == [5]


@pytest.mark.parametrize(
    "cell",
    [b'<c r="XFD1048576"><v>1</v></c>', b'<c r="A1048576"><v>1</v></c><c r="XFD2"><v>1</v></c>'],
    ids=["far corner", "far row"],
)
def test_a_sheet_that_asks_for_all_memory_is_refused(cell: bytes) -> None:
    book = make_workbook([["date"], [cell]])
    assert len(book) < 5_000
    with pytest.raises(TableError, match="too large"):
        table_from_bytes(book, "a.xlsx")


def test_a_sheet_of_many_empty_columns_is_refused() -> None:
    book = make_workbook([["date"], [b'<c r="ZZ1000"><v>1</v></c>']])
    with pytest.raises(TableError, match=r"1,000 rows and 702 columns"):
        table_from_bytes(book, "a.xlsx", limits=replace(HOST, cells=100_000))


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    book = io.BytesIO(make_workbook([["date"], ["2021"]]))
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.png", bytes(5_000_000))
    assert len(book.getvalue()) < 20_000
    with pytest.raises(TableError, match="unpacks to more than 1 MB"):
        table_from_bytes(book.getvalue(), "a.xlsx", limits=replace(HOST, unpacked=1_000_000))


def test_an_old_workbook_that_is_damaged_is_refused() -> None:
    with pytest.raises(TableError, match="cannot be opened as a spreadsheet"):
        table_from_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), "a.xls")


@settings(max_examples=20)  # each starts a process
@given(st.integers(0, 1500), st.binary(min_size=1, max_size=8))
def test_no_damaged_workbook_raises_anything_but_a_table_error(at: int, junk: bytes) -> None:
    whole = make_workbook([["date", "place"], ["2021", "a"]])
    try:
        table_from_bytes(whole[:at] + junk + whole[at + len(junk) :], "a.xlsx")
    except TableError:
        return


def test_letters_that_were_encoded_twice_are_told() -> None:
    garbled = "سنجار".encode().decode("cp1252", errors="replace")
    table = table_from_bytes(make_workbook([["date", "place"], ["2021-07-07", garbled]]), "a.xlsx")
    assert table.problems["kind"].tolist() == ["letters_twice"]
