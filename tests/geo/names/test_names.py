import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.names.names import (
    MAX_NAME_LENGTH,
    drop_apostrophes,
    drop_arabic_articles,
    drop_articles,
    drop_directions,
    drop_final_h,
    find_script,
    fold,
    fold_parts,
    fold_words,
    split_words,
    strip_marks,
    tidy,
    unify_arabic_letters,
    unify_characters,
    unify_latin_letters,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("MOSUL", "mosul", id="case"),
        pytest.param("Ｍｏｓｕｌ", "mosul", id="full width"),
        pytest.param("Mo\u200bsul\u200f", "mosul", id="invisible characters"),
        pytest.param("ﺍﻟﺮﻗﺔ", "الرقة", id="Arabic presentation forms"),
        pytest.param("Straße", "strasse", id="casefold"),
    ],
)
def test_unify_characters(text: str, expected: str) -> None:
    assert unify_characters(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("şafwān", "safwan", id="accents of Latin"),
        pytest.param("بَغْدَاد", "بغداد", id="harakat"),
        pytest.param("أربيل إدلب آراك", "اربيل ادلب اراك", id="hamza and madda on alif"),
        pytest.param("зелёная", "зеленая", id="ё"),
    ],
)
def test_strip_marks(text: str, expected: str) -> None:
    assert strip_marks(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("كربلاء", "كربلا", id="bare hamza"),
        pytest.param("الرقة", "الرقه", id="ta marbuta"),
        pytest.param("موسى", "موسي", id="alif maqsura"),
        pytest.param("کرکوک", "كركوك", id="Persian kaf"),
        pytest.param("نینوی", "نينوي", id="Persian ya"),
        pytest.param("بـغـداد", "بغداد", id="tatweel"),
        pytest.param("دهۆک", "دهوك", id="Kurdish o"),
    ],
)
def test_unify_arabic_letters(text: str, expected: str) -> None:
    assert unify_arabic_letters(text) == expected


def test_unify_latin_letters() -> None:
    assert unify_latin_letters("başıka łø əæ") == "başika lo aae"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ba'quba", "baquba", id="straight"),
        pytest.param("ba’quba", "baquba", id="curly"),
        pytest.param("ʿayn ʾisa", "ayn isa", id="ayn and hamza"),
        pytest.param("`ajami", "ajami", id="backtick"),
        pytest.param("u.s. embassy", "us. embassy", id="initials hold together"),
        pytest.param("st. george", "st. george", id="another full stop stays"),
    ],
)
def test_drop_apostrophes(text: str, expected: str) -> None:
    assert drop_apostrophes(text) == expected


def test_split_words() -> None:
    assert split_words("deir ez-zor (east), t-4_b «x»") == [
        *("deir", "ez", "zor", "east", "t", "4", "b", "x")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ain al asad", "ain asad", id="al"),
        pytest.param("el bab", "bab", id="el"),
        pytest.param("ash shaddadi", "shaddadi", id="before its own consonant"),
        pytest.param("as bab", "as bab", id="not before another"),
        pytest.param("deir ez zor", "deir zor", id="in the middle"),
        pytest.param("al", "al", id="alone it is the name"),
        pytest.param("al al", "al", id="twice"),
        pytest.param("аин эль асад", "аин асад", id="Cyrillic"),
        pytest.param("деир эз зор", "деир зор", id="Cyrillic before its own consonant"),
        pytest.param("alqaim", "alqaim", id="grown together is no article"),
    ],
)
def test_drop_articles(text: str, expected: str) -> None:
    assert drop_articles(text.split()) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("الرقه", "رقه", id="at the start"),
        pytest.param("عين الاسد", "عين اسد", id="of the second word"),
        pytest.param("الله", "الله", id="not when too little is left"),
        pytest.param("ال", "ال", id="alone"),
        pytest.param("حلب", "حلب", id="none"),
    ],
)
def test_drop_arabic_articles(text: str, expected: str) -> None:
    assert drop_arabic_articles(text.split()) == expected.split()


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        *(("nasiriyah", "nasiriya"), ("basrah", "basra"), ("anah", "ana"), ("rah", "rah")),
        *(("hama", "hama"), ("deh", "deh")),
    ],
)
def test_drop_final_h(token: str, expected: str) -> None:
    assert drop_final_h(token) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("northern Aleppo", "Aleppo", id="English"),
        pytest.param("ريف حلب الشمالي", "ريف حلب", id="Arabic"),
        pytest.param("западный Багдад", "Багдад", id="Russian"),
        pytest.param("Aleppo", None, id="none"),
        pytest.param("North", None, id="nothing else"),
    ],
)
def test_drop_directions(name: str, expected: str | None) -> None:
    assert drop_directions(name) == expected


