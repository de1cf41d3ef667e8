"""How sure the incident is: its grade, report against claim, what was said when, how to cite it."""

from datetime import UTC, date, datetime
from html import escape
from typing import Any
from urllib.parse import quote

import streamlit as st

from incidents.asking.filters import Filters, to_query
from incidents.intake.grading.grades import MARKS, Explanation
from incidents.table.sentences import say_partial_date
from incidents.telling.words.chronology import tell_chronology
from incidents.telling.words.citations import Citation, name_incident
from incidents.telling.words.matrix import MARKS as AGREEMENTS
from incidents.telling.words.matrix import Cell, Heading, Line, Matrix
from parts.address.view import View

SAYS = {
    "same": "most others say the same",
    "overlaps": "fits what most others say",
    "contradicts": "most others say otherwise, or they are split",
    "other words": "others use other words",
    "alone": "nobody else says",
}
NEW = "first said"


def show_grade(found: Explanation) -> None:
    """The grade as word and mark, its rule and the reasons for it."""
    if found.grade is None:
        st.html(f'<p class="note">Confidence: not graded. {escape(found.rule)}</p>')
        return
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in found.reasons)
    st.html(
        f'<div class="grade {found.grade}"><b><span aria-hidden="true">{MARKS[found.grade]}</span> '
        f"{found.grade.capitalize()}</b> <span>{escape(found.rule)}</span>"
        f"<ul>{reasons}</ul></div>"
    )


def show_matrix(matrix: Matrix) -> None:
    """Report against claim, agreement and disagreement at a glance."""
    if not matrix.lines or not matrix.headings:
        return
    head = "".join(_heading(each) for each in matrix.headings)
    body = "".join(_line(each, matrix.headings) for each in matrix.lines)
    st.html(
        '<h3 class="section">Report by report</h3>'
        '<p class="note">= most other publishers say the same, ≈ both can be right, '
        "≠ most others say otherwise, or they are split. Struck through: corrected later.</p>"
        '<div class="matrix" tabindex="0" role="region" aria-label="Reports against claims">'
        f"<table><thead><tr><th>Report</th>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _heading(each: Heading) -> str:
    mark = ' <span title="Publishers contradict each other">≠</span>' if each.is_disputed else ""
    return f"<th>{escape(each.label.capitalize())}{mark}</th>"


def _line(line: Line, headings: tuple[Heading, ...]) -> str:
    when = "" if line.published is None else say_partial_date(line.published)
    name = f"{escape(line.publisher or 'Publisher not named')}<small>{escape(when)}</small>"
    cells = "".join(_cell(line.cells.get(each.name)) for each in headings)
    style = ' class="superseded"' if line.is_superseded else ""
    return f'<tr{style}><th scope="row">{name}</th>{cells}</tr>'


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return '<td class="none" title="does not say">·</td>'
    mark = AGREEMENTS[cell.agreement]
    style = cell.agreement.replace(" ", "-")
    says = escape(SAYS[cell.agreement], quote=True)
    return (
        f'<td class="{style}" title="{says}"><span aria-hidden="true">{mark}</span> '
        f"{escape(cell.text)}</td>"
    )


def show_chronology(matrix: Matrix) -> None:
    """What was said when; what no earlier day's report had said stands out."""
    moments = tell_chronology(matrix)
    if not moments:
        return
    days = []
    for moment in moments:
        entries = []
        for entry in moment.entries:
            said = "; ".join(
                (f'<b title="{NEW}">{words}</b>' if remark.is_new else words)
                for remark in entry.remarks
                for words in [escape(f"{remark.label} {remark.text}")]
            )
            who = escape(entry.line.publisher or "Publisher not named")
            if entry.line.is_superseded:
                said = f"<s>{said}</s> (corrected later)"
            elif entry.line.corrects:
                said = f"{said} (corrects an earlier report)"
            entries.append(f"<li>{who}{': ' + said if said else ''}</li>")
        days.append(f"<dt>{escape(moment.label)}</dt><dd><ul>{''.join(entries)}</ul></dd>")
    with st.expander("What was said when"):
        st.html(
            '<p class="note">Bold: no report of an earlier day says it. Struck through: corrected '
            "later by the same publisher.</p>"
            f'<dl class="chronology">{"".join(days)}</dl>'
        )


def show_citation(view: View, row: dict[str, Any], contact: str) -> None:
    """How to cite the incident in this version, and where to report an error in it."""
    snapshot = view.version.snapshot
    query = to_query(Filters(data=snapshot.id, incident=row["incident"]))
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
    with st.expander("Cite this incident"):
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
