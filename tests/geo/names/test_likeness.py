import pytest

from geo.names.likeness import find_budget, find_shape, find_similar, is_variant, list_consonants


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
        pytest.param("metina", "medina", None, id="another consonant is another name"),
        pytest.param("madena", "madina", 1, id="another vowel is not"),
        pytest.param("ziyada", "ziyara", None, id="nor with a governorate told"),
        pytest.param("الموصلل", "الموصل", 1, id="a doubled letter in Arabic"),
        pytest.param("homss", "homs", None, id="too short"),
        pytest.param("tall amar", "tall afar", None, id="each word keeps its own budget"),
        pytest.param("brigade 46", "brigade 47", None, id="digits must agree"),
        pytest.param("qadiriya", "qadisiya", None, id="one consonant in eight"),
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


@pytest.mark.parametrize(
    ("word", "consonants"),
    [("falluja", "flj"), ("zerbeh", "zrb"), ("мосул", "мсл"), ("السويداء", "لسدء"), ("", "")],
)
def test_list_consonants(word: str, consonants: str) -> None:
    assert list_consonants(word) == consonants


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        pytest.param("suwaira", "suwayra", True, id="another vowel"),
        pytest.param("sindschar", "sinjar", False, id="German is too far"),
        pytest.param("qunaytira", "kuneitra", True, id="one sound, two letters"),
        pytest.param("چومان", "جومان", True, id="Kurdish letters"),
        pytest.param("jazira", "suwayra", False, id="another name"),
        pytest.param("karma", "maharda", False, id="sharing vowels only"),
        pytest.param("khan", "khirbat tin nur", False, id="its first letters"),
        pytest.param("كرمه", "محرده", False, id="in Arabic"),
    ],
)
def test_is_variant(name: str, other: str, expected: bool) -> None:
    assert is_variant(name, other) is expected
    assert is_variant(other, name) is expected


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        ("arbin", "irbin", True),
        ("jenderis", "jindayris", True),
        ("kansaba", "qansiba", True),
        ("raheiba", "ruhayba", True),
        ("tadaf", "tadif", True),
        ("halep", "haleb", True),
        ("zaxo", "zakho", True),
        pytest.param("zebdeen", "zabadani", False, id="a vowel at the end"),
        pytest.param("nayreb", "ein arab", False, id="other words"),
        pytest.param("bayanoon", "bnane", False, id="a consonant between vowels"),
        pytest.param("kabashin", "qabbasin", False, id="sh is not s"),
    ],
)
def test_shapes_differ_in_more_than_vowels(a: str, b: str, agree: bool) -> None:
    assert (find_shape(a) == find_shape(b)) is agree
