"""Streamlit's build: what an element needs is read from it, never listed by hand."""

from pathlib import Path

import pytest
import streamlit

from incidents.serving.front import read_elements
from incidents.serving.streamlit_build import Build, read_build

ROOT = Path(__file__).resolve().parents[3]
STATIC = Path(streamlit.__file__).parent / "static"
PLAIN = {"text", "caption", "markdown", "subheader", "code", "empty"}
"""Elements that are part of the first scripts."""


@pytest.fixture(scope="module")
def build() -> Build:
    return read_build(STATIC)


def write_build(folder: Path, script: str) -> Path:
    (folder / "static" / "js").mkdir(parents=True)
    (folder / "static" / "css").mkdir()
    for name in ("Chart.11111111.js", "shared.22222222.js", "first.33333333.js"):
        (folder / "static" / "js" / name).write_text("")
    (folder / "static" / "css" / "Chart.44444444.css").write_text("")
    (folder / "static" / "js" / "index.55555555.js").write_text(script)
    (folder / "index.html").write_text(
        '<script type="module" crossorigin src="./static/js/index.55555555.js"></script>'
        '<link rel="modulepreload" crossorigin href="./static/js/first.33333333.js">'
    )
    return folder


SCRIPT = (
    'm.f=["./Chart.11111111.js","./shared.22222222.js","./first.33333333.js",'
    '"../css/Chart.44444444.css","./gone.66666666.js"];'
    "a=(0,U.lazy)(()=>H(()=>import(`./Chart.11111111.js`).then(e=>e.t),__vite__mapDeps([0,1,2,3,4]))"
)


def test_an_element_is_all_that_it_needs_and_the_page_does_not_name(tmp_path: Path) -> None:
    build = read_build(write_build(tmp_path, SCRIPT))
    assert build.find_files(["chart", "text"]) == [
        "static/js/Chart.11111111.js",
        "static/js/shared.22222222.js",
        "static/css/Chart.44444444.css",
    ]


@pytest.mark.parametrize("script", ["", "m.f=[]", SCRIPT.replace("lazy", "").replace("import", "")])
def test_a_build_of_another_kind_needs_nothing_ahead(tmp_path: Path, script: str) -> None:
    assert read_build(write_build(tmp_path, script)).find_files(["chart"]) == []


def test_the_installed_build_names_its_first_files(build: Build) -> None:
    assert len(build.first) > 20
    assert all((STATIC / name).is_file() for name in build.first)


def test_every_element_of_our_pages_is_found_in_the_installed_build(build: Build) -> None:
    drawn = {name for names in read_elements(ROOT / "pages").values() for name in names}
    without = {name for name in drawn if not build.find_files([name])}
    assert without <= PLAIN
    files = build.find_files(sorted(drawn))
    assert all((STATIC / name).is_file() for name in files)
    assert len(files) == len(set(files))
