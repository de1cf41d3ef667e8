"""What a host's own table teaches: names with their points, never above what is known."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geo.finding.geocoder import Geocoder
from geo.finding.matches import Match
from geo.places.gazetteer import Gazetteer
from incidents.intake.placing.locating import locate
from incidents.intake.placing.teaching import list_taught, write_taught
from tests.geo.shipped import BOUNDARIES, GEOCODER, PLACES

MakeFrame = Callable[..., pd.DataFrame]
Teach = Callable[..., Geocoder]


def row(place: str, lat: float, lon: float, **more: Any) -> dict[str, Any]:
    return {"place": place, "lat": lat, "lon": lon, "country": "SY", "gov": "Aleppo", **more}


@pytest.fixture
def teach(make_incidents: MakeFrame, tmp_path: Path) -> Teach:
    def run(*rows: dict[str, Any]) -> Geocoder:
        located = locate(make_incidents(*rows), "t.csv", GEOCODER, BOUNDARIES).incidents
        taught = list_taught(located, "ACLED", "terms of ACLED")
        write_taught(taught, tmp_path, "own table.csv")
        gazetteer = Gazetteer.read(PLACES, tmp_path)
        assert gazetteer.notes == []
        return Geocoder(gazetteer)

    return run


def ask(geocoder: Geocoder, name: str, gov: str | None = "Aleppo") -> Match:
    return geocoder.match(name, "SY", gov)


def test_later_tables_find_what_was_taught(teach: Teach) -> None:
    geocoder = teach(
        row("Tall Narnia (1)", 36.20, 37.50),
        row("Tall Narnia.", 36.21, 37.51),
        row("tall narnia", 36.20, 37.50),
    )
    match = ask(geocoder, "Tall Narnia")
    assert match.place is not None and match.place.is_extra
    assert (match.place.lat, match.place.lon, match.precision) == (36.2, 37.5, "town")
    assert "told by ACLED (terms of ACLED)" in match.reason
    assert ask(geocoder, "Narnia").place is None
    assert ask(geocoder, "Tall Narnia", "Homs").place is None


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([row("near Narnia", 36.2, 37.5)], id="described by another"),
        pytest.param([row("Narnia", 36.2, 37.5, precision="district")], id="a district"),
        pytest.param([row("Narnia", 36.2, 37.5, gov="Homs")], id="contradicts itself"),
        pytest.param([row("Narnia", 48.8, 2.3, country="FR", gov=None)], id="elsewhere"),
        pytest.param([{"place": "Narnia", "country": "SY"}], id="no coordinates"),
        pytest.param([row("unknown", 36.2, 37.5)], id="no name"),
        pytest.param(
            [row("Narnia", 36.0 + n / 10, 37.5) for n in range(5)], id="all over the governorate"
        ),
    ],
)
def test_what_is_not_sure_teaches_nothing(teach: Teach, rows: list[dict[str, Any]]) -> None:
    geocoder = teach(*rows)
    assert ask(geocoder, "Narnia", None).place is None
    assert ask(geocoder, "unknown").place is None


def test_a_name_of_two_spots_is_split_or_stays_ambiguous(teach: Teach) -> None:
    geocoder = teach(
        row("Narnia", 36.2, 37.5),
        row("Narnia", 34.7, 36.9, gov="Homs"),
        row("Wakanda", 36.2, 37.5),
        row("Wakanda", 36.6, 37.9),
    )
    north, south = ask(geocoder, "Narnia").place, ask(geocoder, "Narnia", "Homs").place
    assert north is not None and south is not None
    assert (north.lat, south.lat) == (36.2, 34.7)
    assert ask(geocoder, "Narnia", None).kind == "ambiguous"
    assert ask(geocoder, "Wakanda").kind == "ambiguous"


def test_nothing_taught_outranks_a_place_that_is_known(teach: Teach) -> None:
    geocoder = teach(
        row("Manbij", 36.0, 37.0),
        row("Kobani", 36.1, 37.1),
        row("Aleppo", 36.4, 37.9),
    )
    for name in ("Manbij", "Kobani", "Aleppo"):
        before, after = ask(GEOCODER, name), ask(geocoder, name)
        assert after.place == before.place and after.kind == before.kind
        assert ask(geocoder, name, None).place == ask(GEOCODER, name, None).place


@pytest.mark.parametrize("name", ["Airport", "the checkpoint", "مطار", "السوق", "мост", "Village"])
def test_a_kind_of_place_is_no_name(teach: Teach, name: str) -> None:
    assert ask(teach(row(name, 36.2, 37.5), row("Zork", 36.2, 37.5)), name).place is None


def test_a_town_kept_by_hand_is_not_taught_elsewhere(teach: Teach) -> None:
    geocoder = teach(row("Mosul", 36.20, 37.50), row("Idlib", 36.21, 37.1, gov="Aleppo"))
    for name in ("Mosul", "Idlib"):
        found = ask(geocoder, name).place
        assert found is None or found.is_curated


@pytest.mark.parametrize(
    ("name", "spot", "gov"),
    [
        ("Marea town", (36.4826, 37.1971), "Aleppo"),  # GeoNames spells it Mâréaa
        ("Nasib town", (32.5518, 36.1859), "Daraa"),  # 3 km from its crossing
        ("At Tayyibah town", (32.5661, 36.2441), "Daraa"),  # an article, no preposition
        ("Hadar town", (33.281, 35.8304), "Quneitra"),  # al-Hadar is a town of Iraq
    ],
)
def test_a_name_is_taught_beside_what_is_only_like_it(
    teach: Teach, name: str, spot: tuple[float, float], gov: str
) -> None:
    found = ask(teach(row(name, *spot, gov=gov)), name, gov).place
    assert found is not None and (found.lat, found.lon) == spot
