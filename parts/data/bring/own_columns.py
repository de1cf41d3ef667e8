"""How columns that are none of ours can be asked: what the reader chooses for each."""

from collections.abc import Mapping

import streamlit as st
from msgspec import structs

from incidents.intake.mapping.rules import Profile
from incidents.intake.own_columns import MOST_VALUES, list_own
from incidents.table.own_columns import OwnKind
from parts.chrome.plain import plain
from parts.data.bring.desk import Piece

BY_ITSELF = ""
KINDS: Mapping[str, str] = {
    BY_ITSELF: "By its values",
    "facet": "To choose from",
    "number": "Numbers, at least and at most",
    "date": "Days, from and to",
    "text": "Only shown",
}
"""What can be chosen for a column, as the reader sees it."""
MOST_SHOWN = 100
"""Columns that the form asks about."""
_PER_ROW = 4


def choose_own(piece: Piece, profile: Profile | None) -> Profile | None:
    """The layout with the choices for columns that none of ours holds, and the form for them."""
    headers = list_own(piece.table, profile)[:MOST_SHOWN]
    before = profile or piece.guess
    given: Mapping[str, OwnKind] = piece.known.own if piece.known else before.own
    if headers:
        # Its name stays: under another one it would be another panel, and closed.
        form = st.expander("Columns of its own", on_change="rerun", key=f"_own_{piece.number}")
        if form.open:
            with form:
                _show_kinds(piece, headers, given)
    chosen = {header: piece.own.get(header, given.get(header, BY_ITSELF)) for header in headers}
    own = {header: kind for header, kind in chosen.items() if kind != BY_ITSELF}
    return profile if own == before.own else structs.replace(before, own=own)


def _show_kinds(piece: Piece, headers: list[str], given: Mapping[str, OwnKind]) -> None:
    st.caption(
        f"They are kept, and can be filtered. By itself, a column of at most {MOST_VALUES} values "
        "is one to choose from."
    )
    for start in range(0, len(headers), _PER_ROW):
        shown = headers[start : start + _PER_ROW]
        for header, place in zip(shown, st.columns(_PER_ROW), strict=False):
            picked = piece.own.get(header, given.get(header, BY_ITSELF))
            piece.own[header] = str(
                place.selectbox(
                    plain(header[:80]),
                    list(KINDS),
                    index=list(KINDS).index(picked),
                    format_func=KINDS.__getitem__,
                    key=f"_own_{piece.number}_{header}",
                )
            )
