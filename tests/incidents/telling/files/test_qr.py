"""QR codes of addresses."""

import pytest
import zxingcpp
from PIL import Image

from geo.drawing.raster import rasterise
from geo.drawing.svg import element
from incidents.telling.files.qr import MOST_LETTERS, draw_qr

ADDRESSES = [
    "https://news.example/",
    "https://news.example:8443/attacks/timeline?type=air+strike&data=292516db3bec",
    f"https://news.example/?q={'%D8%A7' * 40}",
    f"https://news.example/?q={'a' * (MOST_LETTERS - 25)}",
    f"https://news.example/?q={'a' * 1_900}",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_camera_reads_the_address(address: str) -> None:
    drawn = element("g", draw_qr(address).replace("<svg", '<svg width="1000" height="1000"'))
    whole = element("svg", drawn, xmlns="http://www.w3.org/2000/svg", width=1000, height=1000)
    picture = Image.new("RGB", (1100, 1100), "#123456")
    picture.paste(rasterise(whole).convert("RGB"), (50, 50))
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == address


def test_it_asks_for_nothing_and_is_text() -> None:
    assert "<image" not in draw_qr('"><script>') and "script" not in draw_qr('"><script>')
