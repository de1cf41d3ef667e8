"""The panel of filters beside every page: one component, made from the table of keys.

It holds no rule of its own: what the reader sets comes as the parameters of a link, is read as
those are, and goes into the address; the next run draws the panel from there.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from incidents.asking.address import Address, from_query, to_pairs
from incidents.asking.display import Display
from incidents.asking.facets import Facets, is_offered
from incidents.asking.filters import FILTER_KEYS, Filters, list_keys_of
from incidents.asking.keys import CASUALTIES, FIRST, MORE, OWN, Days, Key
from incidents.asking.kinds import LONGEST_TEXT, OneOf
from incidents.asking.own_keys import is_own, say_within
from incidents.asking.own_kinds import UNKNOWN, Within
from incidents.table.sentences import BASIS, say_dates
from parts.address.current import gather, read_address, to_link, write_address
from parts.session import get_session

SECTIONS = ((FIRST, True), (CASUALTIES, True), (MORE, False), (OWN, False))
"""Titles of the sections, and whether they are open at first."""
MOST_PUBLISHERS = 999
MOST_AHEAD = 20
"""Options of one key that the panel is told before their numbers come."""

_FOLDER = Path(__file__).parent
_panel = st.components.v2.component(
    "panel",
    css=(_FOLDER / "panel.css").read_text("utf-8"),
    # One module: what is exported stands in the last of them.
    js="\n".join(
        (_FOLDER / f"{name}.js").read_text("utf-8") for name in ("choices", "ranges", "panel")
    ),
)


def show_panel(filters: Filters, facets: Facets, span: Days | None, version: str) -> None:
    """Draw the filters as they are set; what the reader changes goes into the address.

    Parameters
    ----------
    span
        First and last day that can be asked for; None in an empty table.
    version
        Snapshot in which the options are counted.
    """
    offered = list_offered(facets, span)
    fields = [_describe(key, facets, span) for key in offered]
    session = get_session()
    _panel(
        key="panel",
        data={
            "number": session.asked,
            "query": to_link(Address(filters, Display(data=version))),
            "shape": f"{version} {span}",
            "values": gather(to_pairs(Address(filters))),
            "chips": list_chips(filters),
            "fields": fields,
            "sections": [
                {
                    "title": title,
                    "isOpen": is_open,
                    "names": names,
                }
                for title, is_open in SECTIONS
                if (names := [key.name for key in offered if key.section == title])
            ],
        },
        on_asked_change=_take,
    )


def list_section(title: str, keys: Iterable[Key] = FILTER_KEYS) -> list[Key]:
    """The keys of a section of the panel, from its top."""
    shown = [key for key in keys if key.widget is not None and key.section == title]
    return sorted(shown, key=lambda key: key.rank)


def list_offered(facets: Facets, span: Days | None) -> list[Key]:
    """The keys of which this table gives anything to choose, in the order of the panel."""
    return [
        key
        for title, _ in SECTIONS
        for key in list_section(title, facets.keys)
        if key.widget != "drawn" and is_offered(key, facets, span)
    ]


def _describe(key: Key, facets: Facets, span: Days | None) -> dict[str, Any]:
    """What the panel is told of a key."""
    field: dict[str, Any] = {"name": key.name, "label": key.label}
    field["help"] = key.meaning if key.is_explained else ""
    if key.name == "scope":
        field["help"] = (
            f"{facets.others:,} rows of this table are no attacks but protests, riots, arrests "
            "or other events. They are left out unless all events are chosen."
        )
    return field | _describe_control(key, facets, span)


def _describe_control(key: Key, facets: Facets, span: Days | None) -> dict[str, Any]:
    if key.name in facets.extents:
        return _describe_extent(key, *facets.extents[key.name])
    if key.widget == "days":
        assert span is not None
        return {"control": "days", "first": span[0].isoformat(), "last": span[1].isoformat()}
    if key.widget == "range":
        return {"control": "people", "most": facets.most[key.name]}
    if key.widget == "words":
        return {"control": "text", "longest": LONGEST_TEXT}
    if key.widget == "number":
        return {"control": "least", "most": MOST_PUBLISHERS}
    if key.is_counted:
        words = facets.values[key.name] if key.takes_any else _list_words(key)
        return {
            "control": "choices",
            "labels": key.labels,
            "isSingle": not key.takes_any,
            "isOpen": key.name in facets.open,
            "options": list(words[:MOST_AHEAD]),
            "total": len(words),
        }
    options = [(word, key.labels.get(word, word)) for word in _list_words(key)]
    control = "segments" if key.widget == "switch" else "pick"
    return {"control": control, "options": options, "usual": key.default}


def _describe_extent(key: Key, least: Any, most: Any) -> dict[str, Any]:
    """An own column of days or of numbers."""
    first, last = key.kind.write(Within((least, most)))
    if key.widget == "days":
        return {"control": "days", "first": first, "last": last, "unknown": UNKNOWN}
    whole = isinstance(least, int) and isinstance(most, int)
    scale = {"least": float(first), "step": "1" if whole else "any", "unknown": UNKNOWN}
    return {"control": "numbers", "most": float(last), **scale}


def _list_words(key: Key) -> tuple[str, ...]:
    assert isinstance(key.kind, OneOf)
    return key.kind.words


def list_chips(filters: Filters) -> list[dict[str, Any]]:
    """What is set, one chip for each value that can be let go by itself."""
    chips: list[dict[str, Any]] = []
    for key in list_keys_of(filters):
        value = key.read(filters)
        if key.widget is None or value == key.default:
            continue
        if key.takes_any:
            words = {each: f"{key.label}: {key.labels.get(each, each)}" for each in value}
            chips += [{"name": key.name, "value": each, "words": words[each]} for each in value]
        else:
            chips.append({"name": key.name, "value": None, "words": _say_chip(key, value)})
    return chips


def _say_chip(key: Key, value: Any) -> str:
    if key.widget == "drawn":
        return "Area drawn on the map"
    if key.name == "basis":
        return f"Claims: {BASIS[value].lower()}"
    if isinstance(value, Within):
        return f"{key.label}: {say_within(value)}"
    if key.widget == "days":
        return say_dates(*value)
    texts = [key.labels.get(text, text) for text in key.kind.write(value)]
    return f"{key.label}: {' to '.join(dict.fromkeys(texts))}"


def _take() -> None:
    """What the reader set goes into the address. A browser may send anything."""
    asked: Any = getattr(st.session_state.get("panel"), "asked", None)
    filters = read_asked(asked)
    if filters is None:
        return
    get_session().asked = int(asked["number"])
    before, _ = read_address()
    write_address(before.with_filters(filters))


def read_asked(asked: Any) -> Filters | None:
    """The filters that the panel asks for, read as strictly as a link; None if it is none."""
    match asked:
        case {"number": int(number), "values": Mapping() as values} if number >= 0:
            names = {key.name for key in FILTER_KEYS if key.widget is not None}
            pairs = [
                (name, text)
                for name, texts in values.items()
                if (name in names or is_own(name)) and isinstance(texts, list)
                for text in texts
                if isinstance(text, str)
            ]
            address, _ = from_query(pairs)
            return address.filters
    return None
