"""How sure the incident is: its grade, report against claim, what was said when, how to cite it."""

from datetime import UTC, date, datetime
from html import escape
from typing import Any
from urllib.parse import quote

import streamlit as st

from incidents.asking.address import Address, to_query
from incidents.asking.display import Display
from incidents.intake.grading.grades import Explanation
from incidents.table.sentences import GRADE_MARKS
from incidents.telling.pages.matrix import write_chronology, write_matrix
from incidents.telling.words.citations import Citation, name_incident
from incidents.telling.words.matrix import Matrix
from parts.address.view import View


def show_grade(found: Explanation) -> None:
    """The grade as word and mark, its rule and the reasons for it."""
    if found.grade is None:
        st.html(f'<p class="note">Confidence: not graded. {escape(found.rule)}</p>')
        return
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in found.reasons)
    mark = GRADE_MARKS[found.grade]
    st.html(
        f'<div class="grade {found.grade}"><b><span aria-hidden="true">{mark}</span> '
        f"{found.grade.capitalize()}</b> <span>{escape(found.rule)}</span>"
        f"<ul>{reasons}</ul></div>"
    )


def show_matrix(matrix: Matrix) -> None:
    """Report against claim, agreement and disagreement at a glance."""
    if written := write_matrix(matrix):
        st.html(written)


def show_chronology(matrix: Matrix) -> None:
    """What was said when; what no earlier day's report had said stands out."""
    if written := write_chronology(matrix):
        with st.expander("What was said when"):
            st.html(written)


def show_citation(view: View, row: dict[str, Any], contact: str) -> None:
    """How to cite the incident in this version, and where to report an error in it."""
    snapshot = view.version.snapshot
    query = to_query(Address(display=Display(data=snapshot.id, incident=row["incident"])))
    address = str(st.context.url or "").split("?")[0]
    made: date | None = snapshot.made.date()
    cited = Citation(
        incident=row["incident"],
        title=name_incident(row),
        table=row["dataset"] or snapshot.source,
        snapshot=snapshot.id,
        made=made,
        accessed=datetime.now(UTC).date(),
        url=f"{address}?{query}",
    )
    with st.popover("Cite", icon=":material/format_quote:", width="content"):
        for label, text, language in (
            ("Text", cited.text, None),
            ("BibTeX", cited.bibtex, "latex"),
            ("CSL-JSON", cited.csl, "json"),
        ):
            st.caption(label)
            st.code(text, language=language, wrap_lines=True)
    if contact:
        st.link_button("Report an error", make_report_link(contact, row["incident"], snapshot.id))


def make_report_link(contact: str, incident: str, snapshot: str) -> str:
    """The address to which errors are reported, with the incident's id filled in.

    ``{incident}`` and ``{version}`` in it are replaced; an e-mail address gets a subject.
    """
    if "@" in contact and "://" not in contact:
        subject = quote(f"Error in incident {incident}, version {snapshot}")
        return f"mailto:{contact.removeprefix('mailto:')}?subject={subject}"
    return contact.replace("{incident}", quote(incident, safe="")).replace("{version}", snapshot)
