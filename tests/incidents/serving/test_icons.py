"""The font of icons: ours are in it, the others are not, letters stay."""

import io
from pathlib import Path

import pytest
import streamlit
from fontTools.ttLib import TTFont

from incidents.serving.icons import LETTERS, _list_ligatures, cut_icons, find_icon_names

STATIC = Path(streamlit.__file__).parent / "static" / "static"


@pytest.fixture(scope="module")
def font() -> bytes:
    (path,) = STATIC.glob("media/MaterialSymbols*.woff2")
    return path.read_bytes()


NAMED = [
    ('st.button("x", icon=":material/close:")', {"close"}),
    ("iconValue:`:material/double_arrow_2:`", {"double_arrow_2"}),
    ("m({iconName:`check`})", {"check"}),
    ("a :material/ without a name", set()),
    (":emoji/close:", set()),
]


@pytest.mark.parametrize(("text", "names"), NAMED, ids=[case[0] for case in NAMED])
def test_find_icon_names(text: str, names: set[str]) -> None:
    assert find_icon_names([text]) == names


def test_only_the_named_icons_are_left(font: bytes) -> None:
    cut = cut_icons(font, {"close", "share", "nothing_of_this_name"})
    left = dict(_list_ligatures(TTFont(io.BytesIO(cut))))
    assert {"close", "share"} <= set(left)
    assert "home" not in left
    # Some icons go by several names.
    assert len(left) < 10
    assert len(cut) < len(font) / 30


def test_letters_stay_letters(font: bytes) -> None:
    cut = TTFont(io.BytesIO(cut_icons(font, {"close"})))
    assert {ord(letter) for letter in LETTERS} <= set(cut.getBestCmap())


def test_icons_that_streamlit_writes_out_are_in_its_font(font: bytes) -> None:
    named = find_icon_names(path.read_text("utf-8") for path in (STATIC / "js").glob("*.js"))
    known = dict(_list_ligatures(TTFont(io.BytesIO(font))))
    # Those of its buttons for feedback are drawn otherwise.
    assert named - set(known) <= {"star_filled"}
    assert len(named) > 50
