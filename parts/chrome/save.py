"""Links beside a chart that save it: as it is drawn (PNG, SVG), and its numbers (CSV)."""

from pathlib import Path

import streamlit as st

from incidents.asking.address import Address
from incidents.asking.filters import to_sentence
from parts.address.current import to_link

_FILES = Path(__file__)
_save = st.components.v2.component(
    "save_chart",
    html=(
        '<div><button type="button">PNG</button><button type="button">SVG</button>'
        "<a download>CSV</a></div>"
    ),
    css=_FILES.with_suffix(".css").read_text("utf-8"),
    js=_FILES.with_suffix(".js").read_text("utf-8"),
)


def show_save(
    chart: str, title: str, source: str, asked: Address, answer: str = "", has_chart: bool = True
) -> None:
    """Offer to save a chart.

    Parameters
    ----------
    chart
        Key of the chart's element, or of one around it.
    title, source
        Written above and below the picture, with the filters.
    asked
        What the CSV asks for: the very question whose answer the chart shows.
    answer
        Which of the API's answers the CSV is; without one there is no CSV.
    has_chart
        Whether there is a chart; a table has numbers only.
    """
    _save(
        key=f"save_{chart}",
        data={
            "chart": chart,
            "has_chart": has_chart,
            "title": title,
            "about": f"{to_sentence(asked.filters)}.",
            "source": source,
            "answer": answer,
            "name": f"{_name(answer or chart, asked.display.by)}-{asked.display.data}",
            "query": to_link(asked),
        },
    )


def _name(what: str, by: str | None) -> str:
    return f"{what}-by-{by}" if by else what
