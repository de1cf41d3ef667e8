"""What a host coarsens is one setting; what cannot be read of it stops the server."""

import pytest

from incidents.table.errors import SettingsError
from incidents.table.protection import Protection, choose_protections, say_protections
from incidents.table.settings import read_settings

READ = {
    "off": (),
    "0": (),
    "places=10km": (("", Protection(km=10)),),
    "*: places=governorate dates=week": (("", Protection(is_area=True, period="week")),),
    "Own Table: dates=year; hide=actor,killed_min": (
        ("own table", Protection(period="year")),
        ("", Protection(hidden=("actor", "killed_min"))),
    ),
}
WRONG = ["x", "places=town", "places=0km", "places=900km", "dates=day", "dates=", "hide=nothing",
         "hide=date", "hide=incident", "places=10km jitter=5", "a:",
         "hide=actor hide=weapon", "a: places=10km; A: hide=actor",
         "dates=month; *: hide=actor"]  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_reads_rules(text: str) -> None:
    assert read_settings({"INCIDENTS_PROTECT": text}).protect == READ[text]


@pytest.mark.parametrize("text", WRONG)
def test_tells_what_cannot_be_read(text: str) -> None:
    with pytest.raises(SettingsError, match="INCIDENTS_PROTECT"):
        read_settings({"INCIDENTS_PROTECT": text})


def test_rules_are_of_a_dataset_whatever_number_it_got() -> None:
    protect = read_settings({"INCIDENTS_PROTECT": "own: dates=week"}).protect
    chosen = choose_protections(protect, ["own", "OWN (2)", "other", None])
    assert set(chosen) == {"own", "OWN (2)"}
    both = read_settings({"INCIDENTS_PROTECT": "own: dates=week; dates=month"}).protect
    assert choose_protections(both, ["other"])["other"].period == "month"


def test_says_what_is_coarse() -> None:
    ((_, rule),) = read_settings(
        {"INCIDENTS_PROTECT": "places=10km dates=month hide=actor"}
    ).protect
    assert say_protections({"a": rule, "b": rule}) == (
        "To protect people, this table is shown with places to 10 km, dates to the month, no actor,"
        " no free texts."
    )
    assert say_protections({}) == ""
