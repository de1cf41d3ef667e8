"""A page as a document: what stands around its content, and what says what it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from incidents.asking.address import Address
from incidents.asking.display import Display
from incidents.asking.figures import Figures, read_figures
from incidents.asking.filters import Filters, set_keys
from incidents.asking.keys import Days, Key
from incidents.asking.own_keys import say_within
from incidents.asking.own_kinds import Within
from incidents.asking.store import Store
from incidents.asking.time.timeline import read_span
from incidents.asking.time.trends import compare_periods
from incidents.table.sentences import say_dates
from incidents.telling.pages.about import write_about
from incidents.telling.pages.alone import write_alone
from incidents.telling.pages.asked import HOME, PAGES, UNLISTED, Asked, find_brief, write_link
from incidents.telling.pages.bars import write_timeline
from incidents.telling.pages.casualties import write_casualties
from incidents.telling.pages.figures import list_cards, write_figures
from incidents.telling.pages.incident import find_opened, write_incident, write_list_or_incident
from incidents.telling.pages.listing import write_empty, write_list
from incidents.telling.pages.picture import write_map
from incidents.telling.pages.trends import write_trend
from incidents.telling.words.heading import PRIVATE, say_view
from incidents.telling.words.incident import title_incident

LIVE = "Shown as it was sent; the live page takes its place as soon as it is here."
STUCK = (
    "The live page, with a map to move and filters to set, could not start in this browser or over "
    "this connection. What the link shows stands here and stays; its links work."
)
"""What is said where the live page does not come."""
SCRIPTLESS = (
    "Without JavaScript the map does not move and no filter can be set. What the link shows stands "
    "here; its links work."
)


@dataclass(frozen=True)
class Document:
    """A page without its head and scripts.

    Attributes
    ----------
    title, description
        What the link shows, in a few words and in a sentence or two; not escaped.
    address
        Its own address, relative to the dashboard; not escaped.
    body
        HTML, everything in it escaped.
    is_waiting
        Whether it only tells what it waits for.
    is_private
        Whether only who has the link may know what it shows: title and description are neutral.
    is_alone
        Whether it is one part of a page, for a frame in another page.
    """

    title: str
    description: str
    address: str
    body: str
    is_waiting: bool = False
    is_private: bool = False
    is_alone: bool = False

    def make_neutral(self, words: str) -> "Document":
        """The same page, told to programs that only look at its head as a page of any table."""
        return replace(self, title=PRIVATE, description=words, is_private=True)


def write_document(asked: Asked) -> Document:
    """The page that is asked for, with all that is asked of the store for it."""
    figures = asked.store.ask(read_figures, asked.filters)
    sentence = say_view(asked.filters, asked.facets)
    row = find_opened(asked) if asked.page == "incident" else None
    table = asked.table.name
    heading = f'<div class="kicker">{escape(table)}</div><h1>{escape(sentence)}</h1>'
    if asked.page in (*UNLISTED, "about"):
        # The live page begins with its content; an incident has a heading of its own there.
        unseen = f'<h1 class="unseen">{escape(name_page(asked.page, sentence, row))}</h1>'
        heading = unseen if row is None else ""
    title = name_page(asked.page, sentence, row)
    told = f"{sentence}: {_describe(figures)}."
    is_alone = asked.display.embed is not None
    if is_alone:
        body = write_alone(asked, figures)
    else:
        content = f"{asked.table.write_band()}{heading}{_WRITE[asked.page](asked, figures)}"
        address = Address(asked.filters, asked.display)
        brief = asked.to_query(find_brief(asked.page, address, asked.table.snapshot))
        body = write_frame(
            asked.page, _write_filters(asked), content, asked.told, asked.link, brief
        )
    return Document(
        write_title(asked.page, sentence, row, asked.table.name),
        f"{title}. {table}." if asked.page in UNLISTED else told,
        asked.write_link(asked.page, _keep_shown(asked)),
        body,
        is_alone=is_alone,
    )


def _keep_shown(asked: Asked) -> Address:
    """Of what is shown, what this page shows."""
    own = {name: getattr(asked.display, name) for name in (*_SHOWN.get(asked.page, ()), "data")}
    return Address(asked.filters, Display(**own))


_LIST = ("sort", "page", "cols")
_SHOWN: Mapping[str, Sequence[str]] = {
    "overview": ("incident", "bbox", "z", "view", "shade", "before", "step", *_LIST),
    "timeline": ("incident", "step", "average", "within", *_LIST),
    "casualties": ("incident", "harm", "by", "step"),
    "data": _LIST,
    "incident": ("incident",),
    "difference": ("against",),
}


def name_page(page: str, sentence: str, row: Mapping[str, Any] | None) -> str:
    """What a page shows, in a few words; `row` is the incident that is opened, if there is one."""
    if page == "incident":
        return "No incident" if row is None else title_incident(row)
    if page in ("about", "difference"):
        return PAGES[page]
    return sentence if page == HOME else f"{PAGES[page]}: {sentence}"


def write_title(page: str, sentence: str, row: Mapping[str, Any] | None, table: str) -> str:
    """The title of a page: what it shows, and of which table, see `Table.name`."""
    return f"{name_page(page, sentence, row)} · {table}"


def _describe(figures: Figures) -> str:
    """The figures in a line."""
    said = []
    for card in list_cards(figures):
        note = f" ({card.note})" if card.note else ""
        said.append(f"{card.value} {card.label}{note}")
    return ", ".join(said)


def write_frame(
    page: str,
    filters: str,
    content: str,
    told: Sequence[str] = (),
    link: Callable[[str], str] = lambda page: write_link(page, Address()),
    brief: str | None = None,
) -> str:
    """The menu, what is filtered, what the page begins with, and its content.

    `brief` is the query of what is printed of it, see geo/assets/print.js.
    """
    printed = "" if brief is None else f' data-brief="{escape(brief)}"'
    items = "".join(
        f'<a href="{escape(link(name))}"{" aria-current=page" if name == page else ""}>{title}</a>'
        for name, title in PAGES.items()
        if name not in UNLISTED
    )
    sentences = "".join(f'<p class="told">{escape(each)}</p>' for each in told)
    return (
        f'<aside aria-label="Filters">{filters}</aside>'
        f'<header><nav aria-label="Pages">{items}</nav></header>'
        f'<main class="{page}"{printed}>'
        f'<p class="live-note" role="status" data-stuck="{escape(STUCK)}">'
        f"{LIVE}</p><noscript><p>{SCRIPTLESS}</p></noscript>{sentences}{content}</main>"
    )


def _write_filters(asked: Asked) -> str:
    """What is filtered, each with a way to be rid of it."""
    items = "".join(
        f"<dt>{escape(key.label)}</dt><dd>{escape(say_value(key, asked.filters))} "
        f'<a href="{escape(address)}" aria-label="Clear {escape(key.label)}">×</a></dd>'
        for key in set_keys(asked.filters)
        for address in [asked.link_without(key.name)]
    )
    none = '<p class="note">Nothing is filtered.</p>'
    return f"<h2>Filters</h2>{f'<dl>{items}</dl>' if items else none}"


def say_value(key: Key, filters: Filters) -> str:
    """What a key of the filters asks for, in the reader's words."""
    if key.name == "dates" and filters.dates is not None:
        return say_dates(*filters.dates)
    value = key.read(filters)
    if isinstance(value, Within):
        return say_within(value)
    texts = key.kind.write(value)
    return ", ".join(key.labels.get(text, text) for text in texts)


