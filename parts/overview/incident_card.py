"""An incident in short, beside the map."""

from html import escape
from typing import Any

import streamlit as st

from incidents.asking.map.features import KNOWN_TO
from incidents.intake.grading.grades import MARKS
from incidents.table.columns import BOUNDS, GROUPS, HARMS, range_column
from incidents.table.sentences import COUNTRIES, UNKNOWN, WHO, say_point, say_range, say_when
from incidents.table.voices import list_names
from parts.address.open_incident import open_incident
from parts.address.view import View
from parts.chrome.plain import plain

MOST_NAMES = 8
"""Publishers that the card names; the incident's page has them all."""


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


def show_card(view: View, row: dict[str, Any]) -> None:
    """What happened, who was harmed and who reports it; the full record is a page of its own."""
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.button(
            "Back to the list",
            icon=":material/arrow_back:",
            type="tertiary",
            on_click=open_incident,
            args=(None,),
            key="close_incident",
        )
        if st.button("Full record", icon=":material/article:", type="tertiary", key="full_record"):
            st.switch_page("incident.py", query_params={"incident": row["incident"]})
    show_facts(row)
    st.caption(KNOWN_TO.get(row["precision"], KNOWN_TO[None]) + ".")
    reports = view.store.find_reports(row["incident"])
    if reports:
        names = list_names(each["publisher"] for each in reports)
        others = " and others" if len(names) > MOST_NAMES else ""
        number = "1 report" if len(reports) == 1 else f"{len(reports)} reports"
        st.text(f"{number}: {', '.join(names[:MOST_NAMES])}{others}")


def list_facts(row: dict[str, Any]) -> list[tuple[str, str]]:
    """What else is known: label and words; what is unknown is left out, but for the actor."""
    actor = row["actor"] or "not stated"
    basis = {"claimed": " (claimed it)", "attributed": " (blamed by others)"}
    facts = [
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
        facts.append(("Confidence", f"{MARKS[row['grade']]} {row['grade']}"))
    return [(label, words) for label, words in facts if words]


def _say_known(row: dict[str, Any], name: str) -> str | None:
    said = say_range(row[f"{name}_min"], row[f"{name}_max"])
    return None if said == UNKNOWN else said


def show_facts(row: dict[str, Any]) -> None:
    """Type, place, time, summary, tolls and what else is known."""
    st.subheader(plain((row["type"] or "type not stated").capitalize()), anchor=False)
    st.text(f"{say_where(row)}\n{say_moment(row)}")
    if row["summary"]:
        st.text(row["summary"])
    groups, killed, wounded = zip(*list_tolls(row), strict=True)
    st.table({"Who": groups, "Killed": killed, "Wounded": wounded}, hide_index=True)
    lines = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(words)}</dd>" for label, words in list_facts(row)
    )
    st.html(f'<dl class="facts">{lines}</dl>')


def show_origin_of_place(row: dict[str, Any]) -> None:
    """How the place was found and how exactly it is known."""
    reason = row["match_reason"] or ""
    known = KNOWN_TO.get(row["precision"], KNOWN_TO[None])
    point = "" if row["lat"] is None else f" {say_point(row['lat'], row['lon'])}."
    site = f" Site: {row['site']}." if row["site"] else ""
    st.text(f"{known}.{site}{point} {reason}".strip())
