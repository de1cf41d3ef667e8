"""The tables that a reader has brought and not published yet: read once, the files let go."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any, Protocol

from msgspec import structs
from streamlit.runtime.scriptrunner import get_script_run_ctx

from incidents.intake.bundles import Beside, Brought, Bundle
from incidents.intake.mapping.guess import guess_profile
from incidents.intake.mapping.profile import read_profile, write_profile
from incidents.intake.mapping.recognise import recognise
from incidents.intake.mapping.rules import Profile
from incidents.intake.reading.tables import Table, Tables
from incidents.table.errors import ProfileError, TableError
from incidents.versions.catalog import get_catalog
from incidents.versions.drafts import Draft
from incidents.versions.preview import KindCount
from incidents.versions.shelf import hash_content
from parts.chrome.fault import tell_fault

LONGEST_NAME = 80
MOST_TOLD = 20
"""Rows of a file of decisions that are told to be of no use; the version tells all."""
MAPPINGS = (".yaml", ".yml")
Read = Callable[[bytes, str], Table]
Keep = Callable[[bytes], None]


class File(Protocol):
    """A file as Streamlit hands it over."""

    name: str
    size: int
    file_id: str

    def getvalue(self) -> bytes: ...


@dataclass
class Piece:
    """One table of incidents that was brought.

    Attributes
    ----------
    content
        Hash of the file: two files of one name are two tables.
    known
        The layout that it was recognised as, if any.
    guess
        Our best guess, for the form.
    layout
        Title of the layout that the reader chose; None for columns mapped by hand.
    picks
        The column of the file that the reader chose for one of ours; "" for none. Ours that are
        not in it are as guessed.
    own
        What the reader chose for columns that are none of ours, see `choose_own`.
    """

    number: int
    table: Table
    content: str
    name: str
    known: Profile | None
    guess: Profile
    layout: str | None
    picks: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Counts:
    """What is told of a draft; `sign` says of which."""

    sign: str
    read: int
    rows: int
    placed: int
    kinds: Sequence[KindCount]


@dataclass
class Desk:
    """Everything that a reader has brought, and what could not be read of it.

    Attributes
    ----------
    files
        Name and hash of each file that is on it, in the order in which they came.
    told, told_in
        What could not be read of the files that were dropped last, and in which round these were.
    joins
        Whether it is to be shown together with the table on screen.
    rounds, counted
        Numbers in the keys of widgets: no two desks of a session share one.
    checking, publishing
        What is being done, as `sign` names it; "" for nothing.
    counts, draft
        What came of the check, and the tables themselves as long as memory allows.
    """

    pieces: list[Piece] = field(default_factory=list)
    beside: Beside = field(default_factory=Beside)
    files: list[tuple[str, str]] = field(default_factory=list)
    mappings: list[Profile] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    told_in: int = -1
    joins: bool = False
    rounds: int = 0
    counted: int = 0
    checking: str = ""
    publishing: str = ""
    counts: Counts | None = None
    draft: tuple[str, Draft] | None = None

    @property
    def layouts(self) -> dict[str, Profile]:
        """Every layout that is known, by title: the reader's own mappings first."""
        shipped = get_catalog().profiles
        return {each.title: each for each in (*shipped, *self.mappings)}


def clear(desk: Desk) -> Desk:
    """An empty desk for the same reader."""
    return Desk(rounds=desk.rounds + 1, counted=desk.counted)


def remove_piece(desk: Desk, piece: Piece) -> None:
    """Let go of one table of incidents."""
    desk.pieces = [each for each in desk.pieces if each is not piece]
    at = next(at for at, (_, content) in enumerate(desk.files) if content == piece.content)
    del desk.files[at]


def leave_out_rest(desk: Desk) -> None:
    """Let everything go but the tables of incidents."""
    contents = {piece.content for piece in desk.pieces}
    gone, desk.mappings = desk.mappings, []
    desk.beside = Beside()
    desk.files = [(name, content) for name, content in desk.files if content in contents]
    for piece in desk.pieces:
        if piece.known in gone or piece.layout in {each.title for each in gone}:
            _choose_layout(desk, piece)


def take_files(desk: Desk, files: Sequence[File], largest: int, read: Read, keep: Keep) -> None:
    """Read files onto the desk. What cannot be read is told in a sentence.

    A run that is given up meanwhile leaves those that are not read yet to the next one.

    Parameters
    ----------
    read, keep
        Are given the content of each file, and of each that was taken; a TableError is told.
    """
    if desk.told_in != desk.rounds:
        desk.told.clear()
        desk.told_in = desk.rounds
    # Mappings first: the tables beside them may need one.
    for file in sorted(files, key=lambda file: not file.name.lower().endswith(MAPPINGS)):
        try:
            if file.size > largest:
                raise TableError(
                    f"{file.name} has {file.size / 1e6:,.0f} MB; at most {largest / 1e6:,.0f} MB "
                    "can be read here. Leave out rows or columns, or save it as Parquet."
                )
            data = file.getvalue()
            if take_file(desk, file.name, data, read):
                keep(data)
        except TableError as error:
            desk.told.append(str(error))
        _let_go(file)
    # A widget of a new name: the files of the old one are gone.
    desk.rounds += 1


