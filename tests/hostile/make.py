"""Writes the corpus again: ``python tests/hostile/make.py``. Every file is ours, and small."""

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
# Tests put in its place the path of a file that nobody may read, and a port that they watch.
SECRET, PORT = "/SECRET-FILE-OF-THE-HOST/", "65001"
ADDRESS = f"http://127.0.0.1:{PORT}"
HEAD = "date,place,lat,lon,killed,summary\n"
ROW = "2021-07-07,Ain al-Asad,33.8,42.44,0,"
_KML = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>a</name>'
_POINT = "<Placemark><name>{}</name><Point><coordinates>44.4,33.3</coordinates></Point></Placemark>"
_END = "</Document></kml>"

_OPEN = "http://schemas.openxmlformats.org"
_LINKS = f"{_OPEN}/officeDocument/2006/relationships"
_WORKBOOK: dict[str, str | bytes] = {
    "[Content_Types].xml": f'<Types xmlns="{_OPEN}/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_OPEN}/package/2006/relationships"><Relationship '
    f'Id="r1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_OPEN}/spreadsheetml/2006/main" xmlns:r="{_LINKS}">'
    '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_OPEN}/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}


def pack(files: dict[str, str | bytes]) -> bytes:
    """A zip of these files, always of the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def list_files() -> Iterator[tuple[str, str | bytes]]:
    """Name and content of each file."""
    yield (
        "formulas.csv",
        HEAD
        + "".join(
            f'{ROW}"{cell}"\n'
            for cell in ("=1+1", "@SUM(A1)", "＝1+1", "\t=1", "a;=cmd|' /C calc'!A0")
        ),
    )
    yield "markup.csv", HEAD + f'{ROW}"<img src={ADDRESS}/x onerror=alert(1)> ![x]({ADDRESS}/y)"\n'
    yield (
        "queries.csv",
        HEAD
        + "".join(
            f'{ROW}"{cell}"\n'
            for cell in (
                "'; DROP TABLE incidents; --",
                f"read_csv('{SECRET}')",
                f"/vsicurl/{ADDRESS}/x.csv",
                "$(touch /tmp/x) `id` ${jndi:ldap://x}",
                "{{7*7}} {%print(1)%} __import__('os')",
            )
        ),
    )
    yield "directions.csv", HEAD + f'{ROW}"\u202etxt.exe\u202c \u0000 \ud7ff \ufffe"\n'
    yield "only-names.csv", HEAD
    yield "empty.csv", ""
    yield "torn.csv", HEAD + f'{ROW}"open\n' + ROW
    yield (
        "numbers.csv",
        HEAD
        + "".join(
            f"2021-07-07,Hit,{number},{number},{number},x\n"
            for number in (
                "1e400",
                "-1e400",
                "nan",
                "inf",
                "9" * 400,
                "0x1f",
                "１２",
                "١٢",
                "1_000",
            )
        ),
    )
    yield (
        "dates.csv",
        HEAD
        + "".join(
            f"{day},Hit,,,1,x\n"
            for day in ("0000-00-00", "9999-12-31", "10000-01-01", "-1-1-1", "2021-02-30", "9" * 40)
        ),
    )
    yield (
        "entities.kml",
        (
            '<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa">'
            + "".join(
                f'<!ENTITY {b} "{f"&{a};" * 10}">'
                for a, b in zip("abcdefgh", "bcdefghi", strict=True)
            )
            + f"]>{_KML}{_POINT.format('&i;')}{_END}"
        ),
    )
    yield (
        "outside-entity.kml",
        (
            f'<!DOCTYPE kml [<!ENTITY x SYSTEM "file://{SECRET}">]>{_KML}{_POINT.format("&x;")}{_END}'
        ),
    )
    yield (
        "outside-dtd.kml",
        (f'<!DOCTYPE kml SYSTEM "{ADDRESS}/x.dtd">{_KML}{_POINT.format("a")}{_END}'),
    )
    yield (
        "network-link.kml",
        (
            f"{_KML}<NetworkLink><Link><href>{ADDRESS}/x.kml</href></Link></NetworkLink>"
            f"{_POINT.format('a')}{_END}"
        ),
    )
    yield (
        "source.vrt",
        (
            '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>'
            f"/vsicurl/{ADDRESS}/x.csv</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
        ),
    )
    yield (
        "source-of-a-file.kml",
        (
            '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>'
            f"CSV:{SECRET}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
        ),
    )
    yield (
        "outside-crs.geojson",
        json.dumps(
            {
                "type": "FeatureCollection",
                "crs": {
                    "type": "link",
                    "properties": {"href": f"{ADDRESS}/x.prj", "type": "proj4"},
                },
                "features": [
                    {
                        "type": "Feature",
                        "properties": {"date": "2021-07-07", "place": "Hit", "__proto__": {"a": 1}},
                        "geometry": {"type": "Point", "coordinates": [42.8, 33.6]},
                    }
                ],
            }
        ),
    )
    yield "nested.json", "[" * 5_000 + "]" * 5_000
    yield "climbs-out.zip", pack({"../../../tmp/incidents-climbed.csv": HEAD + ROW + "x\n"})
    yield "absolute.zip", pack({"/tmp/incidents-absolute.csv": HEAD + ROW + "x\n"})
    yield "packed-twice.zip", pack({"a.zip": pack({"a.csv": HEAD + ROW + "x\n"})})
    yield "claims-little.gz", gzip.compress(b"0" * 20_000_000, mtime=0)
    yield "climbs-out.kmz", pack({"../../../tmp/climbed.kml": _KML + _POINT.format("a") + _END})
    sheet = (
        '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>date</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>&y;</t></is></c></row></sheetData></worksheet>'
    )
    yield "outside-entity.xlsx", pack(_WORKBOOK | {"xl/worksheets/sheet1.xml": sheet})


def write() -> None:
    """Write the corpus beside this file."""
    for name, content in list_files():
        data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        (HERE / name).write_bytes(data)


if __name__ == "__main__":
    write()
