"""What a page's address asks for, found in the catalog and written as a document."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape

from incidents.asking.address import Address, to_query
from incidents.asking.differences import Differences
from incidents.asking.facets import read_facets
from incidents.asking.links import find_span, fit_filters
from incidents.serving.assets import load_drawing
from incidents.table.palette import order_types
from incidents.telling.pages.asked import Asked, Table, write_link
from incidents.telling.pages.document import Document, write_document, write_frame
from incidents.telling.words.heading import TITLE
from incidents.versions.catalog import Catalog, Version
from incidents.versions.long_links import open_query, shorten_query
from incidents.versions.named import find_or_newest
from incidents.versions.snapshots import Snapshot, find_snapshot

Query = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Question:
    """A page that can be written, and what it depends on.

    Attributes
    ----------
    key
        The same question has the same key, whoever asks: page, version, filters, sentences.
    """

    asked: Asked
    key: tuple[str, ...]


def describe_table(snapshot: Snapshot) -> Table:
    """What pages tell of a version besides what its store answers."""
    return Table(
        snapshot.id,
        snapshot.source,
        snapshot.monitored,
        snapshot.rows,
        snapshot.located,
        snapshot.set_aside,
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
    told = [notice] if notice else []
    told += [f"Left out of the link: {each.reason}" for each in (*dropped, *absent)]
    types = order_types(facets.values["type"], colours)
    asked = Asked(
        page,
        describe_table(snapshot),
        store,
        facets,
        filters,
        address.display,
        load_drawing(),
        types,
        tuple(told),
        partial(shorten_query, home),
    )
    fitted = to_query(Address(filters, address.display))
    return Question(asked, (page, snapshot.id, fitted, *told))


def _find_version(catalog: Catalog, named: str | None) -> tuple[Version, str | None]:
    """The version that a link names, else the newest; and a sentence if there is a doubt."""
    return (catalog.current, catalog.notice) if named is None else find_or_newest(catalog, named)


def answer(catalog: Catalog, question: Question) -> Document:
    """The whole page; takes as long as its queries."""
    document = write_document(question.asked)
    if question.asked.page != "difference":
        return document
    told = _tell_difference(catalog, question.asked)
    body = document.body.replace("</main>", f"{told}</main>")
    return replace(document, body=body)


def write_waiting(page: str, sentence: str) -> Document:
    """A page of which there is nothing to tell yet, and why."""
    body = write_frame(page, "", f"<h1>{escape(TITLE)}</h1>", [sentence])
    return Document(TITLE, sentence, write_link(page, Address()), body, is_waiting=True)


def _tell_difference(catalog: Catalog, asked: Asked) -> str:
    """How much differs between the version and the one that it is compared with."""
    named, home = asked.display.against, catalog.settings.snapshots
    before = find_snapshot(home, named) if named else None
    after = find_snapshot(home, asked.table.snapshot)
    if before is None or after is None or before.id == after.id:
        words = "Choose a version to compare with the one on screen."
        if named and before is None:
            words = f'Version "{named[:40]}" of the table is not kept here.'
        return f'<p class="told">{escape(words)}</p>'
    # Only the numbers are kept, with the page: the difference itself holds a database.
    tallies = Differences(before.folder, after.folder).tallies
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
    source = escape(f"{snapshot.source}")
    made = f"{snapshot.rows:,} incidents, made {snapshot.made:%Y-%m-%d %H:%M} UTC"
    return (
        f'<span><a href="data?data={snapshot.id}">{snapshot.id}</a> {source}'
        f"<small>{made}</small></span>"
    )
