"""One incident in words: when, where, who was harmed, what else is known, who reports it."""

from collections.abc import Mapping, Sequence
from typing import Any

from incidents.asking.map.features import KNOWN_TO
from incidents.asking.own_keys import say_value
from incidents.table.columns import BOUNDS, GROUPS, HARMS, range_column
from incidents.table.own_columns import OwnColumn
from incidents.table.sentences import (
    COUNTRIES,
    GRADE_MARKS,
    UNKNOWN,
    WHO,
    say_point,
    say_range,
    say_when,
)
from incidents.table.voices import list_publishers

_MUNITIONS = {
    "rocket attack": ("rocket", ("rocket",)),
    "drone attack": ("drone", ("drone", "uav")),
    "mortar attack": ("mortar round", ("mortar",)),
    "roadside bomb": ("roadside bomb", ("bomb", "ied")),
}
"""What is launched in an attack of a type, and what its weapon is called where it is that."""
_VAGUE = ("district", "governorate", "country")

MOST_NAMES = 8
"""Publishers that are named in short; the incident's page has them all."""


def say_what_happened(row: Mapping[str, Any]) -> str:
    """An incident as a headline: 14 rockets at Ain al-Asad, 2–3 wounded.

    All of it is in the row, as ranges; it names no actor. What is launched is counted only where
    type and weapon say what that is.
    """
    place = row["place"] or row["gov"] or COUNTRIES.get(row["country"] or "", row["country"])
    way = "in" if row["precision"] in _VAGUE or not row["place"] else "at"
    where = f" {way} {place}" if place else ", place not named"
    return f"{_say_kind(row)}{where}, {_say_harm(row)}"


def title_incident(row: Mapping[str, Any]) -> str:
    """The headline and when it was, as a title that stands alone."""
    when = say_when(row["date"], row["date_end"], row["date_precision"])
    return f"{say_what_happened(row)}, {when}"


def _say_kind(row: Mapping[str, Any]) -> str:
    """What was launched and how many, else the kind of attack."""
    kind = row["type"]
    noun, names = _MUNITIONS.get(kind, ("", ()))
    number, weapon = say_range(row["launched_min"], row["launched_max"]), row["weapon"]
    if noun and number != UNKNOWN and (not weapon or any(n in weapon.lower() for n in names)):
        return f"{number[:1].upper()}{number[1:]} {noun}{'' if number == '1' else 's'}"
    return "Incident" if kind in (None, "other") else f"{kind[:1].upper()}{kind[1:]}"


def _say_harm(row: Mapping[str, Any]) -> str:
    """Killed and wounded where somebody gives a number; unknown is never nobody."""
    said = {harm: say_range(row[f"{harm}_min"], row[f"{harm}_max"]) for harm in HARMS}
    known = {harm: words for harm, words in said.items() if words != UNKNOWN}
    if not known:
        return "toll unknown"
    if set(said.values()) == {"0"}:
        return "nobody killed or wounded"
    return ", ".join(f"{'nobody' if n == '0' else n} {harm}" for harm, n in known.items())


def say_moment(row: dict[str, Any]) -> str:
    """Day or days and local time of an incident."""
    days = say_when(row["date"], row["date_end"], row["date_precision"])
    if row["date_precision"] not in (None, "day"):
        days += " (day not known)"
    return f"{days}, {row['time']} local time" if row["time"] else days


def say_where(row: dict[str, Any]) -> str:
    """Place, governorate and country."""
    parts = [row["place"], row["gov"], COUNTRIES.get(row["country"] or "", row["country"])]
    return ", ".join(dict.fromkeys(part for part in parts if part)) or "Place not named"


def list_tolls(row: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Group, killed and wounded for each group that a source speaks of; all people always."""
    tolls = []
    for group in GROUPS:
        killed, wounded = (
            say_range(*(row[range_column(group, harm, bound)] for bound in BOUNDS))
            for harm in HARMS
        )
        if group == "all" or (killed, wounded) != (UNKNOWN, UNKNOWN):
            tolls.append((WHO[group], killed, wounded))
    return tolls


def list_facts(row: dict[str, Any], own: Sequence[OwnColumn] = ()) -> list[tuple[str, str]]:
    """What else is known: label and words; what is unknown is left out, but for the actor.

    `own` are columns of the table's own, which stand last.
    """
    actor = row["actor"] or "not stated"
    basis = {"claimed": " (claimed it)", "attributed": " (blamed by others)"}
    facts = [
        ("Type", row["type"] or "not stated"),
        ("Direction", row["direction"]),
        ("Target", row["target_name"] or row["target"]),
        ("Actor", actor + basis.get(row["attribution"] or "", "")),
        ("Weapon", row["weapon"]),
        ("Launched", _say_known(row, "launched")),
        ("Intercepted", _say_known(row, "intercepted")),
        ("Launch site", row["origin"]),
        ("Reported by", row["reported_by"]),
    ]
    if row["grade"]:
        facts.append(("Confidence", f"{GRADE_MARKS[row['grade']]} {row['grade']}"))
    facts += [(each.label, say_value(row[each.name])) for each in own if row[each.name] is not None]
    return [(label, words) for label, words in facts if words]


def _say_known(row: dict[str, Any], name: str) -> str | None:
    said = say_range(row[f"{name}_min"], row[f"{name}_max"])
    return None if said == UNKNOWN else said


def say_origin_of_place(row: dict[str, Any]) -> str:
    """How the place was found and how exactly it is known."""
    reason = row["match_reason"] or ""
    known = KNOWN_TO.get(row["precision"], KNOWN_TO[None])
    point = "" if row["lat"] is None else f" {say_point(row['lat'], row['lon'])}."
    site = f" Site: {row['site']}." if row["site"] else ""
    return f"{known}.{site}{point} {reason}".strip()


def say_reports(reports: Sequence[Mapping[str, Any]]) -> str:
    """How many reports there are, and by whom."""
    names = list_publishers(each["publisher"] for each in reports)
    others = " and others" if len(names) > MOST_NAMES else ""
    number = "1 report" if len(reports) == 1 else f"{len(reports)} reports"
    return f"{number}: {', '.join(names[:MOST_NAMES])}{others}"
