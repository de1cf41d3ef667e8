"""Citations: what they name, and that no text of a table can break out of them."""

import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.telling.words.citations import Citation, name_incident
from tests.hostile_rows import HOSTILE

AIN_AL_ASAD = Citation(
    incident="IQ-2021-07-07-AIN-AL-ASAD-1",
    title="Rocket attack, Ain al-Asad Air Base, Anbar, Iraq, 7 Jul 2021",
    table="Attacks in Iraq and Syria, 1 January to 31 July 2021",
    snapshot="0123456789ab",
    made=date(2026, 11, 23),
    accessed=date(2026, 11, 24),
    url="https://example.org/incidents?incident=IQ-2021-07-07-AIN-AL-ASAD-1&data=0123456789ab",
)

TEXT = (
    "“Rocket attack, Ain al-Asad Air Base, Anbar, Iraq, 7 Jul 2021”. "
    "Attacks in Iraq and Syria, 1 January to 31 July 2021, "
    "incident IQ-2021-07-07-AIN-AL-ASAD-1, version 0123456789ab of 23 Nov 2026. "
    "https://example.org/incidents?incident=IQ-2021-07-07-AIN-AL-ASAD-1&data=0123456789ab "
    "(seen 24 Nov 2026)."
)

BIBTEX = """\
@misc{IQ-2021-07-07-AIN-AL-ASAD-1,
  title = {{Rocket attack, Ain al-Asad Air Base, Anbar, Iraq, 7 Jul 2021}},
  howpublished = {Attacks in Iraq and Syria, 1 January to 31 July 2021},
  year = {2026},
  note = {Incident IQ-2021-07-07-AIN-AL-ASAD-1, version 0123456789ab},
  url = {https://example.org/incidents?incident=IQ-2021-07-07-AIN-AL-ASAD-1&data=0123456789ab},
  urldate = {2026-11-24},
}
"""

CSL = {
    "id": "IQ-2021-07-07-AIN-AL-ASAD-1",
    "type": "dataset",
    "title": "Rocket attack, Ain al-Asad Air Base, Anbar, Iraq, 7 Jul 2021",
    "container-title": "Attacks in Iraq and Syria, 1 January to 31 July 2021",
    "number": "IQ-2021-07-07-AIN-AL-ASAD-1",
    "version": "0123456789ab",
    "accessed": {"date-parts": [[2026, 11, 24]]},
    "URL": "https://example.org/incidents?incident=IQ-2021-07-07-AIN-AL-ASAD-1&data=0123456789ab",
    "issued": {"date-parts": [[2026, 11, 23]]},
}


def cite(**changes: Any) -> Citation:
    return Citation(**{**AIN_AL_ASAD.__dict__, **changes})


def test_text() -> None:
    assert AIN_AL_ASAD.text == TEXT


def test_bibtex() -> None:
    assert AIN_AL_ASAD.bibtex == BIBTEX


def test_csl() -> None:
    assert json.loads(AIN_AL_ASAD.csl) == [CSL]


def test_arabic_stays_readable() -> None:
    cited = cite(title="قاعدة عين الأسد")
    assert all("قاعدة عين الأسد" in each for each in (cited.text, cited.bibtex, cited.csl))


def test_a_version_of_an_unknown_day() -> None:
    undated = cite(made=None)
    assert "version 0123456789ab. https://" in undated.text
    assert "year" not in undated.bibtex
    assert "issued" not in json.loads(undated.csl)[0]


BARE = {
    "type": "rocket attack", "place": "Balad", "gov": "Salah al-Din", "country": "IQ",
    "date": date(2021, 4, 18), "date_end": None, "date_precision": "day",
}  # fmt: skip
TITLES = [
    ({}, "Rocket attack, Balad, Salah al-Din, Iraq, 18 Apr 2021"),
    ({"type": None}, "Incident, Balad, Salah al-Din, Iraq, 18 Apr 2021"),
    ({"type": "other"}, "Incident, Balad, Salah al-Din, Iraq, 18 Apr 2021"),
    ({"type": "IED"}, "IED, Balad, Salah al-Din, Iraq, 18 Apr 2021"),
    ({"gov": "Balad"}, "Rocket attack, Balad, Iraq, 18 Apr 2021"),
    ({"place": None, "country": "LB"}, "Rocket attack, Salah al-Din, LB, 18 Apr 2021"),
    ({"place": None, "gov": None, "country": None}, "Rocket attack, 18 Apr 2021"),
    ({"date_end": date(2021, 4, 30), "date_precision": "month"},
     "Rocket attack, Balad, Salah al-Din, Iraq, Apr 2021"),
    ({"date_end": date(2021, 4, 20)}, "Rocket attack, Balad, Salah al-Din, Iraq, 18–20 Apr 2021"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "title"), TITLES)
