from pathlib import Path

import pytest

from incidents.intake.checking.amount_words import VAGUE, plain_words
from incidents.intake.checking.counts import read_count, read_highest, read_lowest, read_range
from incidents.intake.checking.tolls import read_toll


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("3", 3),
        ("0", 0),
        ("3.0", 3),
        ("1,200", 1200),
        ("٤", 4),
        ("1000000", 1_000_000),
        ("unknown", None),
        ("n/a", None),
        ("", None),
    ],
)
def test_counts(text: str, count: int | None) -> None:
    assert read_count(text) == (count, count, "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("-3", "count_negative"),
        ("−3", "count_negative"),
        ("2.5", "count_invalid"),
        ("several", "count_invalid"),
        ("3+", "count_invalid"),
        ("2-4", "count_invalid"),
        ("1000001", "count_too_large"),
        ("9" * 10_000, "count_too_large"),
    ],
)
def test_what_is_no_count_is_unknown(text: str, kind: str) -> None:
    assert read_count(text) == (None, None, kind)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3", 3, 3),
        ("2-4", 2, 4),
        ("2–4", 2, 4),
        ("2 to 4", 2, 4),
        ("4+", 4, None),
        ("at least 4", 4, None),
        ("At least 4", 4, None),
        ("≥4", 4, None),
        ("up to 4", None, 4),
        ("", None, None),
        ("4-2", 4, 2),
    ],
)
def test_ranges(text: str, low: int | None, high: int | None) -> None:
    assert read_range(text) == (low, high, "")


@pytest.mark.parametrize("text", ["a lot", "2-", "-", "2-4-6", "at least", "a-b", "-3-5"])
def test_what_is_no_range_is_unknown(text: str) -> None:
    assert read_range(text)[:2] == (None, None)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3", 3, 3),
        ("5+", 5, "count_invalid"),
        ("at least 5", 5, "count_invalid"),
        ("up to 5", "count_invalid", 5),
        ("2-4", "count_invalid", "count_invalid"),
        ("a lot", "count_invalid", "count_invalid"),
        ("-5+", "count_invalid", "count_invalid"),
        ("", None, None),
    ],
)
def test_a_bound_may_leave_the_other_end_open(text: str, low: object, high: object) -> None:
    for read, expected in ((read_lowest, low), (read_highest, high)):
        number, other, kind = read(text)
        assert (kind or number) == expected and number == other


WORDED = {
    (3, 4): ("3..4", "3...4", "3…4", "min 3, max 4", "minimum: 3 maximum: 4"),
    (5, 6): ("5 (+1)", "5 (+1 attacker)", "5 + 1 attacker"),
    (3, 3): ("three (3)", "3*", "3†", "3.00"),
    (0, 0): (
        "لم تقع ضحايا",
        "0.000",
        "0,000",
        "none",
        "None",
        "nil",
        "no casualties",
        "нет",
        "без жертв",
        "لا يوجد",
        "لا ضحايا",
    ),
    (2, 2): ("two", "a couple", "двое", "два", "اثنان", "اثنين"),
    (25, 25): ("twenty-five", "двадцать пять", "خمسة وعشرون"),
    (3, None): ("several", "несколько", "عدة", "3+", "3 or more", "не менее 3", "3 فأكثر"),
    (24, None): ("dozens", "Dozens of"),
    (20, None): ("tens", "десятки", "عشرات", "العشرات"),
    (12, 12): ("a dozen", "дюжина", "اثنا عشر"),
    (12, None): ("at least a dozen",),
    (4, 6): ("~5", "about 5", "approx. 5", "около 5", "حوالي 5", "≈ 5"),
    (16, 20): ("nearly 20", "почти 20", "قرابة 20"),
    (11, None): (">10", "more than 10", "over ten", "более 10", "أكثر من 10", "свыше 10"),
    (None, 2): ("<3", "fewer than 3", "менее 3", "أقل من 3"),
    (None, 4): ("up to 4", "up to four", "до 4", "حتى 4", "≤4"),
    (2, 3): ("2 or 3", "2–3", "2 или 3", "2 أو 3", "two or three", "between 2 and 3", "٢-٣"),
    (None, None): (
        "unknown number",
        "(unconfirmed)",
        "عدد غير معروف",
        "",
        "n/a",
        "н/д",
        "-",
        "—",
        "?",
        "؟",
        "нет данных",
        "غير معروف",
        "\u200f",
    ),
}


