"""Names of places in doubt: choose a candidate, set a point, or say that there is none."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from geo.finding.geocoder import Geocoder
from incidents.asking.doubts import (
    Doubt,
    count_doubts,
    list_doubts,
)
from incidents.intake.placing.overrides import Override, make_key, make_override, merge_overrides
from incidents.table.sentences import COUNTRIES
from incidents.versions.catalog import get_catalog
from incidents.versions.review import (
    count_rows_of,
    list_candidates,
)
from parts.address.part import part
from parts.address.view import View
from parts.chrome.plain import plain
from parts.data.bring.memory import remember
from parts.data.bring.work import rerun_part
from parts.data.review.decisions import get_decisions, keep_decisions, show_decisions
from parts.data.review.point import PointChoice, show_choice
from parts.session import get_session

WHOLE = ("IQ", "SY")
"""Countries whose outlines are whole; of a neighbour only the part on the map is."""


@part
def show_places(view: View) -> None:
    """The names, the one that is chosen, and the decisions made so far."""
    remember()
    names, rows, unnamed = view.store.ask(count_doubts)
    decisions = get_decisions(view)
    decided = {each.key for each in decisions}
    doubts = [
        each
        for each in view.store.ask(list_doubts)
        if make_key(each.place, each.country, each.gov) not in decided
    ]
    _say_counts(names, rows, unnamed)
    if decisions:
        st.caption(f"Decided so far: {len(decisions):,}. They hold once they are published, below.")
    if doubts:
        left, right = st.columns([0.45, 0.55], gap="medium")
        with left:
            doubt = _choose_doubt(view, doubts, names, len(decisions))
        with right:
            if doubt is not None:
                _show_doubt(view, doubt)
    show_decisions(view)


def _say_counts(names: int, rows: int, unnamed: int) -> None:
    if names:
        st.markdown(
            f"**{names:,} name{'' if names == 1 else 's'}** of places in {rows:,} "
            f"row{'' if rows == 1 else 's'} could not be placed, or only by a like name or area. "
            "What you decide holds for every row of that name."
        )
    else:
        st.markdown("Every place that is named was found.")
    if unnamed:
        more = f"{unnamed:,} more rows name" if names else f"{unnamed:,} rows name"
        st.caption(f"{more} no place at all: nothing can be decided on them.")


def _choose_doubt(view: View, doubts: Sequence[Doubt], names: int, done: int) -> Doubt | None:
    rows = pd.DataFrame(
        {
            "place": [each.place for each in doubts],
            "where": [_say_where(each) for each in doubts],
            "rows": [each.rows for each in doubts],
            "state": ["Placed, in doubt" if each.is_placed else "Not placed" for each in doubts],
        }
    )
    chosen = st.dataframe(
        rows,
        hide_index=True,
        height="content" if len(rows) <= 12 else 560,
        on_select="rerun",
        selection_mode="single-row-required",
        key=f"_doubts_{view.version.snapshot.id}_{done}",
        column_config={
            "place": st.column_config.TextColumn("Name", width="medium"),
            "where": "In",
            "rows": st.column_config.NumberColumn("Rows", format="localized", width="small"),
            "state": "Now",
        },
    )
    if names > len(doubts) + done:
        st.caption(f"The {len(doubts):,} that hold most rows are listed.")
    picked = chosen["selection"]["rows"]
    return doubts[picked[0]] if picked and picked[0] < len(doubts) else None


def _say_where(doubt: Doubt) -> str:
    country = COUNTRIES.get(doubt.country, doubt.country)
    return ", ".join(part for part in (doubt.gov, country) if part)


def _show_doubt(view: View, doubt: Doubt) -> None:
    where = _say_where(doubt)
    st.markdown(f"**{plain(doubt.place)}**{f', {plain(where)}' if where else ''}")
    st.caption(plain(doubt.reason))
    candidates = list_candidates(Geocoder(get_catalog().gazetteer), doubt)
    # A choice is one of these candidates for this name, and none of another version's.
    ids = [place.id for place in candidates]
    text = repr((view.version.snapshot.id, doubt.place, doubt.country, doubt.gov, ids))
    key = hashlib.sha256(text.encode()).hexdigest()[:10]
    choice = show_choice(view, key, candidates)
    _show_reason(view, doubt, key, choice)


def _show_reason(view: View, doubt: Doubt, key: str, choice: PointChoice) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        who = st.text_input("Who decides", value=get_session().who, key=f"_who_{key}", max_chars=60,
                            width=160)  # fmt: skip
        why = st.text_input("Why", key=f"_why_{key}", max_chars=200, width="stretch",
                            placeholder="Named so in the report")  # fmt: skip
    rows = view.store.ask(count_rows_of, doubt.place, doubt.country, doubt.gov)
    is_whole = choice.point is not None or choice.precision is None
    outside = choice.point is not None and _is_outside(choice.point, doubt.country)
    if outside:
        country = COUNTRIES.get(doubt.country, doubt.country)
        st.warning(plain(f"This point is not in {country}, which the rows name."))
    pressed = st.button(
        f"Decide for {rows:,} row{'' if rows == 1 else 's'}",
        type="primary",
        disabled=not is_whole or outside,
        key=f"_decide_{key}",
        help=None if is_whole else "Click on the map, or type latitude and longitude.",
    )
    if not pressed:
        return
    if not who.strip():
        st.error("Say who decides: it is kept with the decision.")
        return
    reason = "; ".join(part for part in (why.strip(), choice.words) if part)
    try:
        made = _make_decision(doubt, choice, who, reason)
    except ValueError as error:
        st.error(plain(str(error)))
        return
    get_session().who = who
    keep_decisions(view, merge_overrides(get_decisions(view), (made,)))
    rerun_part()


def _is_outside(point: tuple[float, float], country: str) -> bool:
    """Whether a point is outside a country whose outline is known: it would not be used."""
    if country not in WHOLE:
        return False
    return not get_catalog().boundaries.is_inside(*point, country)


def _make_decision(doubt: Doubt, choice: PointChoice, who: str, why: str) -> Override:
    lat, lon = choice.point or (None, None)
    place = choice.place
    return make_override(
        doubt.place,
        doubt.country,
        doubt.gov,
        lat,
        lon,
        choice.precision,
        who,
        why,
        datetime.now(UTC).date().isoformat(),
        *(("", "", "") if place is None else (place.id, place.country, place.gov)),
    )
