"""Profiles in words: what goes where, and what the source does not tell."""

from __future__ import annotations

from collections.abc import Iterable

from incidents.intake.mapping.rules import Always, Profile, Rule

_HEAD = """# Tables of other sources

Written by `scripts/write_profiles.py` from `data/profiles/`; do not edit.

A table is recognised by the names of its columns, in any order and any case. Then its columns are
read as below. The other columns are kept with the table as it was brought, but not shown. Unknown
is never 0.
"""


def describe_profiles(profiles: Iterable[Profile]) -> str:
    """Write a page, in Markdown, with a table for each profile."""
    return "\n".join([_HEAD, *(_describe(profile) for profile in profiles)])


def _describe(profile: Profile) -> str:
    lines = [f"## {profile.title}", "", f"`{profile.name}`. {profile.about}".strip(), ""]
    marks = " or ".join(", ".join(f"`{mark}`" for mark in each) for each in profile.marks)
    if marks:
        lines += [f"Recognised by {marks}.", ""]
    if profile.once is not None:
        lines += ["Rows that repeat an event for another actor count once, and are told.", ""]
    lines += ["| ours | theirs | how |", "| --- | --- | --- |"]
    for ours, rule in profile.columns.items():
        lines.append(f"| `{ours}` | {_list_theirs(rule)} | {_escape(rule.note)} |")
    if profile.not_claimed:
        lines += ["", "Not claimed:", "", *(f"- {_escape(each)}" for each in profile.not_claimed)]
    return "\n".join([*lines, ""])


def _list_theirs(rule: Rule) -> str:
    if isinstance(rule, Always):
        return f'always "{_escape(rule.words)}"'
    names = dict.fromkeys(rule.list_sources())
    return ", ".join(f"`{_escape(name)}`" for name in names)


def _escape(text: str) -> str:
    return " ".join(text.split()).replace("|", "/")