@pytest.mark.parametrize(("bounds", "text"), [(b, t) for b, ts in WORDED.items() for t in ts])
def test_amounts_in_words(bounds: object, text: str) -> None:
    low, high, kind = read_range(text)
    assert (low, high) == bounds
    assert kind in ("", "count_zero", "count_worded")


@pytest.mark.parametrize(
    "text",
    [
        *("many", "some", "yes", "no casualties reported", "none reported", "2 and 3", "1 2"),
        *(
            "five or so and more",
            "2+3",
            "2 + 3",
            "5+1",
            "2+3+1",
            "1.000",
            "3.000",
            "two to three dozen",
            "2-3 dozen",
            "two (3)",
        ),
        *("2/3", "3 bananas", "5-Apr", "много", "كثير", "at least"),
    ],
)
def test_amounts_that_are_none(text: str) -> None:
    assert read_range(text) == (None, None, "count_invalid")


TOLLS = {
    "3 killed, 5 wounded": {"killed": (3, 3), "wounded": (5, 5)},
    "3 dead / 5 injured": {"killed": (3, 3), "wounded": (5, 5)},
    "killed: 3; wounded: 5": {"killed": (3, 3), "wounded": (5, 5)},
    "3K/5W": {"killed": (3, 3), "wounded": (5, 5)},
    "3 KIA 5 WIA": {"killed": (3, 3), "wounded": (5, 5)},
    "two dead, dozens wounded": {"killed": (2, 2), "wounded": (24, None)},
    "no deaths, 5 injured": {"killed": (0, 0), "wounded": (5, 5)},
    "at least 3 people killed": {"killed": (3, None)},
    "between 2 and 4 killed": {"killed": (2, 4)},
    "3 погибших, 5 раненых": {"killed": (3, 3), "wounded": (5, 5)},
    "погибли 3 и ранены 5": {"killed": (3, 3), "wounded": (5, 5)},
    "3 قتلى و5 جرحى": {"killed": (3, 3), "wounded": (5, 5)},
    "مقتل ٣ وإصابة ٥": {"killed": (3, 3), "wounded": (5, 5)},
    "قتيل وجريحان": {"killed": (1, 1), "wounded": (2, 2)},
    "2 dead, 5+ injured": {"killed": (2, 2), "wounded": (5, None)},
    "3 US soldiers killed, 5 wounded": {"killed": (3, 3), "wounded": (5, 5)},
    "killed - 3, wounded - 5": {"killed": (3, 3), "wounded": (5, 5)},
    "مقتل شخصين وإصابة ثلاثة": {"killed": (2, 2), "wounded": (3, 3)},
    "سقوط 3 قتلى و 5 جرحى": {"killed": (3, 3), "wounded": (5, 5)},
    # Of whom the children are, nobody says.
    "3 killed and 5 wounded, including 2 children": {"killed": (3, 3), "wounded": (5, 5)},
    "3 killed (incl. 1 child), 5 wounded": {
        "killed": (3, 3), "children_killed": (1, 1), "wounded": (5, 5),
    },
}  # fmt: skip
OF_ALL = {
    "3 (incl. 1 child)": {"killed": (3, 3), "children_killed": (1, 1)},
    "3, including two children and a woman": {"killed": (3, 3), "children_killed": (2, 2)},
    "3 (в том числе 1 ребёнок)": {"killed": (3, 3), "children_killed": (1, 1)},
    "3 بينهم طفلان": {"killed": (3, 3), "children_killed": (2, 2)},
    "5 civilians": {"killed": (5, 5), "civilians_killed": (5, 5)},
    "2 civilians and 3 soldiers": {"civilians_killed": (2, 2)},
    # Of those who are not civilians, nothing is said.
    "no civilians killed": {"civilians_killed": (0, 0)},
    "no children were killed": {"children_killed": (0, 0)},
}


