import pytest

from geo.likeness import find_budget, find_similar


@pytest.mark.parametrize(
    ("word", "edits"),
    [
        *(("", 0), ("homs", 0), ("mosul", 0), ("mosull", 1), ("qamishliyya", 1)),
        *(("x" * 12, 2), ("x" * 18, 3), ("x" * 100, 3)),
    ],
)
def test_budget_is_a_share_of_the_length(word: str, edits: int) -> None:
    assert find_budget(word) == edits


@pytest.mark.parametrize(
    ("bare", "candidate", "edits"),
    [
        pytest.param("fallujja", "falluja", 1, id="a letter more"),
        pytest.param("kirkku", "kirkuk", 1, id="two letters swapped"),
        pytest.param("tallamar", "tall afar", None, id="nor when they are joined"),
        pytest.param("abu ghurayb", "abu ghuraib", 1, id="one word of two"),
        pytest.param("homss", "homs", None, id="too short"),
        pytest.param("tall amar", "tall afar", None, id="each word keeps its own budget"),
        pytest.param("brigade 46", "brigade 47", None, id="digits must agree"),
        pytest.param("samarra", "samawa", None, id="two letters in seven"),
        pytest.param("narnia", "nasiriya", None, id="Narnia is nowhere"),
    ],
)
def test_similar(bare: str, candidate: str, edits: int | None) -> None:
    expected = [] if edits is None else [(candidate, edits)]
    assert find_similar(bare, [candidate, "quite another"]) == expected


def test_nearest_comes_first() -> None:
    found = find_similar("sulaymaniyaa", ["sulaimaniya", "sulaymaniya"])
    assert found == [("sulaymaniya", 1), ("sulaimaniya", 2)]
