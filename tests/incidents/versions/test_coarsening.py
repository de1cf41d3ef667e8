"""What goes from a row and its reports under a rule of the host."""

from pathlib import Path
from typing import Any

import pytest

from tests.incidents.versions.protecting import open_catalog, to_csv

FOUND = ("incident", "date", "country", "gov", "place", "site", "lat", "lon", "type", "target",
         "actor", "reported_by", "origin", "origin_lat", "origin_lon")  # fmt: skip
TOLD = ("report", "incident", "publisher", "published")


def coarsen(folder: Path, rule: str, row: tuple[Any, ...], publisher: str = "Reuters") -> Any:
    """The only incident of a table, its report and its claim, as readers have them."""
    own = folder / "own"
    own.mkdir()
    to_csv(own / "incidents.csv", FOUND, [row])
    to_csv(own / "reports.csv", TOLD, [("r1", row[0], publisher, "2021-03-15")])
    to_csv(own / "claims.csv", ("claim", "report", "incident", "measure", "group", "low", "high",
                                "said_by"), [("c1", "r1", row[0], "killed", "all", 1, 2,
                                              row[10])])  # fmt: skip
    store = open_catalog(own, folder / "snapshots", rule).current.store
    tables = (store.incidents, store.table("reports"), store.table("claims"))
    return [each.to_pyarrow().to_pylist()[0] for each in tables]


ROW = ("Q-1", "2021-03-14", "IQ", "Salah al-Din", "Balad Air Base", "gate", 33.94, 44.36,
       "rocket attack", "contractors at Balad", "Zq Brigade", "Reuters", "Dujail", 33.84,
       44.23)  # fmt: skip


def test_a_text_that_tells_a_part_of_the_place_goes(tmp_path: Path) -> None:
    incident, report, claim = coarsen(tmp_path, "places=10km", ROW, "Balad Today")
    assert incident["target"] is None and incident["actor"] == "Zq Brigade"
    assert (report["publisher"], report["family"], report["voice"]) == (None, None, None)
    assert claim["said_by"] == "Zq Brigade"


def test_a_hidden_name_goes_from_other_texts_too(tmp_path: Path) -> None:
    row = (*ROW[:9], "convoy of Zq Brigade", *ROW[10:])
    incident, report, claim = coarsen(tmp_path, "hide=actor", row, "Zq Brigade on Telegram")
    assert (incident["target"], report["publisher"], claim["said_by"]) == (None, None, None)
    assert incident["place"] == "Balad Air Base" and incident["reported_by"] == "Reuters"


@pytest.mark.parametrize("name", ["reported_by", "publisher", "family"])
def test_who_reported_goes_from_both_tables(tmp_path: Path, name: str) -> None:
    incident, report, _ = coarsen(tmp_path, f"hide={name}", ROW)
    assert incident["reported_by"] is None
    assert (report["publisher"], report["family"], report["voice"]) == (None, None, None)


def test_a_hidden_place_is_not_found_by_its_point(tmp_path: Path) -> None:
    incident, *_ = coarsen(tmp_path, "hide=place", ROW)
    gone = ("place", "site", "lat", "lon", "target")
    assert {name for name in gone if incident[name] is not None} == set()
    assert incident["gov"] == "Salah al-Din" and incident["origin"] == "Dujail"


def test_a_hidden_place_that_was_moved_stays_where_it_was_moved(tmp_path: Path) -> None:
    incident, *_ = coarsen(tmp_path, "places=10km hide=place", ROW)
    assert incident["lat"] is not None and incident["lat"] != 33.94


def test_a_hidden_launch_site_has_no_point(tmp_path: Path) -> None:
    incident, *_ = coarsen(tmp_path, "hide=origin", ROW)
    assert (incident["origin"], incident["origin_lat"], incident["origin_lon"]) == (None,) * 3


@pytest.mark.parametrize(("lat", "lon", "is_told"), [(34.42, 41.0, False), (33.94, 44.36, True)])
def test_a_country_does_not_tell_which_half_of_a_square(
    tmp_path: Path, lat: float, lon: float, is_told: bool
) -> None:
    row = (*ROW[:3], "", "", "", lat, lon, *ROW[8:])
    incident, *_ = coarsen(tmp_path, "places=50km", row)
    assert (incident["country"] == "IQ") == is_told
