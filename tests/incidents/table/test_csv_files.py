"""No CSV that leaves holds a cell which a spreadsheet runs; numbers stay numbers."""

import ast
import csv
import io
import re
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.table.csv_files import BOM, defuse, revive, write_csv

ROOT = Path(__file__).resolve().parents[3]
FORMULAS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "=\n", "=", "-2+3+cmd|' /C calc'!A0"),
    *("＝1+1", "＋1", "－1", "＠SUM(A1)", "﹦1", "﹢1", "﹣1", "﹫A"),
    *(" =1", "\u00a0=1", "\u3000＝1", "\u200b=1", "\u200f=1", "\ufeff=1", "'=1", "''=1"),
]
PLAIN = ["", "a=b", "1-2", "عين الأسد", "<b>", "'Ana", "a; b", "x\ny", "mail@example.org", "3;4"]


def write(*texts: str | None, but_numbers: bool = False) -> list[str]:
    batch = pa.RecordBatch.from_pydict({"n": range(len(texts)), "text": pa.array(texts)})
    written = b"".join(write_csv([batch], batch.schema, but_numbers))
    assert written.startswith(BOM)
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["n", "text"]
    return [row[1] for row in rows[1:]]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert write(text, None, "x") == ["'" + text, "", "x"]
    assert revive(defuse(text)) == text


@pytest.mark.parametrize("text", PLAIN)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert write(text) == [text]


@pytest.mark.parametrize(
    ("text", "written"),
    [("a;=cmd()", "a;'=cmd()"), ("a\t@x", "a\t'@x"), ("a\n-x", "a\n'-x"), ("a;＝1;b", "a;'＝1;b")],
)
def test_nor_does_a_spreadsheet_find_one_that_parts_cells_elsewhere(
    text: str, written: str
) -> None:
    assert write(text) == [written]


@pytest.mark.parametrize("text", ["-3", "+3", "-3.5", "-1,000.5", "-1e5", "-12%", "3;-4", "- 3"])
def test_numbers_held_as_text_stay_numbers(text: str) -> None:
    assert write(text, but_numbers=True) == [text if text != "- 3" else "'- 3"]


@pytest.mark.parametrize("text", ["-3+1", "-3 km", "+964-1", "-A1", "-3\n=1", "--3"])
def test_what_only_begins_like_a_number_is_none(text: str) -> None:
    assert write(text, but_numbers=True)[0].startswith("'")


def test_numbers_dates_and_names() -> None:
    table = pa.table({"=lat": [-33.8], "day": pa.array([0], pa.date32()), "is": [True],
                      "kind": pa.array(["=1"]).dictionary_encode()})  # fmt: skip
    written = b"".join(write_csv(table.to_batches(), table.schema)).decode("utf-8-sig")
    assert written == '"\'=lat","day","is","kind"\n-33.8,1970-01-01,true,"\'=1"\n'


@given(st.text(alphabet="=+-@＝'; \t\r\nax1.\u200b", max_size=8))
def test_whatever_is_written_begins_no_formula_and_is_read_back(text: str) -> None:
    written = defuse(text)
    for cell in re.split("[;\t\r\n]", written):
        assert not re.match("[\\s\u200b]*[=+@＝-]", cell)
    assert written[:1] not in ("\t", "\r", "\n")
    assert revive(written) == text


WRITERS = {
    "incidents/table/csv_files.py",
    "incidents/intake/reading/tables.py",
    "incidents/asking/engines/postgres/filling.py",
}
"""The writer; the reader that writes a torn row as one text, for the page; and what only a database
reads."""


def test_there_is_no_other_writer_of_tables() -> None:
    rooms = (ROOT / room for room in ("geo", "incidents", "parts", "pages"))
    paths = [path for room in rooms for path in room.rglob("*.py")]
    found = {str(path.relative_to(ROOT)) for path in paths if any(map(_writes, _list_calls(path)))}
    assert found == WRITERS


def _list_calls(path: Path) -> list[ast.Call]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return [node for node in nodes if isinstance(node, ast.Call)]


def _writes(call: ast.Call) -> bool:
    words = ast.unparse(call.func)
    is_frame = words.endswith(".to_csv") and {each.arg for each in call.keywords} & {"index", "sep"}
    names = r"csv\.(writer|DictWriter|write_csv|CSVWriter)$|to_excel$|ExcelWriter$|Workbook$"
    return bool(is_frame or re.search(names, words))
