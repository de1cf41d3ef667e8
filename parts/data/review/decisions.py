"""Decisions on places that a reader has made and not published yet."""

import hashlib

import streamlit as st

from incidents.intake.placing.overrides import Override, overrides_frame
from incidents.table.errors import DamagedError, SnapshotError, TableError
from incidents.table.sentences import say_partial_date
from incidents.versions.drafts import reopen
from incidents.versions.review import write_overrides
from parts.address.view import View
from parts.chrome.plain import plain
from parts.data.bring.work import do, publish_bundle
from parts.data.versions.versions import open_version, say_published
from parts.role import is_allowed
from parts.session import get_session


def get_decisions(view: View) -> tuple[Override, ...]:
    """The decisions on this version, oldest first."""
    return get_session().decisions.get(view.version.snapshot.id, ())


def keep_decisions(view: View, decisions: tuple[Override, ...]) -> None:
    """Replace the decisions on this version."""
    get_session().decisions[view.version.snapshot.id] = decisions


def show_decisions(view: View) -> None:
    """The list, with undo, download and publishing."""
    decisions = get_decisions(view)
    if not decisions:
        return
    one = len(decisions) == 1
    st.html(f'<div class="section">{len(decisions):,} decision{"" if one else "s"} made</div>')
    rows = overrides_frame(decisions)
    rows["when"] = rows["when"].map(say_partial_date)
    st.dataframe(
        rows,
        hide_index=True,
        height="content" if len(rows) <= 8 else 330,
        placeholder="",
        column_config={
            "place": "Name",
            "country": "Country",
            "gov": "Governorate",
            "lat": st.column_config.NumberColumn("Latitude", format="%.5f"),
            "lon": st.column_config.NumberColumn("Longitude", format="%.5f"),
            "precision": "Known to",
            "who": "Decided by",
            "why": st.column_config.TextColumn("Why", width="medium"),
            "when": "On",
        },
    )
    may_publish = is_allowed("publish") and bool(view.version.snapshot.brought)
    if not is_allowed("publish"):
        st.info("You cannot publish here. Download the decisions to keep them.")
    elif not may_publish:
        st.info(
            "This version does not hold the table that it was made from. Bring the table again, "
            "with the downloaded decisions beside it."
        )
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        pressed = may_publish and st.button(
            f"Publish {len(decisions):,} decision{'' if one else 's'}",
            type="primary",
            icon=":material/publish:",
            key="_publish_decisions",
            help="Makes a new version in which every row of these names is placed so.",
        )
        st.button(
            "Undo the last",
            icon=":material/undo:",
            on_click=keep_decisions,
            args=(view, decisions[:-1]),
            key="_undo",
        )
        st.download_button(
            "Download",
            write_overrides(decisions),
            "overrides.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
            help="A small table. Keep it beside your table, or bring it with it.",
        )
        if may_publish:
            st.caption(say_published())
    sign = _sign(view, decisions)
    session = get_session()
    if pressed or session.deciding == sign:
        session.deciding = sign
        _publish(view, decisions, sign)


def _sign(view: View, decisions: tuple[Override, ...]) -> str:
    text = f"{view.version.snapshot.id}{decisions!r}"
    return f"decide {hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _publish(view: View, decisions: tuple[Override, ...], sign: str) -> None:
    try:
        bundle = reopen(view.version.snapshot).decide(decisions)
        made = do(sign, publish_bundle(get_session().desk, sign, bundle))
    except DamagedError:
        # Mended, it goes on with the next run.
        raise
    except (SnapshotError, TableError) as error:
        get_session().deciding = ""
        st.error(plain(str(error)))
        return
    keep_decisions(view, ())
    get_session().deciding = ""
    open_version(made.id)
