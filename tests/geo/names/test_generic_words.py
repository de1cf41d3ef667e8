import pytest

from geo.names.generic_words import CLASSES, split_class


@pytest.mark.parametrize(
    ("tokens", "bare", "word"),
    [
        pytest.param("balad", "balad", "", id="no generic word"),
        pytest.param("balad air base", "balad", "base", id="phrase at the end"),
        pytest.param("joint base balad", "balad", "base", id="in the middle, with a modifier"),
        pytest.param("city of mosul", "mosul", "city", id="of goes with it"),
        pytest.param("deir zor military airport", "deir zor", "base", id="longest phrase wins"),
        pytest.param("basra international airport", "basra", "airport", id="international"),
        pytest.param("baghdad city airport", "baghdad", "airport", id="the more telling class"),
        pytest.param("base", "base", "", id="nothing but a generic word stays"),
        pytest.param("air base", "air base", "", id="nothing but a phrase stays"),
        pytest.param(
            "damascus international road", "damascus international road", "", id="no class"
        ),
        pytest.param("قاعده عين اسد جويه", "عين اسد", "base", id="Arabic"),
        pytest.param("аэропорт багдада", "багдада", "airport", id="Russian"),
        pytest.param("x oil base field", "x", "base", id="halves put side by side"),
        pytest.param("", "", "", id="empty"),
    ],
)
def test_split_class(tokens: str, bare: str, word: str) -> None:
    assert split_class(tokens.split()) == (bare.split(), word)


@pytest.mark.parametrize("word", CLASSES)
def test_a_class_word_stands_for_itself(word: str) -> None:
    assert split_class(["x", word]) == (["x"], word)
