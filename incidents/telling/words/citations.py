"""How to cite an incident: as text, BibTeX and CSL-JSON."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from incidents.table.sentences import COUNTRIES, say_date, say_when

URL_SIGNS = "%:/?#[]@!$&'()*+,;=-._~"
"""What an address may hold besides letters and digits (RFC 3986)."""

_LATEX = str.maketrans(
    {
        # BibTeX counts braces even after a backslash: one alone would swallow the next entry.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        '"': r"\textquotedbl{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)


@dataclass(frozen=True)
class Citation:
    """What is cited, and where and when it was seen.

    Attributes
    ----------
    incident
        Id of the incident.
    title
        What happened, in neutral words; see `name_incident`.
    table
        Name of the table that the incident is in.
    snapshot
        Id of the table's version.
    made
        Day on which that version was made; None if it is not known.
    accessed
        Day on which the reader saw it.
    url
        Address that opens the incident in that version.
    """

    incident: str
    title: str
    table: str
    snapshot: str
    made: date | None
    accessed: date
    url: str

    @property
    def text(self) -> str:
        """One line, such as a footnote holds."""
        version = f"version {_clean(self.snapshot)}"
        if self.made is not None:
            version = f"{version} of {say_date(self.made)}"
        where = f"{_clean(self.table)}, incident {_clean(self.incident)}, {version}"
        seen = f"{_encode(self.url)} (seen {say_date(self.accessed)})"
        return f"“{_clean(self.title)}”. {where}. {seen}."

    @property
    def bibtex(self) -> str:
        """One BibTeX entry, as UTF-8. Whatever the table holds is text in it, never a command."""
        fields = {
            # Braces of their own: no style changes the case of names.
            "title": f"{{{_escape(self.title)}}}",
            "howpublished": _escape(self.table),
            "year": "" if self.made is None else str(self.made.year),
            "note": f"Incident {_escape(self.incident)}, version {_escape(self.snapshot)}",
            "url": _encode(self.url),
            "urldate": self.accessed.isoformat(),
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{_make_key(self.incident)},", *lines, "}", ""])

    @property
    def csl(self) -> str:
        """A list of one item in CSL-JSON, as reference managers read it."""
        item: dict[str, Any] = {
            "id": _clean(self.incident),
            "type": "dataset",
            "title": _clean(self.title),
            "container-title": _clean(self.table),
            "number": _clean(self.incident),
            "version": _clean(self.snapshot),
            "accessed": _to_parts(self.accessed),
            "URL": _encode(self.url),
        }
        if self.made is not None:
            item["issued"] = _to_parts(self.made)
        return json.dumps([item], ensure_ascii=False, indent=2)


def cite_view(title: str, table: str, snapshot: str, made: date, url: str, accessed: date) -> str:
    """How to cite what a link shows, in one line; without an address where none is known."""
    told = f"“{_clean(title)}”. {_clean(table)}, version {_clean(snapshot)} of {say_date(made)}."
    return f"{told} {_encode(url)} (seen {say_date(accessed)})." if url else told


def name_incident(incident: Mapping[str, Any]) -> str:
    """A title in neutral words: kind, place, day. Neither an actor, nor a toll, nor a target.

    Parameters
    ----------
    incident
        A row as `Store.find_incident` answers.
    """
    kind = incident["type"]
    kind = "Incident" if kind is None or kind == "other" else f"{kind[:1].upper()}{kind[1:]}"
    country = COUNTRIES.get(incident["country"], incident["country"])
    places = [incident["place"], incident["gov"], country]
    named = [each for n, each in enumerate(places) if each and each not in places[:n]]
    when = say_when(incident["date"], incident["date_end"], incident["date_precision"])
    return ", ".join([kind, *named, when])


def _clean(text: str) -> str:
    """One line without control signs, and without those that turn the direction of what follows."""
    kept = (sign for sign in text if unicodedata.bidirectional(sign) not in _TURNS)
    line = " ".join("".join(kept).split())
    return "".join(sign for sign in line if unicodedata.category(sign) not in ("Cc", "Cs"))


_TURNS = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}


def _escape(text: str) -> str:
    return _clean(text).translate(_LATEX)


def _encode(url: str) -> str:
    """The address with every sign that is none of an address written as its number."""
    return quote(_clean(url), safe=URL_SIGNS)


def _make_key(incident: str) -> str:
    """A key that BibTeX takes; two ids never share one."""
    key = re.sub(r"[^A-Za-z0-9_.:-]+", "-", incident)
    if key == incident and key:
        return key
    return f"{key.strip('-') or 'incident'}-{hashlib.sha256(incident.encode()).hexdigest()[:6]}"


def _to_parts(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}