def _write_overview(asked: Asked, figures: Figures) -> str:
    listed = write_list_or_incident(asked) if figures.incidents else write_empty(asked)
    timeline = write_timeline(asked) if figures.incidents else ""
    return (
        f'{write_figures(figures)}<div class="halves wide-left"><div>{write_map(asked)}{timeline}'
        f'</div><div class="beside">{listed}</div></div>'
    )


def _write_timeline(asked: Asked, figures: Figures) -> str:
    if not figures.incidents:
        return write_figures(figures) + write_empty(asked)
    return (
        f"{write_figures(figures)}{write_timeline(asked, is_high=True)}{_write_trends(asked)}"
        f"{write_list_or_incident(asked)}"
    )


def _write_trends(asked: Asked) -> str:
    """The chosen dates, or the latest weeks, beside the period of the same length before."""
    known = asked.table.monitored or asked.store.ask(_find_span)
    if known is None:
        return ""
    others = asked.store.select(replace(asked.filters, dates=None))
    is_stated = asked.table.monitored is not None
    trends = compare_periods(others, asked.filters.dates, known, is_stated)
    written = "".join(f"<div>{write_trend(trend)}</div>" for trend in trends)
    return (
        '<h2 class="section">Change against the period before</h2>'
        f'<div class="halves">{written}</div>'
    )


def _find_span(store: Store) -> Days | None:
    return read_span(store.incidents)


def _write_casualties(asked: Asked, figures: Figures) -> str:
    content = write_casualties(asked) if figures.incidents else write_empty(asked)
    return write_figures(figures) + content


def _write_data(asked: Asked, figures: Figures) -> str:
    query = escape(asked.link(HOME, data=asked.table.snapshot).removeprefix("./"))
    links = " ".join(
        f'<a href="api/incidents.{ending}{query}">Download {name}</a>'
        for name, ending in (("CSV", "csv"), ("GeoJSON", "geojson"), ("Parquet", "parquet"))
    )
    listed = write_list(asked) if figures.incidents else write_empty(asked)
    words = "What is filtered, all columns, on this version of the table."
    return f'<p class="downloads">{links} <span class="note">{words}</span></p>{listed}'


def _write_incident(asked: Asked, figures: Figures) -> str:
    return write_incident(asked)


def _write_about(asked: Asked, figures: Figures) -> str:
    return write_about(asked.table, asked.facets, asked.store.engine)


def _write_nothing(asked: Asked, figures: Figures) -> str:
    return ""


_WRITE: Mapping[str, Callable[[Asked, Figures], str]] = {
    "overview": _write_overview,
    "timeline": _write_timeline,
    "casualties": _write_casualties,
    "data": _write_data,
    "about": _write_about,
    "incident": _write_incident,
    "difference": _write_nothing,
}
