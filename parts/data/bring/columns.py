"""How the columns of a brought table are read: the layout that is known, or a form."""

import re
from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from incidents.intake.mapping.profile import write_profile
from incidents.intake.mapping.rules import OUR_NAMES, AnyRule, From, Profile
from incidents.intake.reading.tables import Table
from incidents.table.columns import ALSO, COLUMNS, RANGES, fold_name
from incidents.versions.preview import Preview, preview_rows
from parts.chrome.dates import DAY_FORMAT
from parts.chrome.plain import plain
from parts.data.bring.desk import Desk, Piece
from parts.data.bring.own_columns import choose_own

BY_HAND = "Columns chosen by hand"
FIRST = (
    *("date", "place", "lat", "lon", "gov", "country", "type", "actor"),
    *("killed", "wounded", "civilians_killed", "civilians_wounded", "summary"),
)
_WORDS = {"gov": "Governorate", "lat": "Latitude", "lon": "Longitude", "incident": "Id"}
_MEANING = {each.name: each.meaning for each in (*COLUMNS, *ALSO)}
_MEANING |= {each.name: each.meaning for each in RANGES}
NOT_USED, AS_GUESSED = "", "\0"
"""Picks that are no column of the file: none, and several that the layout puts together."""
_PER_ROW = 4
_LOOKED_AT, _SAMPLE = 50, 28
"""Rows that are looked at for a sample of a column, and the letters of it."""


def name_ours(name: str) -> str:
    """One of our columns as the form calls it."""
    return _WORDS.get(name, name.replace("_", " ").capitalize())


def show_layout(desk: Desk, piece: Piece) -> Profile | None:
    """Say how the table is read and let the reader change it; None for columns of our own names."""
    if piece.known is not None:
        _say_known(piece, piece.known)
    elif _is_known(piece):
        st.markdown("Its columns bear names that are known here.")
    else:
        st.markdown("This layout is not known here. **Check which column holds what.**")
    with st.expander(
        "Columns",
        icon=":material/view_column:",
        expanded=piece.layout is None and not _is_known(piece),
        key=f"_columns_{piece.number}",
    ):
        piece.layout = _choose_layout(desk, piece)
        if piece.layout is not None:
            _say_not_claimed(desk.layouts[piece.layout])
            profile = choose_own(piece, desk.layouts[piece.layout])
        else:
            profile = _show_form(piece)
    return profile


def _is_known(piece: Piece) -> bool:
    """Whether its own names say all that a table needs at least."""
    return piece.guess.is_own and "date" in piece.guess.columns


def _say_known(piece: Piece, known: Profile) -> None:
    words = f"Recognised as **{plain(known.title)}**, {len(piece.table.rows.columns):,} columns."
    st.markdown(words)
    folded = {fold_name(header) for header in piece.table.rows.columns}
    lacking = [
        " or ".join(headers)
        for headers in known.list_needed()
        if not any(fold_name(header) in folded for header in headers)
    ]
    if lacking:
        listed = ", ".join(lacking[:12]) + (" …" if len(lacking) > 12 else "")
        st.warning(plain(f"Expected, but not in the file: {listed}. What they hold stays unknown."))


def _say_not_claimed(profile: Profile) -> None:
    if profile.about:
        st.caption(plain(profile.about))
    if profile.not_claimed:
        listed = "\n".join(f"- {plain(each)}" for each in profile.not_claimed)
        st.caption(f"What this source does not tell:\n{listed}")


def _choose_layout(desk: Desk, piece: Piece) -> str | None:
    options = [BY_HAND, *desk.layouts]
    picked = st.selectbox(
        "Read as",
        options,
        index=options.index(piece.layout or BY_HAND),
        key=f"_layout_{piece.number}_{len(desk.mappings)}",
        help="A mapping that you saved earlier can be dropped above beside the table.",
    )
    return None if picked == BY_HAND else str(picked)


def _show_form(piece: Piece) -> Profile | None:
    guess = piece.known or piece.guess
    headers = [str(header) for header in piece.table.rows.columns]
    _show_picks(piece, guess, FIRST, headers)
    rest = [name for name in OUR_NAMES if name not in FIRST]
    used = sum(name in guess.columns or bool(piece.picks.get(name)) for name in rest)
    # Its name stays: under another one it would be another panel, and closed.
    more = st.expander("More columns", on_change="rerun", key=f"_more_{piece.number}")
    if more.open:
        with more:
            st.caption(f"{used} of {len(rest)} in use")
            _show_picks(piece, guess, rest, headers)
    profile = choose_own(piece, make_profile(piece))
    _say_lacking(guess if profile is None else profile)
    if profile is None:
        return None
    st.download_button(
        "Save this mapping",
        write_profile(profile),
        f"{profile.name}.yaml",
        "application/yaml",
        icon=":material/download:",
        on_click="ignore",
        key=f"_save_{piece.number}",
        help="A small file. Drop it above beside another table of the same columns.",
    )
    return profile


