"""The list of incidents as a table with links."""

from collections.abc import Sequence
from html import escape
from typing import Any

from incidents.asking.listing import ROWS_A_PAGE, choose_columns, count_pages, read_page
from incidents.asking.sorting import DEFAULT_ORDER, name_column, name_direction
from incidents.table.own_columns import OwnColumn
from incidents.telling.pages.asked import Asked
from incidents.telling.words.listing import list_cells, list_own_cells

LIST_COLUMNS = ("Date", "Place", "Killed", "Wounded", "Type")
"""The most important first, as on the live page."""


def write_list(asked: Asked) -> str:
    """A page of the incidents of the filters, as the live page lists them."""
    filters, shown = asked.filters, asked.display
    order = shown.sort or DEFAULT_ORDER
    pages = count_pages(asked.store, filters)
    page = min(shown.page or 1, pages)
    own = choose_columns(asked.store.own, shown.cols)
    names = tuple(each.name for each in own)
    rows = asked.store.ask(read_page, filters, order, page, names)
    head = "".join(f'<th scope="col" class="{name.lower()}">{name}</th>' for name in LIST_COLUMNS)
    head += "".join(f'<th scope="col" dir="auto">{escape(each.label)}</th>' for each in own)
    body = "".join(_write_row(asked, row, own) for row in rows)
    column = name_column(order.removeprefix("-"))
    return (
        f'<p class="order">Sorted by {escape(column[0].lower() + column[1:])}: '
        f"{escape(name_direction(order).lower())}</p>"
        '<div class="list" tabindex="0" role="region" aria-label="Incidents"><table>'
        f'<caption class="unseen">Incidents; ? where nobody gives a number</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        f"{_write_pages(asked, page, pages)}"
    )


def _write_row(asked: Asked, row: dict[str, Any], own: Sequence[OwnColumn]) -> str:
    date, kind, place, killed, wounded = list_cells(row)
    address = escape(asked.link("incident", incident=row["incident"]))
    first = f'<td class="date"><a href="{address}">{escape(date)}</a></td>'
    others = (("place", place), ("killed", killed), ("wounded", wounded), ("type", kind))
    told = "".join(f'<td class="{name}" dir="auto">{escape(cell)}</td>' for name, cell in others)
    told += "".join(
        f'<td class="own" dir="auto">{escape(cell)}</td>' for cell in list_own_cells(row, own)
    )
    return f"<tr>{first}{told}</tr>"


def _write_pages(asked: Asked, page: int, pages: int) -> str:
    if pages == 1:
        return ""
    total, _ = asked.store.count(asked.filters)
    first, last = (page - 1) * ROWS_A_PAGE + 1, min(page * ROWS_A_PAGE, total)
    others = [
        f'<a href="{escape(_turn(asked, number))}">{words}</a>'
        for number, words in ((page - 1, "Previous"), (page + 1, "Next"))
        if 1 <= number <= pages
    ]
    return f'<p class="pages">{first:,}–{last:,} of {total:,} {" ".join(others)}</p>'


def _turn(asked: Asked, page: int) -> str:
    return asked.link(
        asked.page,
        page=None if page == 1 else page,
        sort=asked.display.sort,
        cols=asked.display.cols,
    )


def write_empty(asked: Asked) -> str:
    """Why nothing is listed."""
    if not asked.table.rows:
        words = "This table holds no incidents. The Data page lists what was found in it."
        return f'<p class="empty">{words}</p>'
    return (
        '<p class="empty"><b>No incident fits all of these filters.</b> '
        f'<a href="{escape(asked.link_without())}">Clear all filters</a></p>'
    )
