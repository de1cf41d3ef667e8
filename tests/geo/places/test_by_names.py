import pytest

from geo.names.names import fold
from geo.places.by_names import COMMON_NOUNS, find_weak


@pytest.mark.parametrize(
    ("bare", "own", "others", "expected"),
    [
        pytest.param("karma", ["maharda"], [], True, id="another name"),
        pytest.param("muhrada", ["maharda"], [], False, id="a spelling"),
        pytest.param("bosra", ["busra sham"], [], False, id="the first word"),
        pytest.param("sham", ["busra sham"], [], True, id="the last word"),
        pytest.param("khirbat nur", ["khirbat tin nur"], [], False, id="a word left out"),
        pytest.param("khirbat", ["khirbat tin nur"], [], True, id="a noun at the beginning"),
        pytest.param("khan", ["khan"], [], True, id="a noun, though its own name"),
        pytest.param("khan shaykhun", ["khan shaykhun"], [], False, id="a noun with a name"),
        pytest.param("خان", ["khan"], [], True, id="a noun in Arabic"),
        pytest.param("صويره", ["suwayra"], ["صويره"], False, id="the only name of its script"),
        pytest.param("كرمه", ["maharda"], ["كرمه", "محرده"], True, id="one of two unlike"),
        pytest.param("كفرلاها", ["x"], ["كفرلاها", "كفر لاها", "حوله"], False, id="most agree"),
        pytest.param("حوله", ["x"], ["كفرلاها", "كفر لاها", "حوله"], True, id="most disagree"),
        pytest.param("כרכוכ", ["kirkuk"], ["כרכוכ"], False, id="a script that is not judged"),
    ],
)
def test_find_weak(bare: str, own: list[str], others: list[str], expected: bool) -> None:
    assert (bare in find_weak(own, [bare, *others])) is expected


def test_common_nouns_are_folded() -> None:
    assert {fold(noun) for noun in COMMON_NOUNS} == COMMON_NOUNS
    assert "" not in COMMON_NOUNS
