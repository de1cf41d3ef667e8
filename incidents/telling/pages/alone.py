"""One part of a page, for a frame in another page, and the line that leads to the whole."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape

from incidents.asking.address import Address
from incidents.asking.figures import Figures
from incidents.telling.pages.asked import Asked
from incidents.telling.pages.bars import write_timeline
from incidents.telling.pages.figures import write_figures
from incidents.telling.pages.incident import write_list_or_incident
from incidents.telling.pages.listing import write_empty
from incidents.telling.pages.picture import write_map_alone
from incidents.telling.words.heading import say_view


def write_alone(asked: Asked, figures: Figures) -> str:
    """The part that the address asks for, as the live page shows it."""
    part = asked.display.embed or "figures"
    is_told = figures.incidents > 0 or part == "figures"
    written = _WRITE[part](asked, figures) if is_told else write_empty(asked)
    told = "".join(f'<p class="told">{escape(each)}</p>' for each in asked.told)
    shown = replace(asked.display, embed=None, data=asked.table.snapshot)
    address = asked.write_link(asked.page, Address(asked.filters, shown))
    sentence = say_view(asked.filters, asked.facets)
    way = write_way_out(sentence, asked.table.name, address)
    band = asked.table.write_band()
    return f'<main class="alone {part}">{band}{told}<div class="part">{written}</div>{way}</main>'


def write_way_out(sentence: str, table: str, address: str) -> str:
    """What is shown, of which table, and the way to all of it, in a tab of its own."""
    words = f"{escape(table)}: {escape(sentence)}"
    return (
        f'<p class="whole"><a href="{escape(address)}" target="_blank" rel="noopener">'
        f"<span>{words}</span> <b>Open the whole ↗</b></a></p>"
    )


def _write_figures(asked: Asked, figures: Figures) -> str:
    return write_figures(figures)


def _write_map(asked: Asked, figures: Figures) -> str:
    return write_map_alone(asked)


def _write_timeline(asked: Asked, figures: Figures) -> str:
    return write_timeline(asked, is_high=True)


def _write_list(asked: Asked, figures: Figures) -> str:
    return write_list_or_incident(asked)


_WRITE: Mapping[str, Callable[[Asked, Figures], str]] = {
    "map": _write_map,
    "timeline": _write_timeline,
    "figures": _write_figures,
    "list": _write_list,
}
