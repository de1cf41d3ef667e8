"""Reports against claims, and what was said when, as HTML."""

from html import escape

from incidents.table.sentences import say_partial_date
from incidents.telling.words.chronology import tell_chronology
from incidents.telling.words.matrix import AGREEMENT_MARKS, Cell, Heading, Line, Matrix

SAYS = {
    "same": "most others say the same",
    "overlaps": "fits what most others say",
    "contradicts": "most others say otherwise, or they are split",
    "other words": "others use other words",
    "alone": "nobody else says",
}
NEW = "first said"


def write_matrix(matrix: Matrix) -> str:
    """Report against claim, agreement and disagreement at a glance; empty where none speaks."""
    if not matrix.lines or not matrix.headings:
        return ""
    head = "".join(_heading(each) for each in matrix.headings)
    body = "".join(_line(each, matrix.headings) for each in matrix.lines)
    return (
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
    mark = AGREEMENT_MARKS[cell.agreement]
    style = cell.agreement.replace(" ", "-")
    says = escape(SAYS[cell.agreement], quote=True)
    return (
        f'<td class="{style}" title="{says}"><span aria-hidden="true">{mark}</span> '
        f"{escape(cell.text)}</td>"
    )


def write_chronology(matrix: Matrix) -> str:
    """What was said when; what no earlier day's report had said stands out."""
    moments = tell_chronology(matrix)
    if not moments:
        return ""
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
    return (
        '<p class="note">Bold: no report of an earlier day says it. Struck through: corrected '
        "later by the same publisher.</p>"
        f'<dl class="chronology">{"".join(days)}</dl>'
    )
