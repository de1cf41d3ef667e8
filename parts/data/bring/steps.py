"""Bring a table: drop it, see how it is read, check it, publish it as a version of its own."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from incidents.intake.bundles import Bundle
from incidents.intake.datasets import count_data
from incidents.intake.mapping.rules import Profile
from incidents.intake.reading.apart import warm
from incidents.table.errors import DamagedError, SnapshotError, TableError
from incidents.versions.catalog import get_catalog
from incidents.versions.drafts import Draft, reopen
from incidents.versions.preview import count_kinds
from parts.address.part import part
from parts.address.view import View
from parts.chrome.plain import plain
from parts.data.bring.columns import show_layout, show_preview
from parts.data.bring.desk import (
    LONGEST_NAME,
    Counts,
    Desk,
    Piece,
    clear,
    leave_out_rest,
    make_bundle,
    name_bundle,
    remove_piece,
    sign,
    take_files,
)
from parts.data.bring.memory import keep_file, remember, take_up_desk
from parts.data.bring.work import (
    check,
    do,
    give_up_work,
    publish_bundle,
    read_file,
    rerun_part,
)
from parts.data.review.kinds import show_kinds
from parts.data.versions.versions import name_source, open_version, say_published
from parts.role import is_allowed
from parts.session import get_session

ENDINGS = ("csv", "tsv", "txt", "xlsx", "xls", "parquet", "geojson", "json", "gpkg", "zip", "ods",
           "kml", "kmz", "fgb", "jsonl", "ndjson", "geojsonl", "geojsons", "gz",
           "yaml", "yml")  # fmt: skip
MEGABYTE = 1_000_000


@part
def show_import(view: View) -> None:
    """The whole way from a file to a version. A change in it runs nothing else of the page."""
    settings = get_catalog().settings
    if not is_allowed("bring"):
        st.info(
            "You cannot bring tables here. Whoever runs this page can import a table for you, or "
            "let you; or you can run the dashboard on your own machine."
        )
        return
    take_up_desk()
    desk = get_session().desk
    _show_uploader(desk, settings.largest)
    for sentence in desk.told:
        st.error(plain(sentence))
    if not desk.pieces:
        give_up_work()
        remember()
        _say_what_it_takes(desk)
        return
    profiles = [_show_piece(desk, piece) for piece in list(desk.pieces)]
    _show_rest(desk)
    bundle = _show_options(desk, profiles, view)
    remember()
    if bundle is not None:
        joined = view.version.snapshot.id if desk.joins else ""
        _show_end(desk, bundle, sign(desk, profiles, bundle.source, joined))


def _show_uploader(desk: Desk, largest: int) -> None:
    config = int(st.get_option("server.maxUploadSize"))
    most = min(max(largest // MEGABYTE, 1), config)
    warm()
    files = st.file_uploader(
        "Tables of incidents",
        ENDINGS,
        accept_multiple_files=True,
        key=f"_files_{desk.rounds}",
        max_upload_size=most,
        label_visibility="collapsed",
    )
    if files:
        names = ", ".join(file.name for file in files)
        with st.spinner(plain(f"Reading {names[:120]}…")):
            take_files(desk, files, largest, read_file, keep_file)
        rerun_part()


def _say_what_it_takes(desk: Desk) -> None:
    st.markdown(
        "**Your own table, as a version of its own.** The least it needs is a date and a place.\n"
        "- CSV, Excel, ODS, Parquet, JSON records, GeoJSON, GeoPackage, KML, KMZ, FlatGeobuf, "
        "also zipped, and zipped Shapefiles.\n"
        "- Exports of ACLED, UCDP GED, GTD and Airwars are recognised. Of any other table you say "
        "which column is which; a mapping that you saved can be dropped beside it.\n"
        f"- {say_published()} The table on screen stays as it is.\n"
        "- Until then it is kept for a day, for this browser alone, also over a reload."
    )
    if desk.files:
        _show_rest(desk)
        st.caption("Now drop the table that they belong to.")


def _show_piece(desk: Desk, piece: Piece) -> Profile | None:
    table = piece.table
    with st.container(border=True, key=f"piece_{piece.number}"):
        head, away = st.columns([0.8, 0.2], vertical_alignment="center")
        with head:
            text = f", {table.encoding}" if table.encoding else ""
            st.markdown(
                f"**{plain(table.name)}** · {count_data(table):,} rows, "
                f"{len(table.rows.columns):,} columns{plain(text)}"
            )
        with away.container(horizontal=True, horizontal_alignment="right"):
            st.button(
                "Remove",
                icon=":material/close:",
                type="tertiary",
                key=f"_remove_{piece.number}",
                on_click=remove_piece,
                args=(desk, piece),
            )
        profile = show_layout(desk, piece)
        show_preview(piece, profile)
        return profile


def _show_rest(desk: Desk) -> None:
    """What else was dropped: reports, claims, decisions on places, mappings."""
    parts = [
        f"{table.read:,} {part} ({plain(table.name)})" for part, table in desk.beside.tables.items()
    ]
    if desk.beside.overrides:
        many = "" if len(desk.beside.overrides) == 1 else "s"
        parts.append(f"{len(desk.beside.overrides):,} decision{many} on places")
    parts += [f"the mapping “{plain(each.title)}”" for each in desk.mappings]
    if not parts:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"Also brought: {'; '.join(parts)}.", width="content")
        st.button(
            "Leave these out",
            icon=":material/close:",
            type="tertiary",
            key="_leave_out",
            on_click=leave_out_rest,
            args=(desk,),
        )


def _show_options(desk: Desk, profiles: Sequence[Profile | None], view: View) -> Bundle | None:
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        for piece in desk.pieces:
            label = "Name of the table" if len(desk.pieces) == 1 else f"Name of {piece.table.name}"
            piece.name = (
                st.text_input(
                    plain(label),
                    value=piece.name,
                    max_chars=LONGEST_NAME,
                    key=f"_name_{piece.number}",
                    width=320,
                ).strip()
                or piece.name
            )
    snapshot = view.version.snapshot
    desk.joins = st.checkbox(
        plain(f"Show together with the table on screen ({name_source(snapshot)})"),
        value=desk.joins,
        key="_joins",
        help="Each row keeps the name of its table. Likely duplicates are pointed out, not merged.",
    )
    bundle = make_bundle(desk, profiles)
    if not desk.joins:
        return bundle
    try:
        before = reopen(snapshot)
    except DamagedError:
        raise
    except SnapshotError as error:
        st.error(plain(str(error)))
        return None
    both = before.join(bundle)
    return replace(both, source=name_bundle(both))


def _show_end(desk: Desk, bundle: Bundle, signed: str) -> None:
    """Check, then the counts, then publish."""
    counts = desk.counts
    if counts is None or counts.sign != signed:
        pressed = st.button("Check and place", type="primary", icon=":material/fact_check:")
        if not pressed and desk.checking != signed:
            give_up_work()
            return
        desk.checking = signed
        try:
            desk.counts = _count(signed, do(f"check {signed}", check(desk, signed, bundle)))
        except TableError as error:
            st.error(plain(str(error)))
        desk.checking = ""
        if desk.counts is not counts:
            rerun_part()
        return
    _show_counts(counts)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        pressed = st.button(
            "Publish",
            type="primary",
            icon=":material/publish:",
            disabled=not counts.rows or not is_allowed("publish"),
        )
        if st.button("Start again", type="tertiary"):
            get_session().desk = clear(desk)
            rerun_part()
        st.caption(say_published())
    if not pressed and desk.publishing != signed:
        give_up_work()
        return
    desk.publishing = signed
    try:
        snapshot = do(f"publish {signed}", publish_bundle(desk, signed, bundle))
    except TableError as error:
        desk.publishing = ""
        st.error(plain(str(error)))
        return
    get_session().desk = clear(desk)
    open_version(snapshot.id)


def _count(signed: str, draft: Draft) -> Counts:
    return Counts(
        signed,
        draft.read,
        len(draft.incidents),
        int(draft.incidents["lat"].notna().sum()),
        count_kinds(draft.problems),
    )


def _show_counts(counts: Counts) -> None:
    aside, left = counts.read - counts.rows, counts.rows - counts.placed
    rows = f"{counts.read:,} row{'' if counts.read == 1 else 's'}"
    st.markdown(
        f"**{rows} read: {counts.rows:,} accepted, {aside:,} set aside.** "
        f"{counts.placed:,} have a place on the map, {left:,} do not."
    )
    if not counts.rows:
        st.warning("No row can be accepted, so there is nothing to publish. Is the date chosen?")
    show_kinds(counts.kinds)
