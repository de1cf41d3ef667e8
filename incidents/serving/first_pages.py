"""What a page's address asks for, found in the catalog and written as a document."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from html import escape

from incidents.asking.address import Address, to_query
from incidents.asking.facets import Facets, read_facets
from incidents.asking.links import find_span, fit_filters, tell_columns
from incidents.serving.assets import load_drawing
from incidents.table.errors import SnapshotError, TableError
from incidents.table.palette import order_types
from incidents.table.sentences import say_moment
from incidents.table.settings import Settings
from incidents.telling.pages.asked import Asked, Table, write_link
from incidents.telling.pages.document import Document, write_document, write_frame
from incidents.telling.words.heading import TITLE, name_source, say_unopened
from incidents.versions.catalog import Catalog, Version
from incidents.versions.comparing import compare, find_kept
from incidents.versions.long_links import open_query, shorten_query
from incidents.versions.named import find_or_newest
from incidents.versions.snapshots import Snapshot

Query = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Question:
    """A page that can be written, and what it depends on.

    Attributes
    ----------
    key
        The same question has the same key, whoever asks: page, version, filters, sentences.
    after, before
        The version on screen, and the one that it is compared with, on the page that does so.
    """

    asked: Asked
    key: tuple[str, ...]
    after: Snapshot
    before: Snapshot | None = None

    @property
    def is_hosts(self) -> bool:
        """Whether all that it shows is the host's, nothing a visitor's."""
        return self.after.listed is not None and (
            self.before is None or self.before.listed is not None
        )


def describe_table(snapshot: Snapshot, settings: Settings) -> Table:
    """What pages tell of a version besides what its store answers."""
    is_brought = snapshot.listed is None
    return Table(
        snapshot.id,
        snapshot.source,
        snapshot.monitored,
        snapshot.rows,
        snapshot.located,
        snapshot.set_aside,
        snapshot.made.date() if is_brought else None,
        settings.owner,
        settings.contact,
        snapshot.protection,
    )


def find_question(catalog: Catalog, page: str, query: Query, colours: int) -> Question:
    """What an address asks for, as the live page will understand it. Waits for the table.

    Parameters
    ----------
    colours
        Number of types that have a colour of their own.

    Raises
    ------
    TableError
        There is no version to show.
    """
    home = catalog.settings.snapshots
    address, dropped = open_query(home, query)
    version, notice = _find_version(catalog, address.display.data)
    store, snapshot = version.store, version.snapshot
    facets = store.ask(read_facets)
    span = find_span(facets, snapshot.monitored)
    filters, absent = fit_filters(address.filters, facets, span, store)
    lacking = tell_columns(address.display, store.own)
    told = [notice] if notice else []
    told += [f"Left out of the link: {each.reason}" for each in (*dropped, *absent, *lacking)]
    before = None
    if page == "difference" and address.display.against:
        before, missing = _find_before(catalog, address.display.against)
        told += [missing] if missing else []
    fit = Address(filters, address.display)
    asked = make_asked(page, version, facets, fit, colours, catalog.settings, tuple(told))
    whose = "" if before is None else name_source(before.source, before.listed is None)
    key = (page, snapshot.folder.name, to_query(fit), asked.table.band, whose, *told)
    return Question(asked, key, snapshot, before)


def make_asked(
    page: str,
    version: Version,
    facets: Facets,
    address: Address,
    colours: int,
    settings: Settings,
    told: Sequence[str] = (),
) -> Asked:
    """A page of a version, of what the version has of an address."""
    return Asked(
        page,
        describe_table(version.snapshot, settings),
        version.store,
        facets,
        address.filters,
        address.display,
        load_drawing(),
        order_types(facets.values["type"], colours),
        told,
        partial(shorten_query, settings.snapshots, keeps=False),
    )


def _find_version(catalog: Catalog, named: str | None) -> tuple[Version, str | None]:
    """The version that a link names, else the newest; and a sentence if there is a doubt."""
    if named is not None:
        return find_or_newest(catalog, named)
    with suppress(SnapshotError):
        # As it is kept, made anew if it was damaged.
        return catalog.find(catalog.current.snapshot.id), catalog.notice
    return catalog.current, catalog.notice


def _find_before(catalog: Catalog, named: str) -> tuple[Snapshot | None, str | None]:
    """The version that a link compares with; else a sentence that says why there is none."""
    try:
        return find_kept(catalog, named), None
    except (SnapshotError, TableError) as error:
        return None, str(error)


def mend(catalog: Catalog, query: Query) -> None:
    """See to the version of an address of which a file could not be read."""
    address, _ = open_query(catalog.settings.snapshots, query)
    version, _ = _find_version(catalog, address.display.data)
    catalog.mend(version)


def answer(catalog: Catalog, question: Question) -> Document:
    """The whole page; takes as long as its queries."""
    document = write_document(question.asked)
    settings, is_brought = catalog.settings, question.after.listed is None
    if is_brought or settings.access != "public":
        # Not for everybody to find: nor is what programs keep of its links.
        document = document.make_neutral(say_unopened(settings.owner, is_brought))
    if question.asked.page != "difference":
        return document
    told = _tell_difference(catalog, question)
    body = document.body.replace("</main>", f"{told}</main>")
    return replace(document, body=body)


def write_waiting(page: str, sentence: str) -> Document:
    """A page of which there is nothing to tell yet, and why."""
    body = write_frame(page, "", f"<h1>{escape(TITLE)}</h1>", [sentence])
    return Document(TITLE, sentence, write_link(page, Address()), body, is_waiting=True)


def _tell_difference(catalog: Catalog, question: Question) -> str:
    """How much differs between the version and the one that it is compared with."""
    before, after = question.before, question.after
    if before is None or before.id == after.id:
        return '<p class="told">Choose a version to compare with the one on screen.</p>'
    # Only the numbers are kept, with the page: the difference itself holds a database.
    tallies = compare(catalog, before.id, after.id, lambda found: found.tallies)
    rows = "".join(
        f'<tr><th scope="row">{name.capitalize()}</th>'
        f"<td>{each.added:,}</td><td>{each.changed:,}</td><td>{each.removed:,}</td></tr>"
        for name, each in tallies.items()
    )
    return (
        f'<div class="against">{_describe(before)}<b>→</b>{_describe(after)}</div>'
        '<table class="trends"><thead><tr><th></th><th>Added</th><th>Changed</th><th>Removed</th>'
        f"</tr></thead><tbody>{rows}</tbody></table>"
    )


def _describe(snapshot: Snapshot) -> str:
    source = escape(name_source(snapshot.source, snapshot.listed is None))
    made = f"{snapshot.rows:,} incidents, made {say_moment(snapshot.made)}"
    return (
        f'<span><a href="data?data={snapshot.id}">{snapshot.id}</a> {source}'
        f"<small>{made}</small></span>"
    )
