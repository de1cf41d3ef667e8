"""Reports on an incident, and what they disagree on."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from incidents.disagreement import Account, Statement
from incidents.sentences import say_partial_date

STANCES = {"partisan": "partisan outlet", "party": "party to the conflict"}


def show_differences(differences: Sequence[tuple[str, list[tuple[str, int]]]]) -> None:
    """Say in one line each what the reports disagree on, and how many say what."""
    if not differences:
        return
    lines = []
    for label, texts in differences:
        said = ", ".join(
            f"{escape(text)} <small>({number} report{'s' if number > 1 else ''})</small>"
            for text, number in texts
        )
        lines.append(f"<li><b>{escape(label.capitalize())}</b>: {said}</li>")
    heading = '<h3 class="section">Where reports differ</h3>'
    st.html(f'{heading}<ul class="differences">{"".join(lines)}</ul>')


def show_reports(accounts: Sequence[Account], sources: int | None) -> None:
    """List each report with its publisher, day, link and what it says; differences are marked."""
    if not accounts:
        st.caption("The table names no reports on this incident.")
        return
    number = f"{len(accounts)} report{'s' if len(accounts) > 1 else ''}"
    publishers = (
        f" by {sources} different publishers; copies of one agency count once" if sources else ""
    )
    rows = "".join(_report(account) for account in accounts)
    st.html(
        f'<h3 class="section">{number}<small>{escape(publishers)}</small></h3>'
        '<p class="note">Marked with ≠: most other reports say otherwise, or they are split. '
        "Struck through: corrected later by the same publisher.</p>"
        f'<div class="reports">{rows}</div>'
    )


def _report(account: Account) -> str:
    report = account.report
    name = escape(report["publisher"] or "Publisher not named")
    if report["url"]:
        address = escape(report["url"], quote=True)
        name = f'<a href="{address}" target="_blank" rel="noopener noreferrer">{name}</a>'
    published = report["published"]
    # In versions kept from before, it is a day and not a text.
    about = ["date not shown" if published is None else say_partial_date(str(published))]
    about += [STANCES[report["stance"]]] if report["stance"] in STANCES else []
    about += ["corrected later"] if account.is_superseded else []
    chips = "".join(_chip(statement) for statement in account.statements)
    lines = [
        f"<div>{escape(f'{label}: {report[column]}')}</div>"
        for label, column in (("Who", "says_who"), ("By", "says_actor"), ("Note", "note"))
        if report[column]
    ]
    title = f'<div class="title">{escape(report["title"])}</div>' if report["title"] else ""
    style = "report superseded" if account.is_superseded else "report"
    return (
        f'<div class="{style}"><div><div class="publisher">{name}</div>'
        f"<small>{escape(' · '.join(about))}</small></div>"
        f'<div>{title}<div class="chips">{chips}</div>{"".join(lines)}</div></div>'
    )


def _chip(statement: Statement) -> str:
    mark = "≠ " if statement.differs else ""
    style = "chip differs" if statement.differs else "chip"
    return f'<span class="{style}">{mark}{escape(f"{statement.label} {statement.text}")}</span>'