@pytest.mark.parametrize("text", [*TOLLS, *OF_ALL])
def test_several_numbers_in_one_cell(text: str) -> None:
    assert read_toll(text, "killed") == {**TOLLS, **OF_ALL}[text]


@pytest.mark.parametrize("text", TOLLS)
def test_a_cell_may_say_itself_who_was_killed(text: str) -> None:
    assert read_toll(text) == TOLLS[text]


@pytest.mark.parametrize(
    "text",
    ["3 killed or wounded", "3 bananas", "3 killed; 5 wounded; 2 killed", "killed", "x" * 900],
)
def test_what_is_not_understood_word_by_word_is_no_number(text: str) -> None:
    assert read_toll(text, "killed") is None


@pytest.mark.parametrize("text", ["no soldiers killed", "0 police"])
def test_none_of_a_group_is_not_nobody(text: str) -> None:
    assert (read_toll(text, "killed") or {}).get("killed") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,000", 1000), ("12,000", 12000), ("2 000", 2000), ("3.0", 3), ("3,00", 3), ("0,000", 0)],
)
def test_a_comma_before_three_digits_parts_thousands(text: str, number: int) -> None:
    assert read_range(text)[:2] == (number, number)


@pytest.mark.parametrize("text", ["3", "3 (incl. 1 child)", "5 civilians"])
def test_without_a_harm_nobody_knows_who_was_killed(text: str) -> None:
    assert read_toll(text) is None


def test_the_method_names_every_vague_word() -> None:
    method = plain_words(Path("docs/method.md").read_text("utf-8"))
    assert [word for word in VAGUE if word not in method] == []


SENTENCES: dict[str, dict[str, tuple[int | None, int | None]]] = {
    "لم يقتل أحد": {"killed": (0, 0)},
    "لم يُقتل أحد وأصيب 5": {"killed": (0, 0), "wounded": (5, 5)},
    "никто не погиб, 3 ранены": {"killed": (0, 0), "wounded": (3, 3)},
    "دون إصابات": {"wounded": (0, 0)},
    "погибло не менее 3": {"killed": (3, None)},
    "killing at least 12": {"killed": (12, None)},
    "killed at least 12 and injured dozens": {"killed": (12, None), "wounded": (24, None)},
    "مقتل ما لا يقل عن 3": {"killed": (3, None)},
    "مقتل أكثر من 10": {"killed": (11, None)},
    "3 (unconfirmed)": {"killed": (3, 3)},
    "3 confirmed dead": {"killed": (3, 3)},
    "3KIA 5WIA": {"killed": (3, 3), "wounded": (5, 5)},
    "3 dead, 2 of them children": {"killed": (3, 3), "children_killed": (2, 2)},
    "5 with minor injuries": {"wounded": (5, 5)},
    "three (3) kids killed": {"killed": (3, 3), "children_killed": (3, 3)},
}


@pytest.mark.parametrize(("text", "toll"), SENTENCES.items())
def test_sentences_of_people(text: str, toll: object) -> None:
    assert read_toll(text, "killed") == toll


@pytest.mark.parametrize(
    "text",
    [
        *("2 kidnapped, 1 killed", "3 infantry killed", "2 смертника", "no serious injuries"),
        *(
            "no confirmed casualties",
            "confirmed none",
            "two (3) killed",
            "5 in Manbij",
            "3 boycotts",
        ),
        *("minor injuries", "3 were not killed", "никто не сообщал"),
    ],
)
def test_words_that_only_begin_like_people(text: str) -> None:
    assert read_toll(text, "killed") is None


def test_nobody_is_nobody_killed_and_nobody_wounded() -> None:
    assert read_toll("0") == read_toll("none") == {"killed": (0, 0), "wounded": (0, 0)}
    assert read_toll("5") is None and read_toll("unconfirmed") is None