def take_file(desk: Desk, name: str, data: bytes, read: Read) -> bool:
    """Read one file onto the desk; False, and a sentence on the desk, if it cannot be read."""
    try:
        _look_for_room(desk, name)
        _take(desk, name, data, read)
    except (TableError, ProfileError) as error:
        desk.told.append(str(error))
        return False
    except Exception as error:
        desk.told.append(f"{name}: {tell_fault(error)}")
        return False
    desk.files.append((name, hash_content(data)))
    return True


def _look_for_room(desk: Desk, name: str) -> None:
    most = get_catalog().settings.tables
    if len(desk.files) >= most:
        raise TableError(
            f"{name} is one file too many: at most {most:,} can be here at a time. Publish these "
            "first, or take some away."
        )


def _take(desk: Desk, name: str, data: bytes, read: Read) -> None:
    if name.lower().endswith(MAPPINGS):
        _take_mapping(desk, name, data)
        return
    table = read(data, name)
    before = len(desk.beside.told)
    if not desk.beside.take(table):
        _take_table(desk, table, hash_content(data))
        return
    desk.told += [problem.sentence for problem in desk.beside.told[before:][:MOST_TOLD]]


def _take_mapping(desk: Desk, name: str, data: bytes) -> None:
    try:
        profile = read_profile(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ProfileError(f"{name} is not text in UTF-8. Save the mapping as UTF-8.") from None
    except ProfileError as error:
        raise ProfileError(f"{name}: {error}") from None
    titles = {each.title for each in get_catalog().profiles}
    title = f"{profile.title} (yours)" if profile.title in titles else profile.title
    own = structs.replace(profile, title=title)
    desk.mappings = [each for each in desk.mappings if each.title != title] + [own]
    # Tables that were here before it are read by it, too, if they are of its layout.
    for piece in desk.pieces:
        if piece.known is None:
            _choose_layout(desk, piece)


def _take_table(desk: Desk, table: Table, content: str) -> None:
    desk.counted += 1
    guess = guess_profile(table, get_catalog().profiles)
    name = PurePath(table.name).stem[:LONGEST_NAME] or "table"
    piece = Piece(desk.counted, table, content, name, None, guess, None)
    _choose_layout(desk, piece)
    desk.pieces.append(piece)


def _choose_layout(desk: Desk, piece: Piece) -> None:
    headers = piece.table.rows.columns
    own = recognise(headers, desk.mappings)
    if own is None and desk.mappings:
        # A mapping beside a table is meant for it, unless the table is of a layout we know.
        own = recognise(headers, get_catalog().profiles) or desk.mappings[-1]
    piece.known = own or recognise(headers, get_catalog().profiles)
    piece.layout = None if piece.known is None else piece.known.title


def _let_go(file: File) -> None:
    """Drop the bytes of an upload: Streamlit would keep them as long as the page is open."""
    context = get_script_run_ctx()
    remove = getattr(getattr(context, "uploaded_file_mgr", None), "remove_file", None)
    if context is not None and remove is not None:
        remove(session_id=context.session_id, file_id=file.file_id)


def make_bundle(desk: Desk, profiles: Sequence[Profile | None]) -> Bundle:
    """The desk as one version; `profiles` has one entry per piece."""
    brought = (
        Brought(piece.name, Tables(piece.table), profile)
        for piece, profile in zip(desk.pieces, profiles, strict=True)
    )
    bundle = desk.beside.join(Bundle(tuple(brought)))
    return replace(bundle, source=name_bundle(bundle))


def name_bundle(bundle: Bundle) -> str:
    """Its name for the reader: those of its tables."""
    return " and ".join(each.name for each in bundle.brought)[: 2 * LONGEST_NAME]


def sign(desk: Desk, profiles: Sequence[Profile | None], *others: Any) -> str:
    """A short text that changes whenever the version that the desk would become does.

    It names the content of each file: two may be called the same.
    """
    parts = [repr(others), repr(desk.files)]
    for piece, profile in zip(desk.pieces, profiles, strict=True):
        written = "" if profile is None else write_profile(profile)
        parts += [str(piece.number), piece.content, piece.name, written]
    # As JSON, no two lists of parts are one text.
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]