def test_title_in_neutral_words(changes: dict[str, Any], title: str) -> None:
    assert name_incident({**BARE, **changes}) == title


def test_titles_of_the_shipped_table_name_no_actor_and_no_toll(shipped: Any) -> None:
    rows = shipped.store.incidents.to_pyarrow().to_pylist()
    titles = [name_incident(row) for row in rows]
    words = re.compile(
        "kill|dead|wound|terror|militia|regime|occupation|United States|Kataib", re.I
    )
    assert [title for title in titles if words.search(title)] == []


ESCAPES = [
    ("50 % & more", r"50 \% \& more"),
    ("a_b #1 $2", r"a\_b \#1 \$2"),
    ("}, note = {x", r"\textbraceright{}, note = \textbraceleft{}x"),
    (r"\input{/etc/passwd}", r"\textbackslash{}input\textbraceleft{}/etc/passwd\textbraceright{}"),
    ('say "yes"', r"say \textquotedbl{}yes\textquotedbl{}"),
    ("~^<|>", r"\textasciitilde{}\textasciicircum{}\textless{}\textbar{}\textgreater{}"),
    ("two\nlines\t\x00here", "two lines here"),
    ("عين الأسد، Айн-эль-Асад", "عين الأسد، Айн-эль-Асад"),
    ("می‌خواهم", "می‌خواهم"),
    ("turned \u202eback\u2066", "turned back"),
]


@pytest.mark.parametrize(("title", "written"), ESCAPES)
def test_bibtex_escapes(title: str, written: str) -> None:
    assert f"  title = {{{{{written}}}}},\n" in cite(title=title).bibtex


URLS = [
    ("https://example.org/a_b?x=1&y=%D8%B9#top", "https://example.org/a_b?x=1&y=%D8%B9#top"),
    ("https://example.org/?q={x}", "https://example.org/?q=%7Bx%7D"),
    ("https://example.org/?q=عين", "https://example.org/?q=%D8%B9%D9%8A%D9%86"),
    ('https://example.org/a b\\c"<>^', "https://example.org/a%20b%5Cc%22%3C%3E%5E"),
]


@pytest.mark.parametrize(("url", "written"), URLS)
def test_address_is_written_the_same_everywhere(url: str, written: str) -> None:
    cited = cite(url=url)
    assert f"url = {{{written}}}," in cited.bibtex
    assert json.loads(cited.csl)[0]["URL"] == written
    assert f" {written} (seen" in cited.text


KEYS = [
    ("IQ-2021-07-07-AIN-AL-ASAD-1", "IQ-2021-07-07-AIN-AL-ASAD-1"),
    ("IRQ 1,2}", "IRQ-1-2-[0-9a-f]{6}"),
    ("عين", "incident-[0-9a-f]{6}"),
    ("", "incident-[0-9a-f]{6}"),
]


@pytest.mark.parametrize(("incident", "key"), KEYS)
def test_key(incident: str, key: str) -> None:
    first = cite(incident=incident).bibtex.splitlines()[0]
    assert re.fullmatch(f"@misc{{{key},", first.replace("{", "{", 1)), first


def test_two_ids_have_two_keys() -> None:
    keys = {cite(incident=text).bibtex.splitlines()[0] for text in ("a b", "a,b", "a-b", "a{b")}
    assert len(keys) == 4


def parse_entry(entry: str) -> dict[str, str]:
    """The fields of one entry, by counting braces as BibTeX does: a backslash protects none."""
    depth, fields, start, name = 0, {}, 0, ""
    for at, sign in enumerate(entry):
        if sign == "{":
            depth += 1
            if depth == 2:
                name, start = entry[:at].rsplit("\n", 1)[1].strip(" ="), at + 1
        elif sign == "}":
            depth -= 1
            assert depth >= 0
            if depth == 1:
                fields[name] = entry[start:at]
            if depth == 0:
                assert entry[at + 1 :] == "\n", "something stands after the entry"
    assert depth == 0
    return fields


texts = st.text() | st.sampled_from([HOSTILE, "}}\n@misc{evil, title={", "\\", "{", "\\{", "%"])


@given(title=texts, table=texts, incident=texts, snapshot=texts, url=texts)
def test_no_text_breaks_out(title: str, table: str, incident: str, snapshot: str, url: str) -> None:
    cited = cite(title=title, table=table, incident=incident, snapshot=snapshot, url=url)
    fields = parse_entry(cited.bibtex)
    assert set(fields) <= {"title", "howpublished", "year", "note", "url", "urldate"}
    assert {"title", "year", "note", "urldate"} <= set(fields)
    item = json.loads(cited.csl)
    assert [set(each) for each in item] == [set(CSL)]
    cited.csl.encode()
    assert "\n" not in cited.text
