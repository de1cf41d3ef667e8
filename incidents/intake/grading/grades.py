"""The grade of an incident: how well it is attested, by a written rule. Never part of a number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from incidents.intake.grading.evidence import (
    OF_CLAIMS,
    OF_INCIDENTS,
    OF_REPORTS,
    Evidence,
    gather_evidence,
)
from incidents.table.claims import range_stem
from incidents.table.sentences import say_stem, say_when
from incidents.table.voices import name_voices

RULES = {
    "confirmed": "Three or more independent publishers report it, most of them date it alike, "
    "and its place is known to the town or better.",
    "fair": "Two or more independent publishers report it.",
    "weak": "Fewer than two independent publishers report it.",
    "contested": "Publishers contradict each other on the people harmed, or somebody denies it.",
}
"""What each grade says of an incident with reports, in one sentence."""

UNREPORTED_RULES = {
    "fair": "The table counts two or more sources, and day and town are known.",
    "weak": "The table counts fewer than two sources, or day or town are not known.",
}
"""The same for an incident without reports: who its sources are cannot be read."""

CONFIRMING = 3
CORROBORATING = 2


@dataclass(frozen=True)
class Explanation:
    """Why an incident has its grade.

    Attributes
    ----------
    grade
        One of `GRADES`; None where neither reports nor a number of sources are known.
    rule
        The rule that gave it, in one sentence.
    reasons
        What was found, in whole sentences, the decisive first.
    """

    grade: str | None
    rule: str
    reasons: tuple[str, ...]


def grade_incidents(
    incidents: pd.DataFrame, reports: pd.DataFrame, claims: pd.DataFrame
) -> pd.Series:
    """Grade of each incident, by the rule of docs/method.md.

    Parameters
    ----------
    incidents, reports, claims
        As `incidents.intake.grading.evidence.gather_evidence` takes them.

    Returns
    -------
    pandas.Series
        Text, with the index of `incidents`, called ``grade``: one of `GRADES`, or missing where
        an incident has no report and its number of sources is unknown. Unknown is not weak.
    """
    return decide(gather_evidence(incidents, reports, claims).counts)


def decide(counts: pd.DataFrame) -> pd.Series:
    """The rule itself: a grade for each row of `Evidence.counts`, by the first line that fits."""
    seen = counts["is_reported"]
    agreed = counts["agreed"]
    agree = agreed.ge(CORROBORATING) & (agreed * 2 > counts["named"])
    precise = counts["is_dated"] & counts["is_placed"]
    told = counts["sources"].ge(CORROBORATING).fillna(False).astype(bool)
    lines = (
        (seen & (counts["is_contradicted"] | counts["is_denied"]), "contested"),
        (seen & counts["free"].ge(CONFIRMING) & agree & precise, "confirmed"),
        (seen & counts["free"].ge(CORROBORATING), "fair"),
        (seen, "weak"),
        (counts["sources"].isna(), None),
        (told & precise, "fair"),
    )
    conditions = [condition.to_numpy(dtype=bool) for condition, _ in lines]
    grades = np.select(conditions, [np.array(grade, dtype=object) for _, grade in lines], "weak")
    return pd.Series(grades, index=counts.index, name="grade", dtype="str")


def explain_grade(
    incident: Mapping[str, Any],
    reports: Sequence[Mapping[str, Any]],
    claims: Sequence[Mapping[str, Any]],
) -> Explanation:
    """The grade of one incident and the reasons for it, in words.

    Parameters
    ----------
    incident, reports, claims
        Rows as `Store.find_incident`, `find_reports` and `find_claims` answer.
    """
    rows = ((incident,), reports, claims)
    evidence = gather_evidence(*map(_to_frame, rows, (OF_INCIDENTS, OF_REPORTS, OF_CLAIMS)))
    found = evidence.counts.iloc[0]
    grade = decide(evidence.counts).iloc[0]
    known = None if pd.isna(grade) else str(grade)
    if not found["is_reported"]:
        rule = UNREPORTED_RULES.get(known or "", "Nobody says how many sources report it.")
        return Explanation(known, rule, tuple(_explain_sources(found, incident)))
    names = name_voices(reports)
    reasons = (
        *_explain_conflicts(evidence, names),
        *_explain_voices(found, evidence.voices, names),
        *_explain_day(found, incident),
        *_explain_place(found, incident),
    )
    return Explanation(known, RULES[str(grade)], reasons)


def _to_frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    # A version of the table that an older code made may lack a column.
    return pd.DataFrame(
        [[row.get(name) for name in columns] for row in rows], columns=columns, dtype="object"
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _explain_conflicts(evidence: Evidence, names: Mapping[str, str]) -> Iterator[str]:
    for row in evidence.contradictions.itertuples(index=False):
        harm = say_stem(range_stem(row.measure, row.group)).capitalize()
        least = "none" if row.least == 0 else f"at most {row.least:,}"
        part = "" if row.part == row.group else f" {say_stem(row.part)}"
        yield f"{harm}: one publisher says {least}, another at least {row.most:,}{part}."
    for row in evidence.denials.itertuples(index=False):
        yield f"Denied by {row.denied_by}, according to {names[row.voice]}."


def _explain_voices(
    found: pd.Series, voices: pd.DataFrame, names: Mapping[str, str]
) -> Iterator[str]:
    free = int(found["free"])
    who = _count(free, "independent publisher reports", "independent publishers report")
    yield f"{who} it." if free else "No independent publisher reports it."
    sided = voices[~voices["is_free"]]
    for is_party, words in ((False, "they take sides"), (True, "parties to the conflict")):
        told = sorted(names[voice] for voice in sided.loc[sided["is_party"] == is_party, "voice"])
        if told:
            yield f"Not counted as independent, {words}: {', '.join(told)}."


def _explain_day(found: pd.Series, incident: Mapping[str, Any]) -> Iterator[str]:
    if not found["is_dated"]:
        yield "Its day is not exactly known."
        return
    when = say_when(incident["date"], incident["date_end"], "day")
    named, agreed = int(found["named"]), int(found["agreed"])
    if named == 0:
        yield "No independent publisher names the day."
        return
    who = _count(named, "independent publisher that names", "independent publishers that name")
    gives = "gives" if agreed == 1 else "give"
    yield f"Of {who} a day, {agreed:,} {gives} {when}, or a day beside it."


def _explain_place(found: pd.Series, incident: Mapping[str, Any]) -> Iterator[str]:
    precision = incident["precision"]
    if found["is_placed"]:
        yield f"Its place is known to the {precision}."
    elif precision is None or pd.isna(precision):
        yield "How exactly its place is known is not stated."
    else:
        yield f"Its place is known to the {precision} only."


def _explain_sources(found: pd.Series, incident: Mapping[str, Any]) -> Iterator[str]:
    if pd.isna(found["sources"]):
        yield "The table has no report on it, and no number of sources."
        return
    number = _count(int(found["sources"]), "source", "sources")
    yield f"The table counts {number}, but has no report: who they are cannot be checked."
    yield "Its day is exactly known." if found["is_dated"] else "Its day is not exactly known."
    yield from _explain_place(found, incident)