def _say_lacking(profile: Profile) -> None:
    """What the least of a table is, if it is not chosen."""
    if "date" not in profile.columns:
        st.warning("Choose the column of dates: without a date a row is set aside.")
    if not {"place", "gov", "point"} & set(profile.columns) and not {"lat", "lon"} <= set(
        profile.columns
    ):
        st.warning("Choose the column of places, or latitude and longitude, to have a map.")


def _show_picks(piece: Piece, guess: Profile, names: Sequence[str], headers: Sequence[str]) -> None:
    samples = _find_samples(piece.table)
    for start in range(0, len(names), _PER_ROW):
        for name, column in zip(
            names[start : start + _PER_ROW], st.columns(_PER_ROW), strict=False
        ):
            rule = guess.columns.get(name)
            guessed = _pick_of(rule, headers)
            options = [NOT_USED, *([AS_GUESSED] if guessed == AS_GUESSED else []), *headers]
            picked = piece.picks.get(name, guessed)
            with column:
                piece.picks[name] = str(
                    st.selectbox(
                        name_ours(name),
                        options,
                        # A choice of before a reload may no longer be there.
                        index=options.index(picked if picked in options else guessed),
                        format_func=partial(_say_pick, rule=rule, samples=samples),
                        key=f"_pick_{piece.number}_{name}",
                        help=_MEANING[name],
                    )
                )


def _find_samples(table: Table) -> dict[str, str]:
    """What a column holds, by the first filled cell of the first rows."""
    found = {}
    for header, cells in table.rows.head(_LOOKED_AT).items():
        filled = cells[cells.str.strip() != ""]
        if len(filled):
            text = " ".join(str(filled.iloc[0]).split())
            found[str(header)] = text if len(text) <= _SAMPLE else f"{text[:_SAMPLE]}…"
    return found


def _pick_of(rule: AnyRule | None, headers: Sequence[str]) -> str:
    """The column that a rule reads, if it is a single one of the file."""
    if rule is None:
        return NOT_USED
    there = {fold_name(header): header for header in headers}
    named = list(dict.fromkeys(rule.list_headers()))
    if not isinstance(rule, From) or len(named) != 1:
        return AS_GUESSED
    return there.get(fold_name(named[0]), NOT_USED)


def _say_pick(pick: str, rule: AnyRule | None, samples: Mapping[str, str]) -> str:
    if pick == NOT_USED:
        return "—"
    if pick == AS_GUESSED and rule is not None:
        named = dict.fromkeys(rule.list_headers())
        return f"From {', '.join(named)}" if named else "As the layout says"
    return f"{pick} · {samples[pick]}" if pick in samples else f"{pick} · empty"


def make_profile(piece: Piece) -> Profile | None:
    """The mapping as the form has it; None if it is what our own names say anyhow."""
    guess = piece.known or piece.guess
    headers = [str(header) for header in piece.table.rows.columns]
    columns: dict[str, AnyRule] = {}
    is_changed = False
    for name in OUR_NAMES:
        rule = guess.columns.get(name)
        guessed = _pick_of(rule, headers)
        pick = piece.picks.get(name, guessed)
        is_changed |= pick != guessed
        if pick == guessed:
            columns |= {} if rule is None or pick == NOT_USED else {name: rule}
        elif pick != NOT_USED:
            columns[name] = From((pick,))
    if guess.is_own and not is_changed:
        return None
    used = Profile("", "", columns).list_headers()
    there = {fold_name(header) for header in headers}
    marks = tuple(header for header in used if fold_name(header) in there)
    slug = re.sub(r"[^a-z0-9]+", "_", piece.name.casefold()).strip("_0123456789")
    title = f"Columns of {piece.name}"
    made = Profile(
        slug[:40] or "mapping", title, columns, marks=(marks,) if marks else (), once=guess.once
    )
    return made if is_changed or not guess.marks else guess


def show_preview(piece: Piece, profile: Profile | None) -> Preview:
    """The first rows as they will be read."""
    preview = preview_rows(piece.table, profile)
    rows = preview.rows.reset_index()
    st.caption(f"The first {len(rows)} rows as they will be read:")
    st.dataframe(
        rows,
        hide_index=True,
        height="content",
        placeholder="",
        column_config={
            "row": st.column_config.NumberColumn("Row", pinned=True, format="%d"),
            "date": st.column_config.DateColumn("Date", format=DAY_FORMAT),
            "date_end": st.column_config.DateColumn("Date end", format=DAY_FORMAT),
            "problems": st.column_config.TextColumn("What was found", width="large"),
            **{
                name: st.column_config.Column(name_ours(name), help=_MEANING.get(name))
                for name in rows.columns
                if name not in ("row", "date", "date_end", "problems")
            },
        },
        key=f"_preview_{piece.number}",
    )
    return preview
