"""Zip and gzip archives of one table, and bombs."""

import gzip
import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.sizes import HOST
from incidents.table.errors import TableError

PLAIN = b"date,place\n2021-07-07,Ain al-Asad\n"


def pack(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


# name: bytes, kinds of the problems
PACKED = {
    "gzip": (gzip.compress(PLAIN), []),
    "gzip in two parts": (gzip.compress(PLAIN[:20]) + gzip.compress(PLAIN[20:]), []),
    "zip": (pack({"ged.csv": PLAIN}), []),
    "zip, not compressed": (pack({"ged.csv": PLAIN}, zipfile.ZIP_STORED), []),
    "zip of a text file": (pack({"readme.txt": PLAIN}), []),
    "zip with a folder": (pack({"ged/": b"", "ged/ged.csv": PLAIN}), []),
    "zip with a read-me": (pack({"IQ.txt": PLAIN, "readme.txt": b"x"}), ["file_unused"]),
    "zip of a Mac": (pack({"a.csv": PLAIN, "__MACOSX/._a.csv": b"x"}), ["file_unused"]),
}

# name: bytes, words that the error must hold
REFUSED = {
    "two tables": (pack({"a.csv": PLAIN, "b.csv": PLAIN}), r"more than one file: a\.csv, b\.csv\."),
    "many tables": (pack({f"{n}.csv": PLAIN for n in range(30)}), "and 20 more"),
    "no files": (pack({}), "holds no table"),
    "only asides": (pack({"readme.md": b"x", "licence.txt": b"x"}), "holds no table"),
    "zip in a zip": (pack({"a.zip": pack({"a.csv": PLAIN})}), "another packed file"),
    "gzip in a gzip": (gzip.compress(gzip.compress(PLAIN)), "another packed file"),
    "cut gzip": (gzip.compress(PLAIN)[:-9], "damaged or cut off"),
    "cut zip": (pack({"a.csv": PLAIN})[:-9], "damaged or cut off"),
    "wrong sum": (pack({"a.csv": PLAIN}, zipfile.ZIP_STORED).replace(b"Asad", b"asad"), "damaged"),
    "unusual method": (pack({"a.csv": PLAIN}, zipfile.ZIP_LZMA), "unusual way"),
    "no table inside": (gzip.compress(b""), "is empty"),
    "PDF inside": (gzip.compress(b"%PDF-1.7"), "PDF"),
}


@pytest.mark.parametrize(("data", "kinds"), PACKED.values(), ids=list(PACKED))
def test_one_table_is_unpacked(data: bytes, kinds: list[str]) -> None:
    table = table_from_bytes(data, "packed")
    assert table.rows.to_numpy().tolist() == [["2021-07-07", "Ain al-Asad"]]
    assert table.problems["kind"].tolist() == kinds
    assert table.name == "packed"


@pytest.mark.parametrize(("data", "words"), REFUSED.values(), ids=list(REFUSED))
def test_others_are_refused_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(TableError, match=words) as raised:
        table_from_bytes(data, "packed")
    assert str(raised.value).startswith("packed") and str(raised.value).endswith(".")


def test_a_password_is_told() -> None:
    data = bytearray(pack({"a.csv": PLAIN}))
    data[6] |= 1  # the mark of encryption, in front of the file and in the list of files
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(TableError, match="has a password"):
        table_from_bytes(bytes(data), "packed")


@pytest.mark.parametrize("packer", [gzip.compress, lambda data: pack({"a.csv": data})])
def test_a_bomb_is_refused(packer) -> None:  # type: ignore[no-untyped-def]
    data = packer(PLAIN + b"x" * 5_000_000)
    assert len(data) < 10_000
    with pytest.raises(TableError, match="unpacks to more than 1 MB"):
        table_from_bytes(data, "packed", limits=replace(HOST, unpacked=1_000_000))


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    data = pack({"a.csv": b"x" * 5_000_000})
    size = (5_000_000).to_bytes(4, "little")
    with pytest.raises(TableError, match="damaged"):
        small = replace(HOST, unpacked=10_000)
        table_from_bytes(data.replace(size, (9).to_bytes(4, "little")), "packed", limits=small)


@given(st.sampled_from(list(PACKED)), st.integers(0, 300), st.binary(max_size=4), st.booleans())
def test_no_damage_raises_anything_but_a_table_error(
    name: str, at: int, junk: bytes, is_cut: bool
) -> None:
    whole = PACKED[name][0]
    damaged = whole[:at] + junk + (b"" if is_cut else whole[at + len(junk) :])
    try:
        table = table_from_bytes(damaged, "packed")
    except TableError:
        return
    assert table.read == len(table.rows) + len(table.torn)
