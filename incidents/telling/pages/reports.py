"""Reports on an incident, and what they disagree on, as HTML."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import unquote

from incidents.table.sentences import say_partial_date
from incidents.telling.words.matrix import Cell, Line, Matrix

STANCES = {"partisan": "partisan outlet", "party": "party to the conflict"}


def write_differences(
    differences: Sequence[tuple[str, list[tuple[str, int]]]], others: Sequence[str]
) -> str:
    """Say in one line each what the reports disagree on, and how many say what.

    `others` are further sentences on what does not fit.
    """
    if not differences and not others:
        return ""
    lines = []
    for label, texts in differences:
        said = ", ".join(
            f"{escape(text)} <small>({number} report{'s' if number > 1 else ''})</small>"
            for text, number in texts
        )
        lines.append(f"<li><b>{escape(label.capitalize())}</b>: {said}</li>")
    lines += [f"<li>{escape(each)}</li>" for each in others]
    heading = '<h3 class="section">Where reports differ</h3>'
    return f'{heading}<ul class="differences">{"".join(lines)}</ul>'


def write_reports(matrix: Matrix, reports: Sequence[Mapping[str, Any]], sources: int | None) -> str:
    """List each report with its publisher, day, link and what it says; differences are marked.

    Parameters
    ----------
    reports
        The rows that the matrix is made of.
    """
    if not matrix.lines:
        return '<p class="note">The table names no reports on this incident.</p>'
    number = f"{len(reports)} report{'s' if len(reports) > 1 else ''}"
    publishers = (
        f" by {sources} different publishers; copies of one agency count once" if sources else ""
    )
    labels = {heading.name: heading.label for heading in matrix.headings}
    told = {report["report"]: report for report in reports}
    rows = "".join(_report(line, told[line.report], labels) for line in matrix.lines)
    return (
        f'<h3 class="section">{number}<small>{escape(publishers)}</small></h3>'
        '<p class="note">Marked with ≠: most other publishers say what cannot be right with it, or '
        "they are split. Struck through: corrected later by the same publisher.</p>"
        f'<div class="reports">{rows}</div>'
    )


def _report(line: Line, report: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    name, printed = escape(line.publisher or "Publisher not named"), ""
    # A version that older code made may hold what is no address of a page.
    if line.url and line.url.lower().startswith(("http://", "https://")):
        address = escape(line.url, quote=True)
        name = f'<a href="{address}" target="_blank" rel="noopener noreferrer">{name}</a>'
        printed = f'<small class="printed">{escape(unquote(line.url))}</small>'
    # In versions kept from before, it is a day and not a text.
    when = "date not shown" if line.published is None else say_partial_date(str(line.published))
    about = [when]
    about += [STANCES[line.stance]] if line.stance in STANCES else []
    about += ["corrected later"] if line.is_superseded else []
    # Who did it stands below, in its own words.
    chips = "".join(_chip(labels[name], c) for name, c in line.cells.items() if name != "actor")
    lines = [
        f"<div>{escape(f'{label}: {report[column]}')}</div>"
        for label, column in (("Who", "says_who"), ("By", "says_actor"), ("Note", "note"))
        if report[column]
    ]
    title = f'<div class="title">{escape(line.title)}</div>' if line.title else ""
    style = "report superseded" if line.is_superseded else "report"
    return (
        f'<div class="{style}"><div><div class="publisher">{name}</div>'
        f"<small>{escape(' · '.join(about))}</small></div>"
        f'<div>{title}<div class="chips">{chips}</div>{"".join(lines)}{printed}</div></div>'
    )


def _chip(label: str, cell: Cell) -> str:
    differs = cell.agreement == "contradicts"
    style = "chip differs" if differs else "chip"
    return f'<span class="{style}">{"≠ " if differs else ""}{escape(f"{label} {cell.text}")}</span>'
