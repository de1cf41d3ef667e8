"""What parties to the conflict say of those harmed, beside what all others say."""

from collections.abc import Sequence
from typing import Any

import ibis

from incidents.asking.casualties.rows import Row
from incidents.asking.filters import Filters
from incidents.asking.store import Store, read_rows
from incidents.table.voices import list_publishers

MOST_INCIDENTS = 100
"""Incidents that one answer tells, those on which party and others differ most."""

NAMED = ("incident", "date", "date_end", "date_precision", "place", "gov", "type")
SAID = ("party_low", "party_high", "others_low", "others_high")
# Between names until each is told once; no name holds it.
_APART = "\x1f"
PARTY_COLUMNS = (*NAMED, "party", *SAID)


def has_parties(store: Store) -> bool:
    """Whether any number is that of a party to the conflict; a question for `Store.ask`."""
    reports, claims = store.table("reports"), store.table("claims")
    own, quoted = reports.filter(reports.stance == "party"), claims.filter(claims.said_by.notnull())
    return bool(read_rows(own.limit(1)) or read_rows(quoted.limit(1)))


def read_parties(store: Store, filters: Filters, harm: str) -> Sequence[Row]:
    """Incidents for which a party to the conflict gives a number: its range, and the others'.

    A number is a party's if its report is, or says that the number is. A report that another one
    corrects is left out. What only a party says has unknown others.
    Where the filters ask for one end of the ranges, both are that end.
    """
    if not store.ask(has_parties):
        return []
    said = _sum_claims(store, filters.who, harm)
    chosen = store.select(filters).select(*NAMED)
    rows = read_rows(
        chosen.inner_join(said, "incident")
        .select(*NAMED, "party", *SAID)
        .order_by(
            [
                ibis.desc((ibis._.others_high - ibis._.party_high).abs(), nulls_first=False),
                ibis.desc("date"),
                "incident",
            ]
        )
        .limit(MOST_INCIDENTS)
    )
    return [row | {"party": _name(row["party"])} | _choose(row, filters.basis) for row in rows]


def _name(parties: str | None) -> str | None:
    """Each party once; None where none is named."""
    return "; ".join(list_publishers(sorted((parties or "").split(_APART)))) or None


def _sum_claims(store: Store, who: str, harm: str) -> ibis.Table:
    """Per incident, the range of parties and of the others; only where a party gives a number."""
    reports, claims = store.table("reports"), store.table("claims")
    standing = reports.filter(reports.stands).select(
        "report", "publisher", is_party=reports.stance == "party"
    )
    numbers = claims.filter(claims.measure == harm, claims.group == who)
    columns = ("report", "incident", "low", "high", "said_by")
    both = numbers.select(*columns).inner_join(standing, "report")
    both = both.mutate(party=ibis.coalesce(both.said_by, both.publisher))
    is_party = both.is_party.fill_null(False) | both.said_by.notnull()
    top = ibis.coalesce(both.high, both.low)
    said = both.group_by("incident").aggregate(
        party=both.party.group_concat(_APART, where=is_party),
        party_low=both.low.min(where=is_party),
        party_high=top.max(where=is_party),
        others_low=both.low.min(where=~is_party),
        others_high=top.max(where=~is_party),
    )
    return said.filter(said.party_high.notnull())


def _choose(row: Row, basis: str) -> dict[str, Any]:
    if basis not in ("low", "high"):
        return {}
    return {
        f"{side}_{end}": row[f"{side}_{basis}"]
        for side in ("party", "others")
        for end in ("low", "high")
    }
