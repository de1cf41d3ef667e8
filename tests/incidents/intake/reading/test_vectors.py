"""KML, KMZ, zipped Shapefiles and FlatGeobuf, read in the process apart."""

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from pyogrio.raw import write

from incidents.intake.reading.apart import read_apart
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.vectors import is_vector
from incidents.table.errors import TableError

KML = b"""<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Folder><name>July</name>
<Placemark><name>Ain al-Asad</name><description>14 rockets</description>
<TimeStamp><when>2021-07-07</when></TimeStamp>
<ExtendedData><Data name="killed"><value>0</value></Data></ExtendedData>
<Point><coordinates>42.4412,33.7856,0</coordinates></Point></Placemark></Folder>
<Folder><name>June</name>
<Placemark><name>\xd8\xa8\xd8\xba\xd8\xaf\xd8\xa7\xd8\xaf</name>
<Point><coordinates>44.3661,33.3152</coordinates></Point></Placemark></Folder>
</Document></kml>"""
POINTS = shapely.points([[42.4412, 33.7856], [44.3661, 33.3152]])


def pack(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def make(folder: Path, driver: str, ending: str) -> Path:
    """Two points with a text and a whole number, of which one is missing."""
    path = folder / f"points.{ending}"
    cells: list[Any] = [
        np.array(["Ain al-Asad", "بغداد"], dtype=object),
        np.array(["2021-07-07", "2021-07-08"], dtype=object),
        np.array([3, 0], dtype="int64"),
    ]
    masks = [None, None, np.array([False, True])]
    options = {"encoding": "UTF-8"} if driver == "ESRI Shapefile" else {}
    write(
        path,
        shapely.to_wkb(POINTS),
        cells,
        ["place", "date", "killed"],
        field_mask=masks,
        driver=driver,
        geometry_type="Point",
        crs="EPSG:4326",
        **options,
    )
    return path


def check(table: Any) -> None:
    assert table.rows.index.tolist() == [2, 3]
    rows = table.rows.sort_values("date")  # FlatGeobuf puts neighbours beside each other
    assert rows["place"].tolist() == ["Ain al-Asad", "بغداد"]
    assert rows["killed"].tolist() == ["3", ""]
    assert rows[["lat", "lon"]].astype(float).to_numpy().tolist() == [
        [33.7856, 42.4412],
        [33.3152, 44.3661],
    ]


def test_flatgeobuf(tmp_path: Path) -> None:
    check(read_apart(make(tmp_path, "FlatGeobuf", "fgb").read_bytes(), "a.fgb"))


def test_a_zipped_shapefile(tmp_path: Path) -> None:
    make(tmp_path, "ESRI Shapefile", "shp")
    files = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    check(read_apart(pack(**files), "a.zip"))


@pytest.mark.parametrize("around", ["", "<Document>", "<Document><Folder>"])
def test_kml_without_a_name(around: str) -> None:
    ends = "".join(f"</{each}>" for each in reversed(around.strip("<>").split("><")) if each)
    text = (
        f'<kml xmlns="http://www.opengis.net/kml/2.2">{around}<Placemark><name>Mosul</name>'
        f"<Point><coordinates>43.13,36.34</coordinates></Point></Placemark>{ends}</kml>"
    )
    rows = table_from_bytes(text.encode(), "a.kml").rows
    assert rows[["lat", "lon"]].to_numpy().tolist() == [["36.34", "43.13"]]


@pytest.mark.parametrize("data", [KML, pack(**{"doc.kml": KML})], ids=["KML", "KMZ"])
def test_kml_of_several_folders(data: bytes) -> None:
    rows = table_from_bytes(data, "a.kml").rows
    assert rows["Name"].tolist() == ["Ain al-Asad", "بغداد"]
    assert rows["lat"].astype(float).tolist() == [33.7856, 33.3152]
    assert rows["killed"].tolist() == ["0", ""]
    assert "tessellate" not in {name.casefold() for name in rows}


@pytest.mark.parametrize(
    "data",
    [
        KML[: len(KML) // 2],
        b"fgb\x03fgb\x00" + b"\xff" * 50,
        pack(**{"a.shp": b"not a shape"}),
        pack(**{"doc.kml": b"<kml"}),
        b'<kml xmlns="http://www.opengis.net/kml/2.2"></kml>',
    ],
    ids=["cut off", "damaged", "no shapes", "no KML", "empty"],
)
def test_what_cannot_be_read_is_a_sentence(data: bytes) -> None:
    with pytest.raises(TableError):
        read_apart(data, "a.zip")


def test_a_bomb_is_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", KML + b" " * 600_000_000)
    with pytest.raises(TableError, match="unpack"):
        read_apart(bomb.getvalue(), "a.kmz")


@pytest.mark.parametrize(
    "data", [b"<html><kml>", b"date,place\n", pack(**{"a.csv": b"date\n1\n"}), b""]
)
def test_others_are_none_of_these(data: bytes) -> None:
    assert not is_vector(data)
