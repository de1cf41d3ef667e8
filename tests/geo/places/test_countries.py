"""Countries: one function for cells, one for texts that may name something else."""

import pytest

from geo.places.countries import (
    find_country_code,
    find_nearest_country,
    find_numbering,
    read_country,
    read_number,
    use_fips,
)

CELLS = {
    "IQ": "Iraq;iraq;IRQ;iq;IZ;Irak;Republic of Iraq;Iraqi Kurdistan;العراق;Ирак;في العراق;Ираке;"
    "بالعراق;в Ираке",
    "SY": "Syria;Syrian Arab Republic;SYR;سوريا;Сирия;Suriye;в Сирии;في سوريا;بسوريا",
    "NL": "Netherlands;The Netherlands;Holland;هولندا;Нидерланды",
    "CZ": "Czech Republic;Czechia",
    "CD": "Democratic Republic of Congo;DR Congo;Congo, Dem. Rep.",
    "PS": "West Bank and Gaza Strip;Occupied Palestinian Territory;Palestine",
    "BA": "Bosnia-Herzegovina;Bosnia and Herzegovina",
    "YE": "Yemen (North Yemen)",
    "MM": "Myanmar (Burma);Burma",
    "MK": "Macedonia, FYR",
    "SZ": "Kingdom of eSwatini;Swaziland",
    "IR": "Iran, Islamic Republic of",
    "TR": "Türkiye;Turkey;TU;Republic of Türkiye",
    "CI": "Ivory Coast",
    "KR": "Korea, Republic of;South Korea",
    "GB": "UK;United Kingdom",
    "US": "USA;the United States;U.S.A.",
}


@pytest.mark.parametrize(
    ("cell", "code"), [(cell, code) for code, cells in CELLS.items() for cell in cells.split(";")]
)
def test_a_country_is_known_as_tables_write_it(cell: str, code: str) -> None:
    assert read_country(cell) == code


@pytest.mark.parametrize(
    "cell",
    [
        *("XX", "Narnia", "Arizona", "New Mexico", "Baghdad", "Iraq; Syria", "Iraq and Syria"),
        *(
            "Iraq/Syria",
            "-99",
            "",
            "unknown",
            "Syrai",
            "в Нарнии",
            "بنارنيا",
            "Gulf of Oman",
            "Iraq-Syria border",
            "ZZZ",
        ),
    ],
)
def test_what_is_none_or_several_is_none(cell: str) -> None:
    assert read_country(cell) is None


def test_codes_are_fips_where_the_column_says_so() -> None:
    assert use_fips(["IZ", "SY", "IS", ""])
    assert not use_fips(["IQ", "SY", "IS"])
    assert not use_fips(["Iraq", ""])
    assert read_country("IS", is_fips=True) == "IL"
    assert read_country("IS") == "IS"


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (["368", "760", "012"], ["IQ", "SY", "DZ"]),
        (["368.0"], ["IQ"]),
        (["645", "652", "2"], ["IQ", "SY", "US"]),
        (["652"], ["SY"]),
        # Of none, and beside names: nobody knows.
        (["368", "999"], None),
        (["1", "2", "3"], None),
        (["368", "Iraq"], None),
        ([], None),
    ],
)
def test_numbers_are_countries_where_all_are_of_one_system(
    cells: list[str], codes: list[str] | None
) -> None:
    numbering = find_numbering(cells)
    assert (numbering != "") == (codes is not None)
    if codes is not None:
        assert [read_number(cell, numbering) for cell in cells] == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Iraq", "IQ"),
        ("Netherlands", "NL"),
        ("iq", "IQ"),
        ("NL", "NL"),
        ("al", None),
        ("in", None),
        ("Jordan street", None),
        ("Mali village", None),
    ],
)
def test_in_a_text_only_the_whole_name_is_a_country(text: str, code: str | None) -> None:
    assert find_country_code(text) == code


def test_the_nearest_is_told() -> None:
    assert find_nearest_country("Irqa") == "Iraq"
    assert find_nearest_country("Zzzzzz") is None
