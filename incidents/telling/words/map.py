"""The map in words: what is on it, as its status line tells."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from incidents.table.sentences import say_dates


def say_status(answer: Mapping[str, Any], seen: int, where: str = "on screen") -> str:
    """What of the incidents is on the map.

    Parameters
    ----------
    answer
        What ``/api/map`` answers, of any view.
    seen
        Incidents in the window that is shown.
    where
        What that window is.
    """
    if answer["view"] == "incidents":
        return " · ".join(_incidents(answer, f"{seen:,}", where))
    return " · ".join(_SAY[answer["view"]](answer))


def count_seen(answer: Mapping[str, Any], is_inside: Any) -> int:
    """Incidents of the features whose point (lon, lat) is inside."""
    return sum(
        each["properties"].get("n", 1)
        for each in answer["features"]
        if answer["view"] == "incidents" and is_inside(*each["geometry"]["coordinates"])
    )


def _incidents(answer: Mapping[str, Any], seen: str, where: str) -> list[str]:
    if answer["total"] == 0:
        return ["No incidents"]
    said = [f"{seen} of {_count(answer['total'])} {where}"]
    if answer["unplaced"]:
        said.append(f"{answer['unplaced']:,} cannot be placed")
    if answer.get("far"):
        said.append(f"{answer['far']:,} far from here, in doubt")
    if answer["cells"]:
        said.append("circles count them")
    return said


def _density(answer: Mapping[str, Any]) -> list[str]:
    inside = sum(n for *_, n in answer["grid"]["cells"])
    said = [f"{inside:,} of {_count(answer['total'])} around here"]
    if answer["vague"]:
        said.append(f"{answer['vague']:,} known to their governorate or country only")
    return said


def _governorates(answer: Mapping[str, Any]) -> list[str]:
    inside = sum(area["n"] for area in answer["areas"])
    said = [f"{inside:,} of {_count(answer['total'])} by governorate"]
    if answer["total"] > inside:
        said.append(f"{answer['total'] - inside:,} elsewhere or not stated")
    return said


def _lines(answer: Mapping[str, Any]) -> list[str]:
    said = [f"{answer['launches']:,} of {_count(answer['total'])} name a launch site"]
    drawn = len(answer["features"])
    if answer["pairs"] > drawn:
        said.append(f"the {drawn:,} most frequent of {answer['pairs']:,} lines")
    return said


def _change(answer: Mapping[str, Any]) -> list[str]:
    if not answer["periods"]:
        return ["No incidents to compare"]
    return [
        f"{say_dates(*map(date.fromisoformat, each['dates']))}: {_count(each['n'])}"
        for each in answer["periods"]
    ]


_SAY = {
    "density": _density,
    "governorates": _governorates,
    "lines": _lines,
    "change": _change,
}


def _count(number: int) -> str:
    return f"{number:,} incident{'' if number == 1 else 's'}"
