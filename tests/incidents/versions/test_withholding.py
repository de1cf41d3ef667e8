"""A text of one row does not tell the hidden place of another, in any form of its name."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.intake.placing.withholding import WITHHELD, HiddenNames
from incidents.table.protection import Protection
from incidents.table.settings import read_settings
from incidents.versions.catalog import Catalog
from incidents.versions.coarsening import Coarsener

HIDDEN = HiddenNames(
    ("Ain al-Asad Air Base", "عين الأسد", "Hit", "هيت", "Хит", "Мосул", "Ракка", "al-Qaim",
     "القائم", "Deir ez-Zor", "base"),
    ("Deir ez-Zor", "Anbar"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Rockets hit Ain al-Assad base.", f"Rockets hit {WITHHELD} base."),
        ("near Hit's market", f"near {WITHHELD} market"),
        ("HIT", WITHHELD),
        ("#AinAlAsad and ain_al_asad", f"#{WITHHELD} and {WITHHELD}"),
        ("between Qa'im and al Qaim", f"between {WITHHELD} and al {WITHHELD}"),
        ("A\u0301in al\u200b-Asad", WITHHELD),
        ("взрыв в Хите, под Мосулом", f"взрыв в {WITHHELD}, под {WITHHELD}"),
        ("мосульский фронт у Ракки", f"{WITHHELD} фронт у {WITHHELD}"),
        ("قصف بهيت", f"قصف {WITHHELD}"),
        ("وفي عين الاسد وبالقائم", f"وفي {WITHHELD} {WITHHELD}"),
        ("https://example.org/strike-at-al-qaim", ""),
    ],
)  # fmt: skip
def test_a_name_is_replaced_in_any_form(text: str, told: str) -> None:
    assert HIDDEN.withhold(text) == told


@pytest.mark.parametrize(
    "text",
    ["Rockets hit the base in Deir ez-Zor", "Anbar", "the lion of Asad", "ракета", "", "  ", "؟"],
)
def test_what_may_be_shown_and_other_words_stay(text: str) -> None:
    assert HIDDEN.withhold(text) == text


def test_the_place_that_a_row_shows_stays_in_its_texts() -> None:
    assert HIDDEN.withhold("in Hit, not Qaim", frozenset({"hit"})) == f"in Hit, not {WITHHELD}"


@settings(max_examples=60)
@given(
    before=st.text(" .,;«»\"'()[]/#@!?-", max_size=3),
    name=st.sampled_from(["Ain al-Asad", "Al-Qaim", "Мосул", "عين الأسد"]),
    change=st.sampled_from([str.upper, str.title, str.casefold, str.strip]),
    after=st.text(' .,;«»"()[]/#@!?-', min_size=1, max_size=3),
)
def test_nothing_beside_a_name_saves_it(
    before: str, name: str, change: type[str.upper], after: str
) -> None:
    text = f"{before}{change(name)}{after}word"
    assert WITHHELD in HIDDEN.withhold(text)


HEAD = "incident,date,country,gov,place,lat,lon,target,actor,origin,response_to,operation,summary"
ROWS = (
    "S-1-BALAD,2021-03-14,IQ,Salah al-Din,Balad Air Base,33.94,44.36,base,Zq,Dujail,,Op,Secret",
    "S-2,2021-03-15,IQ,Anbar,Hit,33.64,42.82,convoy from Balad,Hawks of Dujail,,,,Secret",
    "O-1,2021-03-16,IQ,Anbar,Haditha,34.13,42.37,base,Zq,,S-1-BALAD;O-2,Op,"
    "After the attack in Balad: Haditha; قصف على بلد",
    "O-2,2021-03-17,IQ,Anbar,Hit,33.64,42.82,base,Zq,,,Own,Fire in Hit and at Dujail",
)
REPORTS = (
    "report,incident,publisher,title,url",
    "r1,O-1,Balad Today,Balad again,https://example.org/balad-again",
    "r2,O-2,Reuters,Hit is shelled,https://example.org/hit",
)


@pytest.fixture(scope="module")
def coarse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, pd.DataFrame]]:
    """Two datasets in one version: places of the first are coarsened, the other is open."""
    folder: Path = tmp_path_factory.mktemp("two")
    (folder / "own").mkdir()
    (folder / "own" / "incidents.csv").write_text("\n".join((HEAD, *ROWS)), "utf-8")
    (folder / "own" / "reports.csv").write_text("\n".join(REPORTS), "utf-8")
    texts = {"INCIDENTS_TABLE": str(folder / "own"), "INCIDENTS_SNAPSHOTS": str(folder / "s")}
    catalog = Catalog(read_settings(texts))
    home = catalog.current.snapshot.folder
    tables = {
        name: pq.read_table(home / f"{name}.parquet").to_pandas()
        for name in ("incidents", "reports", "claims", "problems")
    }
    incidents = tables["incidents"]
    is_secret = incidents["incident"].str.startswith("S-")
    incidents["dataset"] = is_secret.map({True: "sigacts", False: "open"})
    world = catalog.world
    coarsener = Coarsener(
        {"sigacts": Protection(is_area=True)}, world.boundaries, world.gazetteer, b"salt"
    )
    yield coarsener.coarsen(tables)


def test_other_rows_of_the_table_do_not_tell(coarse: dict[str, pd.DataFrame]) -> None:
    rows = coarse["incidents"].set_index("incident")
    (second,) = [row for name, row in rows.iterrows() if row["date"].day == 15]
    assert second["target"] == f"convoy from {WITHHELD}"
    assert second["actor"] == f"Hawks of {WITHHELD}"
    told = rows.to_csv() + coarse["reports"].to_csv()
    assert not {"BALAD", "Balad", "Dujail", "dujail"} & set(told.replace("-", " ").split())


def test_an_open_table_beside_it_shows_its_own_places_alone(
    coarse: dict[str, pd.DataFrame],
) -> None:
    rows = coarse["incidents"].set_index("incident")
    assert rows.loc["O-1", "place"] == "Haditha"
    assert rows.loc["O-1", "summary"] == (
        f"After the attack in {WITHHELD}: Haditha; قصف على {WITHHELD}"
    )
    assert rows.loc["O-2", "summary"] == f"Fire in Hit and at {WITHHELD}"
    reports = coarse["reports"].set_index("report")
    assert reports.loc["r1", ["publisher", "title"]].tolist() == [
        f"{WITHHELD} Today",
        f"{WITHHELD} again",
    ]
    assert pd.isna(reports.loc["r1", "url"])
    assert reports.loc["r2", "url"] == "https://example.org/hit"


def test_ids_that_rows_share_are_ids_of_chance_in_both(coarse: dict[str, pd.DataFrame]) -> None:
    rows = coarse["incidents"].set_index("incident")
    (first,) = [name for name, row in rows.iterrows() if row["date"].day == 14]
    assert rows.loc["O-1", "response_to"] == f"{first};O-2"
    assert rows.loc["O-1", "operation"] == rows.loc[first, "operation"] != "Op"
    assert rows.loc["O-2", "operation"] == "Own"