@pytest.mark.parametrize(
    ("text", "script"),
    [
        *(
            ("Mosul", "latin"),
            ("الموصل", "arabic"),
            ("Мосул", "cyrillic"),
            ("12 Мосул", "cyrillic"),
        ),
        *(("モスル", "other"), ("123", None), ("", None)),
    ],
)
def test_find_script(text: str, script: str | None) -> None:
    assert find_script(text) == script


@pytest.mark.parametrize(
    "spellings",
    [
        pytest.param(("Ain al-Asad", "ain al asad", "AIN AL-ASAD", "‘Ain Al Asad"), id="English"),
        pytest.param(("айн эль-асад", "Айн-эль-Асад", "Айн аль-Асад"), id="Russian"),
        pytest.param(("عين الأسد", "عین الاسد", "عَيْن الأَسَد", "عين اسد"), id="Arabic"),
        pytest.param(("Зелёная зона", "зеленая  зона"), id="yo"),
        pytest.param(("Balad Air Base", "Balad airbase", "Joint Base Balad"), id="generic words"),
        pytest.param(("Nasiriyah", "al-Nasiriya", "An Nasiriyah"), id="article and final h"),
        pytest.param(("قاعدة عين الأسد الجوية", "قاعدة عين الاسد"), id="Arabic generic words"),
        pytest.param(("Basra Governorate", "Basrah province"), id="governorate"),
    ],
)
def test_spellings_of_one_name_fold_alike(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param("Basra", "Basra airport", id="a city and its airport"),
        pytest.param("Basra", "محافظة البصرة", id="no script becomes another"),
        pytest.param("Basra Governorate", "Basra airport", id="two generic words"),
        pytest.param("T3", "T4", id="digits"),
        pytest.param("Tabqa", "Tabqa dam", id="a word that is no generic one"),
    ],
)
def test_different_names_fold_apart(a: str, b: str) -> None:
    assert fold(a) != fold(b)


@pytest.mark.parametrize("text", ["", "   ", "-", "…", "🎉", "'", "\u200f", "\ud800"])
def test_what_has_no_letters_folds_to_nothing(text: str) -> None:
    assert fold(text) == ""


def test_a_name_of_generic_words_only_keeps_them() -> None:
    assert fold_parts("المدينة") == ("مدينه", "")


def test_tidy_changes_case_and_spaces_only() -> None:
    assert tidy("  Ain  al-Asad ") == "ain al-asad"


def test_long_text_is_cut() -> None:
    assert len(fold("a" * 100_000)) == MAX_NAME_LENGTH


words = st.sampled_from(
    (
        *("al", "el", "ash", "as", "oil", "gas", "field", "air", "base", "army", "sub", "district"),
        *("city", "of", "the", "north", "Basrah", "international", "airport", "camp", "refugee"),
        *("مطار", "ال", "قاعدة", "الأسد", "المدينة", "حقل", "عسكري", "Айн", "эль", "авиабаза"),
    )
)
texts = st.one_of(
    st.text(max_size=60),
    st.lists(words, max_size=7).map(" ".join),
    st.lists(words, max_size=4).map("".join),
)


@given(texts)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_fold_knows_no_case(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        pytest.param("Imam Ali Airbase", "imam-ali air base", True, id="one word or two"),
        pytest.param("Imam Ali Air Base", "Imam Ali base", False, id="a generic word less"),
        pytest.param("al-Nasiriyah Air Base", "Nasiriya air base", True, id="article and final h"),
        pytest.param("قاعدة الإمام علي الجوية", "قاعدة الامام علي", False, id="in Arabic"),
    ],
)
def test_generic_words_stay_in_fold_words(name: str, other: str, expected: bool) -> None:
    assert (fold_words(name) == fold_words(other)) is expected
