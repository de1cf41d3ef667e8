import pytest

from geo.places.precision import (
    PRECISIONS,
    find_coarser,
    find_precision,
    find_radius_km,
    is_at_least,
    widen_precision,
)


def test_precisions_stand_finest_first_with_growing_circles() -> None:
    assert list(PRECISIONS) == ["site", "town", "district", "governorate", "country"]
    radii = list(PRECISIONS.values())
    assert radii == sorted(set(radii))


@pytest.mark.parametrize(
    ("precision", "wanted", "expected"),
    [
        pytest.param("site", "town", True, id="finer"),
        pytest.param("town", "town", True, id="the same"),
        pytest.param("district", "town", False, id="coarser"),
        pytest.param("country", "country", True, id="the coarsest"),
        pytest.param(None, "country", False, id="unknown is at least nothing"),
        pytest.param("somewhere", "country", False, id="no precision at all"),
        pytest.param("", "site", False, id="empty"),
    ],
)
def test_is_at_least(precision: str | None, wanted: str, expected: bool) -> None:
    assert is_at_least(precision, wanted) is expected


def test_an_unknown_wish_is_told() -> None:
    with pytest.raises(ValueError, match='Precision "exact" is not one of: site, town'):
        is_at_least("site", "exact")


@pytest.mark.parametrize(
    ("precision", "radius_km"),
    [("site", 1.0), ("governorate", 75.0), (None, None), ("exact", None)],
)
def test_radius(precision: str | None, radius_km: float | None) -> None:
    assert find_radius_km(precision) == radius_km


@pytest.mark.parametrize(
    ("radius_km", "precision"),
    [(0, "site"), (1, "site"), (1.1, "town"), (20, "district"), (76, "country"), (500, None)],
)
def test_finds_the_finest_circle_that_holds(radius_km: float, precision: str | None) -> None:
    assert find_precision(radius_km) == precision


def test_coarser_and_wider() -> None:
    assert find_coarser("town", "district", "site") == "district"
    widened = [widen_precision(precision) for precision in PRECISIONS]
    assert widened == ["town", "district", "governorate", "governorate", "country"]
